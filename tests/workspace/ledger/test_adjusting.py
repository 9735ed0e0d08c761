"""Adjusting credits: what one admin may, what two must, and what is refused."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from tests.workspace.ledger.conftest import REASON
from workspace.accounts.roles import Role
from workspace.credits import audit, selectors, services
from workspace.credits.errors import NotEnoughCredits
from workspace.credits.models import Entry
from workspace.ledger import adjusting
from workspace.ledger.adjusting import Outcome
from workspace.ledger.errors import DecidedAlready, NotByOneself
from workspace.ledger.models import Deed, Proposal

pytestmark = pytest.mark.django_db


def adjust(holder, amount, by, key=None) -> Outcome:
    return adjusting.adjust(holder, amount, reason=REASON, key=key or uuid.uuid4(), by=by)


def deeds() -> list[str]:
    return list(Deed.objects.order_by("pk").values_list("what", flat=True))


def test_it_moves_credits_and_is_written_down(owner, manager):
    assert adjust(owner, 40, manager) == Outcome.DONE
    assert adjust(owner, -30, manager) == Outcome.DONE
    assert selectors.balance(owner) == 260
    assert deeds() == [f"added 40 credits: {REASON}", f"removed 30 credits: {REASON}"]
    assert Entry.objects.filter(kind="adjustment", actor=manager).count() == 2


def test_the_same_form_twice_is_once(owner, manager):
    key = uuid.uuid4()
    assert [adjust(owner, 40, manager, key) for _ in range(2)] == [Outcome.DONE, Outcome.REPEATED]
    assert selectors.balance(owner) == 290
    assert len(deeds()) == 1


def test_what_is_not_there_cannot_be_taken_and_leaves_no_trace(owner, manager):
    with pytest.raises(NotEnoughCredits):
        adjust(owner, -251, manager)
    assert (selectors.balance(owner), deeds()) == (250, [])


def test_nobody_adjusts_their_own_credits(manager):
    with pytest.raises(NotByOneself):
        adjust(manager, 40, manager)
    assert selectors.balance(manager) == 250


def test_an_owner_may_and_then_the_ledger_says_so(admin):
    boss = admin(Role.OWNER)
    adjust(boss, 40, boss)
    assert Entry.objects.get(kind="adjustment").reason == f"By an owner for themselves: {REASON}"


@pytest.fixture
def proposal(owner, manager) -> Proposal:
    assert adjust(owner, 501, manager) == Outcome.PROPOSED
    assert selectors.balance(owner) == 250
    return Proposal.objects.get()


def test_another_admin_approves_what_is_large(owner, admin, manager, proposal):
    adjusting.approve(proposal, admin(Role.CREDIT_MANAGER, "second@example.com"))
    entry = Entry.objects.get(kind="adjustment")
    assert (entry.amount, entry.actor, selectors.balance(owner)) == (501, manager, 751)


def test_a_large_form_sent_twice_waits_once(owner, manager):
    key = uuid.uuid4()
    assert [adjust(owner, -600, manager, key) for _ in range(2)] == [Outcome.PROPOSED, Outcome.REPEATED]
    assert Proposal.objects.count() == 1


def test_whoever_proposed_it_does_not_approve_it(owner, manager, proposal):
    with pytest.raises(NotByOneself):
        adjusting.approve(proposal, manager)
    assert selectors.balance(owner) == 250


def test_nobody_approves_what_is_for_themselves(owner, proposal):
    with pytest.raises(NotByOneself):
        adjusting.approve(proposal, owner)


def test_not_even_in_the_database(manager, proposal):
    with pytest.raises(IntegrityError, match="decided_by_somebody_else"), transaction.atomic():
        Proposal.objects.update(state="approved", decided_by=manager)


def test_what_is_declined_stays_so(owner, admin, proposal):
    second = admin(Role.CREDIT_MANAGER, "second@example.com")
    adjusting.decline(proposal, second)
    with pytest.raises(DecidedAlready):
        adjusting.approve(proposal, second)
    assert selectors.balance(owner) == 250


def test_what_the_balance_no_longer_covers_goes_on_waiting(owner, admin, manager):
    services.grant(owner, 400, reason="For the launch", key="launch")
    adjust(owner, -600, manager)
    services.hold(owner, 100, key="form", comparison=1, reason="Run 1")
    proposal = Proposal.objects.get()
    with pytest.raises(NotEnoughCredits):
        adjusting.approve(proposal, admin(Role.CREDIT_MANAGER, "second@example.com"))
    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.PENDING


def test_an_adjustment_is_undone_once(owner, manager):
    adjust(owner, 40, manager)
    entry = Entry.objects.get(kind="adjustment")
    assert [adjusting.undo(entry, reason="It was the wrong person", by=manager) for _ in range(2)] == [True, False]
    assert selectors.balance(owner) == 250
    assert list(audit.disagreements()) == []


@pytest.mark.django_db(transaction=True)
def test_two_admins_at_the_same_second_decide_once(owner, admin, at_once, proposal):
    admins = [admin(Role.CREDIT_MANAGER, f"second{number}@example.com") for number in range(2)]

    def decide(number):
        try:
            (adjusting.approve, adjusting.decline)[number % 2](proposal, admins[number])
        except DecidedAlready:
            return False
        return True

    assert at_once(2, decide).count(True) == 1
    proposal.refresh_from_db()
    assert selectors.balance(owner) == (751 if proposal.state == "approved" else 250)


@pytest.mark.parametrize("sql", ["UPDATE ledger_deed SET what = 'nothing'", "DELETE FROM ledger_deed", "TRUNCATE ledger_deed"])
def test_the_log_is_never_changed(owner, manager, sql):
    adjust(owner, 40, manager)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {sql}")
