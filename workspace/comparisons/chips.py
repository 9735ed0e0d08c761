"""The list of models as the page shows it: whom one can ask, at what price, and who is ticked."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from providers.types import LifecycleStatus, ModelSpec
from routing import pricing, wording
from routing.allowance import NOT_IN_PLAN
from routing.candidates import wanted_quality
from routing.measured import NOT_MEASURED
from routing.rests import said
from routing.types import Cause, Plan, Resting
from workspace.comparisons import breakers, keys, measuring
from workspace.comparisons.drafts import Draft


@dataclass(frozen=True, slots=True)
class Chip:
    """One model to tick. ``price`` is credits at the chosen quality, ``seconds`` the expected time.

    ``health`` is ``ok``, ``slow`` or ``down``; ``note`` stands beside them when there is something to say
    ("no HD", "until 1 December"); a ``disabled`` chip cannot be ticked, and one that ``leads`` stands before the others.
    """

    id: str
    label: str
    checked: bool
    by_auto: bool
    health: str
    price: int
    seconds: str
    over_cap: bool
    note: str
    disabled: bool
    leads: bool = False


def chips(draft: Draft, decided: Plan) -> tuple[Chip, ...]:
    """In the order of the catalogue, after those that lead."""
    return tuple(sorted(_chips(draft, decided), key=lambda chip: not chip.leads))


def _chips(draft: Draft, decided: Plan) -> Iterable[Chip]:
    routes = {route.model.id: route for route in decided.routes}
    asked = wanted_quality(draft.brief)
    over = {left.model.id for left in decided.left_out if left.cause is Cause.OVER_CAP}
    kept = over | decided.forbidden  # while one writes, the intent may turn to one that allows it
    today, rates, paused, resting = keys.today(), keys.rates(), keys.paused(), breakers.resting()
    measured = measuring.measured()
    for model in keys.models():
        route, rests = routes.get(model.id), resting.get(model.provider) or resting.get(model.id)
        priced = pricing.price(model, route.quality if route else asked, rates, reference=draft.brief.reference)
        out = _kept_out(draft, model, paused, decided.forbidden)
        seconds = measured.get(model.id, NOT_MEASURED).seconds.get(priced.quality, priced.seconds)
        stays = model.id in kept and model.id in draft.models  # ticked by whom it was: posted back, the form decides the same
        checked, by_auto = route is not None or stays, route.by_auto if route else stays and model.id not in draft.chosen
        yield Chip(
            id=model.id,
            label=model.label,
            checked=checked,
            by_auto=by_auto,
            health=keys.health(model, rests=rests is not None),
            price=priced.credits,
            seconds=wording.seconds(seconds),
            over_cap=model.id in over,
            note=out or ("in Standard" if route and route.held_back else _note(draft, model, priced, today, rests)),
            disabled=model.provider in paused or not draft.allowance.permits(model),
            leads=_leads(draft, model.id, checked=checked, by_auto=by_auto),
        )


def _leads(draft: Draft, model: str, *, checked: bool, by_auto: bool) -> bool:
    """Whether the list is opened for it: it is Auto's choice, or was chosen when the page came.

    What is ticked in the list stays where it was ticked.
    """
    if by_auto or model in draft.unchecked:
        return True
    if draft.leading is None:
        return checked
    return model in draft.leading and (checked or model not in draft.auto)


def _kept_out(draft: Draft, model: ModelSpec, paused: Collection[str], forbidden: Collection[str]) -> str:
    """What an admin or the person's plan has decided on it."""
    if model.provider in paused:
        return "paused"
    if not draft.allowance.permits(model):
        return NOT_IN_PLAN
    return "not allowed" if model.id in forbidden else ""


def _note(draft: Draft, model: ModelSpec, priced: pricing.Priced, today: date, rests: Resting | None) -> str:
    """What keeps it from answering, else that it would ignore the reference, else the day it retires, else how it differs
    from the quality that was asked.
    """
    if rests:
        return said(rests)
    if draft.reference and not model.capabilities.reference:
        return "no reference"
    if model.lifecycle.status(today) is LifecycleStatus.RETIRING and model.lifecycle.shutdown:
        return f"until {model.lifecycle.shutdown:%-d %B}"
    return priced.note or ""
