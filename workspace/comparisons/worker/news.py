"""What a worker tells the open pages of one run, in an order that never goes back in time."""

import asyncio
import logging
from collections.abc import Coroutine, Sequence

import psycopg

from workspace.comparisons import events, frames, live
from workspace.comparisons.models import Comparison, Generation, Image
from workspace.comparisons.worker import rows
from workspace.comparisons.worker.runtime import Runtime

logger = logging.getLogger(__name__)
TOGETHER_SECONDS = 0.3  # frames that end so soon after each other are summed up once: pictures go first, sums are for reading


class News:
    """Publishes frames and sums of one run. Sums are read and sent one at a time, so that an older one never follows a newer."""

    def __init__(self, runtime: Runtime, comparison: Comparison) -> None:
        self.comparison = comparison
        self._runtime = runtime
        self._channel = live.run_channel(comparison.pk)
        self._summing = False
        self._untold: list[str] = []  # what is to be said of frames that have ended since the last sums
        self._finished: set[int] = set()
        self._background: set[asyncio.Task[None]] = set()

    async def begun(self, generations: Sequence[Generation]) -> None:
        """These frames are being drawn. A page that has not opened its stream yet begins with a snapshot that says so."""
        if generations and await live.has_listeners(self._runtime.redis, self._channel):
            await self._publish(*events.of_frames(frames.frame(each, self.comparison, None) for each in generations))

    async def frame(self, generation: Generation, image: Image | None = None) -> None:
        if generation.state != Generation.State.RUNNING:
            self._finished.add(generation.pk)
        await self._publish(events.of_frame(frames.frame(generation, self.comparison, image)))

    async def preview(self, generation: Generation, preview: frames.Preview) -> None:
        """Show a picture on the way, unless the frame has ended in the meantime."""
        if generation.pk not in self._finished:
            await self._publish(events.of_frame(frames.frame(generation, self.comparison, None, preview)))

    def run(self, ended: Generation) -> None:
        """Tell the run's account and the balance after ``ended`` has ended, beside the drawing, with words for screen readers.

        Frames that end within ``TOGETHER_SECONDS``, or while sums are on their way, are told together.
        """
        self._untold.append(frames.frame(ended, self.comparison, None).announcement)
        if not self._summing:
            self._summing = True
            self.later(self._sum_up())

    async def _sum_up(self) -> None:
        try:
            while self._untold:
                await asyncio.sleep(TOGETHER_SECONDS)
                said, self._untold = " ".join(self._untold), []
                await self._sums(said)
        finally:
            self._summing = False

    async def _sums(self, said: str) -> None:
        """Without a database this is left out: news is never worth a frame, and the next one tells the sums again."""
        try:
            async with self._runtime.pool.connection() as database:
                sums, money = await rows.sums(database, self.comparison)
        except psycopg.OperationalError as error:
            logger.warning("run %s: its sums were not told (%s)", self.comparison.number, type(error).__name__)
            return
        await self._publish((events.LIVE, said), *events.of_run(sums, money))

    def later(self, work: Coroutine[object, object, None]) -> None:
        """Do something of no consequence beside the call."""
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _publish(self, *messages: tuple[str, str]) -> None:
        await live.publish_async(self._runtime.redis, self._channel, live.encode_all(messages))
