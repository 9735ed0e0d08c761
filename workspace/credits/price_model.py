from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class OwnPrice(models.Model):
    """From a day on, what an image of one model in one quality costs here, whatever the catalogue says. Written once.

    Either ``usd`` (what the provider takes, turned into credits by the usual rule) or ``credits``; with neither the catalogue's
    price holds again. Of those of one model and quality the latest day counts, and of one day the latest row. ``model`` is an id.
    """

    model = models.CharField(max_length=160)
    quality = models.CharField(max_length=10)
    starts = models.DateField()
    usd = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    credits = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["model", "quality", "-starts", "-id"], name="own_price_of_a_day")]
        constraints = [
            models.CheckConstraint(condition=Q(usd=None) | Q(credits=None), name="own_price_is_in_usd_or_credits"),
            models.CheckConstraint(condition=Q(usd=None) | Q(usd__gte=0), name="own_price_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.model} in {self.quality} from {self.starts}"
