"""Giving back what a frame cost: an entry that refers to its capture, and a line on the frame."""

import uuid

from django.db import transaction
from django.db.models import F

from workspace.accounts.models import User
from workspace.comparisons import announce, shares
from workspace.comparisons.models import Generation
from workspace.credits import services as credits
from workspace.credits.models import Entry
from workspace.ledger import adjusting, news
from workspace.ledger.errors import NothingToRefund, UnknownFrame


def refund(holder: User, name: str, amount: int | None, *, reason: str, key: uuid.UUID, by: User) -> int:
    """Give ``amount`` credits of frame ``name`` ("148-3") back, all that is left if None; how many that were, 0 for a repeat.

    Raises ``UnknownFrame``, ``NothingToRefund``, ``NotByOneself`` or ``RefundBeyondCapture``.
    """
    reason = adjusting.stated(reason, holder, by)
    with transaction.atomic():
        frame = _locked(holder, name)  # frames first, then the account
        if Entry.objects.filter(key=f"refund:{key}").exists():
            return 0
        capture = _capture(frame)
        back = capture.refundable() if amount is None else amount
        if not back:
            raise NothingToRefund
        if not credits.refund(capture, back, reason=shares.named(frame, reason), key=f"refund:{key}", actor=by):
            return 0
        _tell_on(frame, back, reason)
        adjusting.note(by, f"gave {back} of frame {name} back: {reason}", holder)
        news.moved(holder)
    return back


def _locked(holder: User, name: str) -> Generation:
    run, _, position = name.strip().partition("-")
    if not (run.isascii() and run.isdigit() and position.isascii() and position.isdigit() and len(name) < 16):
        raise UnknownFrame
    found = Generation.objects.select_for_update(of=("self",), no_key=True).select_related("comparison", "image")
    frame = found.filter(comparison__user=holder, comparison__number=run, position=position).first()
    if frame is None:
        raise UnknownFrame
    return frame


def _capture(frame: Generation) -> Entry:
    """The latest round that was charged."""
    captures = Entry.objects.filter(kind="capture", comparison=frame.comparison_id, generation=frame.pk)
    charged = [capture for capture in captures.order_by("-round") if capture.spent > 0]
    if not charged:
        raise NothingToRefund
    return charged[0]


def _tell_on(frame: Generation, back: int, reason: str) -> None:
    """A frame's notes are shown under it; its open pages hear of the change."""
    said = f"{back} credit{'' if back == 1 else 's'} came back: {reason.rstrip('.')}."
    Generation.objects.filter(pk=frame.pk).update(notes=[*frame.notes, said], version=F("version") + 1)
    frame.refresh_from_db(fields=["notes", "version"])
    transaction.on_commit(lambda: announce.changed(frame))
