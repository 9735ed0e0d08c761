"""``kill -9`` at the worst moments. Afterwards every frame has ended, and its credits have moved exactly once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from tests.faults.conftest import SILENCE_SECONDS, balance, check_the_ledger
from tests.faults.servers import pause, resume, waits_for_a_lock
from tests.processes import wait_until
from workspace.comparisons import live, selectors, services, sweeping
from workspace.comparisons.models import Attempt, Generation
from workspace.comparisons.worker.runtime import ABORTS
from workspace.credits import services as credits

pytestmark = pytest.mark.django_db(transaction=True)
BUSY_MACHINE = 30.0  # seconds of grace: what is bounded here would otherwise last for ever
RECOVERED = SILENCE_SECONDS + sweeping.EVERY_SECONDS + BUSY_MACHINE


def frame_of(comparison) -> Generation:
    return comparison.generations.select_related("comparison__user", "image").get()


def test_between_claim_and_answer(run, settled, crew, sweeps, asked, owner):
    crew.everybody()
    comparison = run("A badge [[fault:hang*1]]")
    wait_until(lambda: asked(comparison))
    crew.generations()[0].stop()
    crew.generations()
    assert sweeps(lambda: frame_of(comparison).settled) < RECOVERED
    frame = frame_of(comparison)
    assert (frame.state, frame.error) == ("failed", "worker_lost")
    assert (frame.attempts.get().state, frame.attempts.get().may_have_billed) == ("lost", True)
    assert selectors.view(frame).notice.heading == "Our side stopped while this was drawing."
    assert "back" in selectors.view(frame).notice.sentence
    assert asked(comparison) == ["V_2A_TURBO"]
    check_the_ledger(owner, comparison)

    services.retry(frame, owner)
    settled(comparison)
    assert frame_of(comparison).state == "done"
    assert asked(comparison) == ["V_2A_TURBO"] * 2
    check_the_ledger(owner, comparison)


def test_between_answer_and_commit(run, crew, sweeps, asked, owner):
    """The frame's row is held, so that the worker dies with the picture on disk and its statement on the way.

    Postgres carries out what it was sent, though nobody waits for it any more: the paid picture is kept.
    """
    crew.everybody()
    comparison = run("A badge [[fault:slow=250*1]]")
    wait_until(lambda: frame_of(comparison).state == "running")
    with transaction.atomic():
        Generation.objects.select_for_update().get(comparison=comparison)
        wait_until(lambda: waits_for_a_lock("INSERT INTO comparisons_image"))
        crew.generations()[0].stop()
    crew.generations()
    assert sweeps(lambda: frame_of(comparison).settled) < RECOVERED
    frame = frame_of(comparison)
    assert (frame.state, frame.attempts.get().state) == ("done", "succeeded")
    assert frame.image.checked
    assert asked(comparison) == ["V_2A_TURBO"]
    check_the_ledger(owner, comparison)


@pytest.mark.parametrize("model", ["bfl/flux-2-pro", "replicate/flux-dev", "fal/flux-3"])
def test_while_the_provider_works_at_a_job(run, crew, sweeps, asked, owner, model):
    """The job goes on without us: the next worker asks how it is doing, and orders nothing."""
    crew.everybody()
    comparison = run("A badge [[fault:slow=250*1]]", models=(model,))
    first = wait_until(lambda: frame_of(comparison).attempts.filter(state="submitted").first())
    crew.generations()[0].stop()
    crew.generations()
    assert sweeps(lambda: frame_of(comparison).settled) < RECOVERED
    assert drawn(comparison) == ("done", [("lost", first.job_id), ("succeeded", first.job_id)])
    assert len(asked(comparison)) == 1
    check_the_ledger(owner, comparison)


def drawn(comparison) -> tuple[str, list[tuple[str, str]]]:
    """The frame's state, and of each attempt its state and the job that it asked about."""
    frame = frame_of(comparison)
    return frame.state, list(frame.attempts.order_by("number").values_list("state", "job_id"))


