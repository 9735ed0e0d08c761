"""The Celery tasks of the desk. Each looks at rows or at the breaker, so that repeating one settles nothing twice."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from providers import catalogue
from workspace.celery import app
from workspace.comparisons import breakers, keys
from workspace.operations import checking, services
from workspace.operations.models import Probe

LEASE = checking.SECONDS + 10.0  # seconds for a question and its way to a worker
A_DAY = timedelta(hours=23)  # the clock strikes every hour and must not slip a day


@app.task(name="operations.probe")
def probe(asked: int) -> None:
    """Put one open question to its provider."""
    row = Probe.objects.filter(pk=asked, ended_at=None).first()
    if row is not None:
        findings = checking.ask([row.provider])
        checking.keep(findings[0] if findings else checking.unreachable(row.provider), row)


@app.task(name="operations.question_the_ill")
def question_the_ill() -> None:
    """Send somebody to each provider that may be well again, so that no designer's frame has to find out."""
    who = f"question {uuid4()}"
    for provider in breakers.question(who, LEASE):
        question.apply_async((provider, who), expires=LEASE)


@app.task(name="operations.question")
def question(provider: str, who: str) -> None:
    """Put the question that ``who`` was sent for, and tell the breaker what came of it; nothing is kept."""
    for finding in checking.ask([provider]):
        breakers.questioned(provider, finding.error.kind if finding.error else None, who=who)


@app.task(name="operations.daily")
def daily() -> None:
    """Once a day ask every provider about key and models; and whatever else is due: seal anew, forget what is old.

    Sent every hour, so that a machine which sleeps at night misses nothing.
    """
    asked = Probe.objects.filter(asked_by="", asked_at__gt=timezone.now() - A_DAY).values_list("provider", flat=True)
    due = [each.key for each in catalogue.providers() if each.key not in set(asked) and keys.find(each) is not None]
    probes = {provider: services.begin_probe(provider) for provider in due}
    for finding in checking.ask(probes):
        checking.keep(finding, probes[finding.provider])
    services.seal_anew()
    services.forget_old()
