"""What the desk writes beside the ledger: adjustments that wait for a second admin, who did what, and what the clock found.

Accounts are referred to without a constraint in the database, whose check would lock their rows (see ``credits.Entry``).
"""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from workspace.credits.models import Account


class Proposal(models.Model):
    """An adjustment (credits, either sign) too large for one admin: another one approves or declines it, once.

    ``key`` is the form's. Approved, its entry in the ledger has the key ``proposal:<id>``.
    """

    class State(models.TextChoices):
        PENDING = "pending"
        APPROVED = "approved"
        DECLINED = "declined"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="proposals", db_constraint=False)
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decided_by_somebody_else",
                condition=Q(state="pending", decided_by=None) | Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount:+d} credits, {self.state}"


class Deed(models.Model):
    """One line of the audit log: which admin did what, to whom. Written with the deed itself and never changed (a trigger)."""

    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=400)

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="deeds_newest_first")]

    def __str__(self) -> str:
        return f"{self.by} {self.what}"


class AuditReport(models.Model):
    """What the last audit of the ledger found: a sentence for each disagreement, none when it agrees."""

    at = models.DateTimeField(db_default=Now())
    seconds = models.FloatField()
    sentences = ArrayField(models.TextField(), default=list)

    def __str__(self) -> str:
        return f"{len(self.sentences)} disagreements"


class LowBalance(models.Model):
    """Somebody who has been told that few credits are left; gone once there are more again, so that the next time tells again."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True, db_constraint=False)
    told_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"told on {self.told_at:%d %B}"
