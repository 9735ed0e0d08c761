"""The month begins: what does not carry over expires, then the plan's credits arrive. Once for each account and month.

``Account.month`` is the last month that has begun for an account. It moves in the transaction of its entries, under the account's
lock, and their keys name account and month; so a crash leaves all of it or none, and two clocks at once do it once. Which day it
is, the database says: the one clock that all processes share.
"""

import logging
from collections.abc import Iterator
from datetime import date

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from workspace.accounts import terms
from workspace.credits import services as credits
from workspace.credits.hd.statements import month_of
from workspace.credits.models import Account

logger = logging.getLogger(__name__)
BATCH = 500


def begin(today: date | None = None) -> int:
    """Begin the month for every account for which it has not begun; how many had something to give or take. Safe to repeat."""
    month = month_of(today or database_day())[0]
    moved = 0
    for account in _each(_due(month)):
        try:
            moved += _begin_for(account, month)
        except Exception:  # one that cannot be settled must not keep the others from theirs
            logger.exception("account %s: its month could not begin", account)
    return moved


def database_day() -> date:
    """Today by the database's clock, in the installation's time zone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_date")
        return cursor.fetchone()[0]


def _due(month: date) -> QuerySet[Account]:
    """Accounts of people who are here, for whom another month was the last. Who comes during a month has begun it.

    When the month after this one has begun already, it is the clock that went back: this one was begun before.
    """
    following = month_of(month)[1]
    here = Account.objects.filter(Q(month=None) | ~Q(month__in=[month, following]), user__is_active=True)
    return here.filter(user__date_joined__date__lt=month)


def _each(due: QuerySet[Account]) -> Iterator[int]:
    """Their ids, a batch a query, so that nothing is held open while one after the other is done."""
    last = 0
    while batch := list(due.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield from batch
        last = batch[-1]


@transaction.atomic
def _begin_for(account_id: int, month: date) -> bool:
    account = credits.lock(Account.objects.select_related("user").get(pk=account_id).user)
    if not _due(month).filter(pk=account_id).exists():
        return False  # another clock was quicker
    mine, name = terms.of(account.user), f"{month:%Y-%m}"
    expired = 0
    if mine.carry_over is not None:
        reason = f"Not carried over into {month:%B %Y}: the plan {mine.plan} keeps {mine.carry_over or 'none'}"
        expired = credits.expire(account, keep=mine.carry_over, reason=reason, key=f"monthly-expiry:{account_id}:{name}")
    granted = False
    if mine.monthly_credits:
        reason = f"Credits of {month:%B %Y}, plan {mine.plan}"
        granted = credits.grant(account, mine.monthly_credits, reason=reason, key=f"monthly:{account_id}:{name}")
    Account.objects.filter(pk=account_id).update(month=month)
    return granted or bool(expired)
