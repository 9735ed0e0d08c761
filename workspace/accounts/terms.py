"""What one person may use just now: their plan, and on top of it what they may otherwise for a while."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Self

from django.utils import timezone

from providers.types import Quality
from workspace.accounts.models import Override, Plan, User


@dataclass(frozen=True, slots=True)
class Terms:
    """The fields of ``Plan`` as they hold for one person; ``plan`` is its name."""

    plan: str = ""
    monthly_credits: int = 0
    carry_over: int | None = None
    hd_per_day: int | None = None
    hd_per_month: int | None = None
    dearest_quality: Quality = Quality.HD
    only_models: frozenset[str] = frozenset()
    only_providers: frozenset[str] = frozenset()
    in_flight: int | None = None
    most_models: int | None = None

    @classmethod
    def made_of(cls, plan: Plan, override: Override | None, now: datetime) -> Self:
        """An override that is over, and a name in it that plans no longer have, count for nothing."""
        changes = override.changes if override is not None and override.until > now else {}
        values = {name: changes.get(name, getattr(plan, name)) for name in LIMITS}
        values["dearest_quality"] = Quality(values["dearest_quality"])
        values |= {name: frozenset(values[name]) for name in ("only_models", "only_providers")}
        return cls(plan=plan.name, **values)


LIMITS = tuple(field.name for field in fields(Terms) if field.name != "plan")
FREE = Terms()


def of(user: User) -> Terms:
    """What holds for this person now: one query."""
    row = User.objects.select_related("plan", "override").get(pk=user.pk)
    return Terms.made_of(row.plan, getattr(row, "override", None), timezone.now())


def known(user: User) -> Terms:
    """The same, looked up once for this instance: a request has one of its own."""
    found = getattr(user, "known_terms", None)
    if found is None:
        found = user.known_terms = of(user)
    return found
