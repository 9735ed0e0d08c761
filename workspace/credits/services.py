"""Writes to the ledger, called through this module: ``credits.hold(...)``.

Every verb is safe to repeat: its key (for a settlement, the frame's round) makes it happen once. Every verb works inside an outer
``transaction.atomic()`` together with the caller's own rows, and on its own.

**Locks.** A movement that changes the balance keeps the account's row locked until the transaction ends. Under that lock the
numbers of a person's runs are drawn: after ``lock(user)`` or a granted ``hold`` nobody else can start a run for this person, so
``max(number) + 1`` is safe. To write a hold, its comparison's id must be known; either

    with transaction.atomic():
        account = credits.lock(user)    # from here on, one submit at a time for this person
        ...                             # number and insert the comparison and its frames
        credits.hold(account, total, key=..., comparison=comparison.id, reason=...)

or draw the id from the comparison's sequence first and insert after the hold. The order of locks is **frames first, then
the account**: a transaction that touches existing frames locks all of them before its first movement, else two can wait for each
other.

The worker settles through ``workspace.credits.worker``, the same statements on its own connection.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from workspace.accounts.models import User
from workspace.credits import statements
from workspace.credits.errors import KeyAlreadyUsed, NotEnoughCredits, RefundBeyondCapture
from workspace.credits.models import Account, Entry
from workspace.credits.statements import Movement, Statement

REFUND_WITHIN_ITS_CAPTURE = "refund_within_its_capture"  # the name under which the trigger refuses


@dataclass(frozen=True)
class Held:
    """A hold in the ledger, in credits. ``fresh`` is False when the key had been used: this is the first hold, nothing moved now.

    ``balance`` is what was left right after the hold; ``comparison`` is what it was written for (the first one, on a repeat).
    """

    entry: int
    account: int
    amount: int
    comparison: int
    balance: int
    fresh: bool


def open_account(user: User) -> Account:
    """Open the account and give the starting grant, once; the second time it only returns the account."""
    with transaction.atomic():
        account, _ = Account.objects.get_or_create(user=user)
        if settings.STARTING_CREDITS:
            grant(account, settings.STARTING_CREDITS, reason="Starting credits", key=f"start:{user.pk}")
    account.refresh_from_db()
    return account


def account_of(user: User) -> Account:
    """The person's account, opened now for somebody who was made behind Django's back (bulk insert, fixture, psql)."""
    return Account.objects.filter(user=user).first() or open_account(user)


def lock(user: User) -> Account:
    """Lock the person's account until the transaction ends and return it as it is now.

    The queue first, then the row, as every movement does: the other way round a start and a settlement could wait for each other.
    """
    found = next(iter(Account.objects.raw(statements.LOCK, {"user": user.pk})), None)
    return found or next(iter(Account.objects.raw(statements.LOCK, {"user": open_account(user).user_id})))


def grant(to: Account | User, amount: int, *, reason: str, key: str, actor: User | None = None) -> bool:
    """Add credits; False if this key has granted them before. Raises ``KeyAlreadyUsed`` when the key names something else."""
    account = _account(to)
    return _add(statements.grant(amount, account=account.pk, key=key, reason=reason, actor=actor and actor.pk)).fresh


def adjust(to: Account | User, amount: int, *, reason: str, key: str, actor: User | None = None) -> bool:
    """Add or take credits by an admin's decision; False if this key has done so before.

    Raises ``NotEnoughCredits`` (nothing was written) and ``KeyAlreadyUsed``.
    """
    statement = statements.adjust(amount, account=_account(to).pk, key=key, reason=reason, actor=actor and actor.pk)
    return _if_covered(statement, -amount).fresh


def undo(adjustment: Entry, *, reason: str, actor: User | None = None) -> bool:
    """Reverse an adjustment by a new entry, once; False if the same undoing was asked for before.

    Raises ``NotEnoughCredits`` when what was added has been spent, and nothing was written.
    """
    statement = statements.adjust(
        -adjustment.amount,
        account=adjustment.account_id,
        key=f"undo:{adjustment.pk}",
        reason=reason,
        actor=actor and actor.pk,
        refers_to=adjustment.pk,
    )
    return _if_covered(statement, adjustment.amount).fresh


def refund(capture: Entry, amount: int, *, reason: str, key: str, actor: User | None = None) -> bool:
    """Give back ``amount`` credits of a capture; False if this key has done so before.

    Raises ``RefundBeyondCapture`` (nothing was written) when less than that is left of it, and ``KeyAlreadyUsed``.
    """
    statement = statements.refund(
        amount,
        account=capture.account_id,
        capture=capture.pk,
        comparison=capture.comparison,
        generation=capture.generation,
        round=capture.round,
        key=key,
        reason=reason,
        actor=actor and actor.pk,
    )
    try:
        with transaction.atomic():
            return _add(statement).fresh
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name != REFUND_WITHIN_ITS_CAPTURE:
            raise
        raise RefundBeyondCapture(capture.refundable(), amount) from error


def expire(to: Account | User, *, keep: int, reason: str, key: str) -> int:
    """Take what the balance has beyond ``keep`` credits and say how much that was; asked again, what it was the first time.

    Held credits are not touched. It writes an entry of 0 when there is nothing to take, so that the key is used up all the same.
    """
    return -_add(statements.expire(keep=keep, account=_account(to).pk, key=key, reason=reason)).amount


def hold(
    to: Account | User,
    amount: int,
    *,
    key: str,
    comparison: int,
    reason: str,
    generation: int | None = None,
    round: int | None = None,
) -> Held:
    """Reserve ``amount`` credits, or return the first hold of this key, whatever the balance is by now.

    Raises ``NotEnoughCredits`` (the transaction stays usable: nothing was written) and ``KeyAlreadyUsed``.
    """
    statement = statements.hold(
        amount, account=_account(to).pk, key=key, comparison=comparison, reason=reason, generation=generation, round=round
    )
    return _held(_if_covered(statement, amount))


def capture(generation: int, round: int, *, account: int, held: int, charged: int, comparison: int, reason: str) -> bool:
    """Spend ``charged`` of the ``held`` credits of a frame's round and give back the rest; False if it was settled before."""
    share = {"account": account, "held": held, "comparison": comparison, "reason": reason}
    return _settle(statements.capture(generation, round, charged=charged, **share))


