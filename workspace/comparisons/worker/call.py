"""One call to one provider: its events read in order, its job id kept, its previews shown."""

import asyncio
import logging
import time
from contextlib import aclosing, suppress
from functools import lru_cache

from django.core.files.storage import default_storage
from PIL import UnidentifiedImageError
from redis.exceptions import RedisError

from providers import catalogue
from providers.base import Cancellable, Provider
from providers.errors import BrokenAnswer, ProviderError, TimedOut
from providers.types import ImageRequest, ImageResult, PartialImage, Reference, Submitted
from workspace.comparisons import keys, models, previews
from workspace.comparisons.candidates import Candidate, patience
from workspace.comparisons.wording import FrameError
from workspace.comparisons.worker import rows
from workspace.comparisons.worker.news import News
from workspace.comparisons.worker.runtime import Runtime

logger = logging.getLogger(__name__)
PREVIEWS_APART_SECONDS = 0.5
CALL_OFF_SECONDS = 5.0
_one_preview_at_a_time = asyncio.Semaphore(1)
_one_reference_at_a_time = asyncio.Semaphore(1)


class ReferenceGone(Exception):
    """The file of the run's reference is not in the storage: nobody was asked, and no other model would fare better."""

    kind = FrameError.REFERENCE_GONE
    may_have_billed = False
    request_id = None


async def ask(runtime: Runtime, news: News, claim: rows.Claim, candidate: Candidate) -> ImageResult:
    """Ask the candidate for the claimed frame; raises the tree in ``providers.errors`` and nothing else of the provider's."""
    seconds = patience(candidate.expected_seconds)
    try:
        async with asyncio.timeout(seconds):
            return await _listen(runtime, news, claim, candidate)
    except TimeoutError as error:
        raise TimedOut(f"{candidate.model}: no answer in {seconds:.0f} s") from error


async def _listen(runtime: Runtime, news: News, claim: rows.Claim, candidate: Candidate) -> ImageResult:
    request = _request(claim, candidate, await _reference(news.comparison.reference))
    provider = catalogue.provider(request.model.provider)
    job, shown = claim.resume_job, 0.0
    access = keys.access(provider, under_way=job is not None)
    try:
        async with aclosing(provider.generate(request, access, runtime.transport)) as events:
            async for event in events:
                match event:
                    case ImageResult():
                        return event
                    case Submitted(job_id=job):
                        await _keep_job(runtime, claim, job)
                    case PartialImage() if time.monotonic() - shown > PREVIEWS_APART_SECONDS:
                        shown = time.monotonic()
                        news.later(_show_preview(runtime, news, claim, event))
                    case _:
                        pass
    except asyncio.CancelledError:  # the frame was stopped, or the model has used up our patience
        if job is not None:
            await _call_off(runtime, provider, request, job)
        raise
    raise BrokenAnswer(f"{candidate.model}: the answer ended without a picture")


async def _reference(given: models.Reference | None) -> Reference | None:
    """The run's picture to go by; its frames read it one after another, so that the first reads it for all."""
    if given is None:
        return None
    async with _one_reference_at_a_time:
        try:
            return Reference(await asyncio.to_thread(_stored, given.stored), given.media_type)
        except FileNotFoundError as error:
            raise ReferenceGone(given.stored) from error


@lru_cache(maxsize=4)
def _stored(name: str) -> bytes:
    """Some MB, held once for every call that sends them; a name in the storage never changes its meaning."""
    with default_storage.open(name) as file:
        return file.read()


def _request(claim: rows.Claim, candidate: Candidate, reference: Reference | None) -> ImageRequest:
    """What the model does not take is left out by its adapter, which says so in the notes of the result."""
    model = catalogue.model(candidate.model)
    return ImageRequest(
        model=model,
        prompt=candidate.prompt,
        size=candidate.size,
        quality=candidate.step,
        seed=claim.generation.seed if model.capabilities.seed else None,
        negative_prompt=candidate.negative_prompt,
        reference=reference,
        resume_job=claim.resume_job,
    )


async def _call_off(runtime: Runtime, provider: Provider, request: ImageRequest, job: str) -> None:
    """Tell the provider that nobody waits for this job, while the frame still holds its place there; never insisted on."""
    if not isinstance(provider, Cancellable):
        return
    try:
        async with asyncio.timeout(CALL_OFF_SECONDS):
            await provider.cancel(request, job, keys.access(provider, under_way=True), runtime.transport)
    except (ProviderError, TimeoutError) as error:
        logger.warning("%s: job %s could not be called off (%s)", provider.key, job, type(error).__name__)
    else:
        logger.info("%s: job %s called off", provider.key, job)


async def _keep_job(runtime: Runtime, claim: rows.Claim, job_id: str) -> None:
    if not await runtime.patiently(lambda database: rows.submitted(database, claim.attempt, job_id)):
        raise asyncio.CancelledError  # the frame was stopped while the provider took the work, and the word of it was lost


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
