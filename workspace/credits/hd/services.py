"""Writes to the HD allowance: ``hd.take`` with the hold, ``hd.give_back`` with the settlement, ``hd.adjust`` by an admin.

Every verb is safe to repeat. The worker gives back through ``statements`` on its own connection.
"""

from collections.abc import Sequence
from datetime import date

from django.db import connection, transaction

from workspace.accounts.models import User
from workspace.accounts.terms import Terms
from workspace.credits import services as credits
from workspace.credits.errors import HdUsedUp
from workspace.credits.hd import selectors, statements
from workspace.credits.hd.models import HdEntry
from workspace.credits.hd.statements import Share


def take(user: User, shares: Sequence[Share], *, terms: Terms, day: date, reason: str | Sequence[str]) -> None:
    """One image of the allowance for each share, all or none; ``reason`` is one for all of them, or one for each.

    In a transaction with the hold: the account is locked from here to its end. Raises ``HdUsedUp``; nothing was written then.
    """
    if not shares:
        return
    with transaction.atomic():
        account = credits.lock(user).pk
        limits = {"per_day": terms.hd_per_day, "per_month": terms.hd_per_month}
        with connection.cursor() as cursor:
            cursor.execute(*statements.take(account, shares, day=day, reason=reason, **limits))
            [there_was_room] = cursor.fetchone()
        if not there_was_room:
            left = selectors.left(account, terms, day)
            raise HdUsedUp(left.images, left.again)


def give_back(generation: int, round: int, reason: str) -> bool:
    """The image of a frame's round is there for another; False if it took none or gave it back before."""
    with connection.cursor() as cursor:
        cursor.execute(*statements.give_back(generation, round, reason))
        return cursor.rowcount == 1


def adjust(user: User, images: int, *, day: date, reason: str, key: str, actor: User) -> bool:
    """Add images to a day and its month, or take some away; False if this key has done so before. ``images`` is not 0."""
    if not images or not reason.strip():
        raise ValueError("An adjustment has a number of images and a reason.")
    facts = {"account": credits.account_of(user), "amount": images, "day": day, "reason": reason}
    return _adjusted(key, facts | {"actor": actor})


def undo(adjustment: HdEntry, *, reason: str, actor: User) -> bool:
    """Reverse an adjustment by a new entry on the same day, once; False if it was undone before."""
    facts = {"account": adjustment.account, "amount": -adjustment.amount, "day": adjustment.day, "reason": reason}
    return _adjusted(f"hd-undo:{adjustment.pk}", facts | {"actor": actor, "refers_to": adjustment})


def _adjusted(key: str, facts: dict[str, object]) -> bool:
    return HdEntry.objects.get_or_create(key=key, defaults={"kind": HdEntry.Kind.ADJUSTMENT, **facts})[1]
