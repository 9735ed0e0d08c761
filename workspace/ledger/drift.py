"""How far what we expected to pay is from what providers said they took."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, F, Sum

from workspace.comparisons.models import Attempt, Generation


@dataclass(frozen=True, slots=True)
class Drift:
    """One model's pictures: USD expected and USD real, of those whose answer told its price."""

    model: str
    label: str
    simulated: bool
    pictures: int
    expected: Decimal
    real: Decimal

    @property
    def percent(self) -> float | None:
        return percent(self.expected, self.real)


def percent(expected: Decimal, real: Decimal) -> float | None:
    """How much dearer it was than expected, below zero if it was cheaper; None where nothing was expected."""
    return float(100 * (real - expected) / expected) if expected else None


def since(moment: datetime) -> list[Drift]:
    """By model, the one that costs most first. A picture that another model drew says nothing of the estimate."""
    drawn = Generation.objects.filter(
        attempts__claimed_at__gte=moment,
        attempts__state=Attempt.State.SUCCEEDED,
        attempts__round=F("round"),
        answered_by=F("model"),
        cost_usd__isnull=False,
    )
    sums = drawn.values("model", "simulated").annotate(
        label=F("model_label"), pictures=Count("pk"), expected=Sum("estimate_usd"), real=Sum("cost_usd")
    )
    return [Drift(**row) for row in sums.order_by("simulated", "-real", "model")]
