"""What one test does to a provider must not let it rest in the next."""

import time
from collections.abc import Iterator

import pytest
from redis.exceptions import RedisError

from workspace.comparisons import breakers


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
