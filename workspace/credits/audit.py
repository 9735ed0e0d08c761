"""Proof that entries, holds and balances agree, in a few set-based queries over the whole ledger.

A check is a callable that yields one finished sentence per disagreement. Other apps add theirs, which may look at both sides:

    audit.CHECKS.append(open_holds_of_finished_frames)     in AppConfig.ready

All checks see the same snapshot, so that movements made meanwhile are no disagreement.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

type Check = Callable[[], Iterator[str]]

BALANCES = """
SELECT account.id, account.balance, coalesce(sum(entry.amount), 0)::bigint AS total
FROM credits_account account LEFT JOIN credits_entry entry ON entry.account_id = account.id
GROUP BY account.id HAVING account.balance <> coalesce(sum(entry.amount), 0)
ORDER BY account.id
"""

# Captures in full tell no balance and change none, so the chain runs through the other entries.
CHAIN = """
SELECT id, account_id, balance_after, before + amount
FROM (
    SELECT id, account_id, amount, balance_after,
           lag(balance_after, 1, 0::bigint) OVER (PARTITION BY account_id ORDER BY id) AS before
    FROM credits_entry WHERE balance_after IS NOT NULL
) link
WHERE balance_after <> before + amount
ORDER BY id
"""

# A share with a hold of its own (a frame asked for again) draws on that; all others draw on the hold of their whole run.
SHARES = """
WITH share AS MATERIALIZED (
    SELECT account_id, comparison, generation, round,
           sum(held) FILTER (WHERE kind = 'hold') AS held, coalesce(-sum(held) FILTER (WHERE kind <> 'hold'), 0) AS settled
    FROM credits_entry WHERE comparison IS NOT NULL
    GROUP BY account_id, comparison, generation, round
), run AS (
    SELECT account_id, comparison, coalesce(sum(held), 0) AS held, sum(settled) AS settled
    FROM share WHERE generation IS NULL OR held IS NULL
    GROUP BY account_id, comparison
)
SELECT account_id, comparison, generation, round, held::bigint, settled::bigint FROM share
WHERE generation IS NOT NULL AND settled > held
UNION ALL
SELECT account_id, comparison, NULL, NULL, held::bigint, settled::bigint FROM run WHERE settled > held
ORDER BY comparison, generation
"""

# A correction and what it corrects, where the two do not fit. The trigger refuses such an entry; an audit takes nobody's word.
CORRECTIONS = """
SELECT entry.id, entry.account_id, entry.kind, entry.refers_to_id
FROM credits_entry entry LEFT JOIN credits_entry first ON first.id = entry.refers_to_id AND first.account_id = entry.account_id
WHERE entry.refers_to_id IS NOT NULL AND CASE entry.kind
    WHEN 'refund' THEN first.kind IS DISTINCT FROM 'capture'
        OR (first.comparison, first.generation, first.round) IS DISTINCT FROM (entry.comparison, entry.generation, entry.round)
    ELSE first.kind IS DISTINCT FROM entry.kind OR first.amount IS DISTINCT FROM -entry.amount
END
ORDER BY entry.id
"""

REFUNDS = """
SELECT capture.id, capture.account_id, -(capture.amount + capture.held), sum(refund.amount)::bigint
FROM credits_entry refund JOIN credits_entry capture ON capture.id = refund.refers_to_id
WHERE refund.kind = 'refund' AND refund.refers_to_id IS NOT NULL
GROUP BY capture.id HAVING sum(refund.amount) > -(capture.amount + capture.held)
ORDER BY capture.id
"""

ORPHANS = """
SELECT account_id, count(*) FROM credits_entry entry
WHERE NOT EXISTS (SELECT FROM credits_account account WHERE account.id = entry.account_id)
GROUP BY account_id ORDER BY account_id
"""

# What was released has given its HD image back, and what came back was taken, on the same day.
HD_LEAKS = """
SELECT taken.account_id, taken.generation, taken.round, 'was not returned' FROM credits_hdentry taken
JOIN credits_entry settled ON (settled.generation, settled.round) = (taken.generation, taken.round) AND settled.kind = 'release'
WHERE taken.kind = 'use' AND NOT EXISTS (
    SELECT FROM credits_hdentry back
    WHERE (back.generation, back.round) = (taken.generation, taken.round) AND back.kind = 'return')
