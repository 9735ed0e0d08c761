"""One way to the outside world for the whole process: pooled connections, limits, one error tree."""

import asyncio
import json
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache
from types import TracebackType
from typing import Any, Self

import aiohttp
import certifi

from providers import forms
from providers.addresses import public_socket
from providers.answers import Answer
from providers.budget import ByteBudget
from providers.downloads import Downloader
from providers.errors import BadKey
from providers.events import EventStream
from providers.exchange import Exchange
from providers.limits import Limits
from providers.types import Reference

_PIECE = 256 * 1024  # bytes read at once; with the usual 16 to 64 kB a picture comes in ninety pieces

type SocketFactory = Callable[[tuple[Any, ...]], socket.socket]


class Transport:
    """Make one per process, inside the event loop that uses it, and close it at the end (``async with`` does).

    Two pools: one for the providers' configured addresses, one for pictures on other hosts, which connects to public addresses
    only. No cookies, no ``.netrc``, no proxies from the environment.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.budget = ByteBudget(self.limits.bytes_in_flight)
        self._api = self._exchange()
        self._hosted = self._exchange(public_socket)
        self._downloader = Downloader(self._api, self._hosted)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        await self._api.session.close()
        await self._hosted.session.close()

    def post(
        self, url: str, payload: object, *, headers: Mapping[str, str], secret: str
    ) -> AbstractAsyncContextManager[Answer | EventStream]:
        """Send JSON; give back the whole answer, or its events when the server streams them.

        Any status comes back as an ``Answer``: adapters know what it means. ``secret`` is hidden in every text made from it.
        Bytes are held in the budget for the block, so leave it before asking for more. Raises the error tree.
        """
        content = json.dumps(payload).encode()
        return self._ask("POST", url, {"Content-Type": "application/json", **headers}, content, secret)

    def post_form(
        self,
        url: str,
        fields: Mapping[str, str],
        *,
        headers: Mapping[str, str],
        secret: str,
        files: Iterable[tuple[str, Reference]] = (),
    ) -> AbstractAsyncContextManager[Answer | EventStream]:
        """The same with the fields, and pictures by name, as ``multipart/form-data``.

        Some providers insist on such a form even where no file is sent.
        """
        content_type, content = forms.encode(fields, files)
        return self._ask("POST", url, {"Content-Type": content_type, **headers}, content, secret)

    def get(self, url: str, *, headers: Mapping[str, str], secret: str) -> AbstractAsyncContextManager[Answer | EventStream]:
        """The same without a body: how a job is doing. The caller has made sure that the key may go to this address."""
        return self._ask("GET", url, headers, None, secret)

    def put(self, url: str, *, headers: Mapping[str, str], secret: str) -> AbstractAsyncContextManager[Answer | EventStream]:
        """The same for saying instead of asking: that a job is called off."""
        return self._ask("PUT", url, headers, None, secret)

    @asynccontextmanager
    async def _ask(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None, secret: str
    ) -> AsyncIterator[Answer | EventStream]:
        _check_key(secret)
        deadline = asyncio.get_running_loop().time() + self.limits.deadline
        async with self._api.open(method, url, headers=headers, content=content, deadline=deadline) as response:
            if not 200 <= response.status < 300:
                yield Answer(response.status, response.headers, await self._api.beginning(response), secret)
            elif response.headers.get("content-type", "").startswith("text/event-stream"):
                async with _closing(EventStream(response, self._api, deadline=deadline, secret=secret)) as stream:
                    yield stream
            else:
                until = min(deadline, asyncio.get_running_loop().time() + self.limits.body_seconds)
                async with self._api.body(response, cap=self.limits.body_bytes, deadline=until) as body:
                    yield Answer(response.status, response.headers, body, secret)

    def download(
        self, url: str, *, base_url: str, own_headers: Mapping[str, str] | None = None
    ) -> AbstractAsyncContextManager[bytes]:
        """The bytes of a hosted picture, never more than ``image_bytes``.

        https on public addresses only, checked after every redirect and on the connected address; the one exception is the
        origin of ``base_url``, which was configured by whoever runs the product and alone is sent ``own_headers``.
        """
        return self._downloader.fetch(url, base_url, own_headers or {})

    def _exchange(self, socket_factory: SocketFactory | None = None) -> Exchange:
        connector = aiohttp.TCPConnector(limit=self.limits.connections, ssl=_tls(), socket_factory=socket_factory)
        session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar(), read_bufsize=_PIECE)
        return Exchange(session, self.limits, self.budget)


@cache
def _tls() -> ssl.SSLContext:
    """The authorities that are believed: certifi's, whatever this machine has. Reading them takes 25 ms."""
    return ssl.create_default_context(cafile=certifi.where())


def _check_key(secret: str) -> None:
    if not (secret.isascii() and secret.isprintable()):
        raise BadKey("the key holds characters that no header can carry")


@asynccontextmanager
async def _closing(stream: EventStream) -> AsyncIterator[EventStream]:
    try:
        yield stream
    finally:
        await stream.aclose()
