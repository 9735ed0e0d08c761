"""One event loop per worker process, and everything its coroutines share.

Celery's threads only wait here: each task hands its coroutine to the loop and blocks on the result. Measured in
docs/decisions/0002-worker.md against every other pool Celery has.
"""

import asyncio
import logging
import sys
import threading
import uuid
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import nullcontext
from dataclasses import dataclass, field

import psycopg
import redis.asyncio as redis
import uvloop
from django.conf import settings
from django.db import connection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from providers.limits import Limits
from providers.transport import Transport
from workspace.comparisons import live
from workspace.comparisons.worker.breakers import Breakers
from workspace.comparisons.worker.places import Places

type Database = psycopg.AsyncConnection[dict]

logger = logging.getLogger(__name__)
NOBODY = uuid.UUID(int=0)
DATABASE_PATIENCE_SECONDS = 120
CHECK_SECONDS = 1.0  # a connection that lived so recently is not asked again before it is used
DATABASE_PAUSE_SECONDS = 0.5  # between two tries of a statement that found no database
SWITCH_SECONDS = 0.001  # how long a thread (a file, a message for Celery) keeps the interpreter while the loop waits for it
ABORTS = "aborts"  # the channel on which the web tells workers to drop a call


SHOW_LIFE = "INSERT INTO comparisons_worker (id) VALUES (%s) ON CONFLICT (id) DO UPDATE SET seen = now()"

# Frames that the rows say are ours and that nothing here works on: a claim whose answer was lost with the connection, a call that
# was dropped by a late abort. Given up, they are settled by the next sweep.
DISOWN = """
UPDATE comparisons_attempt a SET worker = %(nobody)s FROM comparisons_generation g
WHERE g.id = a.generation_id AND g.state = 'running' AND g.id <> ALL(%(known)s::bigint[])
  AND a.worker = %(worker)s AND a.claimed_at < now() - make_interval(secs => %(old)s)
"""


class _Connection(psycopg.AsyncConnection[dict]):
    """Knows when it last answered (seconds of the loop's clock)."""

    answered = 0.0


async def _check_now_and_then(connection: _Connection) -> None:
    """Look whether a connection still lives unless it did a moment ago: a round trip for each statement would double its time."""
    now = asyncio.get_running_loop().time()
    if now - connection.answered > CHECK_SECONDS:
        await AsyncConnectionPool.check_connection(connection)
        connection.answered = now


@dataclass
class Runtime:
    """The loop's resources: database pool, HTTP transport, Redis client, places at providers, breakers, and the calls under way
    by (generation, round).
    """

    id: uuid.UUID
    pool: AsyncConnectionPool[psycopg.AsyncConnection[dict]]
    transport: Transport
    redis: redis.Redis
    places: Places
    breakers: Breakers
    calls: dict[tuple[int, int], asyncio.Task[bool]] = field(default_factory=dict)
    background: list[asyncio.Task[None]] = field(default_factory=list)

    @classmethod
    async def open(cls) -> "Runtime":
        pool = AsyncConnectionPool(
            connection_class=_Connection,
            kwargs={**_connection_parameters(), "autocommit": True, "row_factory": dict_row},
            min_size=2,
            max_size=16,
            timeout=5,
            check=_check_now_and_then,
            reconnect_timeout=5,  # the wait between two tries doubles up to here: a database that is back is found within it
            open=False,
        )
        await pool.open()
        once_more = Retry(NoBackoff(), 1)  # a stale connection is replaced; news of a lost Redis is dropped, not waited for
        connections = redis.BlockingConnectionPool.from_url(settings.REDIS_URL, max_connections=16, retry=once_more)
        client = redis.Redis(connection_pool=connections)
        places = Places(client, settings.WORKER_SILENCE_SECONDS)
        runtime = cls(uuid.uuid4(), pool, Transport(_limits()), client, places, Breakers(client))
        await runtime._show_life()
        beside = (runtime._heartbeat(), runtime._listen_for_aborts(), runtime.places.keep(), runtime.places.listen())
        runtime.background = [asyncio.create_task(each) for each in beside]
        return runtime

    async def patiently[T](self, work: Callable[[Database], Awaitable[T]], *, together: bool = False) -> T:
        """Run a statement, waiting out a database that restarts; it may run twice, so it must be conditional.

        A single one is a transaction by itself and is spared the two round trips of another; ``together`` makes one of several.
        """
        async with asyncio.timeout(DATABASE_PATIENCE_SECONDS):
            while True:
                try:
                    async with self.pool.connection() as database, database.transaction() if together else nullcontext():
                        return await work(database)
                except psycopg.OperationalError as error:
                    logger.warning("the database does not answer (%s), trying again", type(error).__name__)
                    await asyncio.sleep(DATABASE_PAUSE_SECONDS)

    async def _heartbeat(self) -> None:
        while True:
            await asyncio.sleep(settings.WORKER_SILENCE_SECONDS / 3)
            try:
                await self._show_life()
            except psycopg.Error as error:  # whatever it is, the next beat may succeed; without beats every frame would be lost
                logger.warning("heartbeat missed: %s", type(error).__name__)

    async def _show_life(self) -> None:
        async with self.pool.connection() as database:
            await database.execute(SHOW_LIFE, [self.id])
            disowned = {
                "nobody": NOBODY,
                "worker": self.id,
                "known": [call[0] for call in self.calls],
                "old": settings.WORKER_SILENCE_SECONDS,
            }
            await database.execute(DISOWN, disowned)

    async def _listen_for_aborts(self) -> None:
        async for message in live.listen(self.redis, ABORTS):
            generation, _, round = message.partition(":")
            if call := self.calls.get((int(generation), int(round))):
                call.cancel()


def _limits() -> Limits:
    return Limits(
        read=settings.GENERATION_DEADLINE,
        deadline=settings.GENERATION_DEADLINE,
        image_bytes=settings.MAX_IMAGE_BYTES,
        image_pixels=settings.MAX_IMAGE_PIXELS,
        bytes_in_flight=settings.BODY_BYTES_IN_FLIGHT,
    )


def _connection_parameters() -> dict:
    """Django's own connection settings, for psycopg without Django."""
    parameters = connection.get_connection_params()
    return {key: value for key, value in parameters.items() if key not in {"cursor_factory", "context", "prepare_threshold"}}


class _Loop(threading.Thread):
    """The thread that owns the loop; started by the first task of a process."""

    def __init__(self) -> None:
        super().__init__(name="providers", daemon=True)
        sys.setswitchinterval(SWITCH_SECONDS)
        self.loop = uvloop.new_event_loop()
        self.start()
        self.runtime = asyncio.run_coroutine_threadsafe(Runtime.open(), self.loop).result(60)

    def run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()


_loop: _Loop | None = None
_starting = threading.Lock()


def start() -> _Loop:
    global _loop
    with _starting:
        if _loop is None:
            _loop = _Loop()
        return _loop


def wait_for[T](work: Coroutine[object, object, T]) -> T:
    """Run ``work`` on the process's loop and wait for it; its exceptions are raised here."""
    return asyncio.run_coroutine_threadsafe(work, start().loop).result()
