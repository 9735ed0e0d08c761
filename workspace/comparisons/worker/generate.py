"""The life of one generation: claim, call, keep, settle, tell. One failure never touches the siblings of the run."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial

from django.conf import settings

from providers import caps, catalogue
from providers.errors import ErrorKind, ProviderDown, ProviderError, Refused, Resting
from providers.types import ImageResult, Quality
from routing.fallback import FallBack, Retry, instead_of_resting, next_step
from workspace.comparisons import candidates, storage, wording
from workspace.comparisons.candidates import Candidate
from workspace.comparisons.models import Generation
from workspace.comparisons.worker import call, rows
from workspace.comparisons.worker.breakers import Rests
from workspace.comparisons.worker.call import ReferenceGone
from workspace.comparisons.worker.news import News
from workspace.comparisons.worker.runtime import Runtime
from workspace.credits import worker as credits

logger = logging.getLogger(__name__)

LEASE_SECONDS = 5.0  # beyond a call's own patience: only a dead worker keeps a probe's permit so long

type AfterDone = Callable[[int], Awaitable[None]]
type Options = Mapping[str, Candidate]


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
    """One claimed frame. ``claim`` moves on with every further attempt; ``remaining`` are the fallbacks nobody has asked yet.

    ``why`` completes "GPT Image 2 …" once it fell back, ``stood_in`` are the names of those asked in its place. ``waited``: the
    present candidate had no place for it at once. ``doubtful`` counts errors that may have billed, ``rested`` the seconds spent
    waiting for a model that rests.
    """

    runtime: Runtime
    news: News
    account: int
    claim: rows.Claim
    remaining: list[str] = field(default_factory=list)
    why: str = ""
    stood_in: list[str] = field(default_factory=list)
    waited: bool = False
    tries: int = 0
    doubtful: int = 0
    rested: float = 0.0

    async def see_through(self) -> bool:
        """Ask, retry, fall back, as ``routing.fallback`` decides. True when a picture was kept."""
        options = candidates.of(self.claim.generation)
        candidate = options[self.claim.model]
        self.remaining = [each for each in options if each != candidate.model]
        while True:
            try:
                return await self._keep(candidate, await self._ask(candidate))
            except Rests as rests:
                go_on = await self._do_without(candidate, rests, options)
            except ProviderError as error:
                go_on = await self._go_on_after(candidate, error, options)
            if go_on is None:
                return False
            candidate = go_on

    async def _go_on_after(self, asked: Candidate, failure: ProviderError, options: Options) -> Candidate | None:
        """The candidate of a new attempt, now that one has failed; None at the end."""
        self.tries += 1
        await self._end_attempt(failure)
        step = next_step(
            failure.kind,
            may_have_billed=failure.may_have_billed,
            retryable=failure.retryable,
            retry_after=failure.retry_after,
            tries_here=self.tries,
            doubtful_so_far=self.doubtful,
            remaining=self.remaining,
            asked=asked.model,
            resting=self.runtime.breakers.waits([asked.model, *self.remaining]),
        )
        self.doubtful += failure.may_have_billed
        match step:
            case Retry(after_seconds=seconds):
                await self._say(wording.trying_again(failure.kind, seconds))
                await asyncio.sleep(seconds)
            case FallBack(model_id=model):
                asked = await self._fall_back(options[model], wording.why_it_fell_back(failure.kind))
            case _:
                await self.fail(failure)
                return None
        return asked if await self._next_attempt(asked.model) else None

    async def _do_without(self, asked: Candidate, rests: Rests, options: Options) -> Candidate | None:
        """The candidate to ask, now that this one rests and was not asked: the attempt has cost nothing and stays open."""
        waits = self.runtime.breakers.waits([asked.model, *self.remaining])
        match instead_of_resting(asked.model, remaining=self.remaining, resting=waits, waited=self.rested):
            case Retry(after_seconds=seconds):
                await self._say(wording.waiting_for(asked.label, rests.resting, seconds))
                await asyncio.sleep(seconds)
                self.rested += seconds
                return asked
            case FallBack(model_id=model):
                asked = await self._fall_back(options[model], wording.why_it_fell_back(ErrorKind.RESTING, rests.resting))
                return asked if await self._pass_on(model) else None
        failure = Resting(str(rests))
        await self._end_attempt(failure)
        await self.fail(failure)
        return None

    async def _fall_back(self, to: Candidate, why: str) -> Candidate:
        self.why = self.why or why
        self.tries = 0
        self.remaining.remove(to.model)
        self.stood_in.append(to.label)
        await self._say(wording.falling_back(to.label))
        return to

    async def _ask(self, candidate: Candidate) -> ImageResult:
        """Ask the candidate, once there is a place at its provider, unless it rests. A job to be fetched is paid already."""
        self.waited = False
        limit = caps.cap(catalogue.model(candidate.model), settings.PROVIDER_IN_FLIGHT)
        name, resumed = f"attempt:{self.claim.attempt}", self.claim.resume_job is not None
        if not resumed:
            await self.runtime.breakers.check(candidate.model)
        async with self.runtime.places.taken(limit, name, partial(self._wait, candidate, limit)):
            if self.waited:
                await self._begin()
            lease = candidates.patience(candidate.expected_seconds) + LEASE_SECONDS
            async with nullcontext() if resumed else self.runtime.breakers.asked(candidate.model, name, lease):
                return await call.ask(self.runtime, self.news, self.claim, candidate)

    async def _wait(self, candidate: Candidate, limit: caps.Cap, place: int) -> None:
        """Say where in line the frame is: it counts as queued, and its seconds begin with the call."""
        self.waited = True
        label = catalogue.provider(limit.name).label
        sentence = wording.in_line(place, label, candidate.expected_seconds * place / limit.most)
        await self._tell(lambda database: rows.wait(database, self.claim.generation, sentence))

    async def _begin(self) -> None:
        if not await self._tell(lambda database: rows.begin(database, self.claim)):
            raise asyncio.CancelledError  # it was stopped while it stood in line, and the word of it was lost

    async def _keep(self, candidate: Candidate, result: ImageResult) -> bool:
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
        self.news.run(done)
        return True

    async def fail(self, error: ProviderError | ReferenceGone) -> None:
        """No picture: end the frame and give the credits back in one transaction."""
        frame, refused = self.claim.generation, isinstance(error, Refused)
        state = Generation.State.REFUSED if refused else Generation.State.FAILED
        message = wording.nobody_answered([frame.model_label, *self.stood_in]) if self.stood_in and not refused else ""

        async def settle(database: rows.Database) -> Generation | None:
            failed = await rows.fail(database, frame, self.claim.attempt, state=state, error=error.kind, message=message)
            if failed is not None:
                reason = f"Run {self.news.comparison.number}, frame {failed.position}: {wording.clause(error.kind)}"
                if failed.quality == Quality.HD:
                    await credits.give_hd_back(database, failed.pk, failed.round, reason)
                await credits.release(
                    database,
                    failed.pk,
                    failed.round,
                    account=self.account,
                    held=failed.price,
                    comparison=failed.comparison_id,
                    reason=reason,
                )
            await self._end(database, error)  # after a mistake of ours it is still open, and would keep the frame from a retry
            return failed

        if failed := await self.runtime.patiently(settle, together=True):
            await self.news.frame(failed)
            self.news.run(failed)

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

    async def _pass_on(self, model: str) -> bool:
        """Let another model have the open attempt; False when the frame is no longer ours to draw."""
        self.claim = replace(self.claim, model=model)
        return await self.runtime.patiently(lambda database: rows.pass_on(database, self.claim.attempt, model))

    async def _say(self, sentence: str) -> None:
        await self._tell(lambda database: rows.say(database, self.claim.generation, sentence))

    async def _tell(self, change: Callable[[rows.Database], Awaitable[Generation | None]]) -> bool:
        """Change the running frame and show it; False if it is no longer ours."""
        if changed := await self.runtime.patiently(change):
            await self.news.frame(changed)
        return changed is not None
