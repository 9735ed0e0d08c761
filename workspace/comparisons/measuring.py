"""How long models take, from their own answers of the last thirty days.

A worker gathers it every ten minutes and leaves it in the cache; a web process reads that once a minute. So no page waits for the
thirty days, and without a cache everything is as the catalogue expects.
"""

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.cache import cache
from django.db import connection
from redis.exceptions import RedisError

from providers import catalogue
from providers.types import Quality
from routing.measured import ENOUGH, NOTHING_MEASURED, Measured
from workspace.comparisons import keys

logger = logging.getLogger(__name__)
KEY = "measured"
DAYS = 30
EVERY_SECONDS = 600  # a worker gathers
FRESH_SECONDS = 60.0  # a process believes what it has read
KEPT_SECONDS = 24 * 60 * 60

# What the simulator answered is kept apart from what the provider did: of a model that answers for real only that counts.
MEDIANS = """
SELECT a.model, g.quality, g.simulated,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM a.ended_at - a.claimed_at)::float8)
FROM comparisons_attempt a JOIN comparisons_generation g ON g.id = a.generation_id
WHERE a.claimed_at >= now() - make_interval(days => %s) AND a.state = 'succeeded' AND a.model = g.model
GROUP BY a.model, g.quality, g.simulated HAVING count(*) >= %s
"""

type Medians = dict[str, dict[str, float]]


@dataclass(slots=True)
class _Held:
    """The last reading; ``read_at`` is on the monotonic clock."""

    measured: Mapping[str, Measured] = field(default_factory=lambda: NOTHING_MEASURED)
    read_at: float = float("-inf")
    reading: threading.Lock = field(default_factory=threading.Lock)


_held = _Held()


def gather() -> Medians:
    """Sum up the answers and leave the medians, seconds by model id and quality, for every process."""
    medians: Medians = {}
    with connection.cursor() as cursor:
        cursor.execute(MEDIANS, [DAYS, ENOUGH])
        for model, quality, simulated, seconds in cursor.fetchall():
            if simulated is _is_simulated(model):
                medians.setdefault(model, {})[quality] = round(seconds, 2)
    cache.set(KEY, medians, KEPT_SECONDS)
    return medians


def measured() -> Mapping[str, Measured]:
    """What is known, by model id. While one request reads it anew the others take the last reading."""
    if time.monotonic() - _held.read_at > FRESH_SECONDS and _held.reading.acquire(blocking=False):
        try:
            _held.read_at = time.monotonic()
            _held.measured = _read()
        finally:
            _held.reading.release()
    return _held.measured


def forget() -> None:
    """Read again when next asked."""
    _held.read_at = float("-inf")


def _read() -> Mapping[str, Measured]:
    try:
        medians: Medians = cache.get(KEY) or {}
    except (RedisError, OSError) as error:
        logger.warning("no medians without Redis (%s)", type(error).__name__)
        return NOTHING_MEASURED
    return {model: Measured({Quality(each): seconds for each, seconds in found.items()}) for model, found in medians.items()}


def _is_simulated(model: str) -> bool:
    """Whether the simulator answers for it now; a model that is in no catalogue any more answers nobody."""
    known = catalogue.MODELS.get(model)
    access = keys.find(catalogue.provider(known.provider)) if known else None
    return access is not None and access.simulated
