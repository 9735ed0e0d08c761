"""What admins are told on the operations pages while a budget is nearly or wholly used up."""

from dataclasses import dataclass

from django.http import HttpRequest

from workspace.amounts import usd
from workspace.comparisons import keys
from workspace.spend import budgets
from workspace.spend.models import Crossing
from workspace.spend.watch import ALL


@dataclass(frozen=True, slots=True)
class Alarm:
    """A sentence in two parts; ``bad``: nothing is left."""

    head: str
    rest: str
    bad: bool


def alarms(request: HttpRequest) -> dict[str, object]:
    """``budget_alarms``: those of this month, called by the template."""
    user = getattr(request, "user", None)
    return {"budget_alarms": _alarms} if user is not None and user.is_authenticated and user.is_staff else {}


def _alarms() -> list[Alarm]:
    crossed = Crossing.objects.filter(month=budgets.month()).select_related("budget")
    found = list(crossed.order_by("budget__provider", "budget", "-percent").distinct("budget__provider", "budget"))
    if not found:
        return []
    held, paused = {row.pk for row in budgets.in_force().values()}, budgets.used_up()
    return [_alarm(one, one.budget.provider in paused) for one in found if one.budget_id in held]


def _alarm(crossing: Crossing, paused: bool) -> Alarm:
    label, amount = keys.provider_label(crossing.budget.provider), usd(crossing.budget.usd)
    month = f"{crossing.month:%B}"
    if crossing.percent < ALL:
        return Alarm(f"{label} has used {crossing.percent}% of its budget,", f"{amount} for {month}.", False)
    if paused:
        until = budgets.next_month()
        rest = f"{amount} for {month}. It is asked for no pictures until {until:%-d %B}, or until an owner lifts the pause."
        return Alarm(f"{label} has used up its budget,", rest, True)
    return Alarm(f"{label} has used up its budget,", f"{amount} for {month}. An owner has lifted its pause.", False)
