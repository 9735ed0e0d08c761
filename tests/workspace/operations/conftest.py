"""An admin at the desk, attempts made up to order, and nothing remembered from the test before."""

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.workspace.comparisons.conftest import everything_simulated, run, settled, simulator  # noqa: F401 (fixtures)
from workspace.comparisons.models import Attempt, Comparison, Generation
from workspace.operations import configuration, health

KEY = "sk-made-up-0123456789-wxyz"


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    configuration.forget()
    health.forget()
    yield
    configuration.forget()
    health.forget()
    health._held.troubled = {}


@pytest.fixture(autouse=True)
def no_keys_of_this_machine(monkeypatch) -> None:
    for name in ("OPENAI", "IDEOGRAM", "BFL", "GEMINI", "STABILITY"):
        monkeypatch.delenv(f"{name}_API_KEY", raising=False)


@pytest.fixture
def admin(staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


@pytest.fixture
def attempt(owner) -> Callable[..., Attempt]:
    """One call that ended ``ago``, having taken ``seconds``; its frame is a bare one."""
    runs = iter(range(1, 10_000))

    def make(
        model: str = "openai/gpt-image-2",
        *,
        ago: timedelta = timedelta(minutes=1),
        at: datetime | None = None,
        seconds: float | None = 2.0,
        error: str = "",
        expected: float = 2.0,
        **money: object,
    ) -> Attempt:
        square = {"width": 64, "height": 64, "quality": "draft", "prompt": "A badge"}
        comparison = Comparison.objects.create(
            user=owner, number=next(runs), key=uuid.uuid4(), intent="draft", auto=False, shape="1:1", **square
        )
        facts = {"model": model, "model_label": model, "price": 3, "cost": 0, "settled": True, "expected_seconds": expected}
        frame = Generation.objects.create(
            comparison=comparison, position=1, state="failed", **{"estimate_usd": "0.03", **facts, **square, **money}
        )
        begun = at or timezone.now() - ago
        ended = begun + timedelta(seconds=seconds) if seconds is not None else None
        state = "claimed" if ended is None else "failed" if error else "succeeded"
        call = {"round": 1, "number": 1, "worker": uuid.uuid4(), "model": model, "state": state, "error": error}
        return Attempt.objects.create(generation=frame, claimed_at=begun, ended_at=ended, **call)

    return make
