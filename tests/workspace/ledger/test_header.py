"""The top of every page: balance and HD images, told by streams, else asked for, and only when they have changed."""

from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone

from tests.workspace.comparisons.conftest import FLARE
from tests.workspace.ledger.test_live import following
from workspace.accounts.models import Override, Plan, User
from workspace.comparisons import allowances, events, selectors
from workspace.comparisons import services as runs
from workspace.credits.hd import services as hd

__all__ = ["following"]
pytestmark = pytest.mark.django_db


def left(user) -> tuple[int, int] | None:
    found = selectors.money(user.pk).hd_left
    return (found.images, found.most) if found else None


def plan(**changes) -> None:
    Plan.objects.filter(is_default=True).update(**changes)


def override(user, until=timedelta(days=1), **changes) -> None:
    Override.objects.create(user=user, changes=changes, until=timezone.now() + until, reason="A campaign", by=user)


@pytest.mark.parametrize(
    ("limits", "other", "expected"),
    [
        ({}, {}, None),
        ({"hd_per_month": 20}, {}, (19, 20)),
        ({"hd_per_month": 20, "hd_per_day": 2}, {}, (1, 2)),
        ({"hd_per_month": 20}, {"hd_per_month": 30}, (29, 30)),
        ({"hd_per_month": 20}, {"hd_per_month": None}, None),
        ({"hd_per_month": 20, "hd_per_day": 2}, {"hd_per_day": None}, (19, 20)),
        ({}, {"hd_per_day": 3}, (2, 3)),
        ({"hd_per_month": 20, "dearest_quality": "standard"}, {}, None),
        ({"hd_per_month": 20, "dearest_quality": "standard"}, {"dearest_quality": "hd"}, (19, 20)),
        ({"hd_per_month": 20}, {"until": timedelta(days=-1), "hd_per_month": 30}, (19, 20)),
    ],
)
def test_one_statement_says_what_the_terms_say(owner, run, limits, other, expected):
    run(models=(FLARE,), quality="hd")
    plan(**limits)
    if other:
        override(owner, **other)
    assert left(owner) == expected
    found = allowances.hd_left(User.objects.get(pk=owner.pk))
    assert ((found.images, found.most) if found else None) == expected


def test_a_run_s_events_tell_hd_beside_the_balance(owner, run):
    plan(hd_per_month=20)
    frame = run(models=(FLARE,), quality="hd").generations.get()
    runs.cancel(frame)
    sums, money = selectors.sums(frame.comparison)
    [(name, html)] = [event for event in events.of_run(sums, money) if event[0] == events.BALANCE]
    assert name == "balance"
    assert 'id="hd_left" hx-swap-oob="true"' in html
    assert "HD <b>20</b> of 20 left" in html


@pytest.mark.django_db(transaction=True)
async def test_an_open_credits_page_hears_of_hd_alone(owner, staff, following):
    await Plan.objects.filter(is_default=True).aupdate(hd_per_month=20)
    assert "HD <b>20</b> of 20 left" in await following()
    facts = {"day": timezone.localdate(), "reason": "A campaign in spring", "key": "form", "actor": staff}
    await sync_to_async(hd.adjust)(owner, 3, **facts)
    said = await following()
    for words in ("HD <b>23</b> of 23 left", "A campaign in spring", "0 of 23 HD images used this month"):
        assert words in said


def test_what_is_shown_already_is_no_answer(signed_in, owner):
    plan(hd_per_month=20)
    assert signed_in.get("/credits/balance/?seen=250.0.20.20").status_code == 204
    answer = signed_in.get("/credits/balance/?seen=250.0.19.20").content.decode()
    assert 'id="balance"' in answer
    assert "seen=250.0.20.20" in answer
    assert "HD <b>20</b> of 20 left" in answer


def test_a_question_that_changes_nothing_asks_the_database_little(signed_in, owner, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):  # the session, the person, the money
        assert signed_in.get("/credits/balance/?seen=250.0").status_code == 204


@pytest.mark.parametrize("address", ["/", "/history/", "/credits/"])
def test_every_page_says_what_it_shows(signed_in, owner, address):
    plan(hd_per_month=20)
    assert "/credits/balance/?seen=250.0.20.20" in signed_in.get(address).content.decode()
