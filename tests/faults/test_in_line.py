"""A provider that takes one call at a time: who stands in line says so, and is drawn whatever becomes of the worker."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.faults.conftest import PACE, check_the_ledger
from tests.faults.servers import Crew
from tests.processes import wait_until
from tests.workspace.comparisons.conftest import V1, V2A
from workspace.comparisons import selectors, services

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def crew(crew, simulator, valkey) -> Iterator[Crew]:
    """Workers that may make one call at a time, and no others beside them."""
    crew.none_of("generations")
    crew.none_of("media")
    crew = Crew(simulator, REDIS_URL=valkey.url, PROVIDER_IN_FLIGHT="ideogram=1", **{**PACE, "GENERATION_DEADLINE": "60"})
    yield crew
    crew.stop()


def in_line(comparison):
    """The one frame that waits, as the sheet shows it."""
    waiting = [view for view in selectors.sheet(comparison).frames if "in line" in view.status]
    return waiting[0] if len(waiting) == 1 else None


def test_the_second_call_stands_in_line_and_counts_its_seconds_from_its_turn(run, settled, crew, asked, owner):
    crew.everybody()
    comparison = run("A badge [[fault:slow=250@V_2A_TURBO]]", models=(V2A, V1))
    view = wait_until(lambda: in_line(comparison), 30)
    assert view.state == "queued"
    assert view.started is None
    assert view.status.startswith("First in line at Ideogram. Usually starts within ")
    wait_until(lambda: len(asked(comparison)) == 1, 30)
    settled(comparison)
    first, second = sorted(comparison.generations.all(), key=lambda frame: frame.finished_at)
    assert (first.state, second.state) == ("done", "done")
    turn = timedelta(seconds=first.seconds)
    assert second.started_at - first.started_at > 0.9 * turn  # a turn is over before its end is written down
    assert second.message == ""
    check_the_ledger(owner, comparison)


def test_a_killed_worker_takes_nobody_out_of_the_line(run, settled, crew, sweeps, asked, owner):
    crew.everybody()
    comparison = run("A badge [[fault:slow=5000@V_2A_TURBO]]", models=(V2A, V1))
    waiting = wait_until(lambda: in_line(comparison), 30)
    crew.generations()[0].stop()
    crew.generations()
    frame = comparison.generations.get(position=waiting.position)
    sweeps(lambda: not selectors.sheet(comparison).live)
    frame.refresh_from_db()
    assert frame.state == "done"
    assert [attempt.state for attempt in frame.attempts.order_by("number")] == ["lost", "succeeded"]
    assert not frame.attempts.get(number=1).may_have_billed
    assert len(asked(comparison)) == 2
    check_the_ledger(owner, comparison)


def test_one_that_stands_in_line_can_be_stopped(run, settled, crew, asked, owner):
    crew.everybody()
    comparison = run("A badge [[fault:slow=250@V_2A_TURBO]]", models=(V2A, V1))
    waiting = wait_until(lambda: in_line(comparison), 30)
    services.cancel(comparison.generations.select_related("comparison__user").get(position=waiting.position))
    settled(comparison)
    assert len(asked(comparison)) == 1
    assert sorted(view.state for view in selectors.sheet(comparison).frames) == ["cancelled", "done"]
    check_the_ledger(owner, comparison)