UNION ALL
SELECT back.account_id, back.generation, back.round, 'was returned and not taken' FROM credits_hdentry back
WHERE back.kind = 'return' AND NOT EXISTS (
    SELECT FROM credits_hdentry taken
    WHERE (taken.generation, taken.round, taken.account_id, taken.day) = (back.generation, back.round, back.account_id, back.day)
      AND taken.kind = 'use')
ORDER BY 2, 3
"""

HD_UNDOINGS = """
SELECT entry.id, entry.account_id, entry.refers_to_id FROM credits_hdentry entry
LEFT JOIN credits_hdentry first ON first.id = entry.refers_to_id
WHERE entry.refers_to_id IS NOT NULL AND (first.account_id, first.kind, first.day, first.amount, first.refers_to_id)
    IS DISTINCT FROM (entry.account_id, 'adjustment'::varchar, entry.day, -entry.amount, NULL)
ORDER BY entry.id
"""

SUMMARY = """
SELECT (SELECT count(*) FROM credits_entry), (SELECT count(*) FROM credits_account),
       (SELECT coalesce(sum(balance), 0)::bigint FROM credits_account), (SELECT coalesce(sum(held), 0)::bigint FROM credits_entry)
"""


def disagreements() -> Iterator[str]:
    """One sentence per disagreement, of every check."""
    with _one_snapshot():
        for check in CHECKS:
            yield from check()


def summary() -> str:
    """One line on the size of what was audited."""
    [(entries, accounts, balance, held)] = _rows(SUMMARY)
    return f"{entries:,} entries of {accounts:,} accounts agree: {balance:,} credits to spend, {held:,} held."


def balances_are_the_sum_of_their_entries() -> Iterator[str]:
    for account, balance, total in _rows(BALANCES):
        yield f"Account {account}: the balance is {balance}, its entries add up to {total}."


def every_entry_continues_the_balance() -> Iterator[str]:
    for entry, account, told, expected in _rows(CHAIN):
        yield f"Account {account}, entry {entry}: it tells a balance of {told}, the entries before it lead to {expected}."


def every_entry_has_an_account() -> Iterator[str]:
    for account, entries in _rows(ORPHANS):
        yield f"Account {account} does not exist, and has {entries} entries."


def no_more_is_settled_than_was_held() -> Iterator[str]:
    for account, comparison, generation, round, held, settled in _rows(SHARES):
        what = f"comparison {comparison}" + (f", generation {generation}, round {round}" if generation else "")
        yield f"Account {account}, {what}: {settled} credits settled of {held} held."


def every_correction_fits_what_it_corrects() -> Iterator[str]:
    for entry, account, kind, first in _rows(CORRECTIONS):
        yield f"Account {account}, entry {entry}: its {kind} does not fit entry {first}, which it refers to."


def no_more_is_refunded_than_was_taken() -> Iterator[str]:
    for entry, account, taken, refunded in _rows(REFUNDS):
        yield f"Account {account}, entry {entry}: {refunded} credits refunded of {taken} taken."


def every_hd_image_is_settled_with_its_credits() -> Iterator[str]:
    for account, generation, round, what in _rows(HD_LEAKS):
        yield f"Account {account}, generation {generation}, round {round}: its HD image {what}."


def every_hd_undoing_reverses_its_adjustment() -> Iterator[str]:
    for entry, account, first in _rows(HD_UNDOINGS):
        yield f"Account {account}, HD entry {entry}: it does not reverse HD entry {first}, which it refers to."


CHECKS: list[Check] = [
    every_entry_has_an_account,
    balances_are_the_sum_of_their_entries,
    every_entry_continues_the_balance,
    no_more_is_settled_than_was_held,
    every_correction_fits_what_it_corrects,
    no_more_is_refunded_than_was_taken,
    every_hd_image_is_settled_with_its_credits,
    every_hd_undoing_reverses_its_adjustment,
]


@contextmanager
def _one_snapshot() -> Iterator[None]:
    """One read-only snapshot for all checks, unless the caller's own transaction has begun already."""
    fresh = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if fresh:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL work_mem = '128MB'")  # the chain sorts the ledger once; in memory it takes half the time
        yield


def _rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
