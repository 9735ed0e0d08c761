"""Providers that say nothing, and addresses where nobody is."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.faults.conftest import PACE, V2A, check_the_ledger
from tests.faults.servers import Crew, ValkeyServer
from tests.processes import Simulator
from tests.workspace.comparisons.conftest import FLARE
from workspace.comparisons.models import Comparison

pytestmark = pytest.mark.django_db(transaction=True)


CALL_SECONDS = 5  # a provider call's longest time here
BUSY_MACHINE = 30.0


@contextmanager
def other_workers(crew: Crew, simulator: Simulator, valkey: ValkeyServer, **environment: str) -> Iterator[None]:
    """Workers of another setting, the only ones that ask providers."""
    crew.none_of("generations")
    crew.media()
    others = Crew(simulator, REDIS_URL=valkey.url, **PACE | environment)
    others.generations()
    yield
    others.stop()


@pytest.fixture
def impatient_crew(crew, simulator, valkey) -> Iterator[None]:
    with other_workers(crew, simulator, valkey, GENERATION_DEADLINE=str(CALL_SECONDS)):
        yield


@pytest.fixture
def crew_without_openai(crew, simulator, valkey) -> Iterator[None]:
    """Workers with a key for OpenAI, and with nothing listening at its address."""
    with other_workers(crew, simulator, valkey, OPENAI_API_KEY="key", OPENAI_BASE_URL="http://127.0.0.1:1/v1"):
        yield


def seconds_until_settled(settled, *comparisons: Comparison) -> float:
    start = time.monotonic()
    for comparison in comparisons:
        settled(comparison)
    return time.monotonic() - start


def test_a_provider_that_hangs_is_left_in_time(run, settled, impatient_crew, asked, owner):
    """One doubt is forgiven: another model steps in. After a second one the frame fails, whoever else could be asked."""
    once = run("A badge [[fault:hang@V_2A_TURBO]]")
    always = run("A badge [[fault:hang]]")
    assert seconds_until_settled(settled, once, always) < 2 * CALL_SECONDS + BUSY_MACHINE
    rescued, lost = once.generations.get(), always.generations.get()
    assert rescued.state == "done"
    assert rescued.answered_by != V2A
    assert (lost.state, lost.error) == ("failed", "timed_out")
    assert (len(asked(once)), len(asked(always))) == (2, 2)
    assert [attempt.may_have_billed for attempt in lost.attempts.all()] == [True, True]
    check_the_ledger(owner, once, always)


def test_a_dead_address_costs_nothing_and_another_provider_steps_in(run, settled, crew_without_openai, owner):
    comparison = run(models=(FLARE,))
    settled(comparison)
    frame = comparison.generations.get()
    assert frame.state == "done"
    assert not frame.answered_by.startswith("openai/")
    first = frame.attempts.order_by("number").first()
    assert (first.model, first.error, first.may_have_billed) == (FLARE, "connection_failed", False)
    check_the_ledger(owner, comparison)


def test_a_dead_provider_is_not_asked_again_by_the_next_frame_and_the_frame_says_why(run, settled, crew_without_openai, owner):
    first = run("A badge that finds out", models=(FLARE,))
    settled(first)
    second = run("A badge that knows", models=(FLARE,))
    settled(second)
    frame = second.generations.get()
    assert [(attempt.model, attempt.error) for attempt in frame.attempts.all()] == [(frame.answered_by, "")]
    assert f"{frame.model_label} has been out of reach since " in frame.message
    assert f"{frame.answered_label} stepped in" in frame.message
    check_the_ledger(owner, first, second)
