"""What each model of the catalogue would make of a brief, and at which price; or why it cannot serve it at all."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from providers.errors import ErrorKind
from providers.types import LifecycleStatus, ModelSpec, Quality, Size
from routing import pricing, prompting, sizing, wording
from routing.allowance import EVERYTHING, NOT_IN_PLAN, Allowance
from routing.errors import PromptTooLong
from routing.measured import NOT_MEASURED, NOTHING_MEASURED, Measured
from routing.pricing import QUALITY_LABELS, RANK, Priced, Rates
from routing.reading.types import Format
from routing.ruling import NOTHING_RULED, SILENT, Ruling, Verdict
from routing.types import Brief, Cause, Intent, LeftOut, Resting

ONES_OWN = frozenset({ErrorKind.MODEL_GONE, ErrorKind.NO_ACCESS, ErrorKind.RATE_LIMITED})  # says nothing of other models
NOBODY_RESTS: Mapping[str, Resting] = MappingProxyType({})
NOBODY_DOWN: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that can serve the brief. ``quality`` is the nearest it offers to the one ``asked``.

    ``down`` says why its provider is not to be asked, though it could serve; empty if it may.
    ``resting``: it is left alone for now, because it fails.
    ``heeds_reference`` and ``ignores_reference``: the brief comes with a reference, which the model goes by or leaves unseen.
    ``format`` was asked for and the model has it, ``lacks`` was asked for and it has not. ``age`` is in days, None if unknown.
    ``held_back``: it would draw in HD if the person had HD images left. ``instead``, where they are counted and it draws one, is
    what it makes of the brief once there are none left.
    ``shaken``: it is well as far as anybody knows, but another model of its provider fails. ``verdict`` is what an admin's rules
    say of it.
    """

    model: ModelSpec
    asked: Quality
    quality: Quality
    size: Size
    usd: Decimal
    credits: int
    seconds: float
    notes: tuple[str, ...]
    retiring: bool
    down: str
    resting: Resting | None = None
    heeds_reference: bool = False
    ignores_reference: bool = False
    format: Format | None = None
    lacks: Format | None = None
    age: int | None = None
    shaken: bool = False
    measured: Measured = NOT_MEASURED
    held_back: bool = False
    instead: "Judged | None" = None
    verdict: Verdict = SILENT

    @property
    def overshoots(self) -> bool:
        """Whether it would draw in HD unasked. Only a choice makes a run several times dearer."""
        return self.quality is Quality.HD and self.asked is not Quality.HD

    @property
    def up(self) -> bool:
        """Whether there is nothing against asking it now."""
        return not self.down and self.resting is None

    @property
    def allowed(self) -> bool:
        """Whether the rules let Auto take it, and let it stand in for another."""
        return self.verdict.allows(self.credits)

    @property
    def id(self) -> str:
        return self.model.id


type Judged = Candidate | LeftOut


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What holds for every brief just now. ``down`` (why, in a few words) and ``resting`` go by model ids and provider keys,
    ``measured`` by ids.
    """

    today: date
    rates: Rates
    down: Mapping[str, str] = NOBODY_DOWN
    resting: Mapping[str, Resting] = NOBODY_RESTS
    measured: Mapping[str, Measured] = NOTHING_MEASURED
    allowance: Allowance = EVERYTHING

    @property
    def shaken(self) -> frozenset[str]:
        """Providers of which a model fails: the others may, too."""
        return frozenset(key.partition("/")[0] for key, one in self.resting.items() if one.cause not in ONES_OWN)


class Market:
    """Every model judged for one brief, once per quality. ``wish`` is the kind of file that was asked for, ``ruling`` what an
    admin's rules mean for the brief's intent.
    """

    def __init__(
        self,
        brief: Brief,
        models: Iterable[ModelSpec],
        circumstances: Circumstances,
        *,
        wish: Format | None = None,
        ruling: Ruling = NOTHING_RULED,
    ) -> None:
        self.models = {model.id: model for model in models}
        self.asked = wanted_quality(brief)
        self._given = brief, circumstances, wish, circumstances.shaken
        self.ruling = ruling
        self._judged: dict[Quality, dict[str, Judged]] = {}

    def at(self, quality: Quality) -> Mapping[str, Judged]:
        """What every model, by id, makes of the brief when this quality is asked."""
        if quality not in self._judged:
            self._judged[quality] = {
                model.id: judge(model, quality, *self._given, self.ruling.of(model.id)) for model in self.models.values()
            }
        return self._judged[quality]

    def candidates(self, quality: Quality) -> list[Candidate]:
        """The models that can and may serve the brief, those that are down or resting included."""
        return [one for one in self.at(quality).values() if isinstance(one, Candidate) and one.allowed]


def judge(
    model: ModelSpec,
    asked: Quality,
    brief: Brief,
    now: Circumstances,
    wish: Format | None,
    shaken: Collection[str],
    verdict: Verdict = SILENT,
) -> Judged:
    """Fit one model to the brief: nearest size and quality, price. It is worded only once it has a seat."""
    priced, allowed = pricing.price(model, asked, now.rates, reference=brief.reference), now.allowance
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
        priced = pricing.price(model, asked, now.rates, dearest=allowed.ceiling, reference=brief.reference)
    try:
        prompting.as_written(brief.prompt_for(model.id), model)
    except PromptTooLong as error:
        return LeftOut(model, error.public, Cause.PROMPT_TOO_LONG, priced.credits)
    size = sizing.nearest(brief.size, model.sizes)
    measured = now.measured.get(model.id, NOT_MEASURED)
    resting = now.resting.get(model.provider) or now.resting.get(model.id)
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
        usd=priced.usd,
        credits=priced.credits,
        seconds=measured.seconds.get(priced.quality, priced.seconds),
        notes=tuple(note for note in notes if note),
        retiring=status is LifecycleStatus.RETIRING,
        down=now.down.get(model.provider) or now.down.get(model.id, ""),
        resting=resting,
        heeds_reference=brief.reference and can.reference,
        ignores_reference=brief.reference and not can.reference,
        format=wish if answers else None,
        lacks=None if answers else wish,
        age=(now.today - released).days if released else None,
        shaken=resting is None and model.provider in shaken,
        measured=measured,
        held_back=lowered and allowed.dearest is Quality.HD,
        instead=judge(model, asked, brief, replace(now, allowance=allowed.without_hd()), wish, shaken, verdict)
        if counted
        else None,
        verdict=verdict,
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
