"""What a dead worker left is settled; what was lost is sent again; what is well is left alone."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.workspace.comparisons.conftest import FLARE, V1, V2A
from workspace.comparisons import selectors, sweeping
from workspace.comparisons.models import Attempt, Generation, Worker
from workspace.credits import audit
from workspace.credits.models import Account

pytestmark = pytest.mark.django_db


def ago(seconds: float):
    return timezone.now() - timedelta(seconds=seconds)


@pytest.fixture
def alive() -> Worker:
    return Worker.objects.create(id=uuid.uuid4())


@pytest.fixture
def dead() -> Worker:
    worker = Worker.objects.create(id=uuid.uuid4())
    Worker.objects.filter(pk=worker.pk).update(seen=ago(60))
    return worker


@pytest.fixture
def running(run):
    """A frame that has been running for a minute under a worker."""

    def start(worker: Worker, **attempt: object) -> Generation:
        frame = run().generations.get()
        Generation.objects.filter(pk=frame.pk).update(state="running", started_at=ago(attempt.pop("seconds", 60)))
        Attempt.objects.create(generation=frame, round=1, number=1, model=V2A, worker=worker.pk, **attempt)
        return frame

    return start


def test_a_dead_workers_frame_fails_and_its_credits_return(running, dead, owner):
    frame = running(dead)
    assert sweeping.runs_to_send() == []
    frame.refresh_from_db()
    assert (frame.state, frame.error, frame.settled, frame.cost) == ("failed", "worker_lost", True, 0)
    assert frame.attempts.get().state == "lost"
    assert frame.attempts.get().may_have_billed
    assert Account.objects.get(user=owner).balance == 250
    assert "are back" in selectors.sheet(frame.comparison).frames[0].notice.sentence
    assert not list(audit.disagreements())


def test_a_job_the_provider_knows_is_asked_for_again_and_not_ordered_twice(running, dead, owner):
    frame = running(dead, state="submitted", job_id="job-7")
    assert sweeping.runs_to_send() == [frame.comparison_id]
    frame.refresh_from_db()
    assert (frame.state, frame.settled) == ("queued", False)
    assert frame.attempts.get().state == "lost"
    assert Account.objects.get(user=owner).balance == 250 - frame.price


def test_a_living_workers_frame_is_left_alone(running, alive):
    frame = running(alive)
    assert sweeping.runs_to_send() == []
    frame.refresh_from_db()
    assert frame.state == "running"


def test_a_frame_between_two_attempts_of_a_living_worker_is_left_alone(running, alive):
    frame = running(alive, state="failed", error="rate_limited")
    sweeping.runs_to_send()
    frame.refresh_from_db()
    assert frame.state == "running"


def test_no_frame_runs_for_ever(running, alive, settings, owner):
    frame = running(alive, seconds=settings.COMPARISON_DEADLINE + 10)
    sweeping.runs_to_send()
    frame.refresh_from_db()
    assert (frame.state, frame.error) == ("failed", "out_of_time")
    assert Account.objects.get(user=owner).balance == 250


def test_a_lost_message_is_sent_again_once_for_a_whole_run(run):
    comparison, fresh = run(models=(FLARE, V2A, V1)), run()
    Generation.objects.filter(comparison=comparison).update(queued_at=ago(10))
    assert sweeping.runs_to_send() == [comparison.pk]
    assert fresh.pk not in sweeping.runs_to_send()


def test_a_picture_nobody_polished_is_found(run, picture):
    frame = picture(run().generations.select_related("comparison").get(), finish=False)
    assert sweeping.images_to_finish() == []
    Generation.objects.filter(pk=frame.pk).update(finished_at=ago(30))
    assert sweeping.images_to_finish() == [frame.pk]


def test_twice_changes_nothing_more(running, dead, owner):
    running(dead)
    sweeping.runs_to_send()
    sweeping.runs_to_send()
    assert Account.objects.get(user=owner).balance == 250
