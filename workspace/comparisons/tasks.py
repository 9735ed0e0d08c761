"""The Celery tasks: hints to look at rows. Losing or repeating any of them changes nothing but when the work is done."""

import asyncio
import logging

from kombu.exceptions import ChannelError, OperationalError

from workspace.celery import app
from workspace.comparisons import finishing, sweeping
from workspace.comparisons.worker import generate, runtime

logger = logging.getLogger(__name__)
PICTURES_FIRST_SECONDS = 0.05  # what arrives together is shown before any of it is handed on


@app.task(name="comparisons.run")
def run_comparison(comparison: int) -> None:
    """Draw whatever of this run is queued; the thread waits while the loop works."""
    runtime.wait_for(generate.run(runtime.start().runtime, comparison, _finish_later))


@app.task(name="comparisons.finish")
def finish_image(generation: int) -> None:
    """Decode a picture in full, make its renditions, and let the capture through; or turn the frame to failed."""
    finishing.finish(generation)


@app.task(name="comparisons.sweep")
def sweep() -> None:
    """Send again what was lost, settle what a dead worker left. Every 5 s."""
    for comparison in sweeping.runs_to_send():
        run_comparison.apply_async((comparison,), expires=sweeping.EVERY_SECONDS)
    if not _waiting("media"):  # else nothing is lost, imaging is only behind: more messages would not make it quicker
        for generation in sweeping.images_to_finish():
            finish_image.apply_async((generation,), expires=sweeping.IMAGE_PATIENCE_SECONDS)


def _waiting(queue: str) -> int:
    """Messages that no worker has taken yet."""
    with app.connection_or_acquire() as connection:
        try:
            return connection.default_channel.queue_declare(queue, passive=True).message_count
        except ChannelError:  # Redis knows no empty queues
            return 0


async def _finish_later(generation: int) -> None:
    """Hand a picture to the media process. A lost broker is no harm: the sweep finds it."""
    await asyncio.sleep(PICTURES_FIRST_SECONDS)
    try:
        await asyncio.to_thread(finish_image.apply_async, (generation,), retry=False)
    except OperationalError:
        logger.warning("frame %s: the broker does not answer, the sweep will finish it", generation)
