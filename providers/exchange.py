"""One request and its body: every low-level failure becomes one of ours here, and nowhere else."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager

import aiohttp
from yarl import URL

from providers.budget import ByteBudget
from providers.errors import BrokenAnswer, ConnectionFailed, CutOff, ProviderDown, ProviderError, TimedOut
from providers.limits import Limits
from providers.redaction import redact

_LOW_LEVEL = (aiohttp.ClientError, OSError, ValueError, EOFError)
_NEVER_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
    UnicodeError,
)
_HEADERS = {"User-Agent": "Proofsheet", "Accept": "*/*", "Accept-Encoding": "identity"}
_AT_ONCE = 1024 * 1024  # bytes of a request; writing more in one go would keep everybody else on the loop waiting
_PIECE = 256 * 1024
UNANNOUNCED = 2 * 1024 * 1024  # bytes set aside for a body that does not tell its length


class Exchange:
    """Sends requests through one aiohttp session and reads bodies within the limits. Redirects are not followed."""

    def __init__(self, session: aiohttp.ClientSession, limits: Limits, budget: ByteBudget) -> None:
        self.session = session
        self.limits = limits
        self.budget = budget
        self._timeout = aiohttp.ClientTimeout(connect=limits.pool, sock_connect=limits.connect, sock_read=limits.read)

    @asynccontextmanager
    async def open(
        self, method: str, url: str | URL, *, headers: Mapping[str, str], content: bytes | None = None, deadline: float
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """The response with its body unread; leaving early drops the connection. ``deadline`` is in the loop's own time."""
        with mapped(answering=False):
            async with asyncio.timeout_at(deadline):
                sent = {**_HEADERS, **headers}
                body: bytes | AsyncIterator[bytes] | None = content
                if content is not None and len(content) > _AT_ONCE:
                    body, sent["Content-Length"] = _in_pieces(content), str(len(content))
                response = await self.session.request(
                    method, url, headers=sent, data=body, allow_redirects=False, timeout=self._timeout
                )
        try:
            yield response
        finally:
            response.release()  # read to its end it goes back to the pool, else it is dropped

    @asynccontextmanager
    async def body(self, response: aiohttp.ClientResponse, *, cap: int, deadline: float) -> AsyncIterator[bytes]:
        """The whole body, its bytes held in the budget for the block. Raises ``BrokenAnswer`` over ``cap`` or when cut off."""
        announced = _announced(response)
        if announced > cap:
            raise _too_long(cap)
        async with self.budget.reserve(announced or UNANNOUNCED) as held:
            with mapped(answering=True):
                async with asyncio.timeout_at(deadline):
                    data = await _read(response, cap)
            held.settle(len(data))
            yield data

    async def beginning(self, response: aiohttp.ClientResponse) -> bytes:
        """As much of an error's body as comes within its limits; a status says enough without one."""
        data = bytearray()
        with contextlib.suppress(*_LOW_LEVEL):
            async with asyncio.timeout(self.limits.error_seconds):
                async for chunk in response.content.iter_any():
                    data += chunk
                    if len(data) > self.limits.error_bytes:
                        break
        return bytes(data[: self.limits.error_bytes])


async def _in_pieces(content: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(content), _PIECE):
        yield content[at : at + _PIECE]


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
    """Never sent is safe to repeat; once sent, the provider may have charged."""
    log = f"{type(error).__name__}: {error}"
    if not answering and isinstance(error, _NEVER_SENT):
        return ConnectionFailed(log)
    if isinstance(error, TimeoutError):
        return TimedOut(log)
    if answering:
        return CutOff(f"cut off while answering: {log}")
    return ProviderDown(f"hung up without an answer: {log}", may_have_billed=True)


async def _read(response: aiohttp.ClientResponse, cap: int) -> bytes:
    """As the pieces came. Not by ``iter_chunks``: of the second empty body, which aiohttp shares, there would be no end."""
    chunks, size = [], 0
    async for chunk in response.content.iter_any():
        size += len(chunk)
        if size > cap:
            raise _too_long(cap)
        chunks.append(chunk)
    return b"".join(chunks)


def _announced(response: aiohttp.ClientResponse) -> int:
    value = response.headers.get("content-length", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else 0


def _too_long(cap: int) -> BrokenAnswer:
    return BrokenAnswer(f"the answer is over the limit of {cap} bytes")
