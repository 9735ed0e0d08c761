"""Who is in trouble right now, for the top of every page: one query every ten seconds in each process, whatever is going on."""

import threading
import time
from collections.abc import Mapping

from django.db import Error

from workspace.comparisons.standing import Health
from workspace.operations import status
from workspace.operations.status import Now

EVERY_SECONDS = 10.0
ENOUGH = 3  # requests in the stretch before anything is said of a provider
DOWN_SHARE = 0.5  # of its requests failed
SLOW_SHARE = 0.1
SLOW_TIMES = 2.0  # the usual answer takes so many times what its model is expected to take


def of(now: Now) -> Health:
    """What the last fifteen minutes say."""
    failing = now.failed / now.asked if now.asked >= ENOUGH else 0.0
    if failing >= DOWN_SHARE:
        return Health.DOWN
    answered = now.asked - now.failed
    if failing >= SLOW_SHARE or (answered >= ENOUGH and (now.times_expected or 0) >= SLOW_TIMES):
        return Health.SLOW
    return Health.OK


class _Held:
    """The last reading; ``read_at`` is on the monotonic clock."""

    def __init__(self) -> None:
        self.troubled: Mapping[str, Health] = {}
        self.read_at = float("-inf")
        self.reading = threading.Lock()


_held = _Held()


def troubled() -> Mapping[str, Health]:
    """Providers that are slow or down. While one request reads it anew the others take the last reading."""
    if time.monotonic() - _held.read_at > EVERY_SECONDS and _held.reading.acquire(blocking=False):
        try:
            _held.read_at = time.monotonic()
            _held.troubled = {key: health for key, now in status.now().items() if (health := of(now)) is not Health.OK}
        except Error:
            pass  # without a database the page has other worries
        finally:
            _held.reading.release()
    return _held.troubled


def forget() -> None:
    """Look again when next asked."""
    _held.read_at = float("-inf")
