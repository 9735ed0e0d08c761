"""Rows of a run: the comparison, a generation per model, an attempt per provider call, an image per answer, a reference."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from routing.types import Author


class Reference(models.Model):
    """A picture to go by, as a person gave it to runs of theirs.

    ``sha256`` is of what was given; the same under the same name is one row. What is kept is never that file but a smaller one
    without its metadata: ``media_type``, ``byte_size``, ``width`` and ``height`` (pixels) are of ``stored``, which like ``thumb``
    is a name in the default storage. ``label`` is "148-3" for a frame.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="references")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    sha256 = models.CharField(max_length=64)
    label = models.CharField(max_length=40)
    media_type = models.CharField(max_length=40)
    byte_size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    stored = models.CharField(max_length=200)
    thumb = models.CharField(max_length=200)
    created = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "sha256", "label"], name="a_reference_is_kept_once")]

    def __str__(self) -> str:
        return self.label


class Comparison(models.Model):
    """One prompt sent once to several models; "Run 148" on screen, numbered per person.

    ``key`` is the form's idempotency key: a second click finds the first run. ``width`` and ``height`` (pixels) were asked.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comparisons")
    number = models.PositiveIntegerField()
    key = models.UUIDField()
    prompt = models.TextField()
    intent = models.CharField(max_length=20)
    auto = models.BooleanField()
    reading = models.JSONField(default=dict)
    shape = models.CharField(max_length=8)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    quality = models.CharField(max_length=10)
    cap = models.PositiveIntegerField(null=True)
    skipped = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))  # skipping.Skipped, frozen
    reference = models.ForeignKey(Reference, on_delete=models.PROTECT, null=True, related_name="comparisons")
    created = models.DateTimeField(db_default=Now())
    search = models.GeneratedField(
        expression=SearchVector("prompt", config="simple"), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        indexes = [
            models.Index(fields=["user", "-created", "-id"], name="newest_first"),
            GinIndex(fields=["user", "search"], name="prompt_search"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "number"], name="runs_are_numbered_per_person"),
            models.UniqueConstraint(fields=["user", "key"], name="a_form_runs_once"),
        ]

    def __str__(self) -> str:
        return f"Run {self.number}"


class Image(models.Model):
    """The stored picture of a generation: the original byte for byte, a thumbnail and a placeholder.

    ``original``, ``thumb`` and the two that only a drawing (SVG) has are names in the default storage, addressed by content:
    ``raster`` is the PNG that stands for it on every page, ``safe`` the drawing without what was active in the original ("" when
    nothing was). ``placeholder`` is a tiny picture as a data
    URL. ``tries`` counts how often decoding was begun: bytes that kill the decoder are not given it for ever. ``checked`` is set
    once the original has decoded in full; until then only its structure is known to be sound.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)
    byte_size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    original = models.CharField(max_length=200)
    thumb = models.CharField(max_length=200, blank=True)
    raster = models.CharField(max_length=200, blank=True, default="", db_default="")
    safe = models.CharField(max_length=200, blank=True, default="", db_default="")
    placeholder = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    checked = models.DateTimeField(null=True)
    created = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.media_type} {self.width}×{self.height}"


