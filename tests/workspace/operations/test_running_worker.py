"""What an admin changes reaches a worker that is running: keys and pauses, without a restart."""

import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.processes import Worker, wait_until
from workspace.comparisons import compose, drafts
from workspace.comparisons import services as comparisons
from workspace.comparisons.models import Comparison, Generation
from workspace.operations import services

V2A = "ideogram/v_2a_turbo"
PLAIN = drafts.Draft(prompt="A badge", models=(V2A,), shape="1:1")


@pytest.fixture(scope="module")
def worker(django_db_setup, simulator) -> Iterator[Worker]:
    """Where a key is configured it goes to the simulator's door, which knows a wrong one."""
    running = Worker("generations", simulator.url, IDEOGRAM_BASE_URL=f"{simulator.url}/ideogram")
    yield running
    running.stop()


@pytest.fixture
def order(transactional_db, worker) -> comparisons.Order:
    """A plan with one frame for Ideogram, made before anything is changed."""
    plan = compose.plan(PLAIN)
    route = next(route for route in plan.routes if route.model.id == V2A)
    return comparisons.Order(PLAIN.brief, replace(plan, routes=(route,)), PLAIN.shape, uuid.uuid4())


def ended(comparison: Comparison) -> Generation:
    """The run's only frame once it has ended."""
    return wait_until(lambda: comparison.generations.exclude(state__in=Generation.UNFINISHED).first(), 30, "it did not end")


def test_an_entered_key_is_used_within_seconds(order, owner, staff):
    def asked() -> tuple[str, str]:
        """The model that was asked first, and what came of it."""
        frame = ended(comparisons.start(owner, replace(order, key=uuid.uuid4())).comparison)
        return frame.attempts.order_by("number").values_list("model", "error").first()

    assert asked() == (V2A, "")
    services.set_key("ideogram", "wrong-key", staff)
    wait_until(lambda: asked() == (V2A, "bad_key"), 30, "the entered key was never used")
    services.remove_key("ideogram", staff)
    wait_until(lambda: asked() == (V2A, ""), 30, "the removed key was used on, or is held against the provider")


def test_a_frame_planned_before_a_pause_falls_back(order, owner, staff):
    services.pause("ideogram", staff)

    def paused() -> Generation | None:
        frame = ended(comparisons.start(owner, replace(order, key=uuid.uuid4())).comparison)
        return frame if frame.attempts.filter(error="paused").exists() else None

    frame = wait_until(paused, 30, "the pause was not heard of")
    assert frame.state == Generation.State.DONE
    assert not frame.answered_by.startswith("ideogram/")
    assert frame.message.startswith("Ideogram 2a Turbo is paused. ")


def test_without_anybody_to_fall_back_to_the_credits_come_back(order, owner, staff):
    alone = replace(order, plan=replace(order.plan, routes=(replace(order.plan.routes[0], fallbacks=()),)))
    services.pause("ideogram", staff)

    def paused() -> Generation | None:
        frame = ended(comparisons.start(owner, replace(alone, key=uuid.uuid4())).comparison)
        return frame if frame.error == "paused" else None

    frame = wait_until(paused, 30, "the pause was not heard of")
    assert (frame.state, frame.cost, frame.settled) == ("failed", 0, True)