def test_while_the_next_worker_asks_how_the_job_is_doing(run, crew, sweeps, asked, owner):
    crew.everybody()
    comparison = run("A badge [[fault:slow=1000*1]]", models=("bfl/flux-2-pro",))
    first = wait_until(lambda: frame_of(comparison).attempts.filter(state="submitted").first())
    crew.generations()[0].stop()
    crew.generations()
    sweeps(lambda: frame_of(comparison).attempts.filter(number=2, state="submitted"))
    crew.generations()[0].stop()
    crew.generations()
    sweeps(lambda: frame_of(comparison).settled)
    lost = ("lost", first.job_id)
    assert drawn(comparison) == ("done", [lost, lost, ("succeeded", first.job_id)])
    assert len(asked(comparison)) == 1
    check_the_ledger(owner, comparison)


@contextmanager
def its_row_is_held(frame: Generation) -> Iterator[str]:
    """Nothing of the settlement can happen."""
    with transaction.atomic():
        Generation.objects.select_for_update().get(pk=frame.pk)
        yield 'UPDATE "comparisons_generation"'


@contextmanager
def its_entry_is_held(frame: Generation) -> Iterator[str]:
    """The frame is marked settled, and its credits cannot move: somebody else is about to write the same entry."""
    share = {"account": credits.account_of(frame.comparison.user).pk, "held": frame.price, "comparison": frame.comparison_id}
    with transaction.atomic():
        credits.capture(frame.pk, frame.round, charged=frame.price, reason="About to be taken back", **share)
        yield "INSERT INTO credits_entry"
        transaction.set_rollback(True)


@pytest.mark.parametrize("held", [its_row_is_held, its_entry_is_held])
def test_while_a_picture_is_finished(run, crew, sweeps, owner, held: Callable):
    crew.everybody()
    (media,) = crew.media()
    pause(media)
    comparison = run()
    wait_until(lambda: frame_of(comparison).state == "done")
    with held(frame_of(comparison)) as statement:
        resume(media)
        wait_until(lambda: waits_for_a_lock(statement))
        media.stop()
    assert not frame_of(comparison).settled
    crew.media()
    sweeps(lambda: frame_of(comparison).settled)
    frame = frame_of(comparison)
    assert (frame.state, frame.cost) == ("done", frame.price)
    assert frame.image.checked
    check_the_ledger(owner, comparison)


def test_a_frame_its_living_worker_has_lost_sight_of_does_not_run_for_ever(run, crew, sweeps, asked, owner):
    """An order to drop the call that came without a cancel: too late, for an earlier round of the frame."""
    crew.everybody()
    comparison = run("A badge [[fault:hang*1]]")
    wait_until(lambda: asked(comparison))
    live.publish(ABORTS, f"{frame_of(comparison).pk}:1")
    assert sweeps(lambda: frame_of(comparison).settled) < 2 * SILENCE_SECONDS + BUSY_MACHINE
    assert frame_of(comparison).state == "failed"
    assert balance(owner) == 250
    check_the_ledger(owner, comparison)


def test_a_disk_that_takes_nothing_fails_the_frame_and_not_the_next_one(run, settled, crew, owner, settings):
    crew.everybody()
    originals = settings.MEDIA_ROOT / "originals"
    kept = originals.rename(originals.with_name("kept")) if originals.exists() else None
    originals.parent.mkdir(parents=True, exist_ok=True)
    originals.touch()
    try:
        comparison = run("A badge for a full disk")
        settled(comparison)
    finally:
        originals.unlink()
        if kept:
            kept.rename(originals)
    assert frame_of(comparison).state == "failed"
    assert not Attempt.objects.filter(state__in=sweeping.OPEN).exists()
    check_the_ledger(owner, comparison)
    services.retry(frame_of(comparison), owner)
    settled(comparison)
    assert frame_of(comparison).state == "done"
    check_the_ledger(owner, comparison)
