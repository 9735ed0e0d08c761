"""A person's statement: lines of the ledger, newest first, each with what it was for and the balance after it.

A capture in full stores no balance, since it changes none: its own is that of the next older entry which tells one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleLessThan
from django.urls import reverse
from django.utils import timezone

from providers import catalogue
from workspace.accounts.models import User
from workspace.comparisons.models import Generation
from workspace.credits import services as credits
from workspace.credits.models import OF_RUNS, Account, Entry

PAGE = 50  # lines
MOST_WORDS = 8
KINDS = {
    "runs": Q(kind__in=["hold", "capture"]),
    "returned": Q(kind__in=["release", "refund"]) | Q(kind="capture", amount__gt=0),
    "adjusted": ~Q(kind__in=OF_RUNS) & ~Q(kind="refund"),  # the first is word for word the condition of an index
}
WORDS = {
    "grant": "Granted",
    "hold": "Held",
    "capture": "Run",
    "release": "Returned",
    "refund": "Returned",
    "adjustment": "Adjusted",
    "expiry": "Expired",
}
# Everything that a line says, of entries by their ids. Of what a run holds it is said to be simulated if any frame of it is.
LINES = """
SELECT entry.id, entry.created, entry.kind, entry.key, entry.reason, entry.amount, entry.held, entry.actor_id,
       coalesce(entry.balance_after, (
           SELECT older.balance_after FROM credits_entry older
           WHERE older.account_id = entry.account_id AND (older.created, older.id) < (entry.created, entry.id)
             AND older.balance_after IS NOT NULL
           ORDER BY older.created DESC, older.id DESC LIMIT 1), 0),
       run.number, frame.position, frame.quality, coalesce(nullif(frame.answered_label, ''), frame.model_label, ''),
       CASE WHEN frame.id IS NULL THEN coalesce((
           SELECT bool_or(simulated) FROM comparisons_generation WHERE comparison_id = entry.comparison), false)
       ELSE frame.simulated END
FROM credits_entry entry
LEFT JOIN comparisons_generation frame ON frame.id = entry.generation
LEFT JOIN comparisons_comparison run ON run.id = entry.comparison
WHERE entry.id = ANY(%s) ORDER BY entry.created DESC, entry.id DESC
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
    def when(self) -> str:
        """ "22 Nov, 21:39"; a page has fifty, and the template's own filter is slow."""
        local = timezone.localtime(self.created)
        return f"{local.day} {local:%b, %H:%M}"

    @property
    def change(self) -> str:
        return signed(self.amount)

    @property
    def held_change(self) -> str:
        return signed(self.held)

    @property
    def taken(self) -> str:
        """Credits spent, without a sign unless they came back."""
        return signed(self.spent).lstrip("+")


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
    places = _places(entries, limit + 1)
    more = len(places) > limit
    return Page(_lines(user, places[:limit]), places[limit - 1] if more else None)


def newer(user: User, than: int, limit: int = 200) -> tuple[Line, ...]:
    """Lines that were written since the page was made, whose newest was entry ``than``."""
    return _lines(user, _places(_found(user, Filters()).filter(pk__gt=than), limit))


def newest(user: User) -> int:
    """The id of the person's last entry; 0 if there is none."""
    found = _places(Entry.objects.filter(account=account(user)), 1)
    return found[0][1] if found else 0


def account(user: User) -> Account:
    """The person's account, asked for once for each object ``user``: its balance may be an older one."""
    try:
        return user.credits
    except Account.DoesNotExist:
        return credits.account_of(user)


def pages(user: User, filters: Filters) -> Iterator[Page]:
    """The whole statement, a thousand lines at a time."""
    place = None
    while True:
        found = page(user, filters, before=place, limit=1000)
        yield found
        if (place := found.older) is None:
            return


def _found(user: User, filters: Filters) -> QuerySet[Entry]:
    entries = Entry.objects.filter(account=account(user)).exclude(kind="expiry", amount=0)
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


def _places(entries: QuerySet[Entry], limit: int) -> list[Place]:
    return list(entries.order_by("-created", "-id").values_list("created", "pk")[:limit])


def _lines(user: User, places: list[Place]) -> tuple[Line, ...]:
    with connection.cursor() as cursor:
        cursor.execute(LINES, [[entry for _, entry in places]])
        return tuple(_line(user, *row) for row in cursor.fetchall())


def _line(
    user: User,
    entry: int,
    created: datetime,
    kind: str,
    key: str,
    reason: str,
    amount: int,
    held: int,
    actor: int | None,
    balance: int,
    run: int | None,
    position: int | None,
    quality: str | None,
    model: str,
    simulated: bool,
) -> Line:
    return Line(
        entry=entry,
        created=created,
        kind=word(kind, key, quality),
        what=reason,
        href=_href(run, position),
        who=model or ("" if actor is None else "You" if actor == user.pk else "Admin"),
        amount=amount,
        held=held,
        spent=-(amount + held) if kind in ("capture", "refund") else 0,
        balance=balance,
        simulated=simulated,
    )


def word(kind: str, key: str, quality: str | None) -> str:
    """The word for a line: Held, Run, HD, Returned, Adjusted, Monthly, Granted or Expired; for any other kind its own name."""
    if kind == "capture" and quality == "hd":
        return "HD"
    if kind == "grant" and key.startswith("monthly:"):
        return "Monthly"
    return WORDS.get(kind, kind.capitalize())


def _href(run: int | None, position: int | None) -> str:
    if run is None:
        return ""
    address = reverse("run", args=[run])
    return address if position is None else "#".join((address, f"frame_{run}_{position}"))


def models() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What the statement can be filtered by: each provider (key, label) with its models (id, label)."""
    return [
        (provider.key, provider.label, [(spec.id, spec.label) for spec in provider.models]) for provider in catalogue.providers()
    ]


def words(text: str) -> tuple[str, ...]:
    """The words of a search, as ``Filters`` takes them."""
    return tuple(text.replace("\x00", "").split()[:MOST_WORDS])
