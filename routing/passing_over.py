"""Whom Auto would have taken but for a rule of an admin: what a rule does is said, also where it only keeps somebody away."""

from collections.abc import Collection
from dataclasses import replace

from routing.auto import diverse_for
from routing.candidates import Candidate, Market
from routing.ranking import specialists, take
from routing.ruling import NOTHING_RULED, SILENT
from routing.types import Cause, LeftOut, Reading


def missed(market: Market, reading: Reading, settled: Collection[str]) -> tuple[LeftOut, ...]:
    """The specialists Auto takes without any rules and is kept from by one; not those in the plan or unticked (``settled``)."""
    if market.ruling is NOTHING_RULED:
        return ()
    up = [one for one in market.able(market.asked) if one.up]
    able = [one for one in up if not one.ignores_reference] or up
    unruled = [replace(one, verdict=SILENT) if one.verdict is not SILENT else one for one in able]
    wanted = take(specialists(unruled, reading.intent), room=None, diverse=diverse_for(reading))
    return tuple(_passed_over(one, reason) for one in wanted if one.id not in settled and (reason := _objection(market, one)))


def _objection(market: Market, one: Candidate) -> str:
    return market.ruling.of(one.id).objection(one.credits)


def _passed_over(one: Candidate, reason: str) -> LeftOut:
    return LeftOut(one.model, reason, Cause.RULED_OUT, one.credits, by_auto=True)
