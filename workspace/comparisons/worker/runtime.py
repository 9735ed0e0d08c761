"""One event loop per worker process, and everything its coroutines share.

Celery's threads only wait here: each task hands its coroutine to the loop and blocks on the result. Measured in
docs/decisions/0002-worker.md against every other pool Celery has.
"""

import asyncio
import logging
import threading
import uuid
from collections.abc import Coroutine
from dataclasses import dataclass, field

import psycopg
import redis.asyncio as redis
import uvloop
from django.conf import settings
from django.db import connection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

from providers.limits import Limits
from providers.transport import Transport
from workspace.comparisons import live

logger = logging.getLogger(__name__)
HEARTBEAT_SECONDS = 5
ABORTS = "aborts"  # the channel on which the web tells workers to drop a call


@dataclass
class Runtime:
    """The loop's resources: a database pool, an HTTP transport, a Redis client, and the calls under way by generation id."""

    id: uuid.UUID
    pool: AsyncConnectionPool[psycopg.AsyncConnection[dict]]
    transport: Transport
    redis: redis.Redis
    calls: dict[int, asyncio.Task[bool]] = field(default_factory=dict)
    background: list[asyncio.Task[None]] = field(default_factory=list)

    @classmethod
    async def open(cls) -> "Runtime":
        pool = AsyncConnectionPool(
            kwargs={**_connection_parameters(), "autocommit": True, "row_factory": dict_row},
            min_size=2,
            max_size=16,
            timeout=30,
            check=AsyncConnectionPool.check_connection,
            open=False,
        )
        await pool.open()
        client = redis.Redis(connection_pool=redis.BlockingConnectionPool.from_url(settings.REDIS_URL, max_connections=16))
        runtime = cls(uuid.uuid4(), pool, Transport(_limits()), client)
        await runtime._show_life()
        runtime.background = [asyncio.create_task(runtime._heartbeat()), asyncio.create_task(runtime._listen_for_aborts())]
        return runtime

    async def _heartbeat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            try:
                await self._show_life()
            except psycopg.OperationalError:
                logger.warning("heartbeat missed: the database does not answer")

    async def _show_life(self) -> None:
        async with self.pool.connection() as database:
            await database.execute(
                "INSERT INTO comparisons_worker (id) VALUES (%s) ON CONFLICT (id) DO UPDATE SET seen = now()", [self.id]
            )

    async def _listen_for_aborts(self) -> None:
        async for message in live.listen(self.redis, ABORTS):
            if call := self.calls.get(int(message)):
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
