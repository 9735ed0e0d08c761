"""What the lines of a statement say: what for, which frame, who, and how much there was after it.

A capture in full stores no balance, since it changes none: its own is that of the next older entry which tells one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from workspace.accounts.models import User
from workspace.ledger.places import CREDITS, HD, Place

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
OF_CREDITS = """
SELECT entry.id, entry.created, entry.kind, entry.key, entry.reason, entry.amount, entry.held, entry.actor_id,
       coalesce(entry.balance_after, (
           SELECT older.balance_after FROM credits_entry older
           WHERE older.account_id = entry.account_id AND (older.created, older.id) < (entry.created, entry.id)
             AND older.balance_after IS NOT NULL
           ORDER BY older.created DESC, older.id DESC LIMIT 1), 0),
       run.number, frame.position, coalesce(nullif(frame.answered_label, ''), frame.model_label, ''),
       CASE WHEN frame.id IS NULL THEN coalesce((
           SELECT bool_or(simulated) FROM comparisons_generation WHERE comparison_id = entry.comparison), false)
       ELSE frame.simulated END
FROM credits_entry entry
LEFT JOIN comparisons_generation frame ON frame.id = entry.generation
LEFT JOIN comparisons_comparison run ON run.id = entry.comparison
WHERE entry.id = ANY(%s)
"""
# An image is held until its frame is settled; then it was used, or a second line gives it back. The count runs through its month.
OF_HD = """
WITH shown AS MATERIALIZED (SELECT * FROM credits_hdentry WHERE id = ANY(%s)), month AS MATERIALIZED (
    SELECT DISTINCT account_id, date_trunc('month', day)::date AS first FROM shown
), counted AS (
    SELECT count.* FROM month, LATERAL (
        SELECT id, -sum(amount) OVER (ORDER BY created, id) AS used FROM credits_hdentry
        WHERE account_id = month.account_id AND day >= month.first AND day < (month.first + interval '1 month')::date
    ) count
)
SELECT shown.id, shown.created, shown.kind, shown.reason, shown.amount, shown.actor_id, shown.day, counted.used,
       run.number, frame.position, coalesce(frame.model_label, ''), coalesce(frame.simulated, false),
       coalesce(frame.round = shown.round AND NOT frame.settled, false) OR EXISTS (
           SELECT FROM credits_hdentry back
           WHERE (back.generation, back.round, back.kind) = (shown.generation, shown.round, 'return'))
FROM shown JOIN counted ON counted.id = shown.id
LEFT JOIN comparisons_generation frame ON frame.id = shown.generation
LEFT JOIN comparisons_comparison run ON run.id = frame.comparison_id
"""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as a person reads it. ``amount`` and ``held`` change balance and holds, ``spent`` is what was taken for good.

    A line of the HD ledger moves ``hd`` images and no credits; ``hd_used`` is how many of their month were used after it (below
    zero where more were added), and it has no ``balance``.
    """

    place: Place
    kind: str
    what: str
    href: str
    who: str
    simulated: bool
    amount: int = 0
    held: int = 0
    spent: int = 0
    balance: int | None = None
    hd: int = 0
    hd_used: int | None = None
    month: date | None = None

    @property
    def created(self) -> datetime:
        return self.place.created

    @property
    def when(self) -> str:
        """ "22 Nov, 21:39"; a page has fifty, and the template's own filter is slow."""
        return moment(self.created)

    @property
    def change(self) -> str:
        """ "+40", "−21", or of HD "−1 HD"."""
        return f"{signed(self.hd)} HD" if self.hd else signed(self.amount)

    @property
    def incoming(self) -> bool:
        return self.hd > 0 or self.amount > 0

    @property
    def held_change(self) -> str:
        return signed(self.held)

    @property
    def taken(self) -> str:
        """Credits spent, without a sign unless they came back."""
        return signed(self.spent).lstrip("+")

    @property
    def after(self) -> str:
        """The balance after the line; of HD "6 used", since ``change`` names the unit already."""
        if self.hd_used is None:
            return f"{self.balance:,}"
        return f"{-self.hd_used:,} extra" if self.hd_used < 0 else f"{self.hd_used:,} used"


def of(user: User, places: list[Place]) -> tuple[Line, ...]:
    """The lines of these places, in their order."""
    found = {line.place: line for line in (*_of_credits(user, _ids(places, CREDITS)), *_of_hd(user, _ids(places, HD)))}
    return tuple(found[place] for place in places)


def signed(amount: int) -> str:
    """ "+4", "−21", and nothing for 0."""
    return f"{amount:+,}".replace("-", "−") if amount else ""


def moment(when: datetime) -> str:
    """ "22 Nov, 21:39"."""
    local = timezone.localtime(when)
    return f"{local.day} {local:%b, %H:%M}"


def word(kind: str, key: str) -> str:
    """The word for a movement of credits: Held, Run, Returned, Adjusted, Monthly, Granted, Expired; else its kind's own name."""
    if kind == "grant" and key.startswith("monthly:"):
        return "Monthly"
    return WORDS.get(kind, kind.capitalize())


def hd_word(kind: str, *, held: bool) -> str:
    """The word for a movement of HD images; ``held``: it is not sure yet, or another line gives it back."""
    return {"use": "HD held" if held else "HD used", "return": "HD returned"}.get(kind, "HD adjusted")


def _ids(places: list[Place], ledger: str) -> list[int]:
    return [place.entry for place in places if place.ledger == ledger]


def _of_credits(user: User, ids: list[int]) -> Iterator[Line]:
    for pk, created, kind, key, reason, amount, held, actor, balance, run, position, model, simulated in _rows(OF_CREDITS, ids):
        yield Line(
            place=Place(created, CREDITS, pk),
            kind=word(kind, key),
            what=reason,
            href=_href(run, position),
            who=_by(user, actor) or BY_KIND.get(word(kind, key), model),
            simulated=simulated,
            amount=amount,
            held=held,
            spent=-(amount + held) if kind in ("capture", "refund") else 0,
            balance=balance,
        )


def _of_hd(user: User, ids: list[int]) -> Iterator[Line]:
    for pk, created, kind, reason, amount, actor, day, used, run, position, model, simulated, held in _rows(OF_HD, ids):
        yield Line(
            place=Place(created, HD, pk),
            kind=hd_word(kind, held=held),
            what=reason,
            href=_href(run, position),
            who=_by(user, actor) or model,
            simulated=simulated,
            hd=amount,
            hd_used=int(used),
            month=day.replace(day=1),
        )


# Who moved what nobody is named for: a run is held by whoever presses Run, and a month is the plan's.
BY_KIND = {"Held": "You", "Monthly": "Plan", "Expired": "Plan", "Granted": "Proofsheet"}


def _by(user: User, actor: int | None) -> str:
    return "" if actor is None else "You" if actor == user.pk else "Admin"


def _rows(sql: str, ids: list[int]) -> list[tuple]:
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, [ids])
        return cursor.fetchall()


def _href(run: int | None, position: int | None) -> str:
    if run is None:
        return ""
    return _run(run) if position is None else "#".join((_run(run), f"frame_{run}_{position}"))


@lru_cache(maxsize=1000)
def _run(number: int) -> str:
    """A page of fifty lines asks for the same few addresses."""
    return reverse("run", args=[number])
