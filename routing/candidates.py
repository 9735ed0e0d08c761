"""What each model of the catalogue would make of a brief, and at which price; or why it cannot serve it at all."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from providers.types import LifecycleStatus, ModelSpec, Quality, Size
from routing import pricing, prompting, sizing, wording
from routing.allowance import EVERYTHING, NOT_IN_PLAN, Allowance
from routing.errors import PromptTooLong
from routing.measured import NOT_MEASURED, NOTHING_MEASURED, Measured
from routing.pricing import QUALITY_LABELS, RANK, Priced, Rates
from routing.reading.types import Format
from routing.types import Brief, Cause, Intent, LeftOut, Resting

NOBODY_RESTS: Mapping[str, Resting] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that can serve the brief. ``quality`` is the nearest it offers to the one ``asked``.

    ``down``: it could serve, but its provider is not to be asked. ``resting``: it is left alone for now, because it fails.
    ``heeds_reference`` and ``ignores_reference``: the brief comes with a reference, which the model goes by or leaves unseen.
    ``format`` was asked for and the model has it, ``lacks`` was asked for and it has not. ``age`` is in days, None if unknown.
    ``usd`` is what we are to pay. ``held_back``: it would draw in HD if the person had HD images left. ``instead``, where
    they are counted and it draws one, is what it makes of the brief once there are none left.
    """

    model: ModelSpec
    asked: Quality
    quality: Quality
    size: Size
    credits: int
    seconds: float
    notes: tuple[str, ...]
    retiring: bool
    down: bool
    resting: Resting | None = None
    heeds_reference: bool = False
    ignores_reference: bool = False
    format: Format | None = None
    lacks: Format | None = None
    age: int | None = None
    measured: Measured = NOT_MEASURED
    usd: Decimal = Decimal(0)
    held_back: bool = False
    instead: "Judged | None" = None

    @property
    def overshoots(self) -> bool:
        """Whether it would draw in HD unasked. Only a choice makes a run several times dearer."""
        return self.quality is Quality.HD and self.asked is not Quality.HD

    @property
    def up(self) -> bool:
        """Whether there is nothing against asking it now."""
        return not self.down and self.resting is None

    @property
    def id(self) -> str:
        return self.model.id


type Judged = Candidate | LeftOut


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What holds for every brief just now. ``down`` and ``resting`` go by model ids and provider keys, ``measured`` by ids."""

    today: date
    rates: Rates
    down: Collection[str] = ()
    resting: Mapping[str, Resting] = NOBODY_RESTS
    measured: Mapping[str, Measured] = NOTHING_MEASURED
    allowance: Allowance = EVERYTHING


class Market:
    """Every model judged for one brief, once per quality. ``wish`` is the kind of file that was asked for."""

    def __init__(
        self, brief: Brief, models: Iterable[ModelSpec], circumstances: Circumstances, *, wish: Format | None = None
    ) -> None:
        self.models = {model.id: model for model in models}
        self.asked = wanted_quality(brief)
        self._given = brief, circumstances, wish
        self._judged: dict[Quality, dict[str, Judged]] = {}

    def at(self, quality: Quality) -> Mapping[str, Judged]:
        """What every model, by id, makes of the brief when this quality is asked."""
        if quality not in self._judged:
            self._judged[quality] = {model.id: judge(model, quality, *self._given) for model in self.models.values()}
        return self._judged[quality]

    def candidates(self, quality: Quality) -> list[Candidate]:
        """The models that can serve the brief, those that are down or resting included."""
        return [one for one in self.at(quality).values() if isinstance(one, Candidate)]


def judge(model: ModelSpec, asked: Quality, brief: Brief, now: Circumstances, wish: Format | None = None) -> Judged:
    """Fit one model to the brief: nearest size and quality, price. It is worded only once it has a seat."""
    priced, allowed = pricing.price(model, asked, now.rates), now.allowance
    status = model.lifecycle.status(now.today)
    if status is LifecycleStatus.RETIRED:
        return LeftOut(model, _switched_off(model), Cause.RETIRED, priced.credits)
    if not allowed.permits(model):
        return LeftOut(model, NOT_IN_PLAN, Cause.NOT_IN_PLAN, priced.credits)
    wanted = priced.quality
    lowered = RANK[wanted] > RANK[allowed.ceiling]
    if lowered and not any(RANK[offered] <= RANK[allowed.ceiling] for offered in model.offers):
        cause = Cause.HD_USED_UP if allowed.dearest is Quality.HD else Cause.NOT_IN_PLAN
        return LeftOut(model, allowed.why_not(wanted), cause, priced.credits)
    if lowered:
        priced = pricing.price(model, asked, now.rates, dearest=allowed.ceiling)
    try:
        prompting.as_written(brief.prompt_for(model.id), model)
    except PromptTooLong as error:
        return LeftOut(model, error.public, Cause.PROMPT_TOO_LONG, priced.credits)
    size = sizing.nearest(brief.size, model.sizes)
    measured = now.measured.get(model.id, NOT_MEASURED)
    released, can = model.lifecycle.released, model.capabilities
    answers = wish is None or (can.svg if wish is Format.VECTOR else can.transparent_background)
    quality_note = f"Made in {QUALITY_LABELS[priced.quality]}: {allowed.why_not(wanted)}." if lowered else _quality_note(priced)
    notes = (sizing.note(brief.size, size), quality_note, _goodbye(model))
    counted = priced.quality is Quality.HD and allowed.counts_hd
    return Candidate(
        model=model,
        asked=asked,
        quality=priced.quality,
        size=size,
        credits=priced.credits,
        seconds=measured.seconds.get(priced.quality, priced.seconds),
        notes=tuple(note for note in notes if note),
        retiring=status is LifecycleStatus.RETIRING,
        down=model.id in now.down or model.provider in now.down,
        resting=now.resting.get(model.provider) or now.resting.get(model.id),
        heeds_reference=brief.reference and can.reference,
        ignores_reference=brief.reference and not can.reference,
        format=wish if answers else None,
        lacks=None if answers else wish,
        age=(now.today - released).days if released else None,
        measured=measured,
        usd=priced.usd,
        held_back=lowered and allowed.dearest is Quality.HD,
        instead=judge(model, asked, brief, replace(now, allowance=allowed.without_hd()), wish) if counted else None,
    )


def wanted_quality(brief: Brief) -> Quality:
    """Choosing Final HD asks for HD. Reading "final" in a prompt does not: only a choice makes a run several times dearer."""
    return Quality.HD if brief.intent is Intent.FINAL else brief.quality


def _quality_note(priced: Priced) -> str | None:
    return f"Made in {QUALITY_LABELS[priced.quality]}. This model has {priced.note}." if priced.note else None


def _switched_off(model: ModelSpec) -> str:
    shutdown = model.lifecycle.shutdown
    return f"switched off on {wording.day(shutdown)}" if shutdown else "switched off"


def _goodbye(model: ModelSpec) -> str | None:
    shutdown = model.lifecycle.shutdown
    return f"Goes off on {wording.day(shutdown)}." if shutdown else None
