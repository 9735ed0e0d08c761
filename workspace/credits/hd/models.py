from django.conf import settings
from django.db import models
from django.db.models import Q


class HdEntry(models.Model):
    """One movement of somebody's allowance of HD images, written once and never changed.

        use         -1   a frame's round is to be drawn in HD
        return      +1   it was not: failed, refused, stopped, or drawn in less by another model
        adjustment  ±n   an admin's, with a reason; undone by another that ``refers_to`` it, once and whole

    ``day`` is the one the image counts on, in the installation's time zone. A return counts on the day of its use, so that what
    comes back after midnight on the 31st does not make the next month longer. ``key`` makes a movement happen once. As with
    ``Entry``, ``account`` has no foreign key in the database, and ``generation`` outlives its frame.
    """

    class Kind(models.TextChoices):
        USE = "use"
        RETURN = "return"
        ADJUSTMENT = "adjustment"

    account = models.ForeignKey(
        "credits.Account", on_delete=models.PROTECT, related_name="hd_entries", db_index=False, db_constraint=False
    )
    kind = models.CharField(max_length=12, choices=Kind)
    amount = models.IntegerField()
    day = models.DateField()
    key = models.CharField(max_length=120)
    generation = models.BigIntegerField(null=True)
    round = models.PositiveSmallIntegerField(null=True)
    refers_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="corrections", db_index=False, db_constraint=False
    )
    reason = models.CharField(max_length=300)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    created = models.DateTimeField(db_default=models.Func(function="clock_timestamp", output_field=models.DateTimeField()))

    class Meta:
        verbose_name_plural = "HD entries"
        indexes = [
            models.Index(fields=["account", "day"], include=["amount"], name="hd_of_a_month"),
            models.Index(fields=["account", "-created", "-id"], name="hd_statement"),
            models.Index(fields=["account", "-created", "-id"], name="rare_hd_entries", condition=~Q(kind="use")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="an_hd_key_moves_once"),
            models.UniqueConstraint(fields=["refers_to"], name="an_hd_adjustment_is_undone_once"),
            models.CheckConstraint(condition=Q(refers_to=None) | Q(kind="adjustment"), name="only_hd_adjustments_are_undone"),
            models.UniqueConstraint(
                fields=["generation", "round", "kind"], condition=Q(generation__isnull=False), name="an_hd_image_moves_once"
            ),
            models.CheckConstraint(
                name="hd_entry_has_the_shape_of_its_kind",
                condition=(
                    Q(kind="use", amount=-1, generation__isnull=False, round__isnull=False)
                    | Q(kind="return", amount=1, generation__isnull=False, round__isnull=False)
                    | (Q(kind="adjustment", generation=None, round=None, actor__isnull=False) & ~Q(amount=0))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount:+d} on {self.day} ({self.reason})"
