"""A budget that is used up while a worker runs: what is drawn is paid, what comes after goes elsewhere."""

import uuid
from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.processes import Worker, wait_until
from tests.workspace.comparisons.conftest import FLARE, run, settled
from tests.workspace.operations import standing_in
from tests.workspace.operations.conftest import KEY
from tests.workspace.operations.standing_in import PATH, OpenAI
from workspace.accounts.roles import Role
from workspace.comparisons import compose, drafts, keys
from workspace.comparisons.models import Attempt, Generation
from workspace.operations import configuration
from workspace.spend import budgets
from workspace.spend.models import Crossing

__all__ = ["run", "settled"]
PLAIN = drafts.Draft(prompt="A badge", models=(FLARE,), shape="1:1")


@pytest.fixture
def vendor(settings, monkeypatch) -> Iterator[OpenAI]:
    """OpenAI with a key, so that its pictures cost real money, as far as this product knows."""
    with standing_in.openai() as server:
        settings.SIMULATOR_URL = server.url
        for name, value in {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": server.url + PATH}.items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture
def workers(vendor, transactional_db, django_db_setup) -> Iterator[None]:
    environment = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": vendor.url + PATH}
    running = [Worker(queue, vendor.url, **environment) for queue in ("generations", "media")]
    yield
    for worker in running:
        worker.stop()


def test_the_picture_that_uses_it_up_is_kept_and_the_next_is_planned_elsewhere(workers, vendor, run, settled, admin):
    first = run(models=(FLARE,), quality="draft")
    settled(first)
    spent = first.generations.get().cost_usd
    assert spent
    facts = {"reason": "Agreed in November", "key": uuid.uuid4(), "after": 0, "by": admin(Role.OWNER)}
    budgets.set_budget("openai", max(spent * Decimal("1.5"), Decimal("0.01")).quantize(Decimal("0.01")), **facts)

    frames = []

    def paused() -> bool:
        """The process that keeps pictures has looked, by itself."""
        comparison = run(models=(FLARE,), quality="draft")
        settled(comparison)
        frames.extend(comparison.generations.all())
        return Crossing.objects.filter(percent=100).exists()

    wait_until(paused, message="the budget was never looked at")
    configuration.forget()
    assert keys.paused()["openai"].endswith("is used up")
    assert [frame.state for frame in frames] == [Generation.State.DONE] * len(frames)
    assert not any(frame.simulated for frame in frames)
    assert not Attempt.objects.filter(simulated=True).exists()
    plan = compose.plan(PLAIN)
    assert "openai" not in {route.model.provider for route in plan.routes}
    assert len(vendor.asked) == 1 + len(frames)
