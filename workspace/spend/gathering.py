"""Calls that are over are added up once, by day, model and person, so that nobody has to count a month of them again.

All that was claimed before one moment is in the tallies, and nothing that was claimed after it. A task moves the moment on, up to
calls that may still change: those of the last ten minutes, and whatever is under way.

A frame knows the price of its last round alone, and the estimate for the model that was asked. So of an earlier round, and of a
model that stepped in without telling its price, that estimate counts: none steps in that costs more credits.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from workspace.spend.models import Gathered, Tally

KEYS = ("day", "model", "person", "simulated")
SUMS = tuple(field.name for field in Tally._meta.concrete_fields if field.name not in KEYS)
AT_ONCE = timedelta(days=7)  # of a long past, in one transaction
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)

# The calls that were claimed in a stretch of time and are over. A frame that was stopped in line had asked nobody. LIMIT 1 has
# each call's frame looked up by its key: the planner would rather read the frames of all times.
CALLS = """
SELECT (a.claimed_at AT TIME ZONE %(zone)s)::date AS day, a.model, f.person, a.simulated,
       a.state = 'succeeded' AND a.round = f.round AND f.state = 'done' AS kept,
       CASE WHEN a.state = 'succeeded' AND a.round = f.round THEN f.cost_usd END AS told, f.estimate_usd AS estimate, a.error,
       a.state = 'succeeded' OR a.may_have_billed AND NOT (a.error = 'cancelled' AND a.round = f.round AND f.started_at IS NULL)
       AS billed, f.cost
FROM comparisons_attempt a, LATERAL (
    SELECT g.round, g.state, g.cost_usd, g.estimate_usd, g.started_at, g.cost, c.user_id AS person
    FROM comparisons_generation g JOIN comparisons_comparison c ON c.id = g.comparison_id WHERE g.id = a.generation_id LIMIT 1
) f
WHERE a.claimed_at >= %(since)s AND a.claimed_at < %(until)s
  AND a.state IN ('succeeded', 'failed', 'lost') AND a.error NOT IN ('paused', 'resting')
"""
TALLIES = f"""
SELECT day, model, person, simulated, count(*) AS calls, count(*) FILTER (WHERE kept) AS pictures,
       coalesce(sum(told) FILTER (WHERE billed), 0) AS told_usd,
       coalesce(sum(estimate) FILTER (WHERE billed AND told IS NULL), 0) AS estimated_usd,
       coalesce(sum(estimate) FILTER (WHERE billed AND told IS NOT NULL), 0) AS expected_usd,
       coalesce(sum(coalesce(told, estimate)) FILTER (WHERE billed AND NOT kept AND error NOT IN ('refused', 'cancelled')), 0)
       AS failed_usd,
       coalesce(sum(coalesce(told, estimate)) FILTER (WHERE billed AND error = 'refused'), 0) AS refused_usd,
       coalesce(sum(coalesce(told, estimate)) FILTER (WHERE billed AND error = 'cancelled'), 0) AS cancelled_usd,
       coalesce(sum(cost) FILTER (WHERE kept), 0)::bigint AS credits
FROM ({CALLS}) call GROUP BY day, model, person, simulated
"""  # noqa: S608 - nothing but constants of ours
KEEP = f"""
INSERT INTO spend_tally ({", ".join((*KEYS, *SUMS))})
SELECT {", ".join((*KEYS, *SUMS))} FROM ({TALLIES}) tally
ON CONFLICT ({", ".join(KEYS)}) DO UPDATE SET {", ".join(f"{name} = spend_tally.{name} + excluded.{name}" for name in SUMS)}
"""  # noqa: S608
# The earliest call that is not gathered yet, and the end of those that change no more.
FROM_AND_TO = """
SELECT (SELECT min(claimed_at) FROM comparisons_attempt WHERE claimed_at >= %(until)s),
       least(now() - make_interval(secs => %(margin)s),
             (SELECT min(claimed_at) FROM comparisons_attempt WHERE state IN ('claimed', 'submitted')))
"""


def gather() -> None:
    """Move on to the present, however long ago the last time was."""
    while _move_on():
        pass


def gathered() -> datetime:
    """The moment up to which everything is in the tallies; it stays so until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT until FROM spend_gathered FOR SHARE")
        row = cursor.fetchone()
    return row[0] if row else BEGINNING


@transaction.atomic
def _move_on() -> bool:
    """One step; whether there are more. Of two at a time the second finds what the first has done."""
    Gathered.objects.get_or_create(pk=1, defaults={"until": BEGINNING})
    row = Gathered.objects.select_for_update().get(pk=1)
    with connection.cursor() as cursor:
        cursor.execute(FROM_AND_TO, {"until": row.until, "margin": settings.COMPARISON_DEADLINE})
        first, end = cursor.fetchone()
        if first is None or first >= end:
            return False
        until = min(end, first + AT_ONCE)
        cursor.execute(KEEP, {"since": first, "until": until, "zone": settings.TIME_ZONE})
    row.until = until
    row.save(update_fields=["until"])
    return until < end
