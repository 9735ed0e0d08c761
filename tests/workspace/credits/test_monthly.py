"""The month begins once for each account, whatever happens to clocks and processes."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workspace.accounts.models import Plan, User
from workspace.credits import audit, monthly, selectors, services
from workspace.credits.models import Account, Entry

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER, DECEMBER, JANUARY = date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 1), date(2027, 1, 1)


@pytest.fixture(autouse=True)
def came_in_october(owner):
    User.objects.update(date_joined=datetime(2026, 10, 31, 23, 59, tzinfo=ZoneInfo("UTC")))


@pytest.fixture
def plan(owner) -> Plan:
    plan = Plan.objects.create(name="Studio", monthly_credits=450, carry_over=100)
    User.objects.filter(pk=owner.pk).update(plan=plan)
    return plan


def kinds(user) -> list[tuple[str, int]]:
    entries = Entry.objects.filter(account__user=user, kind__in=["grant", "expiry"]).order_by("id")
    return [(entry.kind, entry.amount) for entry in entries][1:]  # after the starting credits


def test_what_does_not_carry_over_expires_and_the_month_s_credits_arrive(owner, plan):
    monthly.begin(NOVEMBER)
    assert selectors.balance(owner) == 100 + 450
    assert kinds(owner) == [("expiry", -150), ("grant", 450)]
    assert [entry.reason for entry in selectors.statement(owner, limit=2)] == [
        "Credits of November 2026, plan Studio",
        "Not carried over into November 2026: the plan Studio keeps 100",
    ]


def test_the_plan_that_was_here_before_plans_changes_nothing(owner):
    monthly.begin(NOVEMBER)
    assert (selectors.balance(owner), kinds(owner)) == (250, [])


def test_whoever_is_new_starts_with_the_next_month(owner, plan):
    assert monthly.begin(OCTOBER) == 0
    assert monthly.begin(NOVEMBER) == 1


def test_it_happens_once_a_month(owner, plan):
    assert [monthly.begin(day) for day in (NOVEMBER, NOVEMBER, DECEMBER, DECEMBER)] == [1, 0, 1, 0]


def test_a_clock_that_goes_back_gives_nothing_twice(owner, plan):
    assert [monthly.begin(day) for day in (NOVEMBER, DECEMBER, NOVEMBER, DECEMBER)] == [1, 1, 0, 0]


def test_a_clock_that_ran_ahead_takes_no_later_month_away(owner, plan):
    """January came early; December still comes, and January does not come again."""
    assert [monthly.begin(day) for day in (JANUARY, DECEMBER, JANUARY)] == [1, 0, 0]
    assert [monthly.begin(day) for day in (date(2030, 5, 1), date(2027, 2, 1), date(2027, 3, 1))] == [1, 1, 1]


def test_a_machine_that_slept_through_a_month_gives_the_present_one_alone(owner, plan):
    monthly.begin(NOVEMBER)
    monthly.begin(JANUARY)
    assert [amount for kind, amount in kinds(owner) if kind == "grant"] == [450, 450]


def test_who_changes_plan_during_a_month_has_the_new_one_s_credits_in_the_next(owner, plan):
    monthly.begin(NOVEMBER)
    User.objects.update(plan=Plan.objects.create(name="Small", monthly_credits=10, carry_over=0))
    monthly.begin(NOVEMBER)
    assert selectors.balance(owner) == 550
    monthly.begin(DECEMBER)
    assert selectors.balance(owner) == 10


def test_held_credits_do_not_expire(owner, plan):
    Plan.objects.update(carry_over=0)
    hold = services.hold(owner, 200, key="form", comparison=1, reason="Run")
    monthly.begin(NOVEMBER)
    services.release(1, 1, account=hold.account, held=200, comparison=1, reason="failed")
    assert selectors.balance(owner) == 450 + 200


def test_nobody_who_is_switched_off_gets_any(owner, plan):
    User.objects.update(is_active=False)
    assert monthly.begin(NOVEMBER) == 0


def test_a_crash_between_the_two_leaves_none_of_them(owner, plan, monkeypatch):
    def crash(*_, **__):
        raise RuntimeError("the machine is gone")

    with monkeypatch.context() as broken:
        broken.setattr(monthly.credits, "grant", crash)
        assert monthly.begin(NOVEMBER) == 0
    assert kinds(owner) == []
    assert monthly.begin(NOVEMBER) == 1
    assert selectors.balance(owner) == 550


@pytest.mark.django_db(transaction=True)
def test_ten_clocks_at_once_give_it_once(owner, plan, at_once):
    assert sum(at_once(10, lambda _: monthly.begin(NOVEMBER))) == 1
    assert selectors.balance(owner) == 550
    assert list(audit.disagreements()) == []


@settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
@given(days=st.lists(st.dates(date(2026, 11, 1), date(2027, 3, 31)), max_size=12))
def test_whatever_the_clock_does_no_month_comes_twice(db, days):
    person = User.objects.create_user(f"{len(User.objects.all())}-{Entry.objects.count()}@example.com")
    User.objects.filter(pk=person.pk).update(
        date_joined=datetime(2026, 10, 1, tzinfo=ZoneInfo("UTC")),
        plan=Plan.objects.get_or_create(name="Ten", defaults={"monthly_credits": 10, "carry_over": 5})[0],
    )
    for day in days:
        monthly.begin(day)
    account = Account.objects.get(user=person)
    granted = Entry.objects.filter(account=account, key__startswith="monthly:").count()
    assert granted <= len({(day.year, day.month) for day in days})
    assert granted >= bool(days)
    assert list(audit.disagreements()) == []
