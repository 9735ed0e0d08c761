"""The product in one process: its own web application, whose runs are drawn on the web server's own event loop.

The same form, session, credits, rows and events, without a queue and a worker behind them: what it works on is lost when it dies.
Beside ``floor``, which has nothing of the product, it tells what being durable costs.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from typing import Any

from workspace import asgi
from workspace.comparisons import services
from workspace.comparisons.tasks import _finish_later
from workspace.comparisons.worker import generate
from workspace.comparisons.worker.runtime import Runtime

type Scope = dict[str, Any]
type Channel = Callable[..., Awaitable[Any]]

_opened: asyncio.Task[Runtime] | None = None
_runs: set[Future[None]] = set()


async def application(scope: Scope, receive: Channel, send: Channel) -> None:
    global _opened
    if _opened is None:
        _opened = asyncio.create_task(_open())
    await _opened
    await asgi.application(scope, receive, send)


async def _open() -> Runtime:
    runtime, loop = await Runtime.open(), asyncio.get_running_loop()

    def draw(comparison: int) -> None:
        """In place of the message to a worker; called in the thread of the request, after its commit."""
        run = asyncio.run_coroutine_threadsafe(generate.run(runtime, comparison, _finish_later), loop)
        _runs.add(run)
        run.add_done_callback(_runs.discard)

    services._dispatch = draw
    return runtime
