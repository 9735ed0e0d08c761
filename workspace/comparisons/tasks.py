"""The Celery tasks: hints to look at rows. Losing or repeating any of them changes nothing but when the work is done."""

import asyncio
import logging
from collections.abc import Sequence

from kombu.exceptions import ChannelError, OperationalError

from workspace.celery import app
from workspace.comparisons import finishing, measuring, sweeping
from workspace.comparisons.worker import generate, runtime

logger = logging.getLogger(__name__)
GATHER_SECONDS = 0.2  # pictures are on screen before imaging hears of them, and a message costs as much as rendering two frames


@app.task(name="comparisons.run")
def run_comparison(comparison: int) -> None:
    """Draw whatever of this run is queued; the thread waits while the loop works."""
    runtime.wait_for(generate.run(runtime.start().runtime, comparison, _finish_later))


@app.task(name="comparisons.finish")
def finish_images(generations: Sequence[int]) -> None:
    """Decode each picture in full, make its renditions, and let the capture through; or turn its frame to failed."""
    for generation in generations:
        try:
            finishing.finish(generation)
        except Exception:  # the others of the message must not wait for the sweep with it
            logger.exception("frame %s: its picture could not be finished, the sweep will try again", generation)


@app.task(name="comparisons.sweep")
def sweep() -> None:
    """Send again what was lost, settle what a dead worker left. Every 5 s."""
    for comparison in sweeping.runs_to_send():
        run_comparison.apply_async((comparison,), expires=sweeping.EVERY_SECONDS)
    if not _waiting("media"):  # else nothing is lost, imaging is only behind: more messages would not make it quicker
        for generation in sweeping.images_to_finish():
            finish_images.apply_async(([generation],), expires=sweeping.IMAGE_PATIENCE_SECONDS)


@app.task(name="comparisons.measure")
def measure() -> None:
    """See how long the models take. Every ten minutes."""
    measuring.gather()


def _waiting(queue: str) -> int:
    """Messages that no worker has taken yet."""
    with app.connection_or_acquire() as connection:
        try:
            return connection.default_channel.queue_declare(queue, passive=True).message_count
        except ChannelError:  # Redis knows no empty queues
            return 0


_gathered: list[int] = []


async def _finish_later(generation: int) -> None:
    """Hand pictures to the media process, all that a worker gathers in a moment together.

    A lost broker, or a worker that dies with some in hand, is no harm: the sweep finds them.
    """
    _gathered.append(generation)
    if len(_gathered) > 1:
        return  # the first of them sends
    try:
        await asyncio.sleep(GATHER_SECONDS)
    finally:  # were it stopped here and the list not emptied, nobody would be the first again
        together = _gathered.copy()
        _gathered.clear()
    try:
        await asyncio.to_thread(finish_images.apply_async, (together,), retry=False)
    except OperationalError:
        logger.warning("%d pictures: the broker does not answer, the sweep will finish them", len(together))
