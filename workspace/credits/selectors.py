"""Reads of the ledger."""

from datetime import datetime

from django.db.models import F, QuerySet, Sum
from django.db.models.fields.tuple_lookups import TupleLessThan

from workspace.accounts.models import User
from workspace.credits.models import Entry
from workspace.credits.services import account_of

type Place = tuple[datetime, int]  # (created, id) of an entry


def balance(user: User) -> int:
    """Credits the person can still spend; what is held has left it already."""
    return account_of(user).balance


def held(user: User) -> int:
    """Credits reserved and not settled, added up from the whole ledger of the person: for audits, not for every page."""
    return Entry.objects.filter(account__user=user).aggregate(held=Sum("held", default=0))["held"]


def statement(user: User, *, older_than: Place | None = None, limit: int = 50) -> list[Entry]:
    """Entries newest first, the next page by the place of the last row of this one: the same cost at any depth."""
    entries = Entry.objects.filter(account=account_of(user))
    if older_than is not None:
        entries = entries.filter(TupleLessThan((F("created"), F("id")), older_than))
    return list(entries.order_by("-created", "-id")[:limit])


def open_holds() -> QuerySet[Entry]:
    """Rows of ``account``, ``comparison`` and ``open``: credits still held for a run, of every run that has any."""
    holds = Entry.objects.filter(comparison__isnull=False).values("account", "comparison")
    return holds.annotate(open=Sum("held")).filter(open__gt=0).order_by("comparison")
