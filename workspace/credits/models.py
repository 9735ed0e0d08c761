from django.conf import settings
from django.db import models
from django.db.models import Q

from workspace.credits.hd.models import HdEntry  # noqa: F401 - Django looks for models here
from workspace.credits.price_model import OwnPrice  # noqa: F401


class Account(models.Model):
    """The row to lock: what one person can still spend, in credits. Held credits have already left the balance.

    Everybody has one, it is never deleted (a trigger refuses), and nobody who has one can be deleted, in Django or in psql: the
    ledger must stay explainable. Switch such a person off instead (``is_active``). ``month`` is the first day of the last month
    that has begun for it (``monthly``).
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="credits")
    balance = models.BigIntegerField(default=0)
    month = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(balance__gte=0), name="balance_never_negative")]

    def __str__(self) -> str:
        return f"{self.balance} credits"


SETTLES = Q(comparison__isnull=False, generation__isnull=False, round__isnull=False)
OF_RUNS = ["hold", "capture", "release"]  # all but a few of the entries
OF_NO_RUN = Q(comparison=None, generation=None, round=None)


class Entry(models.Model):
    """One movement of credits, written once and never changed (the database refuses update and delete).

    ``amount`` changes the balance, ``held`` changes what is reserved; what was spent is ``-(amount + held)``:

        grant 250      amount +250  held   0    spent -250 (income)
        hold 21        amount  -21  held +21    spent    0
        capture 4      amount    0  held  -4    spent    4
        capture 1 of 4 amount   +3  held  -4    spent    1
        release 4      amount   +4  held  -4    spent    0
        refund 4       amount   +4  held   0    spent   -4
        adjustment     amount   ±n  held   0    by an admin, for a reason
        expiry 30      amount  -30  held   0    what was left unused (0: nothing was)

    A correction ``refers_to`` what it corrects: a refund to its capture, never more in sum than that has taken, and the undoing
    of an adjustment to the adjustment, once and whole (a trigger sees to both; no foreign key, since entries are never deleted).

    ``key`` makes a movement happen once however often it is asked for. ``comparison`` and ``generation`` are ids without a
    foreign key: the ledger outlives the frames. A frame asked for again has a new ``round``, held and settled on its own.
    ``balance_after`` is null where the account row was not touched (a capture in full). ``id`` and ``created`` (the clock, not
    the start of the transaction) are drawn under the lock of the account, so that the balance runs through them in order.

    ``account`` has no foreign key in the database: its check would lock the account's row for every capture, and such shared
    locks made fifty threads deadlock. Instead an account is never deleted (a trigger) and the audit looks for orphans. Its index
    is ``statement``.
    """

    class Kind(models.TextChoices):
        GRANT = "grant"
        HOLD = "hold"
        CAPTURE = "capture"
        RELEASE = "release"
        REFUND = "refund"
        ADJUSTMENT = "adjustment"
        EXPIRY = "expiry"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="entries", db_index=False, db_constraint=False)
    kind = models.CharField(max_length=12, choices=Kind)
    amount = models.BigIntegerField()
    held = models.BigIntegerField(default=0)
    balance_after = models.BigIntegerField(null=True)
    key = models.CharField(max_length=120)
    comparison = models.BigIntegerField(null=True)
    generation = models.BigIntegerField(null=True)
    round = models.PositiveSmallIntegerField(null=True)
    refers_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="corrections", db_index=False, db_constraint=False
    )
    reason = models.CharField(max_length=300)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    created = models.DateTimeField(db_default=models.Func(function="clock_timestamp", output_field=models.DateTimeField()))

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["account", "-created", "-id"], name="statement"),
            models.Index(fields=["comparison"], name="entries_of_comparison", condition=Q(comparison__isnull=False)),
            models.Index(fields=["account", "-created", "-id"], name="rare_entries", condition=~Q(kind__in=OF_RUNS)),
            models.Index(fields=["refers_to"], name="corrections", condition=Q(refers_to__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="a_key_moves_once"),
            models.UniqueConstraint(
                fields=["generation", "round"], condition=Q(kind__in=["capture", "release"]), name="a_share_settles_once"
            ),
            models.UniqueConstraint(fields=["generation", "round"], condition=Q(kind="hold"), name="a_share_is_held_once"),
            models.UniqueConstraint(fields=["refers_to"], condition=Q(kind="adjustment"), name="an_adjustment_is_undone_once"),
            models.CheckConstraint(
                name="entry_has_the_shape_of_its_kind",
                condition=(
                    Q(OF_NO_RUN, kind="grant", amount__gt=0, held=0, refers_to=None)
                    | Q(OF_NO_RUN, kind="adjustment", held=0) & ~Q(amount=0)
                    | Q(OF_NO_RUN, kind="expiry", amount__lte=0, held=0, refers_to=None)
                    | Q(kind="hold", amount__lte=0, held=-models.F("amount"), comparison__isnull=False, refers_to=None)
                    | Q(SETTLES, kind="capture", amount__gte=0, held__lte=-models.F("amount"), refers_to=None)
                    | Q(SETTLES, kind="release", amount__gte=0, held=-models.F("amount"), refers_to=None)
                    | Q(SETTLES, kind="refund", amount__gt=0, held=0, refers_to__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="generation_and_round_come_together",
                condition=Q(generation=None, round=None) | Q(generation__isnull=False, round__isnull=False),
            ),
            models.CheckConstraint(
                name="balance_after_is_told_when_it_changes",
                condition=Q(balance_after__isnull=False, balance_after__gte=0) | Q(balance_after=None, kind="capture", amount=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount:+d} ({self.reason})"

    @property
    def spent(self) -> int:
        """Credits that this entry took for good; negative where it gave some back or brought some in."""
        return -(self.amount + self.held)

    def refundable(self) -> int:
        """Credits of this capture that have not come back yet."""
        returned = self.corrections.filter(kind=self.Kind.REFUND).aggregate(total=models.Sum("amount", default=0))
        return self.spent - returned["total"]
