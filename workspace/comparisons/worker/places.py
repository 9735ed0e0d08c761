"""Places at a provider: so many calls at once over all workers, the rest in line, first come first served.

A place is a lease in Redis that its worker renews; one of a killed worker ends by itself, and so does its place in line. Nobody
who waits holds a thread: they sleep on the loop until a place is given back, and look for themselves now and then. Without Redis
each worker counts its own calls, so that pictures go on.
"""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import redis.asyncio as redis

from providers.caps import Cap
from workspace.comparisons import live

logger = logging.getLogger(__name__)
LOOK_AGAIN_SECONDS = 2.0  # for a lease that has ended, or a message that was lost
FREED = "places"  # the channel that names a cap whenever one of its places is given back

# KEYS: who holds a place, who is in line (by time of arrival), until when each of them is alive. ARGV: who, lease, places.
# 0 when the place is theirs, else their place in line from 1.
ASK = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
for _, dead in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now)) do
    for _, key in ipairs(KEYS) do redis.call('ZREM', key, dead) end
end
redis.call('ZADD', KEYS[3], now + ARGV[2], ARGV[1])
if redis.call('ZSCORE', KEYS[1], ARGV[1]) then return 0 end
redis.call('ZADD', KEYS[2], 'NX', now, ARGV[1])
local ahead = redis.call('ZRANK', KEYS[2], ARGV[1]) + redis.call('ZCARD', KEYS[1]) - ARGV[3]
if ahead >= 0 then return ahead + 1 end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZADD', KEYS[1], now, ARGV[1])
return 0
"""

# KEYS: as above. ARGV: lease, who ... Written anew rather than only renewed: a Redis that was emptied learns again who is there.
RENEW = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
for who = 2, #ARGV do
    redis.call('ZADD', KEYS[1], 'NX', now, ARGV[who])
    redis.call('ZADD', KEYS[3], now + ARGV[1], ARGV[who])
end
"""

type Waiting = Callable[[int], Awaitable[None]]


class Places:
    """This worker's view of the places: who of its own holds one, and who is in line.

    ``lease_seconds`` is how long a place outlives a worker that says nothing.
    """

    def __init__(self, client: redis.Redis, lease_seconds: float) -> None:
        self._redis = client
        self._lease = lease_seconds
        self._held: dict[str, str] = {}  # who -> name of the cap
        self._line: dict[str, deque[asyncio.Event]] = {}
        self._ask = client.register_script(ASK)
        self._renew = client.register_script(RENEW)

    @asynccontextmanager
    async def taken(self, cap: Cap | None, who: str, waiting: Waiting) -> AsyncIterator[None]:
        """Hold a place for the block, or wait for it; ``waiting`` is awaited with each new place in line (1 is next)."""
        if cap is None:
            yield
            return
        try:
            await self._stand_in_line(cap, who, waiting)
            yield
        finally:
            self._held.pop(who, None)
            await asyncio.shield(self._leave(cap, who))

    async def keep(self) -> None:
        """Renew this worker's leases for ever."""
        while True:
            await asyncio.sleep(self._lease / 3)
            for name in set(self._held.values()):
                mine = [who for who, cap in self._held.items() if cap == name]
                with suppress(redis.RedisError):
                    await self._renew(keys=_keys(name), args=[self._lease, *mine])

    async def listen(self) -> None:
        """Wake whoever of this worker is first in line for ever, whichever worker has given a place back."""
        async for name in live.listen(self._redis, FREED):
            self._wake_first(name)

    async def _stand_in_line(self, cap: Cap, who: str, waiting: Waiting) -> None:
        line = self._line.setdefault(cap.name, deque())
        said, turn = 0, asyncio.Event()
        line.append(turn)
        try:
            while place := await self._place(cap, who):
                if place != said:
                    said = place
                    await waiting(place)
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_AGAIN_SECONDS):
                        await turn.wait()
                turn.clear()
        finally:
            line.remove(turn)
        self._wake_first(cap.name)  # more than one place may have been given back

    async def _place(self, cap: Cap, who: str) -> int:
        """Ask for a place: 0 when it is ours."""
        try:
            place = int(await self._ask(keys=_keys(cap.name), args=[who, self._lease, cap.most]))
        except redis.RedisError as error:
            logger.warning("places at %s are counted without Redis (%s)", cap.name, type(error).__name__)
            place = max(0, sum(name == cap.name for name in self._held.values()) + 1 - cap.most)
        if place == 0:
            self._held[who] = cap.name
        return place

    async def _leave(self, cap: Cap, who: str) -> None:
        try:
            pipeline = self._redis.pipeline(transaction=False)
            for key in _keys(cap.name):
                pipeline.zrem(key, who)
            await pipeline.publish(FREED, cap.name).execute()
        except redis.RedisError:
            self._wake_first(cap.name)  # the lease ends by itself

    def _wake_first(self, name: str) -> None:
        if line := self._line.get(name):
            line[0].set()


def _keys(name: str) -> list[str]:
    return [f"places:{name}:{part}" for part in ("held", "line", "alive")]
