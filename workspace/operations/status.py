"""How providers do and what they cost, from the attempts: the last quarter of an hour as it is, thirty days as they were summed.

A request counts once its attempt has ended, and not when a person stopped it or a pause kept it from being made. Refusals and
requests of ours that were wrong are no errors of the provider. Costs are what answers said, else the estimate; what the simulator
drew would have cost is kept apart.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from workspace.days import midnight
from workspace.operations.models import Day
from workspace.operations.times import BUCKET_SQL, Counts

STRIP = 30
DAYS = 31  # a whole month of spend, whichever it is
RECENT = timedelta(minutes=15)
NOT_MADE = ("cancelled", "paused")
NOBODY = ""  # the provider of the row which says that a day is summed, so that a quiet day is not summed again
NOT_THEIRS = ("refused", "invalid_request")

# One row per provider for the calls claimed in a stretch of time. LIMIT 1 has each call's frame looked up by its key: the planner
# would rather read the frames of all times.
SUMS = f"""
WITH calls AS MATERIALIZED (
    SELECT split_part(a.model, '/', 1) AS provider, a.state = 'succeeded' AS good, a.ended_at,
           a.state <> 'succeeded' AND a.error <> ALL(%(not_theirs)s) AS bad,
           extract(epoch FROM a.ended_at - a.claimed_at)::float8 AS seconds, g.simulated,
           coalesce(g.cost_usd, g.estimate_usd) AS usd
    FROM comparisons_attempt a, LATERAL (
        SELECT model, expected_seconds, simulated, cost_usd, estimate_usd
        FROM comparisons_generation WHERE id = a.generation_id LIMIT 1
    ) g
    WHERE a.claimed_at >= %(since)s AND a.claimed_at < %(until)s
      AND a.state IN ('succeeded', 'failed', 'lost') AND a.error <> ALL(%(not_made)s)
), steps AS (
    SELECT provider, {BUCKET_SQL} AS step, count(*) AS answers FROM calls WHERE good GROUP BY 1, 2
), times AS (
    SELECT provider, jsonb_object_agg(step, answers) AS times FROM steps GROUP BY 1
)
SELECT provider, count(*) AS asked, count(*) FILTER (WHERE bad) AS failed,
       coalesce(sum(usd) FILTER (WHERE good AND NOT simulated), 0) AS spent_usd,
       coalesce(sum(usd) FILTER (WHERE good AND simulated), 0) AS simulated_usd,
       max(ended_at) FILTER (WHERE good) AS last_success, coalesce(times.times, '{{}}'::jsonb) AS times
FROM calls LEFT JOIN times USING (provider) GROUP BY provider, times.times
"""  # noqa: S608 - nothing but constants of ours

NOW = """
WITH calls AS (
    SELECT split_part(a.model, '/', 1) AS provider, a.state, a.state = 'succeeded' AS good,
           a.state IN ('failed', 'lost') AND a.error <> ALL(%(not_theirs)s) AS bad,
           extract(epoch FROM a.ended_at - a.claimed_at)::float8 AS seconds,
           CASE WHEN a.model = g.model THEN nullif(g.expected_seconds, 0) END AS expected
    FROM comparisons_attempt a, LATERAL (
        SELECT model, expected_seconds, simulated, cost_usd, estimate_usd
        FROM comparisons_generation WHERE id = a.generation_id LIMIT 1
    ) g
    WHERE a.claimed_at >= %(since)s AND a.error <> ALL(%(not_made)s)
)
SELECT provider, count(*) FILTER (WHERE state IN ('claimed', 'submitted')) AS in_flight,
       count(*) FILTER (WHERE state NOT IN ('claimed', 'submitted')) AS asked, count(*) FILTER (WHERE bad) AS failed,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FILTER (WHERE good) AS median,
       percentile_cont(0.95) WITHIN GROUP (ORDER BY seconds) FILTER (WHERE good) AS most,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds / expected) FILTER (WHERE good) AS times_expected
FROM calls GROUP BY provider
"""


@dataclass(frozen=True, slots=True)
class Now:
    """The last fifteen minutes of one provider. Times in seconds; ``times_expected``: the median of taken over expected."""

    in_flight: int = 0
    asked: int = 0
    failed: int = 0
    median: float | None = None
    most: float | None = None
    times_expected: float | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """One day of one provider. Money in USD."""

    asked: int = 0
    failed: int = 0
    spent_usd: Decimal = Decimal(0)
    simulated_usd: Decimal = Decimal(0)
    last_success: datetime | None = None
    times: Counts = field(default_factory=dict)


FACTS = tuple(each.name for each in fields(Sum))

type ByDay = Mapping[date, Sum]


def now() -> dict[str, Now]:
    """By provider key, those that were asked lately or are being asked; one query."""
    rows = _by_provider(NOW, since=timezone.now() - RECENT)
    return {provider: Now(**row) for provider, row in rows.items()}


def thirty_days() -> dict[str, ByDay]:
    """By provider key, the days on which it was asked; today is counted afresh, the closed days are read as they were summed."""
    today = timezone.localdate()
    since = today - timedelta(days=DAYS - 1)
    _close(since, today)
    days: dict[str, dict[date, Sum]] = {}
    closed = Day.objects.filter(day__gte=since, day__lt=today).exclude(provider=NOBODY)
    for provider, day, *facts in closed.values_list("provider", "day", *FACTS):
        days.setdefault(provider, {})[day] = Sum(*facts)
    for provider, sums in _summed(today).items():
        days.setdefault(provider, {})[today] = sums
    return days


def _close(since: date, today: date) -> None:
    """Sum up the days that are over and have not been: yesterday as soon as nothing of it can be under way."""
    over = timezone.localtime() - timedelta(seconds=settings.COMPARISON_DEADLINE)
    closed = set(Day.objects.filter(day__gte=since, provider=NOBODY).values_list("day", flat=True))
    for day in (since + timedelta(days=n) for n in range((today - since).days)):
        if day not in closed and day < over.date():
            rows = {**_summed(day), NOBODY: Sum()}
            facts = [Day(day=day, provider=provider, **asdict(sums)) for provider, sums in rows.items()]
            Day.objects.bulk_create(facts, ignore_conflicts=True)


def _summed(day: date) -> dict[str, Sum]:
    start = midnight(day)
    rows = _by_provider(SUMS, since=start, until=start + timedelta(days=1))
    return {provider: Sum(**{**row, "times": json.loads(row["times"])}) for provider, row in rows.items()}


def _by_provider(sql: str, **stretch: datetime) -> dict[str, dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {**stretch, "not_made": list(NOT_MADE), "not_theirs": list(NOT_THEIRS)})
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row.pop("provider"): row for row in rows}
