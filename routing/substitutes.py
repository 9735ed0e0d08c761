"""Who may stand in when a route fails: unasked, one never dearer and good at the same thing; else whomever the person takes."""

from collections.abc import Collection, Iterable

from providers.types import Quality
from routing import ranking, score
from routing.candidates import Candidate, Market
from routing.ranking import newest
from routing.score import NEEDS
from routing.seating import Table
from routing.types import Intent, Spare

MOST = 3  # names kept per route; a frame that fails that often should fail


def for_route(
    asked: Candidate, intent: Intent, candidates: Iterable[Candidate], *, in_plan: Collection[str], refused: Collection[str]
) -> tuple[str, ...]:
    """Ids of the fallbacks, best first: who goes by the reference and has the format, if one was asked for, before who does not;
    not in the plan before others; another provider before the same one; then by points.

    ``candidates`` are judged at the quality the route was sold at, so that asking one of them at that quality is never dearer.
    ``refused`` are models the person unticked; those that are down or resting are not named either.
    """
    able = [one for one in candidates if one.up and one.id not in refused and _may_replace(one, asked, intent)]
    able.sort(
        key=lambda one: (
            one.ignores_reference,
            one.lacks is not None,
            one.id in in_plan,
            one.model.provider == asked.model.provider,
            -score.total(score.terms(one, intent)),
            one.credits,
            newest(one),
            one.id,
        )
    )
    return tuple(one.id for one in able[:MOST])


def standing_by(table: Table, market: Market, goal: Intent) -> tuple[Spare, ...]:
    """Everybody else who would answer now and fits what is left of the cap, in the order in which Auto would take them."""
    able = [one for one in market.candidates(market.asked) if one.up and one.id not in table.ids]
    ranked = [one for tier in ranking.tiers(able, goal) for one in tier.ranked]
    return tuple(
        Spare(one.model, one.quality, one.credits, one.seconds)
        for one in ranked
        if table.room is None or one.credits <= table.room
    )


def _may_replace(one: Candidate, asked: Candidate, intent: Intent) -> bool:
    """A type specialist for a type specialist; a model outside its strength is replaced by one that shares any of its own."""
    if one.id == asked.id or one.credits > asked.credits:
        return False
    if one.instead is not None and asked.quality is not Quality.HD:
        return False  # it would draw in HD, which is counted, and none was taken for it
    need = NEEDS[intent].strength
    if need in asked.model.strengths:
        return need in one.model.strengths
    return not asked.model.strengths.isdisjoint(one.model.strengths)
