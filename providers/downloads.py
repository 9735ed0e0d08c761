"""Fetch a hosted picture.

It is paid for already, so a stumble is tried again; it is a stranger's address, so little is trusted.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

import aiohttp
from yarl import URL

from providers import addresses
from providers.answers import Answer
from providers.errors import BrokenAnswer, ConnectionFailed, CutOff, ProviderDown, ProviderError, TimedOut
from providers.exchange import Exchange

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_EXPIRED = frozenset({401, 403, 404, 410})
_AGAIN = (ConnectionFailed, CutOff, ProviderDown, TimedOut)


class Downloader:
    """Two ways out: ``trusted`` for the provider's own origin, ``guarded`` (public addresses only) for every other host.

    No key is sent along unless the caller says so, and then to the provider's own origin only.
    """

    def __init__(self, trusted: Exchange, guarded: Exchange) -> None:
        self._trusted = trusted
        self._guarded = guarded
        self._limits = trusted.limits

    @asynccontextmanager
    async def fetch(self, url: str, base_url: str, own_headers: Mapping[str, str]) -> AsyncIterator[bytes]:
        """The bytes behind ``url``; ``own_headers`` go to the origin of ``base_url`` alone.

        Every error says ``may_have_billed``: the picture exists, only we do not have it.
        """
        deadline = asyncio.get_running_loop().time() + self._limits.download_seconds
        async with AsyncExitStack() as stack:
            try:
                data = await self._with_tries(stack, url, base_url, own_headers, deadline)
            except ProviderError as error:
                error.may_have_billed = True
                raise
            yield data

    async def _with_tries(
        self, stack: AsyncExitStack, url: str, base_url: str, own_headers: Mapping[str, str], deadline: float
    ) -> bytes:
        for rest in reversed(range(self._limits.download_tries)):
            try:
                return await stack.enter_async_context(self._follow(url, base_url, own_headers, deadline))
            except _AGAIN as error:
                if addresses.refused(error):
                    raise BrokenAnswer("the picture's address leads into a private network") from error
                if not rest or asyncio.get_running_loop().time() >= deadline:
                    raise
            await asyncio.sleep(self._limits.download_pause)
        raise BrokenAnswer("no try was allowed")

    @asynccontextmanager
    async def _follow(self, url: str, base_url: str, own_headers: Mapping[str, str], deadline: float) -> AsyncIterator[bytes]:
        """Redirects by hand, because each step is a new address to judge."""
        target = _parse(url, base_url)
        for _ in range(self._limits.redirects + 1):
            exchange = self._exchange(target, base_url)
            headers = {"Accept": "image/*", **(own_headers if exchange is self._trusted else {})}
            async with exchange.open("GET", target, headers=headers, deadline=deadline) as response:
                if response.status in _REDIRECTS and (location := response.headers.get("location")):
                    target = _parse(location, str(target))
                    continue
                _expect_success(response)
                async with exchange.body(response, cap=self._limits.image_bytes, deadline=deadline) as data:
                    yield data
                    return
        raise BrokenAnswer("the picture's address redirects too often")

    def _exchange(self, target: URL, base_url: str) -> Exchange:
        if addresses.same_origin(target, base_url):
            return self._trusted
        addresses.require_https(target)
        return self._guarded


def _parse(url: str, base: str) -> URL:
    with contextlib.suppress(ValueError):
        return addresses.joined(url, base)
    raise BrokenAnswer("the picture's address cannot be read")


def _expect_success(response: aiohttp.ClientResponse) -> None:
    if response.status in _EXPIRED:
        raise BrokenAnswer(f"the picture's address has expired ({response.status})")
    if response.status != 200:
        raise Answer(response.status, response.headers, b"").error(None if response.status >= 500 else BrokenAnswer)
