"""Medians of thirty days: from enough answers of the right kind, kept for every process, used by chips, order and estimate."""

import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from routing.measured import ENOUGH
from tests.workspace.comparisons.conftest import V1, V2A, form
from workspace.comparisons import compose, drafts, measuring
from workspace.comparisons.models import Attempt, Generation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_known():
    cache.delete(measuring.KEY)
    measuring.forget()
    yield
    cache.delete(measuring.KEY)
    measuring.forget()


@pytest.fixture
def answered(run):
    """So many answers of a model at standard quality, each after so many seconds, so many days ago."""

    def answer(model, seconds, *, times=ENOUGH, days=1, simulated=True, answered_by=None, state="succeeded"):
        (frame,) = run(models=(model,)).generations.all()
        Generation.objects.filter(pk=frame.pk).update(simulated=simulated)
        at = timezone.now() - timedelta(days=days)
        Attempt.objects.bulk_create(
            Attempt(
                generation=frame,
                round=frame.round,
                number=number,
                model=answered_by or model,
                state=state,
                worker=uuid.uuid4(),
                claimed_at=at,
                ended_at=at + timedelta(seconds=seconds),
            )
            for number in range(1, times + 1)
        )

    return answer


def gathered():
    found = measuring.gather()
    measuring.forget()
    return found


def test_the_median_of_enough_answers_counts(answered):
    answered(V2A, 9.0)
    answered(V2A, 11.0)
    answered(V2A, 300.0, times=1)
    assert gathered() == {V2A: {"standard": 11.0}}
    assert measuring.measured()[V2A].seconds == {"standard": 11.0}


@pytest.mark.parametrize(
    "other",
    [
        {"times": ENOUGH - 1},
        {"days": 31},
        {"simulated": False},  # the simulator plays it now
        {"answered_by": V1},  # a fallback of another model, whose quality nobody asked for
        {"state": "failed"},
    ],
)
def test_what_does_not_count(answered, other):
    answered(V2A, 9.0, **other)
    assert gathered() == {}


def test_chips_order_and_estimate_go_by_it(answered):
    draft = drafts.read(form("A cat on a wall", models=(), intent="auto"))
    before = compose.plan(draft)
    quickest = before.routes[0].model.id
    answered(quickest, 44.0)
    gathered()
    after = compose.plan(draft)
    assert quickest not in [route.model.id for route in after.routes]
    chips = {chip.id: chip.seconds for chip in compose.rail(draft, after, 250).chips}
    assert chips[quickest] == "44 s"
    ticked = compose.plan(drafts.read(form(models=(quickest,))))
    assert ticked.expected_seconds == pytest.approx(44.0)


def test_it_is_read_once_a_minute(answered, django_assert_num_queries):
    answered(V2A, 9.0)
    gathered()
    assert V2A in measuring.measured()
    cache.delete(measuring.KEY)
    with django_assert_num_queries(0):
        assert V2A in measuring.measured()


def test_without_a_cache_everything_is_as_the_catalogue_expects(settings, monkeypatch):
    class Away:
        def get(self, key):
            raise ConnectionError

    monkeypatch.setattr(measuring, "cache", Away())
    assert measuring.measured() == {}
