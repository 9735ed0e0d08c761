"""Days as moments, in the installation's time zone."""

from datetime import date, datetime, time

from django.utils import timezone


def midnight(day: date) -> datetime:
    """The moment at which ``day`` begins."""
    return timezone.make_aware(datetime.combine(day, time.min))
