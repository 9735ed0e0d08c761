"""Server-sent events from a provider, read without ever looking at a byte twice."""

import asyncio
from collections import deque
from contextlib import AsyncExitStack

import aiohttp

from providers.budget import ByteBudget, Reservation
from providers.errors import BrokenAnswer
from providers.exchange import UNANNOUNCED, Exchange, mapped
from providers.redaction import redact


class EventParser:
    """Bytes in, the ``data`` of each complete event out. Comments and other fields are dropped.

    A picture is one line of a megabyte: its bytes are searched once and copied once.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._searched = 0
        self._lines: list[bytes] = []

    @property
    def pending(self) -> int:
        """Bytes of an event that is not complete yet."""
        return len(self._buffer) + sum(map(len, self._lines))

    def feed(self, chunk: bytes) -> list[bytes]:
        self._buffer += chunk
        events = []
        while (end := self._buffer.find(b"\n", self._searched)) >= 0:
            if (event := self._line(end)) is not None:
                events.append(event)
            del self._buffer[: end + 1]
            self._searched = 0
        self._searched = len(self._buffer)
        return events

    def _line(self, end: int) -> bytes | None:
        """Take the line before ``end``; gives an event when the line is the empty one after it."""
        stop = end - 1 if self._buffer.endswith(b"\r", 0, end) else end
        if self._buffer.startswith(b"data:", 0, stop):
            start = 6 if self._buffer.startswith(b" ", 5, stop) else 5
            self._lines.append(bytes(memoryview(self._buffer)[start:stop]))
        if stop or not self._lines:
            return None
        event, self._lines = b"\n".join(self._lines), []
        return event


class EventStream:
    """An answer that comes in events. Iterate for the ``data`` of each, in order.

    An event's bytes are held in the budget until the next one is asked for. Raises ``BrokenAnswer`` for an event over the limit
    or a connection cut off, ``TimedOut`` past the deadline.
    """

    def __init__(self, response: aiohttp.ClientResponse, exchange: Exchange, *, deadline: float, secret: str) -> None:
        self.request_id: str | None = response.headers.get("x-request-id", "")[:200] or None
        self._chunks = response.content.iter_any()
        self._budget: ByteBudget = exchange.budget
        self._cap = exchange.limits.body_bytes
        self._deadline = deadline
        self._secret = secret
        self._parser = EventParser()
        self._ready: deque[bytes] = deque()
        self._stack = AsyncExitStack()
        self._held: Reservation | None = None

    def excerpt(self, data: bytes) -> str:
        return redact(data[:1200].decode(errors="replace"), self._secret)[:300]

    def __aiter__(self) -> "EventStream":
        return self

    async def __anext__(self) -> bytes:
        if not self._ready and not self._parser.pending:
            await self._give_back()
        with mapped(answering=True):
            async with asyncio.timeout_at(self._deadline):
                while not self._ready:
                    await self._more()
        return self._ready.popleft()

    async def aclose(self) -> None:
        await self._give_back()

    async def _more(self) -> None:
        chunk = await anext(self._chunks)
        await self._hold(self._parser.pending + len(chunk))
        self._ready.extend(self._parser.feed(chunk))

    async def _hold(self, size: int) -> None:
        if size > self._cap:
            raise BrokenAnswer(f"an event is over the limit of {self._cap} bytes")
        if self._held is None:
            self._held = await self._stack.enter_async_context(self._budget.reserve(UNANNOUNCED))
        self._held.settle(max(size, self._held.size))

    async def _give_back(self) -> None:
        self._held = None
        await self._stack.aclose()
