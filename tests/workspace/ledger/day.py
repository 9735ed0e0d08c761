"""A day on which everything happened to one person's credits, through the product's own verbs."""

import uuid
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from tests.workspace.comparisons.conftest import FLARE, V2A
from workspace.accounts.models import Plan, User
from workspace.comparisons import finishing, services, sweeping, wording
from workspace.comparisons.models import Attempt, Comparison, Generation
from workspace.credits import monthly
from workspace.credits.hd.models import HdEntry
from workspace.credits.models import Entry
from workspace.ledger import adjusting, hd_adjusting, refunding
from workspace.ledger.models import Proposal

SUNBURST = "openai/gpt-image-2.6-sunburst"
type Run = Callable[..., Comparison]
type Picture = Callable[..., Generation]


def a_day(owner: User, first: User, second: User, run: Run, picture: Picture) -> None:
    """Month, run, fallback, refusal, retry, dead workers, HD, and every correction an admin can make."""
    the_month_begins(owner)
    runs(owner, run, picture)
    corrections(owner, first, second)


def the_month_begins(owner: User) -> None:
    Plan.objects.filter(is_default=True).update(name="Studio", monthly_credits=450, carry_over=100, hd_per_month=20)
    User.objects.filter(pk=owner.pk).update(date_joined=timezone.now() - timedelta(days=90))
    monthly.begin()


def runs(owner: User, run: Run, picture: Picture) -> None:
    cheaper, broken, kept = run(models=(FLARE, SUNBURST, V2A)).generations.order_by("position")
    picture(kept)
    steps_in(picture, cheaper)
    picture(broken, data=b"no picture at all", finish=False)
    finishing.finish(broken.pk)
    picture(services.retry(broken, owner))
    drawn, stopped = run(models=(FLARE, SUNBURST), quality="hd", cap="").generations.order_by("position")
    picture(drawn)
    services.cancel(stopped)
    lost, resumed = run(models=(FLARE, V2A)).generations.order_by("position")
    workers_die(resumed, lost)
    resumed.refresh_from_db()
    picture(resumed)


def steps_in(picture: Picture, frame: Generation) -> None:
    """Another model draws it for less."""
    picture(frame, finish=False)
    label = "Ideogram 2a Turbo"
    said = wording.fell_back(frame.model_label, "gave no answer in time", label, held=frame.price, cost=1)
    facts = {"answered_by": V2A, "answered_label": label, "cost": 1, "message": said}
    Generation.objects.filter(pk=frame.pk).update(**facts)
    finishing.finish(frame.pk)


def workers_die(resumed: Generation, lost: Generation) -> None:
    """One had a job at its provider, which is fetched; of the other nobody knows how it ended."""
    long_ago = timezone.now() - timedelta(seconds=100)
    for frame, job in ((resumed, "job-1"), (lost, "")):
        Generation.objects.filter(pk=frame.pk).update(state="running", started_at=long_ago, queued_at=long_ago)
        Attempt.objects.create(
            generation=frame, round=1, number=1, model=frame.model, worker=uuid.uuid4(), job_id=job, state="submitted"
        )
    sweeping.runs_to_send()


def corrections(owner: User, first: User, second: User) -> None:
    adjusting.adjust(owner, 40, reason="Goodwill for the outage (Run 1)", key=uuid.uuid4(), by=first)
    adjusting.undo(Entry.objects.get(kind="adjustment"), reason="It was the wrong person", by=second)
    adjusting.adjust(owner, 600, reason="A campaign for the spring", key=uuid.uuid4(), by=first)
    adjusting.approve(Proposal.objects.get(), second)
    refunding.refund(owner, "1-3", None, reason="The badge was misspelt", key=uuid.uuid4(), by=first)
    hd_adjusting.adjust(owner, 3, reason="A campaign for the spring", key=uuid.uuid4(), by=first)
    hd_adjusting.undo(HdEntry.objects.get(kind="adjustment"), reason="The campaign was called off", by=first)
