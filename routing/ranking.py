"""Auto's candidates in order: the tiers by which conditions they meet, and inside each the points."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from routing import score
from routing.candidates import Candidate
from routing.score import NEEDS
from routing.types import Intent

AUTO_TAKES = 2  # models Auto adds by itself: enough to compare, little enough to spend


@dataclass(frozen=True, slots=True)
class Tier:
    """Candidates that meet the same conditions, best first. ``diverse``: to be spread over providers and families."""

    ranked: tuple[Candidate, ...]
    diverse: bool
    most: int = AUTO_TAKES

    @property
    def answering(self) -> "Tier":
        """The tier without those that are not to be asked now."""
        return replace(self, ranked=tuple(one for one in self.ranked if one.up))


def newest(one: Candidate) -> tuple[int, ...]:
    return (-(one.model.lifecycle.released or date.min).toordinal(),)


def tiers(candidates: Iterable[Candidate], goal: Intent) -> list[Tier]:
    """The best tier first; of two models with as many points the cheaper, then the quicker, then the newer."""
    scored = [(score.terms(one, goal), one) for one in candidates]
    ranked = sorted(((score.tier(parts), score.total(parts), one) for parts, one in scored), key=_order)
    return [_tier([one for _, _, one in group], goal) for _, group in groupby(ranked, key=lambda each: each[0])]


def _order(each: tuple[float, float, Candidate]) -> tuple[object, ...]:
    conditions, points, one = each
    return (-conditions, -points, one.credits, one.seconds, newest(one), one.id)


def _tier(ranked: Sequence[Candidate], goal: Intent) -> Tier:
    """A draft, and a first look in place of a specialist, wants the quickest, whoever they are."""
    return Tier(tuple(ranked), NEEDS[goal].diverse and NEEDS[goal].strength in ranked[0].model.strengths)


def take(tier: Tier, *, room: int | None, free: Collection[str] = ()) -> list[Candidate]:
    """The first few that fit ``room`` (credits, None for no limit); if ``diverse``, of two providers and families if possible.

    ``free`` are ids that fill a place at no further cost: the person has taken or refused them already.
    """
    taken: list[Candidate] = []
    while len(taken) < tier.most:
        fitting = [one for one in tier.ranked if one not in taken and (one.id in free or room is None or one.credits <= room)]
        if not fitting:
            break
        lowest = min(0, fitting[0].verdict.leaning)  # what a rule avoids is not taken for the sake of variety
        fitting = [one for one in fitting if one.verdict.leaning >= lowest]
        kin = {name for one in taken for name in (one.model.provider, one.model.family)} if tier.diverse else set()
        best = next((one for one in fitting if kin.isdisjoint((one.model.provider, one.model.family))), fitting[0])
        taken.append(best)
        if room is not None and best.id not in free:
            room -= best.credits
    return taken
