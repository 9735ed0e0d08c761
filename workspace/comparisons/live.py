"""Live events: a worker says what changed, every open page hears it.

An event is a name and ready-made HTML, published on the channel of one run. Redis delivers at most once and keeps nothing; that
is enough, since a page that (re)connects first receives the whole truth from Postgres (see ``stream``).
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from functools import cache

import redis
import redis.asyncio
from django.conf import settings
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.retry import Retry as SyncRetry

logger = logging.getLogger(__name__)
RECONNECT_SECONDS = 1.0
KEEP_OPEN = "live"  # a channel nobody publishes on: the subscription never runs empty
RESYNC = None  # in a subscriber's queue: events may have been lost, send the snapshot again


def run_channel(comparison: int) -> str:
    return f"run:{comparison}"


def encode(event: str, data: str) -> str:
    """An event as it travels: ready for the browser, so that a web process with hundreds of streams only passes it on."""
    lines = "".join(f"data: {line}\n" for line in data.splitlines() or [""])
    return f"event: {event}\n{lines}\n"


def encode_all(events: Iterable[tuple[str, str]]) -> str:
    """Events that belong together as one message: a web process handles messages, not bytes, at a price."""
    return "".join(encode(*event) for event in events)


@cache
def _client() -> redis.Redis:
    once_more = SyncRetry(NoBackoff(), 1)  # a stale connection is replaced; a lost Redis must not hold up whoever publishes
    return redis.Redis(
        connection_pool=redis.BlockingConnectionPool.from_url(settings.REDIS_URL, max_connections=16, timeout=2, retry=once_more)
    )


def publish(channel: str, *messages: str) -> None:
    """Send messages from synchronous code. A lost Redis is logged, never raised: pages catch up from Postgres."""
    try:
        pipeline = _client().pipeline(transaction=False)
        for message in messages:
            pipeline.publish(channel, message)
        pipeline.execute()
    except redis.RedisError as error:
        logger.warning("event lost on %s: %s", channel, type(error).__name__)


def recall(keys: list[str]) -> list[bytes | None]:
    """Short-lived values kept beside the events; all None when Redis cannot be asked."""
    if not keys:
        return []
    try:
        return _client().mget(keys)
    except redis.RedisError:
        return [None] * len(keys)


async def publish_async(client: redis.asyncio.Redis, channel: str, message: str) -> None:
    """The same from a worker's loop."""
    try:
        await client.publish(channel, message)
    except redis.RedisError as error:
        logger.warning("event lost on %s: %s", channel, type(error).__name__)


async def has_listeners(client: redis.asyncio.Redis, channel: str) -> bool:
    """Whether a page hears what is published on the channel now; True when Redis does not say."""
    try:
        return any(count for _, count in await client.pubsub_numsub(channel))
    except redis.RedisError:
        return True


async def listen(client: redis.asyncio.Redis, channel: str) -> AsyncIterator[str]:
    """Every message of one channel, for ever, across reconnects."""
    while True:
        try:
            async with client.pubsub(ignore_subscribe_messages=True) as subscription:
                await subscription.subscribe(channel)
                async for message in subscription.listen():
                    yield message["data"].decode()
        except redis.RedisError:
            await asyncio.sleep(RECONNECT_SECONDS)


class Hub:
    """One Redis subscription for a whole web process, fanned out to its open streams.

    A stream gets a queue of encoded events. When the connection to Redis was lost and is back, its queue gets ``RESYNC``: Redis
    confirms the renewed subscription, and a second confirmation of a channel means that events may have been missed between.
    """

    def __init__(self) -> None:
        self._queues: dict[str, set[asyncio.Queue[str | None]]] = defaultdict(set)
        self._confirmed: dict[str, asyncio.Event] = {}
        self._client = redis.asyncio.Redis.from_url(settings.REDIS_URL, retry=Retry(NoBackoff(), 0), socket_keepalive=True)
        self._subscription: redis.asyncio.client.PubSub | None = None
        self._changing = asyncio.Lock()
        self._reader = asyncio.create_task(self._read_for_ever(), name="live-hub")

    @asynccontextmanager
    async def subscribe(self, channel: str) -> AsyncGenerator[asyncio.Queue[str | None]]:
        """A queue that receives everything published from now on; Redis has confirmed the subscription when this enters."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._queues[channel].add(queue)
        try:
            await self._confirm(channel)
            yield queue
        finally:
            self._queues[channel].discard(queue)
            if not self._queues[channel]:
                await self._forget(channel)

    async def _confirm(self, channel: str) -> None:
        """Wait until Redis has confirmed the channel; a lost Redis only delays this, the reader subscribes again."""
        if channel not in self._confirmed:
            self._confirmed[channel] = asyncio.Event()
            await self._change("subscribe", channel)
        await self._confirmed[channel].wait()

    async def _forget(self, channel: str) -> None:
        del self._queues[channel]
        self._confirmed.pop(channel, None)
        await self._change("unsubscribe", channel)

    async def _change(self, command: str, channel: str) -> None:
        async with self._changing:
            if self._subscription is not None:
                with suppress(redis.RedisError, OSError):
                    await getattr(self._subscription, command)(channel)

    async def _read_for_ever(self) -> None:
        while True:
            try:
                await self._read()
            except (redis.RedisError, OSError) as error:
                logger.warning("live events interrupted: %s", type(error).__name__)
                await asyncio.sleep(RECONNECT_SECONDS)

    async def _read(self) -> None:
        async with self._client.pubsub() as subscription:
            async with self._changing:
                await subscription.subscribe(KEEP_OPEN, *self._confirmed)
                self._subscription = subscription
            try:
                while True:
                    if message := await subscription.get_message(timeout=None):
                        self._pass_on(message["type"], message["channel"].decode(), message["data"])
            finally:
                self._subscription = None  # it is about to be closed; used again it would open a connection nobody reads

    def _pass_on(self, kind: str, channel: str, data: bytes) -> None:
        if kind == "message":
            self._put(channel, data.decode())
        elif kind == "subscribe" and channel in self._confirmed:
            if self._confirmed[channel].is_set():
                self._put(channel, RESYNC)
            self._confirmed[channel].set()

    def _put(self, channel: str, item: str | None) -> None:
        for queue in self._queues.get(channel, ()):
            queue.put_nowait(item)


_hubs: dict[int, Hub] = {}


def hub() -> Hub:
    """The hub of the running event loop."""
    loop = id(asyncio.get_running_loop())
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]
