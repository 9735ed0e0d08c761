"""Reads of the ledger."""

import pytest

from workspace.credits import selectors, services

pytestmark = pytest.mark.django_db


@pytest.fixture
def ten_grants(owner) -> None:
    for number in range(10):
        services.grant(owner, 1, reason=f"Grant {number}", key=f"grant:{number}")


def test_it_is_newest_first(owner, ten_grants):
    assert [entry.balance_after for entry in selectors.statement(owner)] == list(range(260, 249, -1))


def test_pages_join_without_a_gap_or_a_repeat(owner, ten_grants):
    pages, place = [], None
    while page := selectors.statement(owner, older_than=place, limit=4):
        pages.append([entry.balance_after for entry in page])
        place = page[-1].created, page[-1].id
    assert pages == [[260, 259, 258, 257], [256, 255, 254, 253], [252, 251, 250]]


def test_it_is_ones_own(owner, stranger, ten_grants):
    assert [entry.reason for entry in selectors.statement(stranger)] == ["Starting credits"]


def test_open_holds_are_what_is_not_settled_of_each_run(owner, account):
    for run in (1, 2, 3):
        services.hold(owner, 10, key=f"form {run}", comparison=run, reason=f"Run {run}")
    services.release(7, 1, account=account.pk, held=4, comparison=2, reason="failed")
    services.release(8, 1, account=account.pk, held=10, comparison=3, reason="failed")
    assert [(row["comparison"], row["open"]) for row in selectors.open_holds()] == [(1, 10), (2, 6)]
    assert selectors.held(owner) == 16
