"""A hold takes its total at once or not at all, and once for a key."""

import pytest
from django.db import transaction

from workspace.credits import selectors, services
from workspace.credits.errors import KeyAlreadyUsed, NotEnoughCredits
from workspace.credits.models import Entry

pytestmark = pytest.mark.django_db


def hold(user, amount=21, key="form", comparison=148, **share):
    return services.hold(user, amount, key=key, comparison=comparison, reason="Run 148", **share)


def test_it_moves_the_total_from_the_balance_to_what_is_held(owner):
    held = hold(owner)
    assert (held.amount, held.balance, held.comparison, held.fresh) == (21, 229, 148, True)
    assert (selectors.balance(owner), selectors.held(owner)) == (229, 21)
    entry = Entry.objects.get(pk=held.entry)
    assert (entry.kind, entry.amount, entry.held, entry.balance_after) == ("hold", -21, 21, 229)
    assert entry.account_id == held.account == owner.credits.pk


def test_the_same_key_again_returns_the_first_hold(owner):
    first = hold(owner)
    again = hold(owner, amount=30, comparison=149)
    assert (again.entry, again.amount, again.comparison, again.fresh) == (first.entry, 21, 148, False)
    assert selectors.balance(owner) == 229


def test_the_same_key_again_is_answered_even_when_the_balance_is_gone(owner):
    first = hold(owner, amount=250)
    assert hold(owner, amount=250).entry == first.entry


def test_it_may_take_the_last_credit(owner):
    assert hold(owner, amount=250).balance == 0


def test_one_credit_too_much_takes_nothing(owner):
    with pytest.raises(NotEnoughCredits) as caught:
        hold(owner, amount=251)
    assert (caught.value.balance, caught.value.wanted) == (250, 251)
    assert caught.value.public == "Not enough credits: this needs 251, you have 250."
    assert (selectors.balance(owner), selectors.held(owner)) == (250, 0)


def test_an_empty_account_is_told_so(owner):
    hold(owner, amount=250)
    with pytest.raises(NotEnoughCredits) as caught:
        hold(owner, key="another form")
    assert caught.value.public == "You are out of credits."


def test_the_transaction_stays_usable_after_a_refusal(owner):
    with transaction.atomic():
        with pytest.raises(NotEnoughCredits):
            hold(owner, amount=251)
        assert hold(owner, amount=250).fresh


def test_a_refused_key_can_be_used_once_there_is_enough(owner):
    with pytest.raises(NotEnoughCredits):
        hold(owner, amount=260)
    services.grant(owner, 10, reason="For the launch", key="launch")
    assert hold(owner, amount=260).balance == 0


def test_a_free_run_holds_nothing_and_is_still_written(owner):
    assert hold(owner, amount=0).balance == 250
    assert Entry.objects.filter(kind="hold", held=0).count() == 1


def test_an_aborted_transaction_leaves_nothing(owner):
    with transaction.atomic():
        hold(owner)
        transaction.set_rollback(True)
    assert selectors.balance(owner) == 250
    assert hold(owner).fresh


def test_a_strangers_key_is_refused(owner, stranger):
    hold(owner)
    with pytest.raises(KeyAlreadyUsed):
        hold(stranger)
    assert selectors.balance(stranger) == 250


def test_a_frame_asked_for_again_holds_its_own_share(owner):
    hold(owner)
    held = hold(owner, amount=4, key="retry", generation=7, round=2)
    assert held.balance == 225
    entry = Entry.objects.get(pk=held.entry)
    assert (entry.comparison, entry.generation, entry.round) == (148, 7, 2)


@pytest.mark.parametrize("amount", [-1, 2.5, False, None])
def test_it_takes_whole_credits_only(owner, amount):
    with pytest.raises(ValueError, match="is not a whole number of credits"):
        hold(owner, amount=amount)
