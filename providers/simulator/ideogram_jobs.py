"""Ideogram's places in flight, and its generations that run on after the answer."""

import asyncio
import secrets
from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from providers.simulator import ideogram_errors
from providers.simulator.faults import Fault

KEPT = 2_000
type Items = list[dict[str, object]]


class Places:
    """At most ``limit`` images at once for each key, counting images and not requests; 0 lifts the limit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._taken: Counter[str] = Counter()

    def take(self, key: str, images: int) -> None:
        """Raises the vendor's 429 when the images do not fit in."""
        if self._limit and self._taken[key] + images > self._limit:
            raise ideogram_errors.inflight_limit(self._limit)
        self._taken[key] += images

    def give_back(self, key: str, images: int) -> None:
        self._taken[key] -= images

    @contextmanager
    def taken(self, key: str, images: int) -> Iterator[None]:
        """Places for as long as the block runs."""
        self.take(key, images)
        try:
            yield
        finally:
            self.give_back(key, images)


@dataclass(slots=True)
class Job:
    """One generation in the background; ``work`` ends with its ``data`` items."""

    work: asyncio.Task[Items]
    fault: Fault | None
    ident: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    created: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def status(self) -> str:
        if not self.work.done():
            return "pending"
        return "failed" if self.work.cancelled() or self.work.exception() else "completed"


class Jobs:
    """The latest jobs by id."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()

    def add(self, job: Job) -> Job:
        self._jobs[job.ident] = job
        if len(self._jobs) > KEPT:
            self._jobs.popitem(last=False)
        return job

    def find(self, ident: str) -> Job | None:
        return self._jobs.get(ident)

    async def stop(self) -> None:
        for job in self._jobs.values():
            job.work.cancel()
        await asyncio.gather(*(job.work for job in self._jobs.values()), return_exceptions=True)
