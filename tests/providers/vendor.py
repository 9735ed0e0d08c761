"""A tiny real server on loopback that answers what a test tells it to, and remembers what it was asked."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from aiohttp import web


@dataclass
class Seen:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


@dataclass
class Vendor:
    url: str = ""
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    seen: list[Seen] = field(default_factory=list)
    handlers: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = field(default_factory=dict)

    async def dispatch(self, request: web.Request) -> web.StreamResponse:
        self.seen.append(Seen(request.method, request.path, request.headers, await request.read()))
        self.asked.set()
        return await self.handlers[request.path](request)

    def answers(self, path: str, body: object = b"", status: int = 200, **headers: str) -> None:
        """Answer with these bytes, or this as JSON. ``content_length`` and other headers by keyword."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        names.setdefault("content-type", "application/octet-stream" if isinstance(body, bytes) else "application/json")

        async def handler(_: web.Request) -> web.StreamResponse:
            return web.Response(status=status, body=data, headers=names)

        self.handlers[path] = handler

    def cuts_off(self, path: str, body: bytes, announced: int | None, content_type: str) -> None:
        """Send only ``body`` of the ``announced`` bytes (chunked when None), then hang up."""

        async def handler(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse(headers={"content-type": content_type})
            if announced is not None:
                response.content_length = announced
            await response.prepare(request)
            await response.write(body)
            request.transport.close()
            return response

        self.handlers[path] = handler

    def drips(self, path: str, chunk: bytes, pause: float, content_type: str = "application/json") -> None:
        """Send the chunk again and again, for ever."""

        async def handler(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse(headers={"content-type": content_type})
            await response.prepare(request)
            while True:
                await response.write(chunk)
                await asyncio.sleep(pause)

        self.handlers[path] = handler

    def hangs(self, path: str) -> asyncio.Event:
        """Never answer; the event is set once the caller has gone."""
        gone = asyncio.Event()

        async def handler(_: web.Request) -> web.StreamResponse:
            try:
                await asyncio.sleep(60)
            finally:
                gone.set()
            return web.Response()

        self.handlers[path] = handler
        return gone

    def hangs_up(self, path: str) -> None:
        async def handler(request: web.Request) -> web.StreamResponse:
            request.transport.close()
            return web.Response()

        self.handlers[path] = handler
