"""Every few seconds: what was lost is sent again, what a dead worker left is settled. Rows are the truth, messages hints."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import DateTimeField, Exists, F, Func, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Now
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone

from workspace.comparisons import announce, shares, wording
from workspace.comparisons.models import Attempt, Generation, Worker
from workspace.comparisons.wording import FrameError

logger = logging.getLogger(__name__)
EVERY_SECONDS = 5
IMAGE_PATIENCE_SECONDS = 10
OPEN = (Attempt.State.CLAIMED, Attempt.State.SUBMITTED)


class DatabaseStarted(Func):
    """When this Postgres server was started."""

    function = "pg_postmaster_start_time"
    output_field = DateTimeField()


def _ago(seconds: float) -> object:
    return Now() - timedelta(seconds=seconds)


def runs_to_send() -> list[int]:
    """Settle what dead workers left, then the ids of runs with frames that have waited too long in the queue."""
    for generation in abandoned():
        try:
            _settle_abandoned(generation)
        except Exception:  # one that cannot be settled must not keep the others from it
            logger.exception("frame %s could not be settled", generation.pk)
    forget_old_workers()
    waiting = Generation.objects.filter(state=Generation.State.QUEUED, queued_at__lt=_ago(EVERY_SECONDS))
    return list(waiting.values_list("comparison", flat=True).distinct()[:1000])


def images_to_finish() -> list[int]:
    """Ids of frames whose picture is shown but not yet decoded and charged, for longer than it should take."""
    late = Generation.objects.filter(settled=False, state=Generation.State.DONE, finished_at__lt=_ago(IMAGE_PATIENCE_SECONDS))
    return list(late.values_list("pk", flat=True)[:200])


def abandoned() -> QuerySet[Generation]:
    """Running frames that nobody works on: the last attempt's worker is silent, or the time of the whole frame is over."""
    alive = living_workers().filter(pk=OuterRef("worker"))
    later = Attempt.objects.filter(generation=OuterRef("generation"), round=OuterRef("round"), number__gt=OuterRef("number"))
    cared_for = Attempt.objects.filter(~Exists(later), Exists(alive), generation=OuterRef("pk"), round=OuterRef("round"))
    begun = Coalesce("started_at", "queued_at")  # one that stands in line at its provider has not started
    running = Generation.objects.annotate(begun=begun).filter(
        state=Generation.State.RUNNING, begun__lt=_ago(settings.WORKER_SILENCE_SECONDS)
    )
    overdue = Q(started_at__lt=_ago(settings.COMPARISON_DEADLINE))
    return running.filter(~Exists(cared_for) | overdue).select_related("comparison__user")[:500]


def living_workers() -> QuerySet[Worker]:
    """Those seen lately, and those a Postgres that has only just come back could not hear: they may hold paid answers for it."""
    lately = _ago(settings.WORKER_SILENCE_SECONDS)
    unheard = Q(started__lt=DatabaseStarted()) & Q(GreaterThanOrEqual(DatabaseStarted(), lately))
    return Worker.objects.filter(Q(seen__gte=lately) | unheard)


def _settle_abandoned(generation: Generation) -> None:
    """Resume by the provider's job id if one is known, or where nothing had been asked; else fail, and the credits come back."""
    asked = generation.started_at is not None
    overdue = asked and generation.started_at < timezone.now() - timedelta(seconds=settings.COMPARISON_DEADLINE)
    with transaction.atomic():
        locked = Generation.objects.select_for_update(skip_locked=True).filter(  # a locked one is being ended by somebody
            pk=generation.pk, round=generation.round, state=Generation.State.RUNNING
        )
        if not locked.exists():
            return
        job = _lose_attempts(generation, may_have_billed=asked)
        if (job or not asked) and not overdue:
            again = {"state": Generation.State.QUEUED, "message": "", "queued_at": Now() - timedelta(seconds=60)}
            locked.update(**again, version=F("version") + 1)
            logger.warning("frame %s: its worker died, sent again (%s)", generation.pk, f"job {job}" if job else "never asked")
            return
        _fail(generation, FrameError.OUT_OF_TIME if overdue else FrameError.WORKER_LOST)
    logger.warning("frame %s: its worker died, credits returned", generation.pk)
    generation.refresh_from_db()
    announce.ended(generation)


def _lose_attempts(generation: Generation, *, may_have_billed: bool) -> str:
    """Mark the open attempts lost; the job id by which the provider knows the last of them, if any."""
    attempts = generation.attempts.filter(round=generation.round, state__in=OPEN)
    job = attempts.order_by("-number").values_list("job_id", flat=True).first() or ""
    attempts.update(state=Attempt.State.LOST, may_have_billed=may_have_billed, ended_at=Now())
    return job


def _fail(generation: Generation, error: FrameError) -> None:
    Generation.objects.filter(pk=generation.pk).update(
        state=Generation.State.FAILED, error=error, message="", finished_at=Now(), cost=0, settled=True, version=F("version") + 1
    )
    shares.give_back(generation, wording.clause(error))


def forget_old_workers() -> None:
    Worker.objects.filter(seen__lt=_ago(3600)).delete()
