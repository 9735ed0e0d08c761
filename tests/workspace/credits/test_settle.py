"""A share is settled once: captured, captured in part, or released."""

import pytest
from django.db import connection, transaction

from workspace.credits import selectors, services
from workspace.credits.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def share(owner) -> dict:
    """One frame's four credits of a run that holds 21."""
    held = services.hold(owner, 21, key="form", comparison=148, reason="Run 148")
    return {"account": held.account, "held": 4, "comparison": 148}


def settled() -> Entry:
    return Entry.objects.get(kind__in=["capture", "release"])


def test_a_capture_spends_what_was_held(owner, share):
    assert services.capture(7, 1, charged=4, reason="148-3 drawn", **share) is True
    assert (selectors.balance(owner), selectors.held(owner)) == (229, 17)
    entry = settled()
    assert (entry.kind, entry.amount, entry.held, entry.balance_after) == ("capture", 0, -4, None)


def account_row() -> tuple:
    """Where the row lies, who wrote it and who locked it last, as the database itself keeps it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid, xmin, xmax FROM credits_account")
        return cursor.fetchone()


def test_a_capture_in_full_neither_writes_nor_locks_the_account(share):
    before = account_row()
    services.capture(7, 1, charged=4, reason="148-3 drawn", **share)
    assert account_row() == before


def test_a_capture_in_part_gives_the_rest_back(owner, share):
    assert services.capture(7, 1, charged=1, reason="148-3 drawn by a cheaper model", **share) is True
    assert (selectors.balance(owner), selectors.held(owner)) == (232, 17)
    assert (settled().amount, settled().held, settled().balance_after) == (3, -4, 232)


def test_a_release_gives_all_of_it_back(owner, share):
    assert services.release(7, 1, reason="148-3 failed", **share) is True
    assert (selectors.balance(owner), selectors.held(owner)) == (233, 17)
    assert (settled().kind, settled().amount, settled().balance_after) == ("release", 4, 233)


def capture_in_full(share):
    return services.capture(7, 1, charged=4, reason="148-3 drawn", **share)


def capture_in_part(share):
    return services.capture(7, 1, charged=1, reason="148-3 drawn", **share)


def release(share):
    return services.release(7, 1, reason="148-3 failed", **share)


@pytest.mark.parametrize("second", [capture_in_full, capture_in_part, release])
@pytest.mark.parametrize("first", [capture_in_full, capture_in_part, release])
def test_only_the_first_settlement_counts(owner, share, first, second):
    assert first(share) is True
    after_the_first = selectors.balance(owner), selectors.held(owner)
    assert second(share) is False
    assert (selectors.balance(owner), selectors.held(owner)) == after_the_first


def test_the_next_round_of_a_frame_is_settled_on_its_own(owner, share):
    release(share)
    services.hold(owner, 4, key="retry", comparison=148, reason="148-3 again", generation=7, round=2)
    assert services.capture(7, 2, charged=4, reason="148-3 drawn", **share) is True
    assert (selectors.balance(owner), selectors.held(owner)) == (229, 17)


def test_an_aborted_settlement_can_be_done_again(owner, share):
    with transaction.atomic():
        release(share)
        transaction.set_rollback(True)
    assert selectors.balance(owner) == 229
    assert release(share) is True


def test_a_free_share_is_settled_too(owner, share):
    assert services.capture(7, 1, charged=0, reason="drawn", **{**share, "held": 0}) is True
    assert services.release(8, 1, reason="failed", **{**share, "held": 0}) is True
    assert (selectors.balance(owner), selectors.held(owner)) == (229, 21)


@pytest.mark.parametrize("charged", [-1, 5])
def test_no_more_is_charged_than_was_held(share, charged):
    with pytest.raises(ValueError, match="cannot be charged of the 4"):
        services.capture(7, 1, charged=charged, reason="148-3 drawn", **share)


def test_an_account_that_does_not_exist_is_a_loud_mistake(share):
    with pytest.raises(LookupError, match="There is no account 0"):
        services.release(7, 1, reason="148-3 failed", **{**share, "account": 0})
