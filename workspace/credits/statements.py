"""The SQL that moves credits, one statement a movement, with no Django in it.

Every function returns a ``Statement`` to be given to whatever connection the caller has, inside the caller's own transaction:

    cursor.execute(*statements.hold(...))               Django's cursor, or psycopg's
    await connection.execute(*statements.release(...))  psycopg's AsyncConnection, also in pipeline mode

It answers with at most one row, a ``Movement``. No row means that nothing moved: the balance does not cover it, or another
transaction committed the same key after this statement had begun (look again: the second look finds its entry).

How one statement stays right under READ COMMITTED, in its order:

1. ``earlier``  the idempotency key first: whoever asks again gets the first entry and waits for nobody.
2. ``turn``     then a place in the account's queue, only if the balance covers the amount: an advisory lock by the account's id,
                given in the order of asking. Left to the row's lock, all who wait are woken at once and the last of fifty waits
                three times as long. It decides nothing; what is right rests on the row's lock alone.
3. ``account``  then the row is locked; after a wait the condition is tested again on what the other transaction left there.
4. ``entry``    under the lock, so that ids, times and ``balance_after`` of one account run in one order. A key that was committed
                while we waited is invisible to (1), but not to the unique index: nothing is inserted,
5. ``moved``    and nothing is added to the balance, because that is driven by the inserted row alone.

No other kind of lock is ever taken on an account (see ``Entry`` on its missing foreign key): with shared locks beside this one,
a statement that comes to the row a second time, as 3 and 5 do, can deadlock with one that waits for it.
"""

from typing import NamedTuple

MOST = 10**12  # credits in one movement: far beyond any use, far below what a bigint column can add up

Params = dict[str, int | str | None]


class Statement(NamedTuple):
    sql: str
    params: Params


class Movement(NamedTuple):
    """What an entry says, in credits; ``fresh`` is False for one that was there before.

    ``balance_after`` is None for a capture in full.
    """

    id: int
    account: int
    kind: str
    amount: int
    comparison: int | None
    balance_after: int | None
    fresh: bool


MOVE = """
WITH earlier AS MATERIALIZED (
    SELECT id, account_id, kind, amount, comparison, balance_after FROM credits_entry WHERE key = %(key)s::varchar
), turn AS MATERIALIZED (
    SELECT id, pg_advisory_xact_lock(id) FROM credits_account
    WHERE id = %(account)s::bigint AND balance + %(amount)s::bigint >= 0 AND NOT EXISTS (SELECT FROM earlier)
), account AS MATERIALIZED (
    SELECT id, balance FROM credits_account
    WHERE id = (SELECT id FROM turn) AND balance + %(amount)s::bigint >= 0
    FOR NO KEY UPDATE
), entry AS (
    INSERT INTO credits_entry
        (account_id, kind, amount, held, balance_after, key, comparison, generation, round, refers_to_id, reason, actor_id)
    SELECT id, %(kind)s::varchar, %(amount)s::bigint, %(held)s::bigint, balance + %(amount)s::bigint, %(key)s::varchar,
           %(comparison)s::bigint, %(generation)s::bigint, %(round)s::smallint, %(refers_to)s::bigint, %(reason)s::varchar,
           %(actor)s::bigint
    FROM account
    ON CONFLICT (key) DO NOTHING
    RETURNING id, account_id, kind, amount, comparison, balance_after
), moved AS (
    UPDATE credits_account SET balance = balance + entry.amount FROM entry WHERE credits_account.id = entry.account_id
)
SELECT id, account_id, kind, amount, comparison, balance_after, TRUE FROM entry
UNION ALL
SELECT id, account_id, kind, amount, comparison, balance_after, FALSE FROM earlier
"""

# A settlement has two names, its key and its share. Two copies of it, not queued by the account's lock where one is a capture in
# full, can meet first in the share's index: so any conflict means that it was settled.
GIVE_BACK = MOVE.replace("ON CONFLICT (key) DO NOTHING", "ON CONFLICT DO NOTHING")

# How much expires is decided under the account's lock: whatever is there beyond what may be kept.
EXPIRE = MOVE.replace("%(amount)s::bigint", "least(0, %(keep)s::bigint - balance)")

# What does not change the balance is written without locking the account: captures in full never queue. The account is read
# only to be sure that there is one.
RECORD = """
WITH earlier AS MATERIALIZED (
    SELECT id, account_id, kind, amount, comparison, balance_after FROM credits_entry WHERE key = %(key)s::varchar
), entry AS (
    INSERT INTO credits_entry
        (account_id, kind, amount, held, balance_after, key, comparison, generation, round, reason, actor_id)
    SELECT id, %(kind)s::varchar, %(amount)s::bigint, %(held)s::bigint, NULL, %(key)s::varchar,
           %(comparison)s::bigint, %(generation)s::bigint, %(round)s::smallint, %(reason)s::varchar, %(actor)s::bigint
    FROM credits_account WHERE id = %(account)s::bigint AND NOT EXISTS (SELECT FROM earlier)
    ON CONFLICT DO NOTHING
    RETURNING id, account_id, kind, amount, comparison, balance_after
)
SELECT id, account_id, kind, amount, comparison, balance_after, TRUE FROM entry
UNION ALL
SELECT id, account_id, kind, amount, comparison, balance_after, FALSE FROM earlier
"""

