"""Figures from rows made by hand, and the same whether they are counted afresh or gathered before."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.workspace.spend.conftest import BFL, NOON, OPENAI, picture
from workspace.comparisons.models import Attempt, Generation
from workspace.credits.models import Entry
from workspace.spend import figures, gathering
from workspace.spend.figures import Figures, Spend
from workspace.spend.models import Gathered, Tally

DAY = NOON.date()
pytestmark = pytest.mark.django_db


@pytest.fixture(params=["counted afresh", "gathered before", "one gathered, the others not"])
def found(request):
    """What the 20th of November cost, real and simulated."""

    def between() -> tuple[Spend, Spend]:
        if request.param == "gathered before":
            gathering.gather()
        if request.param == "one gathered, the others not":
            first = Attempt.objects.order_by("pk").first()
            Attempt.objects.filter(pk=first.pk).update(claimed_at=NOON - timedelta(hours=1))
            with stopped_at(NOON):
                gathering.gather()
        return figures.between(DAY, DAY)

    return between


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Gathering goes no further than a call that is under way; here is one."""
    anybody = Generation.objects.first()
    facts = {"generation": anybody, "round": 9, "number": 9, "model": OPENAI, "worker": uuid.uuid4(), "claimed_at": moment}
    under_way = Attempt.objects.create(**facts)
    yield
    under_way.delete()


def test_a_call_is_what_its_provider_told_else_its_estimate(call, found):
    call(told="0.12")
    call()
    total = found()[0].total
    assert total == Figures(2, 2, Decimal("0.12"), Decimal("0.10"), Decimal("0.10"), credits=20)
    assert (total.spent, total.for_pictures, total.for_nothing) == (Decimal("0.22"), Decimal("0.22"), 0)


def test_what_bought_no_picture_is_told_apart(call, found):
    call(error="timed_out", billed=True)
    call(error="refused", billed=True)
    call(error="cancelled", billed=True)
    call(error="cancelled", billed=True, started_at=None)
    call(error="provider_down")
    call(error="paused")
    call(told="0.30", state="failed", cost=0)
    total = found()[0].total
    assert (total.calls, total.pictures, total.credits) == (6, 0, 0)
    assert (total.failed_usd, total.refused_usd, total.cancelled_usd) == (Decimal("0.40"), Decimal("0.10"), Decimal("0.10"))
    assert (total.spent, total.for_pictures) == (Decimal("0.60"), 0)


def test_the_simulator_is_kept_apart(call, found):
    call(told="0.12")
    call(told="7", simulated=True)
    call(error="timed_out", billed=True, simulated=True)
    real, played = found()
    assert (real.total.spent, played.total.spent) == (Decimal("0.12"), Decimal("7.10"))


def test_every_table_adds_up_to_the_same(call, found, stranger, owner):
    call(told="1")
    call(BFL, told="2", person=stranger)
    call("bfl/flux-2-klein-4b", told="4")
    real = found()[0]
    assert {key: each.spent for key, each in real.providers.items()} == {"openai": 1, "bfl": 6}
    assert {key: each.spent for key, each in real.people.items()} == {owner.pk: 5, stranger.pk: 2}
    assert {sum(each.spent for each in by.values()) for by in (real.days, real.models, real.people, real.providers)} == {7}


def test_an_earlier_round_counts_as_estimated(call, found):
    """Its price is not known any more: the frame has that of its last round."""
    first = call(told="0.50")
    again = {"generation": first.generation, "round": 2, "number": 1, "model": OPENAI, "worker": first.worker}
    Attempt.objects.create(**again, state="succeeded", claimed_at=NOON)
    Generation.objects.update(round=2)
    total = found()[0].total
    assert (total.told_usd, total.estimated_usd, total.failed_usd) == (Decimal("0.50"), Decimal("0.10"), Decimal("0.10"))


def test_other_days_are_left_out(call):
    call(at=NOON - timedelta(days=1))
    call(at=NOON + timedelta(days=1))
    assert figures.between(DAY, DAY)[0].total == Figures()
    assert list(figures.between(DAY, DAY + timedelta(days=1))[0].days) == [date(2026, 11, 21)]


def test_credits_that_came_back_are_not_sold(call, owner):
    frame = call(told="0.04").generation
    facts = {"account": owner.credits, "comparison": frame.comparison_id, "generation": frame.pk, "round": 1, "reason": "Late"}
    taken = Entry.objects.create(**facts, kind="capture", amount=0, held=-10, key="taken", created=NOON)
    facts |= {"kind": "refund", "refers_to": taken, "created": NOON}
    Entry.objects.create(**facts, amount=4, balance_after=254, key="one")
    Entry.objects.create(**facts, amount=3, balance_after=257, key="two")
    real = figures.between(DAY, DAY)[0]
    assert (real.total.credits, real.refunded, real.sold) == (10, 7, 3)
    assert (real.sold_usd, real.left_over) == (Decimal("0.03"), Decimal("-0.01"))


def test_gathering_twice_counts_once(call):
    call()
    for _ in range(2):
        gathering.gather()
    assert figures.between(DAY, DAY)[0].total.calls == 1


def test_what_comes_later_is_added(call):
    call()
    gathering.gather()
    call(at=timezone.now() - timedelta(hours=1))
    Gathered.objects.update(until=timezone.now() - timedelta(hours=2))
    gathering.gather()
    today = timezone.localdate()
    assert sum(row.calls for row in Tally.objects.all()) == 2
    assert figures.between(min(DAY, today), max(DAY, today))[0].total.calls == 2


def test_a_call_under_way_is_waited_for(call):
    late = call(at=NOON, open=True)
    call(at=NOON + timedelta(minutes=1))
    gathering.gather()
    assert not Tally.objects.exists()
    Generation.objects.filter(pk=late.generation_id).update(state="done", image=picture(), cost=10)
    Attempt.objects.filter(pk=late.pk).update(state="succeeded")
    gathering.gather()
    assert Tally.objects.get().calls == 2


def test_a_long_past_is_gathered_in_steps(call):
    for weeks in range(5):
        call(at=NOON - timedelta(weeks=weeks * 2))
    gathering.gather()
    assert Tally.objects.count() == 5


def test_what_was_just_asked_is_not_gathered_yet_and_counts_all_the_same(call):
    call(at=timezone.now() - timedelta(seconds=5))
    gathering.gather()
    assert not Tally.objects.exists()
    today = timezone.localdate()
    assert figures.between(today - timedelta(days=1), today)[0].total.calls == 1
