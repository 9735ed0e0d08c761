"""Questions about accounts and models, which draw nothing: faults that are ordered for a whole provider strike here too."""

from collections.abc import Callable, Mapping

from aiohttp import web

from providers.simulator.delivery import Rejection, at, intercept
from providers.simulator.faults import Fault, FaultKind, Place
from providers.simulator.state import SIMULATOR


async def troubled(request: web.Request, provider: str, rejections: Mapping[FaultKind, Callable[[Fault], Rejection]]) -> None:
    """Let an ordered fault act before the answer. Raises Rejection, or never returns."""
    fault = request.app[SIMULATOR].faults.find(provider, (provider, request.path), "")
    await intercept(request, at(Place.ANSWER, fault), rejections)
