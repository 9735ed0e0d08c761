"""The decision: which models answer a brief, at which price, with a stated reason for each one in and each one left out.

    read the prompt -> judge every model -> seat what the person ticked -> let Auto add its own -> name the fallbacks

Pure and deterministic: the same arguments give the same plan.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from providers.types import ModelSpec
from routing import auto, intent, substitutes, succession
from routing.candidates import NOBODY_RESTS, Market
from routing.pricing import Rates
from routing.ranking import NEEDS
from routing.seating import Seat, Table
from routing.types import Brief, Intent, Plan, Resting, Route

HEEDED = {True: "It goes by your reference.", False: "It takes no reference and uses the prompt alone."}


def plan(
    brief: Brief,
    *,
    chosen: Sequence[str],
    unchecked: Collection[str],
    models: Sequence[ModelSpec],
    today: date,
    rates: Rates,
    down: Collection[str] = (),
    resting: Mapping[str, Resting] = NOBODY_RESTS,
    max_models: int,
) -> Plan:
    """Decide.

    ``chosen`` are the ids the person ticked, in their order; ``unchecked`` those Auto had added and the person took out again.
    ``models`` is the whole catalogue, retired models included. ``down`` and ``resting`` go by model ids and provider keys: who is
    down is not asked at all; who rests is neither Auto's choice nor a fallback, but a person may insist. Nothing goes over
    ``brief.cap`` or ``max_models``. Raises ``providers.catalogue.UnknownModel``.
    """
    reading = intent.read(brief.prompt)
    goal = brief.intent or reading.intent
    market = Market(brief, models, today=today, rates=rates, down=down, resting=resting)
    wishes, gone = succession.settle(chosen, market.models, today)
    table = Table(cap=brief.cap, most=max_models)
    for wish in wishes:
        table.offer(market.at(market.asked)[wish.model_id], reasons=_reasons(market.models[wish.model_id], goal), note=wish.note)
    if brief.intent is None:
        auto.join(table, market, reading, refused=unchecked)
    routes = tuple(_route(seat, brief, goal, market, table.ids, unchecked) for seat in table.seats)
    return Plan(reading, goal, brief.intent is None, routes, gone + table.left_out())


def _reasons(model: ModelSpec, goal: Intent) -> tuple[str, ...]:
    need = NEEDS[goal]
    return ("You chose it.", need.merit) if need.strength in model.strengths else ("You chose it.",)


def _route(seat: Seat, brief: Brief, goal: Intent, market: Market, in_plan: Collection[str], unchecked: Collection[str]) -> Route:
    one = seat.candidate
    return Route(
        model=one.model,
        quality=one.quality,
        size=one.size,
        usd=one.usd,
        credits=one.credits,
        expected_seconds=one.seconds,
        prompt=one.prompt,
        reasons=(*seat.reasons, HEEDED[not one.ignores_reference]) if brief.reference else seat.reasons,
        notes=seat.notes,
        succession=seat.succession,
        fallbacks=substitutes.for_route(one, goal, market.candidates(one.quality), in_plan=in_plan, refused=unchecked),
        by_auto=seat.by_auto,
        resting=one.resting,
    )
