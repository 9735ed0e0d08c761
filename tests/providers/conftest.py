"""A loopback vendor, a transport that waits for it, and ways to ask through an adapter."""

import logging
from contextlib import aclosing

import pytest
from aiohttp import web

import tests.examples  # noqa: F401 - also where these tests are copied without the others
from providers import catalogue
from providers.limits import Limits
from providers.transport import Transport
from providers.types import Access, ImageRequest, Quality, Size
from tests.providers.clock import SteadyLoop
from tests.providers.vendor import Vendor

SECRET = "sk-test-0123456789abcdef"  # a made-up key
PATIENT = Limits(  # a machine may stall for seconds; a test about a limit shortens that one
    read=30,
    deadline=60,
    error_seconds=30,
    download_pause=0.01,
    poll_first=0.01,
    poll_longest=0.05,
)


def pytest_asyncio_loop_factories():
    return {"steady": SteadyLoop}


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
    async with Transport(PATIENT) as transport:
        yield transport


@pytest.fixture(autouse=True)
def _no_secret_is_logged(caplog):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, logger="httpx")  # only tests ask with it, and it names every address in full
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
