"""Tell a person's open pages that their credits moved: the Credits page, and every run that still has a stream."""

from django.db import transaction
from django.template.loader import render_to_string

from workspace.accounts.models import User
from workspace.comparisons import events, live, selectors
from workspace.comparisons.models import Generation

HEADER = "comparisons/compare.html#balance_live"
MOVED = live.encode("moved", "")


def channel(user_id: int) -> str:
    return f"credits:{user_id}"


def moved(holder: User) -> None:
    """Once the transaction is committed; what is lost is seen a few seconds later (the pages ask)."""
    transaction.on_commit(lambda: _publish(holder))


def _publish(holder: User) -> None:
    live.publish(channel(holder.pk), MOVED)
    money = selectors.money(holder.pk)
    said = live.encode(events.BALANCE, render_to_string(HEADER, {"balance": money.balance, "held": money.held}))
    open_runs = Generation.objects.filter(comparison__user=holder, settled=False).values_list("comparison", flat=True)
    for run in open_runs.distinct():
        live.publish(live.run_channel(run), said)
