"""A letter to people whose balance has fallen below ``LOW_BALANCE_CREDITS``, once for each time it does."""

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from workspace.accounts import outbox
from workspace.credits.models import Account, Entry
from workspace.ledger.models import LowBalance


def tell() -> int:
    """Write to everybody who has sunk below the line since the last look; how many they were.

    Who was above it meanwhile, be it between two looks, has sunk anew: the ledger knows.
    """
    enough = Entry.objects.filter(account=OuterRef("account"), created__gt=OuterRef("told_at"))
    above = Exists(enough.filter(balance_after__gte=settings.LOW_BALANCE_CREDITS))
    LowBalance.objects.filter(Q(account__balance__gte=settings.LOW_BALANCE_CREDITS) | above).delete()
    low = Account.objects.filter(balance__lt=settings.LOW_BALANCE_CREDITS, lowbalance=None, user__is_active=True)
    fresh = [account for account in low.select_related("user") if _first(account)]
    for account in fresh:
        context = {"balance": account.balance, "limit": settings.LOW_BALANCE_CREDITS}
        outbox.post(outbox.letter("credits/email/low_balance", context, account.user.email))
    return len(fresh)


def _first(account: Account) -> bool:
    """Whether it is this look that found it: of two at once, one wrote the row."""
    return LowBalance.objects.get_or_create(account=account)[1]
