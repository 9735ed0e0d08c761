"""A frame's credits come back: in the ledger, on the frame, and never more than it cost."""

import uuid

import pytest

from tests.workspace.ledger.conftest import REASON
from workspace.credits import audit, selectors
from workspace.credits.errors import RefundBeyondCapture
from workspace.credits.models import Entry
from workspace.ledger import refunding, statement
from workspace.ledger.errors import NothingToRefund, UnknownFrame
from workspace.ledger.places import Filters

pytestmark = pytest.mark.django_db


def refund(holder, by, name="1-1", amount=None, key=None) -> int:
    return refunding.refund(holder, name, amount, reason=REASON, key=key or uuid.uuid4(), by=by)


def test_all_it_cost_comes_back_and_the_frame_says_so(owner, manager, paid_frame):
    back = refund(owner, manager)
    entry = Entry.objects.get(kind="refund")
    assert (back, entry.amount, entry.refers_to.kind) == (paid_frame.cost, paid_frame.cost, "capture")
    assert selectors.balance(owner) == 250
    before = paid_frame.version
    paid_frame.refresh_from_db()
    assert paid_frame.notes[-1].endswith(f"came back: {REASON}.")
    assert paid_frame.version == before + 1
    assert list(audit.disagreements()) == []


def test_it_is_a_line_of_the_statement_that_links_to_the_frame(owner, manager, paid_frame):
    refund(owner, manager)
    line = statement.page(owner, Filters(kind="returned")).lines[0]
    assert (line.kind, line.href, line.spent) == ("Returned", "/runs/1/#frame_1_1", -paid_frame.cost)


def test_the_frame_shows_it_on_the_run(signed_in, owner, manager, paid_frame):
    refund(owner, manager)
    assert f"came back: {REASON}." in signed_in.get("/runs/1/").content.decode()


def test_the_same_form_twice_is_once(owner, manager, paid_frame):
    key = uuid.uuid4()
    assert [refund(owner, manager, key=key) for _ in range(2)] == [paid_frame.cost, 0]
    paid_frame.refresh_from_db()
    assert len([note for note in paid_frame.notes if "came back" in note]) == 1


def test_a_second_refund_of_everything_has_nothing_to_give(owner, manager, paid_frame):
    refund(owner, manager)
    with pytest.raises(NothingToRefund):
        refund(owner, manager)


def test_no_more_comes_back_than_it_cost(owner, manager, paid_frame):
    with pytest.raises(RefundBeyondCapture):
        refund(owner, manager, amount=paid_frame.cost + 1)
    paid_frame.refresh_from_db()
    assert not any("came back" in note for note in paid_frame.notes)


def test_a_frame_that_was_not_charged_has_nothing_to_give_back(owner, manager, run):
    run()
    with pytest.raises(NothingToRefund):
        refund(owner, manager)


@pytest.mark.parametrize("name", ["", "1", "1-9", "9-1", "x-1", "1-1-1", "²-1", "1" * 40 + "-1"])
def test_a_frame_that_is_not_there_is_said(owner, manager, paid_frame, name):
    with pytest.raises(UnknownFrame):
        refund(owner, manager, name=name)


def test_it_is_one_s_own_frame_or_none(stranger, manager, paid_frame):
    with pytest.raises(UnknownFrame):
        refund(stranger, manager)
