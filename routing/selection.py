"""The decision: which models answer a brief, at which price, with a stated reason for each one in and each one left out.

    read the prompt -> judge every model -> seat what the person ticked -> let Auto add its own -> name the fallbacks

Pure and deterministic: the same arguments give the same plan.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from providers.types import ModelSpec
from routing import explaining, intent, prompting, substitutes, succession
from routing.allowance import EVERYTHING, Allowance
from routing.auto import Chooser
from routing.candidates import NOBODY_DOWN, NOBODY_RESTS, Circumstances, Market
from routing.measured import NOTHING_MEASURED, Measured
from routing.pricing import Rates
from routing.reading.types import Format, FormatWish
from routing.rules import NO_RULES, Rules
from routing.ruling import ruling
from routing.score import NEEDS
from routing.seating import Seat, Table
from routing.types import Brief, Intent, Plan, Reading, Reason, Resting, Route

CHOSEN = Reason("You chose it.")
HEEDED = {True: Reason("It goes by your reference."), False: Reason("It takes no reference and uses the prompt alone.")}
DRAWN = frozenset({Intent.TYPOGRAPHY, Intent.ILLUSTRATION})  # what a vector drawing can be of


def plan(
    brief: Brief,
    *,
    chosen: Sequence[str],
    unchecked: Collection[str],
    models: Sequence[ModelSpec],
    today: date,
    rates: Rates,
    down: Mapping[str, str] = NOBODY_DOWN,
    resting: Mapping[str, Resting] = NOBODY_RESTS,
    measured: Mapping[str, Measured] = NOTHING_MEASURED,
    max_models: int,
    allowance: Allowance = EVERYTHING,
    fill: bool = False,
    rules: Rules = NO_RULES,
) -> Plan:
    """Decide.

    ``chosen`` are the ids the person ticked, in their order; ``unchecked`` those Auto had added and the person took out again.
    ``models`` is the whole catalogue, retired models included. ``down`` and ``resting`` go by model ids and provider keys: who is
    down, for the reason that is given, is not asked at all; who rests is neither Auto's choice nor a fallback, but a person may
    insist. ``measured`` goes by model ids. Nothing goes over ``brief.cap``, ``max_models`` or the ``allowance``, and nothing that
    ``rules`` forbid is asked.
    Auto adds models when no intent was chosen, and for a chosen one if it is to ``fill`` the run. Raises
    ``providers.catalogue.UnknownModel``.
    """
    reading = intent.read(brief.prompt)
    goal = brief.intent or reading.intent
    sought = _sought(reading, goal)
    around = Circumstances(today, rates, down, resting, measured, allowance)
    ruled = ruling(rules, goal, models, today)
    market = Market(brief, models, around, wish=sought.format if sought else None, ruling=ruled)
    wishes, gone = succession.settle(chosen, market.models, today)
    most = max_models if allowance.most_models is None else min(max_models, allowance.most_models)
    table = Table(cap=brief.cap, most=most, hd=allowance.hd_left, by_plan=most < max_models)
    for wish in wishes:
        table.offer(market.at(market.asked)[wish.model_id], reasons=_reasons(market.models[wish.model_id], goal), note=wish.note)
    chooser = Chooser(table, market, reading, goal, unchecked)
    if brief.intent is None or fill:
        chooser.join()
    making = _Making(brief, reading, goal, market, table.ids, unchecked)
    return Plan(
        reading,
        goal,
        auto=brief.intent is None,
        routes=tuple(making.route(seat) for seat in table.seats),
        left_out=gone + table.left_out(),
        by_reference=any(seat.by_auto and seat.candidate.heeds_reference for seat in table.seats),
        wish=sought,
        allowance=allowance,
        forbidden=ruled.forbidden,
        explain=partial(explaining.others, chooser, gone, automatic=brief.intent is None or fill),
        stand_by=partial(substitutes.standing_by, table, market, goal),
    )


def _sought(reading: Reading, goal: Intent) -> FormatWish | None:
    """The kind of file to look for. A photograph has no vectors, whatever is said of it."""
    vain = reading.wish is not None and reading.wish.format is Format.VECTOR and goal not in DRAWN
    return None if vain else reading.wish


def _reasons(model: ModelSpec, goal: Intent) -> tuple[Reason, ...]:
    need = NEEDS[goal]
    return (CHOSEN, Reason(need.merit)) if need.strength in model.strengths else (CHOSEN,)


@dataclass(frozen=True, slots=True)
class _Making:
    """What it takes to make a route of a seat."""

    brief: Brief
    reading: Reading
    goal: Intent
    market: Market
    in_plan: Collection[str]
    unchecked: Collection[str]

    def route(self, seat: Seat) -> Route:
        one = seat.candidate
        able = self.market.candidates(one.quality)
        return Route(
            model=one.model,
            quality=one.quality,
            size=one.size,
            usd=one.usd,
            credits=one.credits,
            expected_seconds=one.seconds,
            adaptation=prompting.worded(self.brief, one.model, self.reading, intent=self.goal),
            reasons=self._reasons(seat),
            notes=seat.notes,
            succession=seat.succession,
            fallbacks=substitutes.for_route(one, self.goal, able, in_plan=self.in_plan, refused=self.unchecked),
            by_auto=seat.by_auto,
            resting=one.resting,
            held_back=one.held_back,
        )

    def _reasons(self, seat: Seat) -> tuple[Reason, ...]:
        """Those of the seat; whether it goes by a reference is said in any case."""
        heeded = HEEDED[not seat.candidate.ignores_reference]
        known = not self.brief.reference or heeded.text in (reason.text for reason in seat.reasons)
        return seat.reasons if known else (*seat.reasons, heeded)
