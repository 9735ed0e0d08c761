"""A loopback vendor, a transport with short limits, and ways to ask through an adapter."""

import logging
from contextlib import aclosing

import pytest
from aiohttp import web

from providers import catalogue
from providers.limits import Limits
from providers.transport import Transport
from providers.types import Access, ImageRequest, Quality, Size
from tests.providers.vendor import Vendor

SECRET = "sk-test-0123456789abcdef"  # a made-up key
SHORT = Limits(
    connect=1,
    read=0.5,
    pool=2,
    deadline=2,
    body_seconds=0.5,
    error_seconds=0.2,
    download_pause=0.01,
    poll_first=0.01,
    poll_longest=0.05,
    poll_seconds=0.3,
)


@pytest.fixture
async def vendor():
    vendor = Vendor()
    app = web.Application(client_max_size=2**24)
    app.router.add_route("*", "/{path:.*}", vendor.dispatch)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    vendor.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield vendor
    await runner.cleanup()


@pytest.fixture
async def transport():
    async with Transport(SHORT) as transport:
        yield transport


@pytest.fixture(autouse=True)
def _no_secret_is_logged(caplog):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="httpx")
    yield
    assert SECRET not in caplog.text
    assert "sig=" not in caplog.text


@pytest.fixture
def ask(vendor, transport):
    """Ask a model of the catalogue at the vendor; gives every event."""

    async def ask(model_id, *, transport=transport, simulated=False, base=None, key=SECRET, **request):
        model = catalogue.model(model_id)
        provider = catalogue.provider(model.provider)
        access = Access(base or vendor.url, key, simulated=simulated)
        wanted = ImageRequest(
            **{"model": model, "prompt": "a cup", "size": Size(1024, 1024), "quality": Quality.STANDARD, **request}
        )
        async with aclosing(provider.generate(wanted, access, transport)) as events:
            return [event async for event in events]

    return ask
