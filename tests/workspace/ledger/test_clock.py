"""What the clock does for the ledger: the audit, and one letter for each time a balance falls low."""

import pytest
from django.core import mail

from workspace.accounts import outbox
from workspace.credits import services
from workspace.credits.models import Account
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
