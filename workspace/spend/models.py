"""Rows of spend: calls that are over, added up, and what a provider may cost a month."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

MONEY = {"max_digits": 16, "decimal_places": 6}  # USD


class Tally(models.Model):
    """Calls of one model for one person on one day, added up (``gathering``). ``person`` is the id of a ``User``.

    What was paid or may have been is either ``told_usd`` (the provider said so) or ``estimated_usd``; ``expected_usd`` is what
    had been estimated of what was told. Of both together ``failed_usd``, ``refused_usd`` and ``cancelled_usd`` bought no picture.
    ``credits`` were taken for the pictures.
    """

    pk = models.CompositePrimaryKey("day", "model", "person", "simulated")
    day = models.DateField()
    model = models.CharField(max_length=120)
    person = models.BigIntegerField()
    simulated = models.BooleanField()
    calls = models.BigIntegerField()
    pictures = models.BigIntegerField()
    told_usd = models.DecimalField(**MONEY)
    estimated_usd = models.DecimalField(**MONEY)
    expected_usd = models.DecimalField(**MONEY)
    failed_usd = models.DecimalField(**MONEY)
    refused_usd = models.DecimalField(**MONEY)
    cancelled_usd = models.DecimalField(**MONEY)
    credits = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.model} on {self.day}"


class Gathered(models.Model):
    """One row: calls claimed before ``until`` are in the tallies, the others are not."""

    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"until {self.until}"


class Budget(models.Model):
    """From a moment on, what a provider may cost a month, in USD; with ``usd`` None as much as it does. Written once.

    Of a provider's rows the one with the highest ``number`` holds. Whoever sets the next one has seen this one, since two cannot
    have the same number. ``key`` is the form's.
    """

    provider = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    usd = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made = models.DateTimeField(db_default=Now())
    key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "number"], name="a_budget_follows_another_once"),
            models.CheckConstraint(condition=Q(usd=None) | Q(usd__gt=0), name="a_budget_is_some_money"),
        ]

    def __str__(self) -> str:
        return f"{self.usd} USD a month for {self.provider}"


class Crossing(models.Model):
    """In this ``month`` (its first day) so many per cent of a budget were reached, and admins were told."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="crossings")
    month = models.DateField()
    percent = models.PositiveSmallIntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["budget", "month", "percent"], name="a_crossing_is_told_once")]

    def __str__(self) -> str:
        return f"{self.percent}% in {self.month:%B}"