def release(generation: int, round: int, *, account: int, held: int, comparison: int, reason: str) -> bool:
    """Give all ``held`` credits of a frame's round back; False if it was settled before."""
    return _settle(statements.release(generation, round, account=account, held=held, comparison=comparison, reason=reason))


def _account(to: Account | User) -> Account:
    return to if isinstance(to, Account) else account_of(to)


def _add(statement: Statement) -> Movement:
    """Run what no balance can refuse. A second look finds an entry that was committed while the first one waited."""
    movement = _run(statement) or _run(statement)
    if movement is None:
        raise Account.DoesNotExist(statement.params["account"])
    return _asked_for(movement, statement)


def _if_covered(statement: Statement, wanted: int) -> Movement:
    """Run what takes ``wanted`` credits, or say that the balance does not cover it."""
    while (movement := _run(statement)) is None:
        _raise_if_refused(statement, wanted)
    return _asked_for(movement, statement)


def _settle(statement: Statement) -> bool:
    return statements.settled_now(_run(statement) or _run(statement), statement)


def _run(statement: Statement) -> Movement | None:
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        row = cursor.fetchone()
    return Movement(*row) if row else None


def _raise_if_refused(statement: Statement, wanted: int) -> None:
    """Raise if the balance is why nothing moved. Else the key or the balance has just changed: asking again gets an answer."""
    with connection.cursor() as cursor:
        cursor.execute(*statements.standing(statement))
        balance, key_used = cursor.fetchone()
    if balance < wanted and not key_used:
        raise NotEnoughCredits(balance, wanted)


def _asked_for(movement: Movement, statement: Statement) -> Movement:
    """The movement, if it is of the account and kind that were asked for: a key may not be taken from another form."""
    asked = statement.params
    if (movement.account, movement.kind) != (asked["account"], asked["kind"]):
        raise KeyAlreadyUsed(str(asked["key"]))
    return movement


def _held(movement: Movement) -> Held:
    return Held(
        entry=movement.id,
        account=movement.account,
        amount=-movement.amount,
        comparison=movement.comparison,
        balance=movement.balance_after,
        fresh=movement.fresh,
    )
