"""Changes of somebody's HD images by an admin, for this month; each with its line of the audit log, in one transaction."""

import uuid

from django.db import transaction
from django.utils import timezone

from workspace.accounts import terms
from workspace.accounts.models import User
from workspace.credits import services as credits
from workspace.credits.hd import selectors
from workspace.credits.hd import services as hd
from workspace.credits.hd.models import HdEntry
from workspace.credits.hd.statements import month_of
from workspace.ledger import news
from workspace.ledger.adjusting import Outcome, note, stated, worded
from workspace.ledger.errors import HdNotCounted, TooFewHd

IMAGE = "HD image"


def adjust(holder: User, images: int, *, reason: str, key: uuid.UUID, by: User) -> Outcome:
    """Add or take ``images``, which count today and this month. The same form twice is once.

    Raises ``NotByOneself``, ``HdNotCounted`` or ``TooFewHd``; nothing was written then.
    """
    reason, key = stated(reason, holder, by), f"hd-desk:{key}"
    with transaction.atomic():
        credits.lock(holder)  # a run takes its images under the same lock
        if HdEntry.objects.filter(key=key).exists():
            return Outcome.REPEATED
        _refuse_too_many(holder, images)
        hd.adjust(holder, images, day=timezone.localdate(), reason=reason, key=key, actor=by)
        note(by, f"{worded(images, IMAGE)}: {reason}", holder)
        news.moved(holder)
    return Outcome.DONE


def undo(adjustment: HdEntry, *, reason: str, by: User) -> bool:
    """Reverse a change by a new entry, on its own day; False if that was done before. Raises as ``adjust`` does."""
    holder = adjustment.account.user
    reason = stated(reason, holder, by)
    with transaction.atomic():
        credits.lock(holder)
        if adjustment.corrections.exists():
            return False
        if month_of(adjustment.day) == month_of(timezone.localdate()):
            _refuse_too_many(holder, -adjustment.amount, counted=False)
        hd.undo(adjustment, reason=f"Undoes {adjustment.amount:+d} HD of {adjustment.day:%-d %B}: {reason}", actor=by)
        note(by, f"undid HD entry {adjustment.pk}, {worded(-adjustment.amount, IMAGE)}: {reason}", holder)
        news.moved(holder)
    return True


def before_and_after(holder: User, images: int) -> tuple[int, int] | None:
    """HD images left now, and after such a change; None where they are not counted."""
    mine, day = terms.of(holder), timezone.localdate()
    today, month = selectors.used(credits.account_of(holder).pk, day)
    before, after = (selectors.tightest(selectors.limits(mine, day, today - more, month - more)) for more in (0, images))
    return (before.images, after.images) if before and after else None


def _refuse_too_many(holder: User, images: int, *, counted: bool = True) -> None:
    left = before_and_after(holder, images)
    if left is None:
        if counted:
            raise HdNotCounted
    elif left[0] + images < 0:
        raise TooFewHd(left[0])
