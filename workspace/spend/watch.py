"""Budgets kept: admins are told once at 80 per cent, and at 100 the provider is paused until the month is over.

Looked at every few seconds by the clock, and by the process that keeps pictures after it has kept some; never while anybody
waits. What is under way counts as estimated, so a pause comes before the money is gone. What came to nothing after all gives the
provider back.
"""

import threading
import time

from django.db import transaction

from workspace.comparisons.connections import given_back_at_once
from workspace.operations import services as operations
from workspace.spend import budgets, letters
from workspace.spend.budgets import Standing
from workspace.spend.models import Crossing

WARNING, ALL = 80, 100  # per cent
APART_SECONDS = 2.0

_turn = threading.Lock()
_looked_at = float("-inf")


@given_back_at_once
def look_lately() -> None:
    """Unless this process has just done so."""
    global _looked_at
    with _turn:
        if time.monotonic() - _looked_at < APART_SECONDS:
            return
        _looked_at = time.monotonic()
    look()


def look() -> None:
    """Of two looks at a time one finds that the other has written the row, and says nothing."""
    standings = budgets.standings()
    for standing in standings:
        with transaction.atomic():
            _see(standing)
    for provider in budgets.used_up().keys() - {standing.budget.provider for standing in standings}:
        operations.end_pause_for_the_month(provider)  # its budget was taken away


def _see(standing: Standing) -> None:
    crossed = {"budget": standing.budget, "month": budgets.month()}
    if standing.percent < ALL and operations.end_pause_for_the_month(standing.budget.provider):
        Crossing.objects.filter(**crossed, percent=ALL).delete()
    for percent in (WARNING, ALL):
        if standing.percent >= percent and Crossing.objects.get_or_create(**crossed, percent=percent)[1]:
            _crossed(standing, percent)


def _crossed(standing: Standing, percent: int) -> None:
    if percent == ALL:
        operations.pause_for_the_month(standing.budget.provider, budgets.next_month())
    if percent == ALL or standing.percent < ALL:  # of both at once only the worse is told
        letters.tell(standing, used_up=percent == ALL)
