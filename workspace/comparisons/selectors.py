"""Reads: whose run is this, what is on its sheet, what is still held."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet, Sum
from django.http import Http404
from django.utils import timezone

from providers.types import Quality
from workspace.accounts.models import User
from workspace.accounts.terms import Terms
from workspace.comparisons import frames, previews, sheets
from workspace.comparisons.models import Comparison, Generation, Reference
from workspace.credits.hd import selectors as hd_selectors
from workspace.credits.hd import statements as hd_statements


@dataclass(frozen=True, slots=True)
class Money:
    """Credits a person can spend, credits held by frames that are not settled, and what each limit of HD images leaves."""

    balance: int
    held: int
    hd: tuple[hd_selectors.Left, ...] = ()

    @property
    def hd_left(self) -> hd_selectors.Left | None:
        """By whichever limit leaves fewest; None where HD is not counted."""
        return hd_selectors.tightest(self.hd)

    @property
    def seen(self) -> str:
        """Equal for two headers that look the same."""
        left = self.hd_left
        return f"{self.balance}.{self.held}" + (f".{left.images}.{left.most}" if left else "")

    def header(self) -> dict[str, object]:
        """What the top of a page shows, under the names its partials use."""
        return {"balance": self.balance, "held": self.held, "hd_left": self.hd_left, "seen": self.seen}


def comparisons_of(user: User) -> QuerySet[Comparison]:
    return Comparison.objects.filter(user=user)


def comparison(user: User, number: int) -> Comparison:
    """The person's own run of that number; Http404 for any other."""
    found = comparisons_of(user).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def generation(user: User, name: tuple[int, int]) -> Generation:
    """The person's own frame, such as (148, 3); Http404 for any other."""
    run, position = name
    found = (
        Generation.objects.select_related("comparison", "image")
        .filter(comparison__user=user, comparison__number=run, position=position)
        .first()
    )
    if found is None:
        raise Http404
    return found


def reference(user: User, public_id: str) -> Reference | None:
    """The person's own reference; None for any other, and for what is no id at all."""
    try:
        return Reference.objects.filter(user=user, public_id=uuid.UUID(public_id)).first()
    except ValueError:
        return None


def view(generation: Generation) -> frames.FrameView:
    return frames.frame(generation, generation.comparison, generation.image, previews.latest([generation]).get(generation.pk))


def ended(comparison: Comparison, ids: Collection[int]) -> list[frames.FrameView]:
    """Frames of a run that have ended, so without previews, as they stand now."""
    rows = comparison.generations.select_related("image").filter(pk__in=ids).order_by("position")
    return [frames.frame(row, comparison, row.image) for row in rows]


def sheet(comparison: Comparison) -> sheets.Sheet:
    """The run as it stands now. It is live while any frame is unfinished or unsettled."""
    rows = list(comparison.generations.select_related("image").order_by("position"))
    return sheets.sheet(comparison, [(row, row.image) for row in rows], previews.latest(rows))


def seen(comparison: Comparison) -> str:
    """Differs from an earlier answer whenever anything about the run has changed: frames are only added, versions only rise."""
    now = comparison.generations.aggregate(frames=Count("pk"), versions=Sum("version"))
    return f"{now['frames']}.{now['versions']}"


# HD is added up only for people whose plan or exception counts it. An exception that says null lifts the limit of the plan.
MONEY = f"""
SELECT coalesce(account.balance, 0) AS balance, coalesce((
    SELECT sum(g.price) FROM comparisons_generation g JOIN comparisons_comparison c ON c.id = g.comparison_id
    WHERE c.user_id = %(user)s AND NOT g.settled), 0) AS held_in_all, terms.*, used.*
FROM (
    SELECT person.id AS person,
        CASE WHEN other.changes ? 'hd_per_day' THEN (other.changes->>'hd_per_day')::int ELSE plan.hd_per_day END AS hd_per_day,
        CASE WHEN other.changes ? 'hd_per_month' THEN (other.changes->>'hd_per_month')::int ELSE plan.hd_per_month END
            AS hd_per_month,
        coalesce(other.changes->>'dearest_quality', plan.dearest_quality) AS dearest
    FROM accounts_user person JOIN accounts_plan plan ON plan.id = person.plan_id
    LEFT JOIN accounts_override other ON other.user_id = person.id AND other.until > now()
    WHERE person.id = %(user)s
) terms
LEFT JOIN credits_account account ON account.user_id = terms.person
LEFT JOIN LATERAL (
    {hd_statements.USED_BY.format(account="account.id")} AND coalesce(hd_per_day, hd_per_month) IS NOT NULL
) used ON true
"""  # noqa: S608 - of constants only
SUMS = f"""
SELECT run.*, money.* FROM ({MONEY}) money, (
    SELECT count(*) AS frames, count(*) FILTER (WHERE state NOT IN ('queued', 'running')) AS finished,
           coalesce(sum(cost) FILTER (WHERE settled), 0) AS spent, coalesce(sum(price) FILTER (WHERE NOT settled), 0) AS held,
           coalesce(sum(price - cost) FILTER (WHERE settled), 0) AS returned, bool_or(NOT settled) AS live
    FROM comparisons_generation WHERE comparison_id = %(comparison)s
) run
"""  # noqa: S608 - of constants only


def money(user_id: int) -> Money:
    """Asked for by every page and most fragments, so it is one statement and spares the ORM's millisecond."""
    return _money(_row(MONEY, _of_today(user_id)))


def sums(comparison: Comparison) -> tuple[sheets.Sums, Money]:
    """A run's one-line account, and the person's money after it."""
    return sums_of(_row(SUMS, of_sums(comparison)))


def of_sums(comparison: Comparison) -> dict[str, Any]:
    """What ``SUMS`` asks for."""
    return {"comparison": comparison.pk, **_of_today(comparison.user_id)}


def sums_of(row: dict[str, Any]) -> tuple[sheets.Sums, Money]:
    """A row of ``SUMS``, whoever has fetched it."""
    counted = {name: int(row[name]) for name in ("frames", "finished", "spent", "held", "returned")}
    return sheets.Sums(**counted, live=row["live"]), _money(row)


def _of_today(user_id: int) -> dict[str, Any]:
    return {"user": user_id, **hd_statements.days(timezone.localdate())}


def _money(row: dict[str, Any]) -> Money:
    mine = Terms(hd_per_day=row["hd_per_day"], hd_per_month=row["hd_per_month"])
    counted = row["dearest"] == Quality.HD
    left = hd_selectors.limits(mine, timezone.localdate(), int(row["today"]), int(row["month"])) if counted else ()
    return Money(row["balance"], int(row["held_in_all"]), tuple(left))


def _row(statement: str, parameters: dict[str, Any]) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return dict(zip((column.name for column in cursor.description), cursor.fetchone(), strict=True))
