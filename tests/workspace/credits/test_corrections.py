"""Refunds, adjustments and expiry: later movements, each with its reason, none of them beyond what there is."""

import pytest
from django.db import IntegrityError, transaction

from workspace.credits import audit, selectors, services
from workspace.credits.errors import KeyAlreadyUsed, NotEnoughCredits, RefundBeyondCapture
from workspace.credits.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def capture(owner) -> Entry:
    """A frame that cost 3 of the 4 credits held for it: the balance is 247."""
    held = services.hold(owner, 4, key="form", comparison=148, reason="Run 148")
    services.capture(7, 1, account=held.account, held=4, charged=3, comparison=148, reason="148-3 drawn")
    return Entry.objects.get(kind="capture")


@pytest.fixture
def adjustment(owner, stranger) -> Entry:
    services.adjust(owner, 40, reason="For the launch", key="form:40", actor=stranger)
    return Entry.objects.get(kind="adjustment")


def write(**fields) -> None:
    with transaction.atomic():
        Entry.objects.create(**{"reason": "by hand", "key": "by hand", **fields})


def test_an_adjustment_adds_and_tells_who_and_why(owner, stranger, adjustment):
    assert (adjustment.amount, adjustment.balance_after, adjustment.actor) == (40, 290, stranger)
    assert selectors.balance(owner) == 290


def test_an_adjustment_takes_all_there_is_and_no_more(owner):
    assert services.adjust(owner, -250, reason="Left the company", key="one") is True
    with pytest.raises(NotEnoughCredits):
        services.adjust(owner, -1, reason="One more", key="two")
    assert selectors.balance(owner) == 0


def test_an_adjustment_sent_twice_counts_once(owner, adjustment):
    assert services.adjust(owner, 40, reason="For the launch", key="form:40") is False
    assert selectors.balance(owner) == 290


def test_the_key_of_an_adjustment_is_not_the_key_of_somebody_else(stranger, adjustment):
    with pytest.raises(KeyAlreadyUsed):
        services.adjust(stranger, 40, reason="For the launch", key="form:40")


@pytest.mark.parametrize("amount", [0, 2.5, True, "40", 10**13, -(10**13)])
def test_an_adjustment_is_a_whole_number_of_credits(owner, amount):
    with pytest.raises(ValueError, match="credits"):
        services.adjust(owner, amount, reason="For the launch", key="launch")


def test_an_adjustment_is_undone_by_a_new_entry_once(owner, stranger, adjustment):
    assert services.undo(adjustment, reason="Wrong person", actor=stranger) is True
    assert services.undo(adjustment, reason="Wrong person", actor=stranger) is False
    undoing = Entry.objects.get(refers_to=adjustment)
    assert (undoing.kind, undoing.amount, undoing.reason) == ("adjustment", -40, "Wrong person")
    assert selectors.balance(owner) == 250


def test_what_has_been_spent_since_cannot_be_undone(owner, adjustment):
    services.hold(owner, 260, key="form", comparison=148, reason="Run 148")
    with pytest.raises(NotEnoughCredits):
        services.undo(adjustment, reason="Wrong person")
    assert selectors.balance(owner) == 30


@pytest.mark.parametrize("amount", [-39, 40])
def test_not_even_by_hand_is_an_adjustment_undone_in_part(account, adjustment, amount):
    with pytest.raises(IntegrityError, match="undone as a whole"):
        write(account=account, kind="adjustment", amount=amount, balance_after=290 + amount, refers_to=adjustment)


def test_not_even_by_hand_is_it_undone_twice(account, adjustment):
    services.undo(adjustment, reason="Wrong person")
    with pytest.raises(IntegrityError, match="an_adjustment_is_undone_once"):
        write(account=account, kind="adjustment", amount=-40, balance_after=210, refers_to=adjustment)


def test_not_even_by_hand_is_it_undone_on_another_account(stranger, adjustment):
    with pytest.raises(IntegrityError, match="on its own account"):
        write(account=stranger.credits, kind="adjustment", amount=-40, balance_after=210, refers_to=adjustment)


def test_a_refund_gives_back_and_refers_to_its_capture(owner, stranger, capture):
    assert services.refund(capture, 2, reason="The text was wrong", key="refund", actor=stranger) is True
    refund = Entry.objects.get(kind="refund")
    assert (refund.amount, refund.refers_to, refund.generation, refund.actor) == (2, capture, 7, stranger)
    assert (selectors.balance(owner), capture.refundable()) == (249, 1)


def test_a_refund_sent_twice_counts_once(owner, capture):
    assert services.refund(capture, 3, reason="The text was wrong", key="refund") is True
    assert services.refund(capture, 3, reason="The text was wrong", key="refund") is False
    assert selectors.balance(owner) == 250


def test_refunds_together_give_back_no_more_than_was_taken(owner, capture):
    services.refund(capture, 2, reason="The text was wrong", key="one")
    with pytest.raises(RefundBeyondCapture) as refused:
        services.refund(capture, 2, reason="And the colour", key="two")
    assert refused.value.public == "Of what this frame cost, 1 credit can still come back."
    services.refund(capture, 1, reason="And the colour", key="three")
    with pytest.raises(RefundBeyondCapture, match="0 that are left") as refused:
        services.refund(capture, 1, reason="And the hand", key="four")
    assert refused.value.public == "Everything this frame cost has come back already."
    assert selectors.balance(owner) == 250


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"amount": 4}, "No more is refunded"),
        ({"generation": 8}, "capture of the same share"),
        ({"round": 2}, "capture of the same share"),
    ],
)
def test_a_refund_by_hand_fits_its_capture_too(account, capture, wrong, why):
    share = {"comparison": 148, "generation": 7, "round": 1, "amount": 3, "balance_after": 251}
    with pytest.raises(IntegrityError, match=why):
        write(account=account, kind="refund", refers_to=capture, **{**share, **wrong})


def test_a_hold_is_not_refunded(account, capture):
    hold = Entry.objects.get(kind="hold")
    share = {"comparison": 148, "generation": 7, "round": 1, "amount": 3, "balance_after": 251}
    with pytest.raises(IntegrityError, match="capture of the same share"):
        write(account=account, kind="refund", refers_to=hold, **share)


def test_expiry_takes_what_is_beyond_what_may_be_kept_and_leaves_holds_alone(owner):
    services.hold(owner, 50, key="form", comparison=148, reason="Run 148")
    assert services.expire(owner, keep=120, reason="Unused in November", key="expire:11") == 80
    assert (selectors.balance(owner), selectors.held(owner)) == (120, 50)


def test_expiry_asked_again_takes_nothing_and_says_what_it_took(owner):
    services.expire(owner, keep=100, reason="Unused in November", key="expire:11")
    services.grant(owner, 400, reason="December", key="monthly:12")
    assert services.expire(owner, keep=100, reason="Unused in November", key="expire:11") == 150
    assert selectors.balance(owner) == 500


def test_expiry_of_nothing_uses_up_its_key(owner):
    assert services.expire(owner, keep=250, reason="Unused in November", key="expire:11") == 0
    services.grant(owner, 400, reason="December", key="monthly:12")
    assert services.expire(owner, keep=250, reason="Unused in November", key="expire:11") == 0
    assert selectors.balance(owner) == 650


def test_the_audit_agrees_with_every_kind(owner, capture, adjustment):
    services.undo(adjustment, reason="Wrong person")
    services.refund(capture, 3, reason="The text was wrong", key="refund")
    services.expire(owner, keep=0, reason="Unused in November", key="expire:11")
    assert list(audit.disagreements()) == []
