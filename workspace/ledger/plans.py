"""What an owner does to plans: keeps one, moves people, removes one that nobody is on, lets one person differ for a while.

Each is a line in the log, written with the deed.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from providers.types import Quality
from routing.pricing import QUALITY_LABELS
from workspace.accounts.models import Override, Plan, User
from workspace.ledger import adjusting, news

NAMES = {
    "monthly_credits": "credits a month",
    "hd_per_month": "HD images a month",
    "hd_per_day": "HD images a day",
    "most_models": "models in one run",
    "in_flight": "runs at once",
    "dearest_quality": "dearest quality",
}


class PlanInUse(Exception):
    """The plan cannot go yet; ``public`` says why."""

    def __init__(self, public: str) -> None:
        super().__init__(public)
        self.public = public


@transaction.atomic
def keep(plan: Plan, by: User) -> None:
    """Save a plan, new or changed. Made the default, it takes the place of the one before."""
    if plan.is_default:
        Plan.objects.filter(is_default=True).exclude(pk=plan.pk).update(is_default=False)
    new = plan.pk is None
    plan.save()
    adjusting.note(by, f"{'made' if new else 'changed'} the plan {plan.name}", None)


@transaction.atomic
def remove(plan: Plan, by: User, move_to: Plan | None = None) -> int:
    """Delete a plan, once its people have moved to another, and say how many they were. Raises ``PlanInUse``."""
    locked = Plan.objects.select_for_update().get(pk=plan.pk)  # who is put on it meanwhile waits, and then finds it gone
    if locked.is_default:
        raise PlanInUse("New people come in on this plan. Make another the default first.")
    people = locked.people.count()
    if people and move_to is None:
        raise PlanInUse(f"{people} {'person is' if people == 1 else 'people are'} on this plan. Say where to move them.")
    locked.people.update(plan=move_to)
    adjusting.note(by, f"removed the plan {plan.name}" + (f" and moved {people} to {move_to}" if people else ""), None)
    locked.delete()
    return people


@transaction.atomic
def put_on(person: User, plan: Plan, by: User) -> None:
    """Limits hold at once, credits from the next month on. Raises ``PlanInUse`` for a plan that has just been removed."""
    if not Plan.objects.select_for_update().filter(pk=plan.pk).exists():
        raise PlanInUse("This plan is gone.")
    User.objects.filter(pk=person.pk).update(plan=plan)
    news.moved(person)
    adjusting.note(by, f"put {person.email} on the plan {plan.name}", person)


@transaction.atomic
def let_differ(person: User, changes: Mapping[str, object], *, until: datetime, reason: str, by: User) -> None:
    """In place of whatever was allowed before; no ``changes`` end it."""
    Override.objects.filter(user=person).delete()
    if changes:
        Override.objects.create(user=person, changes=dict(changes), until=until, reason=reason, by=by)
    said = ", ".join(worded(changes))
    what = f"let {person.email} have {said} until {until:%-d %B %Y}: {reason}" if changes else f"put {person.email} back on plan"
    adjusting.note(by, what, person)
    news.moved(person)


def worded(changes: Mapping[str, object]) -> list[str]:
    """ "HD images a month: no limit", as pages and log say it."""
    said = {name: "no limit" if changes[name] is None else changes[name] for name in NAMES if name in changes}
    if said.get("dearest_quality"):
        said["dearest_quality"] = QUALITY_LABELS[Quality(said["dearest_quality"])]
    free = [name for name in ("only_models", "only_providers") if changes.get(name) == []]
    return [f"{NAMES[name]}: {value}" for name, value in said.items()] + (["every model and provider"] if free else [])


def override_of(person: User) -> Override | None:
    """What holds for this person now beside the plan."""
    return Override.objects.filter(user=person, until__gt=timezone.now()).select_related("by").first()
