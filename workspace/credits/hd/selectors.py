"""Reads of the HD allowance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from workspace.accounts.terms import Terms
from workspace.credits.hd import statements


@dataclass(frozen=True, slots=True)
class Left:
    """``images`` of ``most`` are left, by whichever limit leaves fewer; ``again`` is the day on which there are more."""

    images: int
    most: int
    again: date
    by_day: bool = False


def left(account: int, terms: Terms, day: date) -> Left | None:
    """What is left of the allowance on that day; None where nothing limits it, which costs no query."""
    if terms.hd_per_day is None and terms.hd_per_month is None:
        return None
    return tightest(limits(terms, day, *used(account, day)))


def used(account: int, day: date) -> tuple[int, int]:
    """Images used on that day and in its month; either is below zero after a generous adjustment."""
    with connection.cursor() as cursor:
        cursor.execute(*statements.used(account, day))
        today, month = cursor.fetchone()
    return int(today), int(month)


def tightest(limits: Sequence[Left]) -> Left | None:
    """The limit that leaves fewest; None if there is no limit."""
    return min(limits, key=lambda each: (each.images, each.by_day), default=None)


def limits(terms: Terms, day: date, today: int, month: int) -> list[Left]:
    """Each limit there is, now that so many were used on that day and in its month.

    An adjustment that adds makes the whole larger, so that never more is left than there is.
    """
    found = []
    if terms.hd_per_month is not None:
        room = max(0, terms.hd_per_month - month)
        found.append(Left(room, max(room, terms.hd_per_month), statements.month_of(day)[1]))
    if terms.hd_per_day is not None:
        room = max(0, terms.hd_per_day - today)
        found.append(Left(room, max(room, terms.hd_per_day), day + timedelta(days=1), by_day=True))
    return found
