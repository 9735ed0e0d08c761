"""Which lines a statement has: entries of both ledgers, credits and HD images, in one order and under the same filters.

Each ledger is walked in an index of its own; only the places that a page needs are put in one order.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleLessThan

from workspace.accounts.models import User
from workspace.comparisons.models import Generation
from workspace.credits import services as credits
from workspace.credits.hd.models import HdEntry
from workspace.credits.models import OF_RUNS, Account, Entry
from workspace.days import midnight

MOST_WORDS = 8
CREDITS, HD = "c", "h"  # the ledgers; of two entries of one moment, that of credits is the older
NONE = Q(pk__in=[])
NOT_OF_RUNS, NO_USE = ~Q(kind__in=OF_RUNS), ~Q(kind="use")  # word for word the conditions of indexes
# Of each kind that can be asked for: its label, and which entries it has in the ledger of credits and in that of HD.
KINDS = {
    "runs": ("Runs", Q(kind__in=["hold", "capture"]), Q(kind="use")),
    "returned": ("Returned", Q(kind__in=["release", "refund"]) | Q(kind="capture", amount__gt=0), NO_USE & Q(kind="return")),
    "adjusted": ("Adjusted", NOT_OF_RUNS & ~Q(kind="refund"), NO_USE & Q(kind="adjustment")),
    "hd": ("HD", NONE, Q()),
}


class Place(NamedTuple):
    """Where a line stands: its moment, its ledger (``CREDITS`` or ``HD``) and the id of its entry there."""

    created: datetime
    ledger: str
    entry: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show: a kind of ``KINDS``, a provider or ``provider/model``, days (inclusive), words of the reason."""

    kind: str = ""
    by: str = ""
    since: date | None = None
    until: date | None = None
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Filters()


class Newest(NamedTuple):
    """The id of the last entry of each ledger, 0 if there is none: what a page knows."""

    credits: int = 0
    hd: int = 0

    def __str__(self) -> str:
        return f"{self.credits}.{self.hd}"


def words(text: str) -> tuple[str, ...]:
    """The words of a search, as ``Filters`` takes them."""
    return tuple(text.replace("\x00", "").split()[:MOST_WORDS])


def account(user: User) -> Account:
    """The person's account, asked for once for each object ``user``: its balance may be an older one."""
    try:
        return user.credits
    except Account.DoesNotExist:
        return credits.account_of(user)


def entries(user: User, filters: Filters) -> QuerySet[Entry]:
    """Movements of credits; an expiry of nothing is none."""
    found = Entry.objects.filter(account=account(user)).exclude(kind="expiry", amount=0)
    return _filtered(found, filters, KINDS[filters.kind][1] if filters.kind else Q())


def hd_entries(user: User, filters: Filters) -> QuerySet[HdEntry]:
    """Movements of HD images."""
    found = HdEntry.objects.filter(account=account(user))
    return _filtered(found, filters, KINDS[filters.kind][2] if filters.kind else Q())


def page(user: User, filters: Filters, before: Place | None, limit: int) -> list[Place]:
    """The first ``limit`` places older than ``before``, newest first."""
    found = entries(user, filters), hd_entries(user, filters)
    if before:
        found = _older(found[0], CREDITS, before), _older(found[1], HD, before)
    return _in_order(*found, limit)


def newer(user: User, than: Newest, limit: int) -> list[Place]:
    """The places of what was written after ``than``."""
    fresh = entries(user, Filters()).filter(pk__gt=than.credits), hd_entries(user, Filters()).filter(pk__gt=than.hd)
    return _in_order(*fresh, limit)


def newest(user: User) -> Newest:
    """The last entry of each ledger."""
    mine = account(user)
    return Newest(*(_last(found.filter(account=mine)) for found in (Entry.objects, HdEntry.objects)))


def _last(found: QuerySet) -> int:
    return found.order_by("-created", "-id").values_list("pk", flat=True).first() or 0


def _in_order(of_credits: QuerySet[Entry], of_hd: QuerySet[HdEntry], limit: int) -> list[Place]:
    both = [Place(created, CREDITS, pk) for created, pk in _moments(of_credits, limit)]
    both += [Place(created, HD, pk) for created, pk in _moments(of_hd, limit)]
    return sorted(both, reverse=True)[:limit]


def _moments(found: QuerySet, limit: int) -> QuerySet:
    return found.order_by("-created", "-id").values_list("created", "pk")[:limit]


def _older(found: QuerySet, ledger: str, place: Place) -> QuerySet:
    if ledger == place.ledger:
        return found.filter(TupleLessThan((F("created"), F("id")), (place.created, place.entry)))
    return found.filter(created__lte=place.created) if ledger < place.ledger else found.filter(created__lt=place.created)


def _filtered(found: QuerySet, filters: Filters, of_kind: Q) -> QuerySet:
    found = found.filter(of_kind)
    if filters.by:
        drawn = Q(model=filters.by) | Q(answered_by=filters.by) | Q(model__startswith=f"{filters.by}/")
        found = found.filter(Exists(Generation.objects.filter(drawn, pk=OuterRef("generation"))))
    if filters.since:
        found = found.filter(created__gte=midnight(filters.since))
    if filters.until:
        found = found.filter(created__lt=midnight(filters.until + timedelta(days=1)))
    for word in filters.words:
        found = found.filter(reason__icontains=word)
    return found
