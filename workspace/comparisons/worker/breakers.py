"""A worker's view of the breaker: asked before every call, told after it.

A call costs one look at Redis at most, and none if the worker has looked a moment ago. A picture costs nothing to tell while
nothing is counted against its provider; a failure is one exchange.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager

import redis.asyncio
from django.utils import timezone

from providers.errors import ProviderError
from routing import breaker, rests
from routing.breaker import Board, Entry, Outcome
from routing.circuits import Moment, Numbers
from routing.types import Resting
from workspace.comparisons.breakers import KEY, PATIENCE_SECONDS, SWAP, TRIES, Seen, Step, away

logger = logging.getLogger(__name__)


class Rests(Exception):
    """The model is left alone just now and was not asked. ``resting`` says why, None if that has changed this instant."""

    def __init__(self, model: str, resting: Resting | None) -> None:
        super().__init__(f"{model} rests")
        self.resting = resting


class Breakers:
    """``who``, everywhere, is a name for the call that no other has."""

    def __init__(self, client: redis.asyncio.Redis, numbers: Numbers | None = None) -> None:
        self._script = client.register_script(SWAP)
        self._numbers = numbers or Numbers()
        self._seen = Seen()
        self._one_at_a_time = asyncio.Lock()

    @asynccontextmanager
    async def asked(self, model: str, who: str, lease: float) -> AsyncIterator[None]:
        """Make the call inside: a ``ProviderError`` is a failure, leaving without any exception a picture, others are no news.

        Raises ``Rests``. ``lease`` is how many seconds the call may take. Enter it last before the call, so that no probe
        stands in line at its provider, and not for a job that is only fetched: it is paid already.
        """
        if await self.enter(model, who, lease) is Entry.REST:
            raise Rests(model, self._why(model))
        try:
            yield
        except ProviderError as error:
            await self.ended(model, who, error)
            raise
        except BaseException:
            await asyncio.shield(self.left(model, who))
            raise
        await self.ended(model, who, None)

    async def check(self, model: str) -> None:
        """Raises ``Rests`` for a model that rests, before anybody stands in line for it; takes no permit."""
        await self._look()
        if self.waits([model]):
            raise Rests(model, self._why(model))

    async def enter(self, model: str, who: str, lease: float) -> Entry:
        """Whether the call may be made now. Whoever is let in says ``ended`` or ``left``, a probe within ``lease`` seconds."""
        entry = Entry.GO

        def step(board: Board, moment: Moment) -> Board:
            nonlocal entry
            entry, after = breaker.enter(board, model, who=who, lease=lease, now=moment.now)
            return after

        await self._look()
        return entry if await self._take(step) else Entry.REST

    async def ended(self, model: str, who: str, error: ProviderError | None) -> None:
        """How the call ended; None is a picture."""
        outcome = Outcome(error.kind, who, error.retry_after) if error else Outcome(None, who)
        await self._take(lambda board, moment: breaker.heard(board, model, outcome, moment))

    async def left(self, model: str, who: str) -> None:
        """The call was not made after all, or was stopped."""
        await self._take(lambda board, _: breaker.leave(board, model, who=who))

    def waits(self, models: Iterable[str], who: str = "") -> Mapping[str, float]:
        """Seconds until those of these models that rest may be asked, as last seen; for ``routing.fallback``."""
        return breaker.waits(self._seen.board, models, now=self._seen.now, who=who)

    def _why(self, model: str) -> Resting | None:
        resting = rests.resting(self._seen.board, now=self._seen.now, zone=timezone.get_current_timezone())
        return resting.get(breaker.provider_of(model)) or resting.get(model)

    async def _look(self) -> None:
        """See what others have said, unless that was a moment ago; callers that come together look once."""
        if not self._seen.fresh:
            async with self._one_at_a_time:
                if not self._seen.fresh:
                    await self._run()

    async def _take(self, step: Step) -> bool:
        """Take a step on the board as it was last seen, and put it in place if it changes anything; False if that failed."""
        if self._after(step) is self._seen.board:
            return True
        async with self._one_at_a_time:
            for _ in range(TRIES):
                before, board = self._seen, self._after(step)
                if board is before.board or not await self._run(*(arguments := before.swap(board))):
                    return True
                if self._seen.raw == before.raw:
                    self._seen = self._seen.put(arguments[1], board)
                    return True
        logger.warning("the breaker changed %s times at once, and one step of it is lost", TRIES)
        return False

    def _after(self, step: Step) -> Board:
        return step(self._seen.board, self._seen.moment(self._numbers))

    async def _run(self, *arguments: bytes | int) -> bool:
        """Ask the script; False when there is no Redis to ask."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                answer = await self._script(keys=[KEY], args=arguments)
        except (redis.asyncio.RedisError, TimeoutError) as error:
            logger.warning("no breaker without Redis (%s)", type(error).__name__)
            self._seen = away()
            return False
        self._seen = self._seen.told(answer)
        return True
