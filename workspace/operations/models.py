"""Rows of an admin's desk: what was entered for a provider, who changed it, what it said when it was asked, and closed days; and
the rules of routing.
"""

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone


class ProviderSetting(models.Model):
    """What an admin has entered for one provider, beside what the environment says, which wins.

    ``sealed_key`` is encrypted (``sealing``); ``ending`` are its last characters, to tell one key from another. ``address`` and
    ``label`` are for servers of one's own. A paused provider is asked nothing but probes: by an admin since ``paused_at``, and
    because its budget is used up until the month is over (``used_up_until``), apart from each other.
    """

    provider = models.CharField(max_length=40, primary_key=True)
    sealed_key = models.TextField(blank=True)
    ending = models.CharField(max_length=4, blank=True)
    address = models.CharField(max_length=500, blank=True)
    label = models.CharField(max_length=60, blank=True)
    entered_at = models.DateTimeField(null=True)
    entered_by = models.CharField(max_length=254, blank=True)
    paused_at = models.DateTimeField(null=True)
    paused_by = models.CharField(max_length=254, blank=True)
    used_up_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.provider

    def is_used_up(self, now: datetime) -> bool:
        return self.used_up_until is not None and now < self.used_up_until

    def why_paused(self, now: datetime) -> str:
        """ "paused by an admin", "paused: its budget for November is used up", or nothing."""
        if self.paused_at is not None:
            return "paused by an admin"
        if not self.is_used_up(now):
            return ""
        month = timezone.localtime(self.used_up_until - timedelta(days=1))
        return f"paused: its budget for {month:%B} is used up"


class Change(models.Model):
    """One line of the trail: who did what to a provider's settings, and when. Never the value."""

    class Action(models.TextChoices):
        KEY_SET = "key_set", "set the key"
        KEY_REMOVED = "key_removed", "removed the key"
        SERVER_SET = "server_set", "set the server"
        SERVER_REMOVED = "server_removed", "removed the server"
        PAUSED = "paused", "paused it"
        RESUMED = "resumed", "resumed it"

    provider = models.CharField(max_length=40)
    action = models.CharField(max_length=20, choices=Action)
    by = models.CharField(max_length=254)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["-at"], name="changes_newest_first")]

    def __str__(self) -> str:
        return f"{self.by} {self.get_action_display()} of {self.provider}"


class Probe(models.Model):
    """A provider asked about itself, by an admin or by the clock (``asked_by`` is empty then). ``outcome`` is empty meanwhile.

    ``error`` is a ``providers.errors.ErrorKind``, ``public`` its sentence for people, ``log`` the redacted one for operators.
    """

    provider = models.CharField(max_length=40)
    asked_at = models.DateTimeField(db_default=Now())
    asked_by = models.CharField(max_length=254, blank=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    error = models.CharField(max_length=30, blank=True)
    public = models.CharField(max_length=300, blank=True)
    log = models.TextField(blank=True)
    listed = models.PositiveIntegerField(default=0)
    notices = ArrayField(models.CharField(max_length=300), default=list)
    seconds = models.FloatField(default=0)
    simulated = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["provider", "-id"], name="latest_probe")]

    def __str__(self) -> str:
        return f"{self.provider} {self.outcome or 'asked'}"


class Observation(models.Model):
    """What a provider said of one model on one day. ``shutdown`` is the day of death it told; asked again, the row is renewed.

    What the simulator said is kept apart: it plays the catalogue and proves nothing about the world.
    """

    model = models.CharField(max_length=160)
    day = models.DateField()
    simulated = models.BooleanField()
    seen_at = models.DateTimeField()
    listed = models.BooleanField()
    shutdown = models.DateField(null=True)
    notice = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "simulated", "day"], name="one_observation_a_day")]

    def __str__(self) -> str:
        return f"{self.model} on {self.day}"


class Day(models.Model):
    """A day that is over, summed up once for each provider. ``times`` counts answers by how long they took (``times.bucket``)."""

    pk = models.CompositePrimaryKey("day", "provider")
    day = models.DateField()
    provider = models.CharField(max_length=40)
    asked = models.PositiveIntegerField()
    failed = models.PositiveIntegerField()
    spent_usd = models.DecimalField(max_digits=14, decimal_places=6)
    simulated_usd = models.DecimalField(max_digits=14, decimal_places=6)
    last_success = models.DateTimeField(null=True)
    times = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.provider} on {self.day}"


class RoutingRule(models.Model):
    """One rule of routing (``routing.rules.Rule``). An empty ``intent`` is every intent; ``cap`` is in credits an image.

    ``targets`` are written as ``routing.rules.target`` reads them. Rules are told by their age, which is their number.
    """

    class Action(models.TextChoices):
        PREFER = "prefer", "Prefer"
        AVOID = "avoid", "Avoid"
        FORBID = "forbid", "Forbid"
        CAP_PRICE = "cap_price", "Cap the price"
        DEFAULT_SET = "default_set", "Default set"

    name = models.CharField(max_length=80)
    intent = models.CharField(max_length=20, blank=True)
    action = models.CharField(max_length=20, choices=Action)
    targets = ArrayField(models.CharField(max_length=200), default=list)
    cap = models.PositiveIntegerField(null=True)
    on = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intent"], condition=Q(action="default_set", on=True), name="one_default_set"),
            models.CheckConstraint(condition=Q(action="cap_price") ^ Q(cap__isnull=True), name="a_price_cap_has_a_price"),
        ]

    def __str__(self) -> str:
        return self.name


class RoutingRuleChange(models.Model):
    """What became of a rule, by whom and when. ``before`` and ``after`` are its columns, None where there was no rule.

    The database refuses to change or delete these rows. ``rule`` is a plain number: the trail outlives the rule.
    """

    rule = models.BigIntegerField()
    by = models.CharField(max_length=254)
    at = models.DateTimeField(db_default=Now())
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["rule", "-id"], name="latest_change_of_a_rule")]

    def __str__(self) -> str:
        return f"rule {self.rule} by {self.by}"
