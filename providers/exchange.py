"""One request and its body: every low-level failure becomes one of ours here, and nowhere else."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager

import aiohttp
import httpx

from providers import addresses
from providers.budget import ByteBudget
from providers.errors import BrokenAnswer, ConnectionFailed, CutOff, ProviderDown, ProviderError, TimedOut
from providers.limits import Limits
from providers.redaction import redact

_LOW_LEVEL = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, aiohttp.ClientError, OSError, ValueError, EOFError)
_NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
_NEVER_BUILT = (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.ConnectError, UnicodeError)
_HEADERS = {"User-Agent": "Proofsheet", "Accept": "*/*", "Accept-Encoding": "identity"}
_AT_ONCE = 1024 * 1024  # bytes of a request; writing more in one go would keep everybody else on the loop waiting
_PIECE = 256 * 1024
UNANNOUNCED = 2 * 1024 * 1024  # bytes set aside for a body that does not tell its length


class Exchange:
    """Sends requests through one httpx transport and reads bodies within the limits.

    Not through an httpx client: what that adds (redirects, cookies, authentication, proxies) is not wanted here, and costs
    as much as the request.
    """

    def __init__(self, way_out: httpx.AsyncBaseTransport, limits: Limits, budget: ByteBudget) -> None:
        self.way_out = way_out
        self.limits = limits
        timeout = httpx.Timeout(connect=limits.connect, read=limits.read, write=limits.write, pool=limits.pool)
        self._extensions = {"timeout": timeout.as_dict()}
        self.budget = budget

    @asynccontextmanager
    async def open(
        self, method: str, url: str | httpx.URL, *, headers: Mapping[str, str], content: bytes | None = None, deadline: float
    ) -> AsyncIterator[httpx.Response]:
        """The response with its body unread; leaving early drops the connection. ``deadline`` is in the loop's own time."""
        with mapped(answering=False):
            async with asyncio.timeout_at(deadline):
                sent = {**_HEADERS, **headers}
                where = addresses.parsed(url) if isinstance(url, str) else url
                body: bytes | AsyncIterator[bytes] | None = content
                if content is not None and len(content) > _AT_ONCE:
                    body, sent["Content-Length"] = _in_pieces(content), str(len(content))
                request = httpx.Request(method, where, headers=sent, content=body, extensions=self._extensions)
                response = await self.way_out.handle_async_request(request)
        try:
            yield response
        finally:
            await close(response)

    @asynccontextmanager
    async def body(self, response: httpx.Response, *, cap: int, deadline: float) -> AsyncIterator[bytes]:
        """The whole body, its bytes held in the budget for the block. Raises ``BrokenAnswer`` over ``cap`` or when cut off."""
        announced = _announced(response)
        if announced > cap:
            raise _too_long(cap)
        async with self.budget.reserve(announced or UNANNOUNCED) as held:
            with mapped(answering=True):
                async with asyncio.timeout_at(deadline):
                    data = await _read(response, cap)
            held.settle(len(data))
            await close(response)
            yield data

    async def beginning(self, response: httpx.Response) -> bytes:
        """As much of an error's body as comes within its limits; a status says enough without one."""
        data = bytearray()
        with contextlib.suppress(*_LOW_LEVEL):
            async with asyncio.timeout(self.limits.error_seconds):
                async for chunk in response.aiter_bytes():
                    data += chunk
                    if len(data) > self.limits.error_bytes:
                        break
        return bytes(data[: self.limits.error_bytes])


async def _in_pieces(content: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(content), _PIECE):
        yield content[at : at + _PIECE]


async def close(response: httpx.Response) -> None:
    """Give the connection back, or drop it; a connection that is already broken is no news."""
    with contextlib.suppress(*_LOW_LEVEL):
        await response.aclose()


@contextlib.contextmanager
def mapped(*, answering: bool) -> Iterator[None]:
    """Turn low-level failures into the error tree. ``answering``: the headers of an answer had arrived."""
    try:
        yield
    except _LOW_LEVEL as error:
        ours = from_exception(error, answering=answering)
        # A cause that spells out a signed address must not follow ours into a traceback.
        raise ours from (error if redact(str(error)) == str(error) else None)


def from_exception(error: Exception, *, answering: bool) -> ProviderError:
    """Never sent is safe to repeat; once sent, the provider may have charged.

    The httpx names alone do not tell: the aiohttp transport reports a connection dropped after sending as ``ConnectTimeout``.
    """
    log = f"{type(error).__name__}: {error}"
    cause = error.__cause__ or error
    if not answering and (isinstance(cause, _NEVER_SENT) or isinstance(error, _NEVER_BUILT)):
        return ConnectionFailed(log)
    if isinstance(error, TimeoutError) or isinstance(cause, TimeoutError):
        return TimedOut(log)
    if answering:
        return CutOff(f"cut off while answering: {log}")
    return ProviderDown(f"hung up without an answer: {log}", may_have_billed=True)


async def _read(response: httpx.Response, cap: int) -> bytes:
    chunks, size = [], 0
    async for chunk in response.aiter_bytes():
        size += len(chunk)
        if size > cap:
            raise _too_long(cap)
        chunks.append(chunk)
    return b"".join(chunks)


def _announced(response: httpx.Response) -> int:
    value = response.headers.get("content-length", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else 0


def _too_long(cap: int) -> BrokenAnswer:
    return BrokenAnswer(f"the answer is over the limit of {cap} bytes")
