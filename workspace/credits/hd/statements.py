"""The SQL of the HD allowance, with no Django in it: for Django's connection and for the worker's.

An image is taken with the hold, in one transaction, and comes back with the settlement, in one transaction.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

type Share = tuple[int, int]  # a frame's id and its round


class Statement(NamedTuple):
    sql: str
    params: dict[str, object]


USED_BY = """
SELECT coalesce(-sum(amount) FILTER (WHERE day = %(day)s::date), 0) AS today, coalesce(-sum(amount), 0) AS month
FROM credits_hdentry WHERE account_id = {account} AND day >= %(first)s::date AND day < %(next)s::date
"""
USED = USED_BY.format(account="%(account)s::bigint")

# The caller holds the account's lock since an earlier statement, so that this one sees all that was taken before it: the sum in
# one statement with the lock would be of the moment before the wait.
TAKE = f"""
WITH used AS MATERIALIZED ({USED}), share AS (
    SELECT * FROM unnest(%(generations)s::bigint[], %(rounds)s::smallint[], %(reasons)s::varchar[])
        AS share (generation, round, reason)
), fresh AS MATERIALIZED (
    SELECT * FROM share WHERE NOT EXISTS (
        SELECT FROM credits_hdentry taken WHERE taken.key = 'hd:' || share.generation || ':' || share.round)
), room AS (
    SELECT FROM used, (SELECT count(*) AS images FROM fresh) wanted
    WHERE images = 0 OR (
        today + images <= coalesce(%(per_day)s::bigint, today + images)
        AND month + images <= coalesce(%(per_month)s::bigint, month + images)
    )
), taken AS (
    INSERT INTO credits_hdentry (account_id, kind, amount, day, key, generation, round, reason)
    SELECT %(account)s::bigint, 'use', -1, %(day)s::date, 'hd:' || generation || ':' || round, generation, round, reason
    FROM fresh WHERE EXISTS (SELECT FROM room) ORDER BY generation
)
SELECT EXISTS (SELECT FROM room)
"""  # noqa: S608 - of constants only

# Driven by the use alone: a frame that took no image gives none back, and one that gave its back has no second. What it counts on
# is told by the use, whoever gives back and whenever. No lock: the room only grows.
GIVE_BACK = """
INSERT INTO credits_hdentry (account_id, kind, amount, day, key, generation, round, reason)
SELECT account_id, 'return', 1, day, 'hd-back:' || generation || ':' || round, generation, round, %(reason)s::varchar
FROM credits_hdentry WHERE key = %(key)s::varchar
ON CONFLICT DO NOTHING
"""


def used(account: int, day: date) -> Statement:
    """Ask for ``(images used on that day, in its month)``; either is below zero after a generous adjustment."""
    return Statement(USED, {"account": account} | days(day))


def days(day: date) -> dict[str, date]:
    """What ``USED_BY`` asks for: the day, the first of its month and the first of the next."""
    first, following = month_of(day)
    return {"day": day, "first": first, "next": following}


def take(
    account: int,
    shares: Sequence[Share],
    *,
    day: date,
    per_day: int | None,
    per_month: int | None,
    reason: str | Sequence[str],
) -> Statement:
    """Take one image for each share, all or none; answers whether there was room. Shares that have theirs take no second.

    ``reason`` is one for all of them, or one for each.
    """
    generations, rounds = [share[0] for share in shares], [share[1] for share in shares]
    reasons = [reason] * len(shares) if isinstance(reason, str) else list(reason)
    wanted = {"generations": generations, "rounds": rounds, "reasons": reasons, "per_day": per_day, "per_month": per_month}
    return Statement(TAKE, used(account, day).params | wanted)


def give_back(generation: int, round: int, reason: str) -> Statement:
    """Give the image of a frame's round back, once, if it took one."""
    return Statement(GIVE_BACK, {"key": f"hd:{generation}:{round}", "reason": reason})


def month_of(day: date) -> tuple[date, date]:
    """The first of the day's month and the first of the next."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1)
