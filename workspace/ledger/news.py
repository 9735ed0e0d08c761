"""Tell a person's open pages that their credits moved: the Credits page, and every run that still has a stream."""

from django.db import transaction

from workspace.accounts.models import User
from workspace.comparisons import events, live, selectors
from workspace.comparisons.models import Generation

MOVED = live.encode("moved", "")


def channel(user_id: int) -> str:
    return f"credits:{user_id}"


def moved(holder: User) -> None:
    """Once the transaction is committed; what is lost is seen a few seconds later (the pages ask)."""
    transaction.on_commit(lambda: _publish(holder))


def _publish(holder: User) -> None:
    live.publish(channel(holder.pk), MOVED)
    said = live.encode(*events.of_money(selectors.money(holder.pk)))
    open_runs = Generation.objects.filter(comparison__user=holder, settled=False).values_list("comparison", flat=True)
    for run in open_runs.distinct():
        live.publish(live.run_channel(run), said)
