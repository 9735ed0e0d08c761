"""The life of one generation: claim, call, keep, settle, tell. One failure never touches the siblings of the run."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from django.conf import settings

from providers import caps, catalogue
from providers.errors import ProviderDown, ProviderError, Refused
from providers.types import ImageResult
from routing.fallback import FallBack, Retry, next_step
from workspace.comparisons import candidates, storage, wording
from workspace.comparisons.models import Generation
from workspace.comparisons.worker import call, rows
from workspace.comparisons.worker.call import ReferenceGone
from workspace.comparisons.worker.news import News
from workspace.comparisons.worker.runtime import Runtime
from workspace.credits import worker as credits

logger = logging.getLogger(__name__)

type AfterDone = Callable[[int], Awaitable[None]]


async def run(runtime: Runtime, comparison_id: int, after_done: AfterDone) -> None:
    """Draw every queued frame of a run side by side; ``after_done`` is awaited with the id of each frame that has its picture.

    Frames that another worker has taken are left to it.
    """
    comparison, account = await runtime.patiently(lambda database: rows.comparison(database, comparison_id))
    claims = await runtime.patiently(lambda database: rows.claim_queued(database, comparison_id, runtime.id))
    news = News(runtime, comparison)
    await news.begun([claim.generation for claim in claims])
    outcomes = await asyncio.gather(*(draw(runtime, news, account, each, after_done) for each in claims), return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            logger.error("run %s: a frame stopped unexpectedly", comparison_id, exc_info=outcome)


async def draw(runtime: Runtime, news: News, account: int, claim: rows.Claim, after_done: AfterDone) -> None:
    """See a claimed frame through to a picture or to a plain failure."""
    drawing = Drawing(runtime, news, account, claim)
    call = claim.generation.pk, claim.generation.round
    task = runtime.calls[call] = asyncio.create_task(drawing.see_through())
    try:
        if await task:
            await after_done(claim.generation.pk)
    except asyncio.CancelledError:
        if not task.cancelled():
            raise  # the worker itself is stopping; the sweep takes over
    except ReferenceGone as error:
        await drawing.fail(error)
    except Exception as error:  # a mistake of ours must not leave a frame running
        await drawing.fail(ProviderDown(f"our own mistake: {type(error).__name__}", may_have_billed=True))
        raise
    finally:
        del runtime.calls[call]


@dataclass
class Drawing:
    """One claimed frame. ``claim`` moves on with every further attempt; ``why`` is the error that first made it fall back.

    ``waited``: the present candidate had no place for it at once.
    """

    runtime: Runtime
    news: News
    account: int
    claim: rows.Claim
    why: str = ""
    waited: bool = False

    async def see_through(self) -> bool:
        """Ask, retry, fall back, as ``routing.fallback`` decides. True when a picture was kept."""
        options = candidates.of(self.claim.generation)
        candidate = options[self.claim.model]
        remaining = [each for each in options if each != candidate.model]
        tries = doubtful = 0
        while True:
            try:
                return await self._keep(candidate, await self._ask(candidate))
            except ProviderError as error:
                failure = error
            tries += 1
            await self._end_attempt(failure)
            step = next_step(
                failure.kind,
                may_have_billed=failure.may_have_billed,
                retryable=failure.retryable,
                retry_after=failure.retry_after,
                tries_here=tries,
                doubtful_so_far=doubtful,
                remaining=remaining,
            )
            doubtful += failure.may_have_billed
            match step:
                case Retry(after_seconds=seconds):
                    await self._say(wording.trying_again(failure.kind, seconds))
                    await asyncio.sleep(seconds)
                case FallBack(model_id=model):
                    self.why = self.why or failure.kind
                    candidate, tries = options[model], 0
                    remaining.remove(model)
                    await self._say(wording.falling_back(candidate.label))
                case _:
                    await self.fail(failure)
                    return False
            if not await self._next_attempt(candidate.model):
                return False

    async def _ask(self, candidate: candidates.Candidate) -> ImageResult:
        """Ask the candidate, once there is a place at its provider."""
        self.waited = False
        limit = caps.cap(catalogue.model(candidate.model), settings.PROVIDER_IN_FLIGHT)
        async with self.runtime.places.taken(limit, f"attempt:{self.claim.attempt}", partial(self._wait, candidate, limit)):
            if self.waited:
                await self._begin()
            return await call.ask(self.runtime, self.news, self.claim, candidate)

    async def _wait(self, candidate: candidates.Candidate, limit: caps.Cap, place: int) -> None:
        """Say where in line the frame is: it counts as queued, and its seconds begin with the call."""
        self.waited = True
        label = catalogue.provider(limit.name).label
        sentence = wording.in_line(place, label, candidate.expected_seconds * place / limit.most)
        await self._tell(lambda database: rows.wait(database, self.claim.generation, sentence))

    async def _begin(self) -> None:
        if not await self._tell(lambda database: rows.begin(database, self.claim)):
            raise asyncio.CancelledError  # it was stopped while it stood in line, and the word of it was lost

    async def _keep(self, candidate: candidates.Candidate, result: ImageResult) -> bool:
        """Bytes first, then the row, then the page: from here on the picture survives whatever happens to this process."""
        image = await asyncio.to_thread(storage.keep_original, result)
        asked = self.claim.generation
        trail = ""
        if candidate.model != asked.model:
            trail = wording.fell_back(asked.model_label, self.why, candidate.label, held=asked.price, cost=candidate.credits)
        done = await self.runtime.patiently(
            lambda database: rows.succeed(
                database,
                self.claim,
                image,
                cost=candidate.credits,
                cost_usd=result.cost_usd,
                notes=result.notes,
                answered_by=candidate.model,
                answered_label=candidate.label,
                final_prompt=result.final_prompt or "",
                seed=result.seed,
                simulated=result.simulated,
                message=trail,
                request_id=result.request_id or "",
            )
        )
        if done is None:
            logger.info("frame %s: the answer came after it was stopped", asked.pk)
            return False
        await self.news.frame(done, image)
        await self.news.run(done)
        return True

    async def fail(self, error: ProviderError | ReferenceGone) -> None:
        """No picture: end the frame and give the credits back in one transaction."""
        state = Generation.State.REFUSED if isinstance(error, Refused) else Generation.State.FAILED

        async def settle(database: rows.Database) -> Generation | None:
            failed = await rows.fail(database, self.claim.generation, self.claim.attempt, state=state, error=error.kind)
            if failed is not None:
                await credits.release(
                    database,
                    failed.pk,
                    failed.round,
                    account=self.account,
                    held=failed.price,
                    comparison=failed.comparison_id,
                    reason=f"Run {self.news.comparison.number}, frame {failed.position}: no picture",
                )
            await self._end(database, error)  # after a mistake of ours it is still open, and would keep the frame from a retry
            return failed

        if failed := await self.runtime.patiently(settle, together=True):
            await self.news.frame(failed)
            await self.news.run(failed)

    async def _end_attempt(self, error: ProviderError) -> None:
        await self.runtime.patiently(lambda database: self._end(database, error))

    async def _end(self, database: rows.Database, error: ProviderError | ReferenceGone) -> None:
        await rows.end_attempt(
            database,
            self.claim.attempt,
            error=error.kind,
            may_have_billed=error.may_have_billed,
            request_id=error.request_id or "",
            log=str(error),
        )

    async def _next_attempt(self, model: str) -> bool:
        """Open a further attempt; False when the frame is no longer ours to draw."""
        asked = self.claim.generation
        attempt = await self.runtime.patiently(lambda database: rows.next_attempt(database, asked, model, self.runtime.id))
        if attempt is None:
            return False
        self.claim = rows.Claim(asked, attempt, model, None)
        return True

    async def _say(self, sentence: str) -> None:
        await self._tell(lambda database: rows.say(database, self.claim.generation, sentence))

    async def _tell(self, change: Callable[[rows.Database], Awaitable[Generation | None]]) -> bool:
        """Change the running frame and show it; False if it is no longer ours."""
        if changed := await self.runtime.patiently(change):
            await self.news.frame(changed)
        return changed is not None