LOCK = """
WITH turn AS MATERIALIZED (SELECT id, pg_advisory_xact_lock(id) FROM credits_account WHERE user_id = %(user)s)
SELECT * FROM credits_account WHERE id = (SELECT id FROM turn) FOR NO KEY UPDATE
"""

STANDING = """
SELECT balance, EXISTS (SELECT FROM credits_entry WHERE key = %(key)s::varchar)
FROM credits_account WHERE id = %(account)s::bigint
"""


def grant(amount: int, *, account: int, key: str, reason: str, actor: int | None = None) -> Statement:
    """Add ``amount`` credits (more than 0)."""
    return Statement(MOVE, _params("grant", account, _whole(amount, 1), 0, key, reason, actor=actor))


def adjust(
    amount: int, *, account: int, key: str, reason: str, actor: int | None = None, refers_to: int | None = None
) -> Statement:
    """Add or take ``amount`` credits (not 0); with ``refers_to`` it undoes that adjustment, whose amount it reverses."""
    if amount == 0:
        raise ValueError("An adjustment of 0 credits is none.")
    amount = _whole(amount, -MOST)
    return Statement(MOVE, _params("adjustment", account, amount, 0, key, reason, actor=actor, refers_to=refers_to))


def refund(
    amount: int,
    *,
    account: int,
    capture: int,
    comparison: int,
    generation: int,
    round: int,
    key: str,
    reason: str,
    actor: int | None = None,
) -> Statement:
    """Give back ``amount`` credits (more than 0) that the entry ``capture`` of this share has taken."""
    amount = _whole(amount, 1)
    return Statement(
        MOVE, _params("refund", account, amount, 0, key, reason, comparison, generation, round, actor, refers_to=capture)
    )


def expire(*, keep: int, account: int, key: str, reason: str) -> Statement:
    """Take what the balance has beyond ``keep`` credits (0 or more); an entry of 0 says that there was nothing."""
    return Statement(EXPIRE, _params("expiry", account, 0, 0, key, reason) | {"keep": _whole(keep, 0)})


def hold(
    amount: int,
    *,
    account: int,
    key: str,
    comparison: int,
    reason: str,
    generation: int | None = None,
    round: int | None = None,
) -> Statement:
    """Reserve ``amount`` credits (0 or more) for a whole comparison, or for one ``round`` of one generation."""
    amount = _whole(amount, 0)
    return Statement(MOVE, _params("hold", account, -amount, amount, key, reason, comparison, generation, round))


def capture(generation: int, round: int, *, account: int, held: int, charged: int, comparison: int, reason: str) -> Statement:
    """Settle a share of which ``charged`` credits were spent; what is left of ``held`` goes back to the balance."""
    if not 0 <= charged <= held:
        raise ValueError(f"{charged} credits cannot be charged of the {held} that were held.")
    return _settle("capture", generation, round, account, held, held - charged, comparison, reason)


def release(generation: int, round: int, *, account: int, held: int, comparison: int, reason: str) -> Statement:
    """Settle a share by giving all of it back."""
    return _settle("release", generation, round, account, held, held, comparison, reason)


def standing(statement: Statement) -> Statement:
    """Ask for ``(balance, whether the key has been used)`` to explain a hold that moved nothing."""
    return Statement(STANDING, statement.params)


def settled_now(movement: Movement | None, statement: Statement) -> bool:
    """What two looks at a settlement tell: True if it moved now, False if the share was settled before."""
    if movement is None:
        account, key = statement.params["account"], statement.params["key"]
        raise LookupError(f"There is no account {account} for {key!r}, or its share was settled by hand under another key.")
    return movement.fresh


def _settle(
    kind: str, generation: int, round: int, account: int, held: int, back: int, comparison: int, reason: str
) -> Statement:
    """The key is the share's own name, so that it is settled once, by whichever verb comes first."""
    key = f"settle:{generation}:{round}"
    params = _params(kind, account, back, -_whole(held, 0), key, reason, comparison, generation, round)
    return Statement(GIVE_BACK if back or kind == "release" else RECORD, params)


def _params(
    kind: str,
    account: int,
    amount: int,
    held: int,
    key: str,
    reason: str,
    comparison: int | None = None,
    generation: int | None = None,
    round: int | None = None,
    actor: int | None = None,
    refers_to: int | None = None,
) -> Params:
    return {
        "kind": kind,
        "account": account,
        "amount": amount,
        "held": held,
        "key": key,
        "reason": _stated(reason),
        "comparison": comparison,
        "generation": generation,
        "round": round,
        "refers_to": refers_to,
        "actor": actor,
    }


def _whole(amount: int, least: int) -> int:
    """Credits are whole numbers; a float or a bool here is a mistake, not something to round."""
    if type(amount) is not int or not least <= amount <= MOST:
        raise ValueError(f"{amount!r} is not a whole number of credits between {least} and {MOST:,}.")
    return amount


def _stated(reason: str) -> str:
    if not reason.strip():
        raise ValueError("Every movement of credits states its reason.")
    return reason
