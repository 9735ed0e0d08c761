"""What the clock does for the ledger: the audit, and one letter for each time a balance falls low."""

import pytest
from django.core import mail

from workspace.accounts import outbox
from workspace.accounts.models import Plan, User
from workspace.credits import monthly, services
from workspace.credits.models import Account, Entry
from workspace.ledger import lowness, tasks
from workspace.ledger.models import AuditReport

pytestmark = pytest.mark.django_db


def test_a_clean_audit_is_kept_without_a_sentence(owner):
    tasks.audit_ledger()
    assert AuditReport.objects.get().sentences == []


def test_what_the_audit_finds_is_kept(owner):
    Account.objects.update(balance=1)
    tasks.audit_ledger()
    [sentence] = AuditReport.objects.get().sentences
    assert "the balance is 1, its entries add up to 250" in sentence


def test_old_reports_go(owner):
    for _ in range(tasks.KEPT + 2):
        tasks.audit_ledger()
    assert AuditReport.objects.count() == tasks.KEPT


def letters() -> list[str]:
    outbox.wait()
    return [letter.subject for letter in mail.outbox]


def test_falling_low_is_told_once_each_time(owner, stranger):
    services.adjust(owner, -231, reason="Spent elsewhere", key="one")
    assert [lowness.tell(), lowness.tell()] == [1, 0]
    assert letters() == ["19 credits left on Proofsheet"]
    services.adjust(owner, 100, reason="More for you", key="two")
    assert lowness.tell() == 0
    services.adjust(owner, -118, reason="Spent elsewhere", key="three")
    tasks.tell_low_balances()
    assert letters() == ["19 credits left on Proofsheet", "1 credit left on Proofsheet"]


def test_who_is_switched_off_gets_no_letter(owner):
    owner.is_active = False
    owner.save()
    services.adjust(owner, -250, reason="Left the company", key="one")
    assert lowness.tell() == 0


def test_a_fall_between_two_looks_is_told_too(owner):
    """Up by a refund and down again within a minute: the balance has crossed the line twice, the clock has looked once."""
    services.adjust(owner, -240, reason="Spent elsewhere", key="one")
    lowness.tell()
    services.adjust(owner, 30, reason="More for you", key="two")
    services.adjust(owner, -35, reason="Spent elsewhere", key="three")
    assert [lowness.tell(), lowness.tell()] == [1, 0]
    assert letters() == ["10 credits left on Proofsheet", "5 credits left on Proofsheet"]


def test_what_happens_below_the_line_is_not_told_again(owner, settings):
    """A grant, a refund and a hold that leave it low are no second fall; a month that lifts it ends the first."""
    settings.LOW_BALANCE_CREDITS = 100
    services.adjust(owner, -230, reason="Spent elsewhere", key="one")
    assert lowness.tell() == 1
    services.grant(owner, 30, reason="For the launch", key="two")
    services.hold(owner, 12, key="three", comparison=1, reason="Run 1, 1 frame")
    share = {"account": owner.credits.pk, "comparison": 1, "reason": "Run 1, frame 1: picture kept"}
    services.capture(1, 1, held=12, charged=8, **share)
    services.refund(Entry.objects.get(kind="capture"), 8, reason="Goodwill for Tuesday", key="four")
    assert lowness.tell() == 0
    Plan.objects.update(monthly_credits=450)
    User.objects.filter(pk=owner.pk).update(date_joined="2020-01-01T00:00:00Z")
    assert monthly.begin() == 1
    assert lowness.tell() == 0
    services.adjust(owner, -480, reason="Spent elsewhere", key="five")
    assert lowness.tell() == 1
