"""The Celery tasks of credits. Each looks at rows first: repeating one moves nothing twice."""

from workspace.celery import app
from workspace.credits import monthly


@app.task(name="credits.month")
def begin_month() -> None:
    """Give the month's credits to whoever has not had them. Every hour, so that a machine that slept misses nothing."""
    monthly.begin()
