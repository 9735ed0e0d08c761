"""One call to one provider: its events read in order, its job id kept, its previews shown."""

import asyncio
import logging
import time
from contextlib import aclosing, suppress

from django.conf import settings
from PIL import UnidentifiedImageError
from redis.exceptions import RedisError

from providers import catalogue
from providers.errors import BrokenAnswer, TimedOut
from providers.types import ImageRequest, ImageResult, PartialImage, Submitted
from workspace.comparisons import keys, previews
from workspace.comparisons.candidates import Candidate
from workspace.comparisons.worker import rows
from workspace.comparisons.worker.news import News
from workspace.comparisons.worker.runtime import Runtime

logger = logging.getLogger(__name__)
PREVIEWS_APART_SECONDS = 0.5
_one_preview_at_a_time = asyncio.Semaphore(1)


def patience(candidate: Candidate) -> float:
    """Seconds to wait for this model: five times what it usually takes, within the settings' bounds."""
    return min(max(5 * candidate.expected_seconds, settings.CALL_TIMEOUT_MINIMUM), settings.GENERATION_DEADLINE)


async def ask(runtime: Runtime, news: News, claim: rows.Claim, candidate: Candidate) -> ImageResult:
    """Ask the candidate for the claimed frame; raises the tree in ``providers.errors`` and nothing else of the provider's."""
    try:
        async with asyncio.timeout(patience(candidate)):
            return await _listen(runtime, news, claim, candidate)
    except TimeoutError as error:
        raise TimedOut(f"{candidate.model}: no answer in {patience(candidate):.0f} s") from error


async def _listen(runtime: Runtime, news: News, claim: rows.Claim, candidate: Candidate) -> ImageResult:
    model = catalogue.model(candidate.model)
    provider = catalogue.provider(model.provider)
    request = ImageRequest(
        model=model,
        prompt=claim.generation.prompt,
        size=candidate.size,
        quality=candidate.step,
        seed=claim.generation.seed if model.capabilities.seed else None,
        resume_job=claim.resume_job,
    )
    shown = 0.0
    async with aclosing(provider.generate(request, keys.access(provider), runtime.transport)) as events:
        async for event in events:
            match event:
                case ImageResult():
                    return event
                case Submitted(job_id=job_id):
                    await _keep_job(runtime, claim, job_id)
                case PartialImage() if time.monotonic() - shown > PREVIEWS_APART_SECONDS:
                    shown = time.monotonic()
                    news.later(_show_preview(runtime, news, claim, event))
                case _:
                    pass
    raise BrokenAnswer(f"{candidate.model}: the answer ended without a picture")


async def _keep_job(runtime: Runtime, claim: rows.Claim, job_id: str) -> None:
    await runtime.patiently(lambda database: rows.submitted(database, claim.attempt, job_id))


async def _show_preview(runtime: Runtime, news: News, claim: rows.Claim, event: PartialImage) -> None:
    """Previews are a courtesy: one at a time in a thread, dropped when they cannot be read, never in the way of a result."""
    async with _one_preview_at_a_time:
        try:
            preview = await asyncio.to_thread(previews.shrink, event.data, event.index, event.expected)
        except (UnidentifiedImageError, OSError, ValueError):
            logger.info("frame %s: a preview could not be read", claim.generation.pk)
            return
    with suppress(RedisError):
        await runtime.redis.set(previews.key(claim.generation.pk), previews.encode(preview), ex=previews.KEEP_SECONDS)
    await news.preview(claim.generation, preview)
