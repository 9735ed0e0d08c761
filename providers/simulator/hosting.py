"""Pictures behind signed links, and faults that wait until a link or a job is asked for; the same for every vendor."""

import asyncio
from collections.abc import Callable, Mapping

from aiohttp import web

from providers.simulator.calls import SLOW_SECONDS, Call
from providers.simulator.delivery import Rejection, at, deliver, intercept
from providers.simulator.faults import Fault, FaultKind, Place
from providers.simulator.gallery import Hosted
from providers.simulator.pictures import Picture
from providers.simulator.state import SIMULATOR

type Rejections = Mapping[FaultKind, Callable[[Fault], Rejection]]


def link(request: web.Request, call: Call, picture: Picture, path: str) -> str:
    """Take a picture in and give its address; ``path`` holds ``{ident}``, as in the route that shows it."""
    gallery = request.app[SIMULATOR].gallery
    ident = gallery.hang(Hosted(picture, call.mark, at(Place.IMAGE, call.fault)))
    query = gallery.query(ident, expired=call.shows is FaultKind.EXPIRED_URL)
    return f"{request.scheme}://{request.host}{path.format(ident=ident)}?{query}"


async def show(request: web.Request, rejections: Rejections, *, expired: Rejection, missing: Rejection) -> web.Response:
    """The picture behind a signed link, or what a fault makes of it. Needs no key, as with the vendors."""
    gallery, ident = request.app[SIMULATOR].gallery, request.match_info["ident"]
    if not gallery.admits(ident, request.query.get("exp", ""), request.query.get("sig", "")):
        raise expired
    hosted = gallery.find(ident)
    if hosted is None:
        raise missing
    fault = await late_fault(request, hosted.fault, rejections)
    shows, picture = fault.kind if fault else None, hosted.picture
    return await deliver(request, picture.data, shows=shows, content_type=picture.media_type, mark=hosted.mark, what="image")


async def late_fault(request: web.Request, fault: Fault | None, rejections: Rejections) -> Fault | None:
    """A fault kept for a poll or a picture: strikes if it is not used up, and acts. Raises Rejection."""
    if fault is None or not fault.strike():
        return None
    await intercept(request, fault, rejections)
    if fault.kind is FaultKind.SLOW:
        await asyncio.sleep((fault.seconds or SLOW_SECONDS) * request.app[SIMULATOR].config.time_scale)
    return fault
