"""The simulator as an application: every vendor's desk behind one port, a journal around them all."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from providers.simulator import (
    a1111,
    bfl,
    comfyui,
    control,
    fal,
    gemini,
    ideogram,
    local,
    openai,
    recraft,
    replicate,
    stability,
    thinking,
)
from providers.simulator.config import Config
from providers.simulator.delivery import Rejection
from providers.simulator.journal import Entry
from providers.simulator.state import ENTRY, SIMULATOR, Simulator

DESKS = (
    control,
    openai,
    ideogram,
    recraft,
    bfl,
    gemini,
    stability,
    replicate,
    fal,
    a1111,
    comfyui,
    local,
    thinking,
)
LARGEST_REQUEST = 64 * 1024 * 1024  # bytes: reference pictures travel in forms
PARTING_SECONDS = 0.05  # for callers still waiting at the end; aiohttp takes 0 for "as long as they like"
type Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

logger = logging.getLogger(__name__)


def create_app(config: Config | None = None) -> web.Application:
    """The whole simulator; serve it with ``handler_cancellation=True``, so that a caller who leaves ends the work."""
    app = web.Application(middlewares=[keep_journal], client_max_size=LARGEST_REQUEST)
    app[SIMULATOR] = Simulator(config or Config())
    app.on_response_prepare.append(_mark_simulated)
    app.cleanup_ctx.append(_parts_live_with_the_server)
    for desk in DESKS:
        desk.add_routes(app)
    return app


@asynccontextmanager
async def serving(config: Config | None = None, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve while the block runs; yields the address, as in ``http://127.0.0.1:4711``. Raises OSError for a taken port."""
    runner = web.AppRunner(create_app(config), handler_cancellation=True, access_log=None, shutdown_timeout=PARTING_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port, reuse_address=True).start()
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@web.middleware
async def keep_journal(request: web.Request, handler: Handler) -> web.StreamResponse:
    if request.path.startswith("/_control"):
        return await handler(request)
    simulator, begun = request.app[SIMULATOR], time.monotonic()
    entry = request[ENTRY] = simulator.journal.open(request.method, request.path)
    try:
        response = await _answered(request, handler, entry)
    except asyncio.CancelledError:
        _settle(entry, "left")
        raise
    else:
        entry.status = response.status
        return response
    finally:
        entry.seconds = time.monotonic() - begun
        logger.info("%s %s %s %s %.2f s: %s", entry.method, entry.path, entry.model, entry.status, entry.seconds, entry.outcome)


async def _answered(request: web.Request, handler: Handler, entry: Entry) -> web.StreamResponse:
    """The handler's answer, or its rejection in the vendor's own form."""
    try:
        response = await handler(request)
    except Rejection as rejection:
        _settle(entry, f"rejected:{rejection.code}")
        return rejection.response()
    except web.HTTPException as error:
        entry.status = error.status
        _settle(entry, f"rejected:{error.status}")
        raise
    _settle(entry, "answered")
    return response


def _settle(entry: Entry, outcome: str) -> None:
    """A fault that was chosen stays the outcome, whatever came of it."""
    if entry.outcome == "open":
        entry.outcome = outcome


async def _mark_simulated(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers["X-Simulated"] = "true"


async def _parts_live_with_the_server(app: web.Application) -> AsyncIterator[None]:
    app[SIMULATOR].open()
    yield
    app[SIMULATOR].close()
