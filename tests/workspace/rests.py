"""Models that rest in a test, and in no other test after it."""

import time
from collections.abc import Callable, Iterator

import pytest
import redis
from django.conf import settings
from redis.exceptions import RedisError

from providers.errors import ErrorKind
from routing import breaker
from routing.breaker import Board, Outcome
from routing.circuits import Moment, Numbers
from workspace.comparisons import breakers


@pytest.fixture
def ill() -> Callable[..., None]:
    """Let a model be known to give no answer, and rest for so many seconds; then a question comes first for ``wait``."""

    def fall_ill(model: str, pause: float = 120.0, wait: float = 0.0) -> None:
        with redis.Redis.from_url(settings.REDIS_URL) as server:
            moment = Moment(float(server.time()[0]), numbers=Numbers(first_pause=pause, question_wait=wait, jitter=0))
            board = breaker.heard(Board(), model, Outcome(ErrorKind.TIMED_OUT), moment)
            server.set(breakers.KEY, breakers.encoded(board))
        breakers._held.seen = breakers.Seen()

    return fall_ill


@pytest.fixture(autouse=True)
def nobody_rests() -> Iterator[None]:
    yield
    wake_everybody()


def wake_everybody() -> None:
    """Workers believe what they have read for ``FRESH_SECONDS``."""
    try:
        if breakers._client().delete(breakers.KEY):
            time.sleep(breakers.FRESH_SECONDS)
    except RedisError:
        pass  # the test took its Redis with it
    breakers._held.seen = breakers.Seen()
