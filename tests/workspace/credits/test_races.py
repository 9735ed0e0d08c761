"""Fifty threads on one account, and the same message delivered twice at once: committed transactions on real connections."""

import threading
import time

import pytest
from django.db import connection, transaction

from workspace.credits import audit, selectors, services
from workspace.credits.errors import NotEnoughCredits, RefundBeyondCapture
from workspace.credits.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def try_hold(user, key, amount=5, comparison=1):
    try:
        return services.hold(user, amount, key=key, comparison=comparison, reason="Run")
    except NotEnoughCredits:
        return None
    finally:
        connection.close()  # back to the pool, which is smaller than fifty


def test_fifty_threads_never_spend_more_than_there_is(owner, at_once):
    """Holds for twice the balance of 250: exactly fifty of the hundred are granted."""
    holds = at_once(50, lambda n: [try_hold(owner, f"{n}:{again}", comparison=2 * n + again) for again in (0, 1)])
    granted = [hold for pair in holds for hold in pair if hold]
    assert len(granted) == 50
    assert (selectors.balance(owner), selectors.held(owner)) == (0, 250)
    assert list(audit.disagreements()) == []


def test_the_balance_runs_through_ids_and_times_in_one_order(owner, at_once):
    at_once(20, lambda n: try_hold(owner, f"{n}", comparison=n))
    entries = selectors.statement(owner)
    assert [entry.id for entry in entries] == sorted((entry.id for entry in entries), reverse=True)
    assert [entry.balance_after for entry in entries] == [*range(150, 250, 5), 250]


def test_one_key_from_twenty_threads_debits_once(owner, at_once):
    holds = at_once(20, lambda n: try_hold(owner, "form", comparison=n))
    assert len({hold.entry for hold in holds}) == 1
    assert [hold.fresh for hold in holds].count(True) == 1
    assert selectors.balance(owner) == 245


def test_one_key_for_the_whole_balance_is_answered_to_everybody(owner, at_once):
    """The second to come finds neither the balance nor, in its snapshot, the entry: it must not be told it is out of credits."""
    holds = at_once(20, lambda n: try_hold(owner, "form", amount=250, comparison=n))
    assert len({hold.entry for hold in holds}) == 1


def test_every_settlement_sent_twice_counts_once(owner, at_once):
    hold = try_hold(owner, "form", amount=100)
    share = {"account": hold.account, "held": 4, "comparison": 1}

    def settle(number):
        frame = number // 2
        if frame % 2:
            return services.capture(frame, 1, charged=4, reason="drawn", **share)
        return services.release(frame, 1, reason="failed", **share)

    assert at_once(50, settle).count(True) == 25
    assert (selectors.balance(owner), selectors.held(owner)) == (150 + 13 * 4, 0)
    assert list(audit.disagreements()) == []


@pytest.mark.parametrize("charged", [4, 1])
def test_one_capture_from_ten_threads_counts_once_and_is_an_error_for_nobody(owner, at_once, charged):
    hold = try_hold(owner, "form", amount=200)
    share = {"account": hold.account, "held": 4, "comparison": 1, "reason": "drawn"}

    def settle(_):
        return [services.capture(frame, 1, charged=charged, **share) for frame in range(50)]

    assert sum(sum(answers) for answers in at_once(10, settle)) == 50
    assert (selectors.balance(owner), selectors.held(owner)) == (50 + 50 * (4 - charged), 0)


def test_capture_and_release_of_one_share_at_once_settle_it_one_way(owner, at_once):
    hold = try_hold(owner, "form", amount=100)
    share = {"account": hold.account, "held": 100, "comparison": 1}

    def settle(number):
        if number % 2:
            return services.capture(7, 1, charged=1, reason="drawn", **share)
        return services.release(7, 1, reason="failed", **share)

    assert at_once(10, settle).count(True) == 1
    assert Entry.objects.filter(generation=7).count() == 1


def test_runs_are_numbered_one_after_the_other_under_the_lock(owner, at_once):
    """Everybody reads the last number under the lock of the account and writes the next one."""

    def submit(n):
        with transaction.atomic():
            services.lock(owner)
            number = Entry.objects.filter(account__user=owner, kind="hold").count() + 1
            return services.hold(owner, 1, key=f"{n}", comparison=number, reason=f"Run {number}").comparison

    assert sorted(at_once(15, submit)) == list(range(1, 16))


def test_an_account_is_opened_once_by_everybody_at_once(owner, at_once):
    at_once(10, lambda _: services.open_account(owner))
    assert selectors.balance(owner) == 250


def test_a_key_whose_first_transaction_aborts_is_free_for_the_one_that_waits(owner, at_once):
    """Whoever comes second waits for the lock; if the first then rolls back, the second is the one that holds."""
    first_holds = threading.Event()

    def hold_and_abort():
        with transaction.atomic():
            services.hold(owner, 5, key="form", comparison=1, reason="Run")
            first_holds.set()
            time.sleep(0.1)  # long enough for the second to reach the lock; if it does not, the outcome is the same
            transaction.set_rollback(True)

    def hold_after():
        first_holds.wait()
        return services.hold(owner, 5, key="form", comparison=2, reason="Run")

    _, held = at_once(2, lambda n: hold_after() if n else hold_and_abort())
    assert (held.fresh, held.comparison) == (True, 2)
    assert selectors.balance(owner) == 245


def test_refunds_of_one_capture_at_once_give_back_what_was_taken(owner, at_once):
    hold = try_hold(owner, "form", amount=10)
    services.capture(7, 1, account=hold.account, held=10, charged=10, comparison=1, reason="drawn")
    capture = Entry.objects.get(kind="capture")

    def refund(number):
        try:
            return services.refund(capture, 4, reason="The text was wrong", key=f"refund:{number // 2}")
        except RefundBeyondCapture:
            return None

    answers = at_once(10, refund)
    assert (answers.count(True), answers.count(False), answers.count(None)) == (2, 2, 6)
    assert selectors.balance(owner) == 248


def test_expiry_from_ten_threads_takes_once(owner, at_once):
    assert at_once(10, lambda _: services.expire(owner, keep=30, reason="Unused", key="expire")) == [220] * 10
    assert selectors.balance(owner) == 30


def test_one_adjustment_is_undone_once_by_everybody_at_once(owner, at_once):
    services.adjust(owner, 40, reason="For the launch", key="launch")
    adjustment = Entry.objects.get(kind="adjustment")
    assert at_once(10, lambda _: services.undo(adjustment, reason="Wrong person")).count(True) == 1
    assert selectors.balance(owner) == 250
