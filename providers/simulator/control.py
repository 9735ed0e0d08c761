"""``/_control``: how a test or a person steers the simulator and reads what it was asked."""

import json

from aiohttp import web

from providers.simulator.faults import Fault, FaultKind, Place
from providers.simulator.state import SIMULATOR

FILTERS = ("provider", "model", "path", "method", "outcome")


def add_routes(app: web.Application) -> None:
    app.router.add_get("/_control/health", health)
    app.router.add_post("/_control/faults", add_fault)
    app.router.add_delete("/_control/faults", clear_faults)
    app.router.add_get("/_control/requests", list_requests)
    app.router.add_delete("/_control/requests", clear_requests)


async def health(_request: web.Request) -> web.Response:
    return web.json_response({"ok": True})


async def add_fault(request: web.Request) -> web.Response:
    """``{"kind", "model", "provider", "at", "times", "seconds"}``: all but the kind may be left out."""
    try:
        fault = _fault(json.loads(await request.read()))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return web.json_response({"error": f"not a fault: {error}"}, status=400)
    request.app[SIMULATOR].faults.add(fault)
    return web.json_response({"ok": True}, status=201)


def _fault(told: dict[str, str]) -> Fault:
    """Raises ValueError, KeyError or TypeError for what makes no fault; numbers may come as numbers or as text."""
    seconds, times = told.get("seconds"), told.get("times")
    return Fault(
        kind=FaultKind(told["kind"]),
        provider=str(told.get("provider") or ""),
        model=str(told.get("model") or "*"),
        place=Place(told.get("at") or Place.ANSWER),
        seconds=None if seconds is None else float(seconds),
        times=None if times is None else int(times),
    )


async def clear_faults(request: web.Request) -> web.Response:
    request.app[SIMULATOR].faults.clear()
    return web.json_response({"ok": True})


async def list_requests(request: web.Request) -> web.Response:
    """The journal as a list, oldest first; the query narrows it by any of ``FILTERS``."""
    wanted = {name: request.query[name] for name in FILTERS if name in request.query}
    return web.json_response(request.app[SIMULATOR].journal.as_json(**wanted))


async def clear_requests(request: web.Request) -> web.Response:
    request.app[SIMULATOR].journal.clear()
    return web.json_response({"ok": True})
