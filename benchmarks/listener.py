"""A browser reduced to what a benchmark needs: requests and event streams over bare sockets, each event with its moment.

Moments are epoch seconds (``time.time()``), which every process of one machine shares.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

LONGEST_LINE = 64 * 1024
KEPT_SECONDS = 3.0  # the server closes connections that are idle for 5 s


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]  # names in lower case; of a repeated one the last
    body: bytes


@dataclass(frozen=True, slots=True)
class Event:
    """One server-sent event, its name and data as they travelled, and when its last byte had been read."""

    name: bytes
    data: bytes
    moment: float


class Client:
    """One keep-alive connection to a web server on loopback."""

    def __init__(self, port: int, headers: Mapping[str, str] | None = None) -> None:
        self.port = port
        self.headers = {"Host": "127.0.0.1", **(headers or {})}
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._used = 0.0

    async def request(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        reader, writer = await self._connection()
        writer.write(_head(method, path, {**self.headers, **(headers or {}), "Content-Length": str(len(body))}) + body)
        status, got = await _read_head(reader)
        answer = Answer(status, got, await _read_body(reader, got))
        self._used = time.monotonic()
        return answer

    async def _connection(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """The last one while the server certainly keeps it, else a new one."""
        if self._reader is None or self._writer is None or time.monotonic() - self._used > KEPT_SECONDS:
            self.close()
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port, limit=LONGEST_LINE)
        return self._reader, self._writer

    @asynccontextmanager
    async def stream(self, path: str) -> AsyncIterator[AsyncIterator[Event]]:
        """The events of a stream on a connection of its own. Raises ``ConnectionError`` for any status but 200."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=LONGEST_LINE)
        try:
            writer.write(_head("GET", path, {**self.headers, "Accept": "text/event-stream"}))
            status, _ = await _read_head(reader)
            if status != 200:
                raise ConnectionError(f"{path} answered {status}")
            yield _events(reader)
        finally:
            writer.close()

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._reader = self._writer = None


def _head(method: str, path: str, headers: Mapping[str, str]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode()


async def _read_head(reader: asyncio.StreamReader) -> tuple[int, Mapping[str, str]]:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
    pairs = (line.partition(": ") for line in lines)
    return int(first.split()[1]), {name.lower(): value for name, _, value in pairs}


async def _read_body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    if "content-length" in headers:
        return await reader.readexactly(int(headers["content-length"]))
    return b"".join([piece async for piece in _pieces(reader)])


async def _pieces(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """The pieces of a chunked body."""
    while size := int(await reader.readline(), 16):
        piece = await reader.readexactly(size + 2)
        yield piece[:-2]
    await reader.readline()


async def _events(reader: asyncio.StreamReader) -> AsyncIterator[Event]:
    rest = b""
    async for piece in _pieces(reader):
        moment = time.time()
        *whole, rest = (rest + piece).split(b"\n\n")
        for text in whole:
            if text.startswith(b"event: "):
                name, _, data = text.removeprefix(b"event: ").partition(b"\n")
                yield Event(name, data, moment)
