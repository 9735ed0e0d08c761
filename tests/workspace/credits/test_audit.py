"""The audit finds every disagreement and says it in plain words. Damage is done past our own code, as a bug or a hand would."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from workspace.credits import audit, services
from workspace.credits.models import Account, Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(owner, account) -> Account:
    """A run of three frames: one captured, one captured in part, one released and then held and captured again."""
    share = {"account": account.pk, "comparison": 148, "reason": "Run 148"}
    services.hold(owner, 12, key="form", comparison=148, reason="Run 148")
    services.capture(1, 1, held=4, charged=4, **share)
    services.capture(2, 1, held=4, charged=1, **share)
    services.release(3, 1, held=4, **share)
    services.hold(owner, 4, key="retry", comparison=148, reason="again", generation=3, round=2)
    services.capture(3, 2, held=4, charged=4, **share)
    account.refresh_from_db()
    return account


def audited() -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("audit_credits", stdout=out)
    except SystemExit as end:
        return out.getvalue(), end.code
    return out.getvalue(), 0


def test_a_clean_ledger_is_one_line(run, stranger):
    assert audited() == ("8 entries of 2 accounts agree: 491 credits to spend, 0 held.\n", 0)


def test_an_empty_ledger_is_clean():
    assert audited() == ("0 entries of 0 accounts agree: 0 credits to spend, 0 held.\n", 0)


def test_it_finds_a_balance_that_was_edited(run):
    Account.objects.update(balance=1000)
    assert audited() == (f"Account {run.pk}: the balance is 1000, its entries add up to 241.\n", 1)


def test_it_finds_an_entry_that_does_not_continue_the_balance(run):
    entry = Entry.objects.create(account=run, kind="grant", amount=9, balance_after=300, key="by hand", reason="by hand")
    Account.objects.update(balance=250)
    expected = f"Account {run.pk}, entry {entry.pk}: it tells a balance of 300, the entries before it lead to 250.\n"
    assert audited() == (expected, 1)


def test_it_finds_a_run_of_which_more_was_settled_than_held(run):
    services.capture(4, 1, account=run.pk, held=5, charged=5, comparison=148, reason="Run 148")
    assert audited() == (f"Account {run.pk}, comparison 148: 17 credits settled of 12 held.\n", 1)


def test_it_finds_a_frame_of_which_more_was_settled_than_held(run, owner):
    services.hold(owner, 4, key="retry again", comparison=148, reason="again", generation=2, round=2)
    services.release(2, 2, account=run.pk, held=6, comparison=148, reason="Run 148")
    assert audited() == (f"Account {run.pk}, comparison 148, generation 2, round 2: 6 credits settled of 4 held.\n", 1)


def test_it_finds_a_settlement_that_nobody_held(run):
    services.release(9, 1, account=run.pk, held=6, comparison=149, reason="Run 149")
    assert audited() == (f"Account {run.pk}, comparison 149: 6 credits settled of 0 held.\n", 1)


def test_it_finds_a_settlement_on_somebody_elses_account(run, stranger):
    services.release(4, 1, account=stranger.credits.pk, held=6, comparison=148, reason="Run 148")
    assert audited() == (f"Account {stranger.credits.pk}, comparison 148: 6 credits settled of 0 held.\n", 1)


@pytest.fixture
def unguarded(run) -> Account:
    """As if the trigger that fits corrections had been switched off by hand."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE credits_entry DISABLE TRIGGER entry_fits_what_it_corrects")
    return run


def test_it_finds_more_refunded_than_was_taken(unguarded):
    capture = Entry.objects.get(kind="capture", generation=2)
    services.refund(capture, 2, reason="The text was wrong", key="refund")
    expected = f"Account {unguarded.pk}, entry {capture.pk}: 2 credits refunded of 1 taken.\n"
    assert audited() == (expected, 1)


def test_it_finds_a_refund_of_something_else(unguarded):
    release = Entry.objects.get(kind="release", generation=3)
    services.refund(release, 1, reason="The text was wrong", key="refund")
    text, code = audited()
    assert f"its refund does not fit entry {release.pk}, which it refers to." in text
    assert code == 1


def test_it_finds_an_adjustment_undone_in_part(unguarded):
    services.adjust(unguarded, 40, reason="For the launch", key="launch")
    adjustment = Entry.objects.get(key="launch")
    Entry.objects.create(
        account=unguarded, kind="adjustment", amount=-1, balance_after=280, key="hand", reason="hand", refers_to=adjustment
    )
    Account.objects.filter(pk=unguarded.pk).update(balance=280)
    assert f"its adjustment does not fit entry {adjustment.pk}, which it refers to." in audited()[0]


def test_another_app_adds_its_own_check(run, monkeypatch):
    monkeypatch.setattr(audit, "CHECKS", [*audit.CHECKS, lambda: iter(["Run 148: a finished frame is still held."])])
    assert audited() == ("Run 148: a finished frame is still held.\n", 1)


def test_it_finds_entries_of_an_account_that_does_not_exist(run):
    Entry.objects.create(account_id=1_000_000, kind="grant", amount=9, balance_after=9, key="by hand", reason="by hand")
    assert audited() == ("Account 1000000 does not exist, and has 1 entries.\n", 1)


@pytest.mark.django_db(transaction=True)
def test_all_checks_see_one_snapshot(run):
    """Nothing can be written from inside, and what is committed meanwhile is not seen."""
    sentences = audit.disagreements()
    assert list(sentences) == []
    with audit._one_snapshot(), connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("repeatable read",)
