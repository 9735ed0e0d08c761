"""What a provider may cost a month: set by owners, one row after another, and how far each has come."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from workspace.accounts.models import User
from workspace.amounts import usd as in_words
from workspace.comparisons import keys
from workspace.days import midnight
from workspace.ledger import adjusting
from workspace.operations import services as operations
from workspace.operations.models import ProviderSetting
from workspace.spend import figures
from workspace.spend.models import Budget

NOTHING = Decimal(0)


class ChangedMeanwhile(Exception):
    """Another admin was first; what they have set should be read before it is replaced."""

    public = "Somebody has changed this budget since you opened the page. Look at theirs, then send yours again."


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a provider's budget has come this month: USD spent, and estimated of what is under way."""

    budget: Budget
    spent: Decimal
    under_way: Decimal

    @property
    def label(self) -> str:
        return keys.provider_label(self.budget.provider)

    @property
    def total(self) -> Decimal:
        return self.spent + self.under_way

    @property
    def percent(self) -> int:
        """Rounded down: 100 is all of it."""
        return int(100 * self.total / self.budget.usd)


def in_force() -> dict[str, Budget]:
    """By provider; none for a provider that may cost what it does."""
    latest = Budget.objects.select_related("by").order_by("provider", "-number").distinct("provider")
    return {row.provider: row for row in latest if row.usd is not None}


def standings() -> list[Standing]:
    """Of every budget in force; two queries where there is none, four otherwise."""
    budgets = in_force()
    if not budgets:
        return []
    spent, under_way = figures.spent_since(month()), figures.under_way(keys.simulated())
    return [Standing(row, spent.get(key, NOTHING), under_way.get(key, NOTHING)) for key, row in budgets.items()]


def used_up() -> dict[str, datetime]:
    """Providers that their budget has paused, and until when."""
    found = ProviderSetting.objects.filter(used_up_until__gt=timezone.now())
    return dict(found.values_list("provider", "used_up_until"))


def month() -> date:
    """The first day of this one."""
    return timezone.localdate().replace(day=1)


def next_month() -> datetime:
    """The moment it begins."""
    first = month()
    return midnight(first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1))


def set_budget(provider: str, usd: Decimal | None, *, reason: str, key: uuid.UUID, after: int, by: User) -> bool:
    """From now on; ``usd`` None lifts the limit. ``after`` is the number of the budget that was seen, 0 for none.

    False if this form had been sent before. Raises ``ChangedMeanwhile``.
    """
    said = f"set the budget of {keys.provider_label(provider)} to {in_words(usd)} a month" if usd else _lifted(provider)
    facts = {"provider": provider, "number": after + 1, "usd": usd, "reason": reason, "by": by}
    if Budget.objects.filter(key=key).exists():
        return False
    if Budget.objects.filter(provider=provider, number__gt=after).exists():
        raise ChangedMeanwhile
    try:
        with transaction.atomic():
            Budget.objects.create(key=key, **facts)
            adjusting.note(by, f"{said}: {reason}")
    except IntegrityError:
        if Budget.objects.filter(key=key).exists():
            return False
        raise ChangedMeanwhile from None
    return True


def _lifted(provider: str) -> str:
    return f"took the budget of {keys.provider_label(provider)} away"


def lift(provider: str, by: User) -> bool:
    """Let a paused provider be asked again this month, whatever its budget says. False if it was not paused by one."""
    with transaction.atomic():
        lifted = operations.end_pause_for_the_month(provider, by)
        if lifted:
            adjusting.note(by, f"lifted the pause of {keys.provider_label(provider)}, whose budget is used up")
    return lifted
