"""What a person has spent this month, by provider and model."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from workspace.comparisons import keys
from workspace.credits.models import Account

A_DAY = 86_400  # seconds
SPEND = """
SELECT coalesce(nullif(g.answered_by, ''), g.model), max(coalesce(nullif(g.answered_label, ''), g.model_label)),
       sum(-(e.amount + e.held))::bigint, bool_or(g.simulated)
FROM credits_entry e JOIN comparisons_generation g ON g.id = e.generation
WHERE e.account_id = %(account)s AND e.created >= %(since)s AND e.kind IN ('capture', 'refund')
GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Model:
    label: str
    credits: int
    simulated: bool


@dataclass(frozen=True, slots=True)
class Provider:
    """Credits spent at one provider; ``bar`` and ``percent`` are shares of the dearest and of all (0 to 100)."""

    label: str
    credits: int
    bar: int
    percent: int
    models: tuple[Model, ...]


@dataclass(frozen=True, slots=True)
class Spend:
    """``total`` is what the month's lines add up to; a refund of an earlier month makes it less than its ``providers``."""

    month: datetime
    total: int
    providers: tuple[Provider, ...]


def this_month(account: Account, newest: int) -> Spend:
    """Dearest first. Added up once for each ``newest`` entry of the account: it can only change with another one."""
    month = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    key = f"spend:{account.pk}:{month:%Y-%m}:{newest}"
    rows = cache.get(key)
    if rows is None:
        rows = _rows(account, month)
        cache.set(key, rows, A_DAY)
    return _spend(month, rows)


def _rows(account: Account, month: datetime) -> list[tuple[str, str, int, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(SPEND, {"account": account.pk, "since": month})
        return cursor.fetchall()


def _spend(month: datetime, rows: list[tuple[str, str, int, bool]]) -> Spend:
    models = defaultdict(list)
    for model, label, credits, simulated in rows:
        if credits > 0:
            models[model.partition("/")[0]].append(Model(label, credits, simulated))
    sums = {key: sum(model.credits for model in found) for key, found in models.items()}
    spent, most = sum(sums.values()), max(sums.values(), default=1)
    providers = tuple(
        Provider(
            label=keys.provider_label(key),
            credits=credits,
            bar=round(100 * credits / most),
            percent=round(100 * credits / spent),
            models=tuple(sorted(models[key], key=lambda model: -model.credits)),
        )
        for key, credits in sorted(sums.items(), key=lambda item: -item[1])
    )
    return Spend(month, sum(row[2] for row in rows), providers)
