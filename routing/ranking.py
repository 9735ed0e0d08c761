"""Which models an intent calls for, and in which order. This is what Auto knows."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from providers.types import Quality, Strength
from routing.candidates import Candidate
from routing.types import Intent

type Order = Callable[[Candidate], tuple[float, ...]]


def fastest(one: Candidate) -> tuple[float, ...]:
    return (one.seconds, one.credits)


def cheapest(one: Candidate) -> tuple[float, ...]:
    return (one.credits, one.seconds)


def finest(one: Candidate) -> tuple[float, ...]:
    """Models that draw in HD first, the newest of them before older ones: fidelity is what each generation improves on."""
    return (Quality.HD not in one.model.offers, *newest(one), one.credits)


def newest(one: Candidate) -> tuple[float, ...]:
    return (-(one.model.lifecycle.released or date.min).toordinal(),)


@dataclass(frozen=True, slots=True)
class Need:
    """What an intent asks of a model. ``merit`` is the sentence for a model that has it.

    ``diverse``: two answers should come from two providers. A draft wants the two quickest, whoever they are.
    """

    strength: Strength
    order: Order
    merit: str
    diverse: bool = True


NEEDS: Mapping[Intent, Need] = {
    Intent.DRAFT: Need(Strength.SPEED, fastest, "Quick and cheap.", diverse=False),
    Intent.FINAL: Need(Strength.DETAIL, finest, "Draws the finest detail."),
    Intent.TYPOGRAPHY: Need(Strength.TYPOGRAPHY, cheapest, "Spells well."),
    Intent.PHOTOREAL: Need(Strength.PHOTOREAL, cheapest, "Good at photographs."),
    Intent.ILLUSTRATION: Need(Strength.ILLUSTRATION, cheapest, "Good at illustration."),
}

AUTO_TAKES = 2  # models Auto adds by itself: enough to compare, little enough to spend


def overshoots(one: Candidate) -> bool:
    """Whether it would draw in HD unasked. Only a choice makes a run several times dearer."""
    return one.quality is Quality.HD and one.asked is not Quality.HD


def specialists(candidates: Iterable[Candidate], intent: Intent) -> list[Candidate]:
    """Candidates with the strength the intent needs, best first; of two as good, the newer.

    What an admin prefers comes before price and speed, but never makes a run several times dearer.
    """
    need = NEEDS[intent]
    able = (one for one in candidates if need.strength in one.model.strengths)
    return sorted(
        able, key=lambda one: (one.retiring, overshoots(one), one.verdict.leaning, need.order(one), newest(one), one.id)
    )


def defaults(candidates: Iterable[Candidate]) -> list[Candidate]:
    """What to take when no specialist can be paid: models known to be fast, then simply the quickest."""
    return sorted(
        candidates,
        key=lambda one: (
            one.retiring,
            Strength.SPEED not in one.model.strengths,
            one.verdict.leaning,
            fastest(one),
            newest(one),
            one.id,
        ),
    )


def take(
    ranked: Sequence[Candidate],
    *,
    room: int | None,
    free: Collection[str] = (),
    diverse: bool = True,
    most: int = AUTO_TAKES,
) -> list[Candidate]:
    """The first few that fit ``room`` (credits, None for no limit).

    ``diverse``: from different providers where possible, which is no reason to take one that a rule avoids.
    ``free`` are ids that fill a place at no further cost: the person has taken or refused them already.
    """
    taken: list[Candidate] = []
    while len(taken) < most:
        fitting = [one for one in ranked if one not in taken and (one.id in free or room is None or one.credits <= room)]
        if not fitting:
            break
        providers = {one.model.provider for one in taken} if diverse else set()
        as_good = [one for one in fitting if one.verdict.leaning <= max(0, fitting[0].verdict.leaning)]
        best = next((one for one in as_good if one.model.provider not in providers), fitting[0])
        taken.append(best)
        if room is not None and best.id not in free:
            room -= best.credits
    return taken
