"""What was expected against what was billed, by model."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.workspace.comparisons.conftest import FLARE, V2A
from workspace.comparisons.models import Attempt, Generation
from workspace.ledger import drift

pytestmark = pytest.mark.django_db


@pytest.fixture
def billed(run):
    """Frames of one run, each answered for this many USD at an estimate of one."""

    def answer(*bills: str | None, days_ago: int = 0, **changes) -> None:
        comparison = run(models=(FLARE, V2A))
        at = timezone.now() - timedelta(days=days_ago)
        for frame, bill in zip(comparison.generations.order_by("position"), bills, strict=False):
            facts = {"estimate_usd": 1, "cost_usd": bill and Decimal(bill), "answered_by": frame.model}
            Generation.objects.filter(pk=frame.pk).update(**facts | changes)
            attempt = Attempt.objects.create(
                generation=frame,
                round=1,
                number=1,
                model=frame.model,
                state="succeeded",
                worker="0d1f2a50-0000-4000-8000-000000000001",
            )
            Attempt.objects.filter(pk=attempt.pk).update(claimed_at=at)

    return answer


def found() -> list[tuple[str, int, Decimal, float | None]]:
    return [(each.model, each.pictures, each.real, each.percent) for each in drift.since(timezone.now() - timedelta(days=30))]


def test_each_model_has_its_sums(billed):
    billed("1.5", "0.5")
    billed("1.5")
    assert found() == [(FLARE, 2, Decimal(3), 50.0), (V2A, 1, Decimal("0.5"), -50.0)]


def test_what_tells_nothing_of_the_estimate_is_left_out(billed):
    billed(None, "1", answered_by="somebody/else")
    billed("1", days_ago=31)
    assert found() == []


def test_nothing_expected_is_no_percent(billed):
    billed("1", estimate_usd=0)
    assert found() == [(FLARE, 1, Decimal(1), None)]


def test_the_simulator_is_told_apart_on_the_page(billed, staff):
    billed("1.5", simulated=True)
    client = Client()
    client.force_login(staff)
    page = client.get(reverse("prices")).content.decode()
    assert "+50.0%" in page
    assert "Simulated" in page