class Generation(models.Model):
    """One model's answer inside a comparison; "148-3" on screen.

    ``model`` is what was asked, ``answered_by`` what drew the picture (another one after a fallback). ``price`` is the share of
    the hold in credits; ``cost`` what the frame costs, known when done and charged once ``settled``. A frame asked again starts a
    new ``round`` with its own hold. ``prompt`` and ``negative_prompt`` are what ``model`` is sent, ``worded_by`` (an ``Author``)
    and ``wording_reasons`` say whose words these are. ``version`` grows with each change. ``error`` is a
    ``providers.errors.ErrorKind`` or one of ours (``FrameError``), ``message`` a finished sentence for people.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        REFUSED = "refused"
        CANCELLED = "cancelled"

    UNFINISHED = (State.QUEUED, State.RUNNING)
    IN_VAIN = (State.FAILED, State.REFUSED)  # another model may be asked in its place

    comparison = models.ForeignKey(Comparison, on_delete=models.PROTECT, related_name="generations")
    position = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    version = models.PositiveIntegerField(default=1)

    model = models.CharField(max_length=120)
    model_label = models.CharField(max_length=120)
    quality = models.CharField(max_length=10)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    prompt = models.TextField()
    negative_prompt = models.TextField(blank=True, default="", db_default="")
    worded_by = models.CharField(max_length=20, default=Author.PERSON, db_default=Author.PERSON)
    wording_reasons = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    by_auto = models.BooleanField(default=False)
    reasons = models.JSONField(default=list)
    fallbacks = models.JSONField(default=list)  # candidates.Candidate, frozen
    seed = models.BigIntegerField(null=True)
    expected_seconds = models.FloatField()

    price = models.PositiveIntegerField()
    cost = models.PositiveIntegerField(null=True)
    settled = models.BooleanField(default=False)
    estimate_usd = models.DecimalField(max_digits=12, decimal_places=6)
    cost_usd = models.DecimalField(max_digits=12, decimal_places=6, null=True)

    answered_by = models.CharField(max_length=120, blank=True)
    answered_label = models.CharField(max_length=120, blank=True)
    image = models.OneToOneField(Image, on_delete=models.PROTECT, null=True, related_name="generation")
    final_prompt = models.TextField(blank=True)
    notes = models.JSONField(default=list)
    simulated = models.BooleanField(default=False)
    error = models.CharField(max_length=30, blank=True)
    message = models.CharField(max_length=300, blank=True)
    favourite = models.BooleanField(default=False)

    queued_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "queued_at"], name="unfinished", condition=Q(state__in=["queued", "running"])),
            models.Index(fields=["comparison"], name="unsettled", condition=Q(settled=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["comparison", "position"], name="one_frame_per_position"),
            models.CheckConstraint(condition=~Q(state="done") | Q(image__isnull=False), name="done_has_an_image"),
            models.CheckConstraint(condition=Q(settled=False) | Q(cost__isnull=False), name="settled_has_a_cost"),
            models.CheckConstraint(condition=Q(cost__isnull=True) | Q(cost__lte=F("price")), name="costs_no_more_than_held"),
        ]

    def __str__(self) -> str:
        return f"frame {self.comparison_id}-{self.position} {self.state}"

    @property
    def seconds(self) -> float | None:
        """How long the provider took to answer, or None while it has not."""
        if self.started_at is None or self.finished_at is None:
            return None
        return (self.finished_at - self.started_at).total_seconds()


class Attempt(models.Model):
    """One call to a provider, claimed before it is made, so that no call is ever repeated blindly.

    ``job_id`` is the provider's own and is stored the moment it is known: a crash resumes by polling it. ``simulated``: the
    simulator was to answer it, and nobody takes money for it. ``log`` is for operators, already redacted.
    """

    class State(models.TextChoices):
        CLAIMED = "claimed"
        SUBMITTED = "submitted"
        SUCCEEDED = "succeeded"
        FAILED = "failed"
        LOST = "lost"

    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, related_name="attempts")
    round = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    model = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.CLAIMED)
    worker = models.UUIDField()
    job_id = models.CharField(max_length=300, blank=True)
    request_id = models.CharField(max_length=200, blank=True)
    error = models.CharField(max_length=30, blank=True)
    may_have_billed = models.BooleanField(default=False)
    simulated = models.BooleanField(default=False, db_default=False)
    log = models.TextField(blank=True)
    claimed_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["claimed_at"], name="attempts_by_time")]
        constraints = [
            models.UniqueConstraint(fields=["generation", "round", "number"], name="attempts_are_numbered"),
            models.UniqueConstraint(
                fields=["generation"], condition=Q(state__in=["claimed", "submitted"]), name="one_call_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.state}"


class Worker(models.Model):
    """A worker process and when it last showed signs of life; attempts of a silent one are settled by the sweep."""

    id = models.UUIDField(primary_key=True)
    started = models.DateTimeField(db_default=Now())
    seen = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.id)
