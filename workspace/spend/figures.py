"""The figures of a stretch of days: tallies, and the calls of the last minutes beside them. Money is in USD."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Sum
from django.utils import timezone

from workspace.comparisons.models import Generation
from workspace.credits.models import OF_RUNS, Entry
from workspace.days import midnight
from workspace.spend import gathering
from workspace.spend.gathering import KEYS, SUMS, TALLIES

FACTS = f"""
SELECT {", ".join((*KEYS, *SUMS))} FROM spend_tally WHERE day BETWEEN %(first)s AND %(last)s
UNION ALL SELECT {", ".join((*KEYS, *SUMS))} FROM ({TALLIES}) fresh
"""  # noqa: S608 - nothing but constants of ours
BY_ALL = f"""
SELECT simulated, day, model, person, {", ".join(f"sum({name}) AS {name}" for name in SUMS)}
FROM ({FACTS}) facts GROUP BY GROUPING SETS ((simulated, day), (simulated, model), (simulated, person))
"""  # noqa: S608
BY_PROVIDER = f"""
SELECT split_part(model, '/', 1), sum(told_usd + estimated_usd) FROM ({FACTS}) facts WHERE NOT simulated GROUP BY 1
"""  # noqa: S608
# What is being asked, or is about to be, at the model that has the call; of no provider that the simulator plays.
UNDER_WAY = """
SELECT split_part(coalesce(a.model, g.model), '/', 1) AS provider, sum(g.estimate_usd)
FROM comparisons_generation g
LEFT JOIN comparisons_attempt a ON a.generation_id = g.id AND a.state IN ('claimed', 'submitted')
WHERE g.state IN ('queued', 'running') GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums as ``models.Tally`` has them."""

    calls: int = 0
    pictures: int = 0
    told_usd: Decimal = Decimal(0)
    estimated_usd: Decimal = Decimal(0)
    expected_usd: Decimal = Decimal(0)
    failed_usd: Decimal = Decimal(0)
    refused_usd: Decimal = Decimal(0)
    cancelled_usd: Decimal = Decimal(0)
    credits: int = 0

    @property
    def spent(self) -> Decimal:
        return self.told_usd + self.estimated_usd

    @property
    def for_nothing(self) -> Decimal:
        """What was paid, or may have been, without a picture."""
        return self.failed_usd + self.refused_usd + self.cancelled_usd

    @property
    def for_pictures(self) -> Decimal:
        return self.spent - self.for_nothing

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Figures)))


@dataclass(frozen=True, slots=True)
class Spend:
    """A stretch of days, either of real money or of what the simulator's pictures would have cost. ``refunded``: credits."""

    days: Mapping[date, Figures] = field(default_factory=dict)
    models: Mapping[str, Figures] = field(default_factory=dict)
    people: Mapping[int, Figures] = field(default_factory=dict)
    refunded: int = 0

    @property
    def total(self) -> Figures:
        return sum(self.days.values(), Figures())

    @property
    def providers(self) -> dict[str, Figures]:
        sums: dict[str, Figures] = defaultdict(Figures)
        for model, figures in self.models.items():
            sums[model.partition("/")[0]] += figures
        return dict(sums)

    @property
    def sold(self) -> int:
        """Credits that were taken and have not come back."""
        return self.total.credits - self.refunded

    @property
    def sold_usd(self) -> Decimal:
        return Decimal(self.sold) / settings.CREDITS_PER_USD

    @property
    def left_over(self) -> Decimal:
        return self.sold_usd - self.total.spent


def between(first: date, last: date) -> tuple[Spend, Spend]:
    """Both days included: what was real, and what the simulator played."""
    groups: dict[tuple[bool, str], dict[Any, Figures]] = defaultdict(dict)
    for simulated, day, model, person, *sums in _rows(BY_ALL, first, last):
        by, key = next((by, key) for by, key in (("days", day), ("models", model), ("people", person)) if key is not None)
        groups[simulated, by][key] = Figures(*sums)
    refunds = _refunds(first, last)
    real, played = (
        Spend(*(groups[simulated, by] for by in ("days", "models", "people")), refunds.get(simulated, 0))
        for simulated in (False, True)
    )
    return real, played


def spent_since(first: date) -> dict[str, Decimal]:
    """USD of real money by provider, up to now."""
    return dict(_rows(BY_PROVIDER, first, timezone.localdate()))


def under_way(simulated: Iterable[str]) -> dict[str, Decimal]:
    """USD by provider, as estimated, of frames that wait or are being drawn; of none that are ``simulated``."""
    with connection.cursor() as cursor:
        cursor.execute(UNDER_WAY)
        return {provider: usd for provider, usd in cursor.fetchall() if provider not in set(simulated)}


def _rows(sql: str, first: date, last: date) -> list[tuple[Any, ...]]:
    with transaction.atomic():
        since = max(gathering.gathered(), midnight(first))
        stretch = {"first": first, "last": last, "since": since, "until": midnight(last + timedelta(days=1))}
        with connection.cursor() as cursor:
            cursor.execute(sql, stretch | {"zone": settings.TIME_ZONE})
            return cursor.fetchall()


def _refunds(first: date, last: date) -> dict[bool, int]:
    """Credits that came back later, by whether the picture was simulated; ``exclude`` is the condition of an index."""
    found = Entry.objects.exclude(kind__in=OF_RUNS).filter(
        kind="refund", created__gte=midnight(first), created__lt=midnight(last + timedelta(days=1))
    )
    played = Exists(Generation.objects.filter(pk=OuterRef("generation"), simulated=True))
    return dict(found.annotate(played=played).values_list("played").annotate(total=Sum("amount")).order_by())
