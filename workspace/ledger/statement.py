"""A person's statement: lines of the ledger, newest first, each with what it was for and the balance after it.

A capture in full stores no balance, since it changes none: its own is that of the next older entry which tells one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleLessThan
from django.urls import reverse
from django.utils import timezone

from providers import catalogue
from workspace.accounts.models import User
from workspace.comparisons.models import Comparison, Generation
from workspace.credits import services as credits
from workspace.credits.models import OF_RUNS, Entry

PAGE = 50  # lines
MOST_WORDS = 8
KINDS = {
    "runs": Q(kind__in=["hold", "capture"]),
    "returned": Q(kind__in=["release", "refund"]) | Q(kind="capture", amount__gt=0),
    "adjusted": ~Q(kind__in=OF_RUNS) & ~Q(kind="refund"),  # the first is word for word the condition of an index
}
WORDS = {"hold": "Held", "capture": "Run", "release": "Returned", "refund": "Returned", "adjustment": "Adjusted"}
BALANCES = """
SELECT entry.id, (
    SELECT balance_after FROM credits_entry older
    WHERE older.account_id = entry.account_id AND (older.created, older.id) < (entry.created, entry.id)
      AND older.balance_after IS NOT NULL
    ORDER BY older.created DESC, older.id DESC LIMIT 1)
FROM credits_entry entry WHERE entry.id = ANY(%s)
"""
type Place = tuple[datetime, int]  # (created, id) of an entry


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


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a person reads it. ``amount`` and ``held`` change balance and holds, ``spent`` is what was taken for good."""

    entry: int
    created: datetime
    kind: str
    what: str
    href: str
    who: str
    amount: int
    held: int
    spent: int
    balance: int
    simulated: bool

    @property
    def change(self) -> str:
        return signed(self.amount)

    @property
    def held_change(self) -> str:
        return signed(self.held)


def signed(amount: int) -> str:
    """ "+4", "−21", and nothing for 0."""
    return f"{amount:+,}".replace("-", "−") if amount else ""


@dataclass(frozen=True, slots=True)
class Page:
    lines: tuple[Line, ...]
    older: Place | None = None


def page(user: User, filters: Filters, *, before: Place | None = None, limit: int = PAGE) -> Page:
    """The lines older than ``before``, the same cost at any depth."""
    entries = _found(user, filters)
    if before:
        entries = entries.filter(TupleLessThan((F("created"), F("id")), before))
    rows = list(entries.order_by("-created", "-id")[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(tuple(_lines(rows[:limit])), (last.created, last.pk) if last else None)


def newer(user: User, than: int, limit: int = 200) -> list[Line]:
    """Lines that were written since the page was made, whose newest was entry ``than``."""
    fresh = _found(user, Filters()).filter(pk__gt=than)
    return list(_lines(fresh.order_by("-created", "-id")[:limit]))


def newest(user: User) -> int:
    """The id of the person's last entry; 0 if there is none."""
    last = Entry.objects.filter(account=credits.account_of(user)).order_by("-created", "-id").values_list("pk", flat=True)
    return last.first() or 0


def pages(user: User, filters: Filters) -> Iterator[Page]:
    """The whole statement, a thousand lines at a time."""
    place = None
    while True:
        found = page(user, filters, before=place, limit=1000)
        yield found
        if (place := found.older) is None:
            return


def _found(user: User, filters: Filters) -> QuerySet[Entry]:
    entries = Entry.objects.filter(account=credits.account_of(user)).exclude(kind="expiry", amount=0).select_related("account")
    if filters.kind:
        entries = entries.filter(KINDS[filters.kind])
    if filters.by:
        drawn = Q(model=filters.by) | Q(answered_by=filters.by) | Q(model__startswith=f"{filters.by}/")
        entries = entries.filter(Exists(Generation.objects.filter(drawn, pk=OuterRef("generation"))))
    if filters.since:
        entries = entries.filter(created__gte=_midnight(filters.since))
    if filters.until:
        entries = entries.filter(created__lt=_midnight(filters.until + timedelta(days=1)))
    for word in filters.words:
        entries = entries.filter(reason__icontains=word)
    return entries


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _lines(entries: Iterable[Entry]) -> Iterator[Line]:
    rows = list(entries)
    balances = _balances([row.pk for row in rows if row.balance_after is None])
    frames = Generation.objects.select_related("comparison").defer("comparison__prompt", "comparison__search", "prompt")
    frames = frames.in_bulk([row.generation for row in rows if row.generation])
    runs = {row.comparison for row in rows if row.comparison and not row.generation}
    numbers = dict(Comparison.objects.filter(pk__in=runs).values_list("pk", "number"))
    simulated = set(Generation.objects.filter(comparison__in=runs, simulated=True).values_list("comparison", flat=True))
    for row in rows:
        frame = frames.get(row.generation)
        yield Line(
            entry=row.pk,
            created=row.created,
            kind=kind(row, frame),
            what=row.reason,
            href=_href(row, frame, numbers),
            who=_who(row, frame),
            amount=row.amount,
            held=row.held,
            spent=row.spent if row.kind in ("capture", "refund") else 0,
            balance=balances[row.pk] if row.balance_after is None else row.balance_after,
            simulated=frame.simulated if frame else row.comparison in simulated,
        )


def _balances(ids: list[int]) -> dict[int, int]:
    """Credits after entries that do not tell it; 0 before anything was granted."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(BALANCES, [ids])
        return {entry: balance or 0 for entry, balance in cursor.fetchall()}


def kind(entry: Entry, frame: Generation | None) -> str:
    """The word for a line: Held, Run, HD, Returned, Adjusted, Monthly, Granted or Expired."""
    if entry.kind == "capture" and frame is not None and frame.quality == "hd":
        return "HD"
    if entry.kind == "grant":
        return "Monthly" if entry.key.startswith("monthly:") else "Granted"
    return WORDS.get(entry.kind, "Expired" if entry.kind == "expiry" else entry.get_kind_display())


def _href(entry: Entry, frame: Generation | None, numbers: dict[int, int]) -> str:
    if frame is not None:
        number = frame.comparison.number
        return f"{reverse('run', args=[number])}#frame_{number}_{frame.position}"
    number = numbers.get(entry.comparison)
    return reverse("run", args=[number]) if number else ""


def _who(entry: Entry, frame: Generation | None) -> str:
    """Which model it was for, or that an admin did it."""
    if frame is not None:
        return frame.answered_label or frame.model_label
    if entry.actor is None:
        return ""
    return "You" if entry.actor_id == entry.account.user_id else "Admin"


def models() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What the statement can be filtered by: each provider (key, label) with its models (id, label)."""
    return [
        (provider.key, provider.label, [(spec.id, spec.label) for spec in provider.models]) for provider in catalogue.providers()
    ]


def words(text: str) -> tuple[str, ...]:
    """The words of a search, as ``Filters`` takes them."""
    return tuple(text.replace("\x00", "").split()[:MOST_WORDS])
