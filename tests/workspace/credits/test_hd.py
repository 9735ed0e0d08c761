"""The allowance of HD images: taken with the hold, given back with the settlement, never more than there is."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from workspace.accounts.terms import Terms
from workspace.credits import audit, services
from workspace.credits.errors import HdUsedUp
from workspace.credits.hd import selectors, statements
from workspace.credits.hd import services as hd
from workspace.credits.hd.models import HdEntry

pytestmark = pytest.mark.django_db
NOVEMBER, LAST, DECEMBER = date(2026, 11, 22), date(2026, 11, 30), date(2026, 12, 1)
TWO_A_MONTH = Terms(hd_per_month=2)


def take(user, *frames, terms=TWO_A_MONTH, day=NOVEMBER, round=1):
    hd.take(user, [(frame, round) for frame in frames], terms=terms, day=day, reason="Run 1")


def left(user, terms=TWO_A_MONTH, day=NOVEMBER):
    return selectors.left(user.credits.pk, terms, day).images


def test_a_month_has_as_many_as_the_plan_says(owner):
    take(owner, 1, 2)
    with pytest.raises(HdUsedUp) as refused:
        take(owner, 3)
    assert refused.value.public == "HD is used up until 1 December."
    take(owner, 3, day=DECEMBER)
    assert (left(owner), left(owner, day=DECEMBER)) == (0, 1)


def test_a_run_gets_all_or_none(owner):
    take(owner, 1)
    with pytest.raises(HdUsedUp) as refused:
        take(owner, 2, 3)
    assert refused.value.public == "Only 1 HD image is left until 1 December."
    assert left(owner) == 1


def test_a_day_has_a_limit_of_its_own(owner):
    terms = Terms(hd_per_day=1, hd_per_month=20)
    take(owner, 1, terms=terms)
    found = selectors.left(owner.credits.pk, terms, NOVEMBER)
    assert (found.images, found.most, found.again, found.by_day) == (0, 1, date(2026, 11, 23), True)
    assert selectors.left(owner.credits.pk, terms, LAST).by_day


def test_without_a_limit_uses_are_counted_all_the_same(owner):
    take(owner, *range(1, 60), terms=Terms())
    assert HdEntry.objects.filter(kind="use").count() == 59
    assert selectors.left(owner.credits.pk, Terms(), NOVEMBER) is None


def test_the_same_frame_takes_one_however_often_it_asks(owner):
    for _ in range(3):
        take(owner, 1, 2)
    assert left(owner) == 0


def test_an_image_comes_back_once(owner):
    take(owner, 1, 2)
    assert hd.give_back(1, 1, "no picture") is True
    assert hd.give_back(1, 1, "no picture") is False
    assert left(owner) == 1


def test_what_took_none_gives_none_back(owner):
    assert hd.give_back(7, 1, "no picture") is False
    assert left(owner) == 2


def test_what_comes_back_in_december_was_november_s(owner):
    take(owner, 1, 2, day=LAST)
    hd.give_back(1, 1, "no picture")
    assert (left(owner, day=LAST), left(owner, day=DECEMBER)) == (1, 2)


def test_a_clock_that_goes_back_opens_no_day_anew(owner):
    take(owner, 1, 2)
    take(owner, 3, day=DECEMBER)
    assert left(owner) == 0


def test_an_admin_adds_to_a_month_once(owner, staff):
    adjust = {"day": NOVEMBER, "reason": "A campaign", "key": "form", "actor": staff}
    assert hd.adjust(owner, 3, **adjust) is True
    assert hd.adjust(owner, 3, **adjust) is False
    found = selectors.left(owner.credits.pk, TWO_A_MONTH, NOVEMBER)
    assert (found.images, found.most) == (5, 5)


def test_a_smaller_plan_leaves_none_and_not_fewer(owner):
    take(owner, 1, 2)
    assert left(owner, Terms(hd_per_month=1)) == 0


@pytest.mark.parametrize("change", ["UPDATE credits_hdentry SET amount = 5", "DELETE FROM credits_hdentry"])
def test_entries_never_change(owner, change):
    take(owner, 1)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize(
    "facts", [{"kind": "use", "amount": 3}, {"kind": "return", "amount": -1}, {"kind": "adjustment", "amount": 4}]
)
def test_the_database_knows_what_an_entry_looks_like(owner, facts):
    with pytest.raises(IntegrityError, match="hd_entry_has_the_shape_of_its_kind"), transaction.atomic():
        HdEntry.objects.create(account=owner.credits, day=NOVEMBER, key="by hand", reason="by hand", **facts)


@pytest.mark.parametrize(
    ("day", "first", "following"),
    [
        (date(2026, 12, 31), date(2026, 12, 1), date(2027, 1, 1)),
        (date(2028, 2, 29), date(2028, 2, 1), date(2028, 3, 1)),
        (date(2027, 1, 1), date(2027, 1, 1), date(2027, 2, 1)),
    ],
)
def test_months_begin_on_the_first(day, first, following):
    assert statements.month_of(day) == (first, following)


@pytest.mark.django_db(transaction=True)
def test_twenty_tabs_share_what_is_left(owner, at_once):
    """Each takes two frames with its hold; of seven images three runs get two each."""

    def start(number):
        frames = (2 * number, 2 * number + 1)
        try:
            with transaction.atomic():
                take(owner, *frames, terms=Terms(hd_per_month=7))
                services.hold(owner, 4, key=f"run:{number}", comparison=number, reason="Run")
        except HdUsedUp:
            return False
        return True

    assert at_once(20, start).count(True) == 3
    assert left(owner, Terms(hd_per_month=7)) == 1


@pytest.mark.django_db(transaction=True)
def test_one_image_is_given_back_once_by_everybody_at_once(owner, at_once):
    take(owner, 1, 2)
    assert at_once(10, lambda _: hd.give_back(1, 1, "no picture")).count(True) == 1
    assert left(owner) == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_starts_and_whoever_settles_wait_for_each_other_and_not_for_ever(owner, at_once):
    """A start locks the account, then holds; a settlement does both at once. In another order they would deadlock."""
    hold = services.hold(owner, 40, key="first", comparison=1, reason="Run")

    def move(number):
        if number % 2:
            return services.release(number, 1, account=hold.account, held=2, comparison=1, reason="failed")
        with transaction.atomic():
            services.lock(owner)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(0.05)")
            return services.hold(owner, 1, key=f"run:{number}", comparison=number + 2, reason="Run").fresh

    assert all(at_once(20, move))
    assert list(audit.disagreements()) == []


def test_the_audit_finds_an_image_that_leaked(owner):
    hold = services.hold(owner, 4, key="form", comparison=1, reason="Run")
    take(owner, 7)
    services.release(7, 1, account=hold.account, held=4, comparison=1, reason="failed")
    assert list(audit.disagreements()) == [f"Account {hold.account}, generation 7, round 1: its HD image was not returned."]


def test_the_audit_finds_an_image_that_came_from_nowhere(owner):
    facts = {"account": owner.credits, "kind": "return", "amount": 1, "generation": 7, "round": 1}
    HdEntry.objects.create(day=NOVEMBER, key="by hand", reason="by hand", **facts)
    [sentence] = audit.disagreements()
    assert sentence.endswith("its HD image was returned and not taken.")
