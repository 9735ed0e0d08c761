"""What people may use: the plan everybody is on, and what one person may differ in for a while."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from providers.types import Quality

QUALITIES = [(quality.value, quality.name) for quality in Quality]


class Plan(models.Model):
    """Credits and limits of everybody who is on it. The one that ``is_default`` takes whoever is new.

    Credits are whole numbers. Of what is unspent when a month begins, ``carry_over`` stay: 0 none, None all. HD counts
    images; None is no limit, as it is for ``in_flight`` (runs at once) and ``most_models`` (models of one run). Empty lists of
    ``only_models`` (ids) and ``only_providers`` (keys) allow all. A plan that has people cannot be deleted, in psql neither.
    """

    name = models.CharField(max_length=60, unique=True)
    is_default = models.BooleanField(default=False)
    monthly_credits = models.PositiveIntegerField(default=0)
    carry_over = models.PositiveIntegerField(null=True, blank=True)
    hd_per_day = models.PositiveIntegerField(null=True, blank=True)
    hd_per_month = models.PositiveIntegerField(null=True, blank=True)
    dearest_quality = models.CharField(max_length=10, choices=QUALITIES, default=Quality.HD.value)
    only_models = ArrayField(models.CharField(max_length=160), default=list, blank=True)
    only_providers = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    in_flight = models.PositiveSmallIntegerField(null=True, blank=True)
    most_models = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="one_plan_is_the_default"),
            models.CheckConstraint(condition=Q(dearest_quality__in=[*Quality]), name="dearest_quality_is_known"),
            models.CheckConstraint(condition=Q(in_flight=None) | Q(in_flight__gte=1), name="one_run_at_once_at_least"),
            models.CheckConstraint(condition=Q(most_models=None) | Q(most_models__gte=1), name="one_model_a_run_at_least"),
        ]

    def __str__(self) -> str:
        return self.name


class Override(models.Model):
    """What one person may otherwise than their plan, ``until`` a moment. ``changes`` has the names of a plan's fields."""

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="override")
    changes = models.JSONField(default=dict)
    until = models.DateTimeField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.user} until {self.until:%Y-%m-%d}"
