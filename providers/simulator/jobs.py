"""Work that runs on after the answer that took it, and is asked after later."""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import web

from providers.simulator.faults import Fault

KEPT = 2_000


@dataclass(slots=True)
class Job[Result]:
    """``work`` ends with the result; ``fault`` is one that waits for a poll."""

    work: asyncio.Task[Result]
    fault: Fault | None
    ident: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    created: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def status(self) -> str:
        if not self.work.done():
            return "pending"
        return "failed" if self.work.cancelled() or self.work.exception() else "completed"


class Jobs[Result]:
    """The latest jobs of one vendor by id."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job[Result]] = OrderedDict()

    def begin(self, work: Coroutine[None, None, Result], fault: Fault | None) -> Job[Result]:
        return self.add(Job(asyncio.create_task(work), fault))

    def add(self, job: Job[Result]) -> Job[Result]:
        self._jobs[job.ident] = job
        if len(self._jobs) > KEPT:
            self._jobs.popitem(last=False)
        return job

    def find(self, ident: str) -> Job[Result] | None:
        return self._jobs.get(ident)

    async def end_with_the_server(self, _app: web.Application) -> AsyncIterator[None]:
        """For ``app.cleanup_ctx``."""
        yield
        for job in self._jobs.values():
            job.work.cancel()
        await asyncio.gather(*(job.work for job in self._jobs.values()), return_exceptions=True)
