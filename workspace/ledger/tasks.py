"""What the clock does for the ledger: prove that it agrees, and tell people who run out of credits."""

import time

from workspace.celery import app
from workspace.credits import audit
from workspace.ledger import lowness
from workspace.ledger.models import AuditReport

KEPT = 30  # reports
MOST_SENTENCES = 50


@app.task(name="ledger.audit")
def audit_ledger() -> None:
    """Keep what the audit found; the operations page shows the last report when it is not clean."""
    began = time.monotonic()
    sentences = list(audit.disagreements())[:MOST_SENTENCES]
    report = AuditReport.objects.create(seconds=time.monotonic() - began, sentences=sentences)
    AuditReport.objects.filter(pk__lte=report.pk - KEPT).delete()


@app.task(name="ledger.tell_low_balances")
def tell_low_balances() -> None:
    lowness.tell()
