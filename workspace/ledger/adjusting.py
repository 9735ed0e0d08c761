"""Corrections by an admin. Each writes its entry, or its proposal, and a line of the audit log in one transaction."""

import uuid
from enum import Enum

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from workspace.accounts.models import User
from workspace.accounts.roles import Role, role_of
from workspace.credits import services as credits
from workspace.credits.models import Account, Entry
from workspace.ledger import news
from workspace.ledger.errors import DecidedAlready, NotByOneself
from workspace.ledger.models import Deed, Proposal

BY_ONESELF = "By an owner for themselves: "
APPROVED = ", approved by a second admin"


class Outcome(Enum):
    DONE = "done"
    PROPOSED = "proposed"
    REPEATED = "repeated"


def adjust(holder: User, amount: int, *, reason: str, key: uuid.UUID, by: User) -> Outcome:
    """Add or take ``amount`` credits; above ``ADJUSTMENT_LIMIT`` propose it to another admin. The same form twice is once.

    Raises ``NotByOneself``, and ``NotEnoughCredits`` when the balance does not cover what is to be taken.
    """
    reason = stated(reason, holder, by)
    if abs(amount) > settings.ADJUSTMENT_LIMIT:
        return _propose(holder, amount, reason, key, by)
    with transaction.atomic():
        if not credits.adjust(holder, amount, reason=reason, key=f"adjust:{key}", actor=by):
            return Outcome.REPEATED
        note(by, f"{worded(amount)}: {reason}", holder)
        news.moved(holder)
    return Outcome.DONE


def approve(proposal: Proposal, by: User) -> None:
    """Do what another admin proposed. Raises ``DecidedAlready``, ``NotByOneself`` or ``NotEnoughCredits``."""
    holder = proposal.account.user
    with transaction.atomic():
        _decide(proposal, Proposal.State.APPROVED, by)
        credits.adjust(
            proposal.account,
            proposal.amount,
            reason=f"{proposal.reason}{APPROVED}",
            key=f"proposal:{proposal.pk}",
            actor=proposal.proposed_by,
        )
        note(by, f"approved what {proposal.proposed_by.email} proposed, {worded(proposal.amount)}", holder)
        news.moved(holder)


def decline(proposal: Proposal, by: User) -> None:
    """Leave it undone. Raises ``DecidedAlready`` or ``NotByOneself``."""
    with transaction.atomic():
        _decide(proposal, Proposal.State.DECLINED, by)
        note(by, f"declined what {proposal.proposed_by.email} proposed, {worded(proposal.amount)}", proposal.account.user)


def undo(adjustment: Entry, *, reason: str, by: User) -> bool:
    """Reverse an adjustment by a new entry; False if that was done before. Raises as ``adjust`` does."""
    holder = adjustment.account.user
    reason = stated(reason, holder, by)
    with transaction.atomic():
        if not credits.undo(adjustment, reason=f"Undoes {adjustment.amount:+,} of {_day(adjustment)}: {reason}", actor=by):
            return False
        note(by, f"undid entry {adjustment.pk}, {worded(-adjustment.amount)}: {reason}", holder)
        news.moved(holder)
    return True


def _day(entry: Entry) -> str:
    return f"{timezone.localtime(entry.created):%-d %B}"


def stated(reason: str, holder: User, by: User) -> str:
    """The reason as it is written. Only an owner may adjust an own account, and then it says so."""
    if holder.pk != by.pk:
        return reason
    if role_of(by) != Role.OWNER:
        raise NotByOneself
    return f"{BY_ONESELF}{reason}"


def note(by: User, what: str, holder: User | None = None) -> None:
    Deed.objects.create(by=by, holder=holder, what=what[:400])


def worded(amount: int, unit: str = "credit") -> str:
    """ "added 40 credits", "removed 1 HD image"."""
    return f"{'added' if amount > 0 else 'removed'} {abs(amount):,} {unit}{'' if abs(amount) == 1 else 's'}"


def _propose(holder: User, amount: int, reason: str, key: uuid.UUID, by: User) -> Outcome:
    account: Account = credits.account_of(holder)
    facts = {"account": account, "amount": amount, "reason": reason, "proposed_by": by}
    with transaction.atomic():
        _, fresh = Proposal.objects.get_or_create(key=key, defaults=facts)
        if not fresh:
            return Outcome.REPEATED
        note(by, f"proposed that {abs(amount):,} credits be {'added' if amount > 0 else 'removed'}: {reason}", holder)
    return Outcome.PROPOSED


def _decide(proposal: Proposal, state: Proposal.State, by: User) -> None:
    """The first of two admins decides: a conditional UPDATE."""
    if by.pk in (proposal.proposed_by_id, proposal.account.user_id):
        raise NotByOneself
    waiting = Proposal.objects.filter(pk=proposal.pk, state=Proposal.State.PENDING)
    if not waiting.update(state=state, decided_by=by, decided_at=Now()):
        raise DecidedAlready
