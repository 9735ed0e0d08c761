"""What each model of the catalogue would make of a brief, and at which price; or why it cannot serve it at all."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from types import MappingProxyType

from providers.types import LifecycleStatus, ModelSpec, Quality, Size
from routing import pricing, prompting, sizing, wording
from routing.errors import PromptTooLong
from routing.pricing import QUALITY_LABELS, Priced, Rates
from routing.types import Brief, Cause, Intent, LeftOut, Resting

NOBODY_RESTS: Mapping[str, Resting] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that can serve the brief. ``quality`` is the nearest it offers to the one ``asked``.

    ``down``: it could serve, but its provider is not to be asked. ``resting``: it is left alone for now, because it fails.
    ``ignores_reference``: the brief comes with a reference, and the model would use the prompt alone.
    """

    model: ModelSpec
    asked: Quality
    quality: Quality
    size: Size
    usd: Decimal
    credits: int
    seconds: float
    prompt: str
    notes: tuple[str, ...]
    retiring: bool
    down: bool
    resting: Resting | None = None
    ignores_reference: bool = False

    @property
    def up(self) -> bool:
        """Whether there is nothing against asking it now."""
        return not self.down and self.resting is None

    @property
    def id(self) -> str:
        return self.model.id


type Judged = Candidate | LeftOut


class Market:
    """Every model judged for one brief, once per quality. ``down`` and ``resting`` go by model ids and provider keys."""

    def __init__(
        self,
        brief: Brief,
        models: Iterable[ModelSpec],
        *,
        today: date,
        rates: Rates,
        down: Collection[str] = (),
        resting: Mapping[str, Resting] = NOBODY_RESTS,
    ) -> None:
        self.models = {model.id: model for model in models}
        self.asked = wanted_quality(brief)
        self._judge = partial(judge, brief, today=today, rates=rates, down=down, resting=resting)
        self._judged: dict[Quality, dict[str, Judged]] = {}

    def at(self, quality: Quality) -> Mapping[str, Judged]:
        """What every model, by id, makes of the brief when this quality is asked."""
        if quality not in self._judged:
            self._judged[quality] = {model.id: self._judge(model, quality) for model in self.models.values()}
        return self._judged[quality]

    def candidates(self, quality: Quality) -> list[Candidate]:
        """The models that can serve the brief, those that are down or resting included."""
        return [one for one in self.at(quality).values() if isinstance(one, Candidate)]


def judge(
    brief: Brief,
    model: ModelSpec,
    asked: Quality,
    *,
    today: date,
    rates: Rates,
    down: Collection[str] = (),
    resting: Mapping[str, Resting] = NOBODY_RESTS,
) -> Judged:
    """Fit one model to the brief: nearest size and quality, price, wording."""
    priced = pricing.price(model, asked, rates, reference=brief.reference)
    status = model.lifecycle.status(today)
    if status is LifecycleStatus.RETIRED:
        return LeftOut(model, _switched_off(model), Cause.RETIRED, priced.credits)
    try:
        adapted = prompting.adapt(brief.prompt, model)
    except PromptTooLong as error:
        return LeftOut(model, error.public, Cause.PROMPT_TOO_LONG, priced.credits)
    size = sizing.nearest(brief.size, model.sizes)
    notes = (sizing.note(brief.size, size), _quality_note(priced), _goodbye(model))
    return Candidate(
        model=model,
        asked=asked,
        quality=priced.quality,
        size=size,
        usd=priced.usd,
        credits=priced.credits,
        seconds=priced.seconds,
        prompt=adapted.prompt,
        notes=tuple(note for note in notes if note),
        retiring=status is LifecycleStatus.RETIRING,
        down=model.id in down or model.provider in down,
        resting=resting.get(model.provider) or resting.get(model.id),
        ignores_reference=brief.reference and not model.capabilities.reference,
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
