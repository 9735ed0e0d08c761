"""Calls made up to order, with or without a picture, and admins of every role."""

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.workspace.comparisons.conftest import everything_simulated
from tests.workspace.ledger.conftest import admin, signed_in_as
from workspace.accounts.models import User
from workspace.comparisons.models import Attempt, Comparison, Generation, Image
from workspace.operations import configuration

__all__ = ["admin", "everything_simulated", "signed_in_as"]
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
OPENAI, BFL, V2A = "openai/gpt-image-2", "bfl/flux-2-pro", "ideogram/v_2a_turbo"
SQUARE = {"width": 64, "height": 64}
FACTS = {"quality": "draft", "prompt": "A badge", **SQUARE}


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    configuration.forget()
    yield
    configuration.forget()


@pytest.fixture
def at_noon(monkeypatch) -> datetime:
    """The 20th of November, noon, for Python; Postgres goes on by its own clock."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    return NOON


@pytest.fixture
def call(owner) -> Callable[..., Attempt]:
    """One call at ``at``: with a picture, unless there is an ``error`` or it is still ``open``. Estimated at 10 cents."""
    numbers = iter(range(1, 10_000))

    def make(
        model: str = OPENAI,
        *,
        at: datetime = NOON,
        error: str = "",
        told: str | None = None,
        billed: bool = False,
        simulated: bool = False,
        person: User | None = None,
        open: bool = False,
        **frame: object,
    ) -> Attempt:
        run = Comparison.objects.create(
            user=person or owner, number=next(numbers), key=uuid.uuid4(), intent="draft", auto=False, shape="1:1", **FACTS
        )
        kept = not error and not open
        outcome = {"state": "done", "image": picture(), "cost": 10} if kept else {"state": "running" if open else "failed"}
        money = {"price": 10, "estimate_usd": "0.10", "cost_usd": told, "simulated": simulated and kept, "expected_seconds": 3}
        generation = Generation.objects.create(
            comparison=run, position=1, model=model, **FACTS, **{"started_at": at, **outcome, **money, **frame}
        )
        state = "claimed" if open else "failed" if error else "succeeded"
        ended = {"ended_at": None if open else at + timedelta(seconds=3), "error": error, "may_have_billed": billed}
        return Attempt.objects.create(
            generation=generation,
            round=1,
            number=1,
            model=model,
            state=state,
            worker=uuid.uuid4(),
            claimed_at=at,
            simulated=simulated,
            **ended,
        )

    return make


def picture() -> Image:
    return Image.objects.create(sha256="0", media_type="image/png", byte_size=1, original="originals/0.png", **SQUARE)
