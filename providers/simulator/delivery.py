"""How answers leave: whole, or disturbed on the wire."""

import asyncio
import json
import secrets
from collections.abc import Callable, Mapping, Sequence

from aiohttp import web

from providers.simulator.faults import Fault, FaultKind, Place
from providers.simulator.pictures import Picture
from providers.simulator.state import ENTRY, SIMULATOR

type Body = dict[str, object]
HTML = b"<!doctype html><html><head><title>Gateway</title></head><body><h1>Please try again later.</h1></body></html>\n"
PICTURE = f"picture-{secrets.token_hex(12)}"  # stands in JSON for base64 that is put in afterwards; never equal to anyone's text


class Rejection(Exception):
    """A vendor's refusal to work: its status, its body, and a short ``code`` for the journal."""

    def __init__(self, status: int, body: Body, code: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.status, self.body, self.code, self.headers = status, body, code, dict(headers or {})

    def response(self) -> web.Response:
        return web.json_response(self.body, status=self.status, headers=self.headers)


async def intercept(
    request: web.Request, fault: Fault | None, rejections: Mapping[FaultKind, Callable[[Fault], Rejection]]
) -> None:
    """Let a fault act before any work. Raises Rejection, or never returns; returns for faults that show later."""
    if fault is None:
        return
    request[ENTRY].outcome = f"fault:{fault.kind}"
    if fault.kind in rejections:
        raise rejections[fault.kind](fault)
    if fault.kind is FaultKind.DROP and request.transport:
        request.transport.abort()
    if fault.kind in (FaultKind.DROP, FaultKind.HANG):
        await asyncio.Event().wait()  # ends when the caller leaves or the server stops


def at(place: Place, fault: Fault | None) -> Fault | None:
    """The fault if it shows at this place."""
    return fault if fault and fault.place is place else None


async def deliver(
    request: web.Request,
    body: bytes,
    *,
    shows: FaultKind | None = None,
    content_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
    status: int = 200,
    mark: str = "",
    what: str = "answer",
) -> web.Response:
    """Send a body to its last byte, note when that left, and spoil it on the way if a fault says so."""
    if shows is FaultKind.WRONG_TYPE:
        body, content_type = HTML, "text/html"
    body = b"" if shows is FaultKind.EMPTY else body
    response = web.Response(body=body, status=status, content_type=content_type, headers=headers)
    if shows is FaultKind.CUT_OFF:
        await send_half(request, web.StreamResponse(headers={**response.headers, "Content-Length": str(len(body))}), body)
    await flush_fully(request)
    await response.prepare(request)
    await response.write_eof()
    note_last_byte(request, mark, what)
    return response


async def send_half(request: web.Request, response: web.StreamResponse, body: bytes) -> None:
    """Half of the body, then the end of the connection; never returns. A response already under way goes on."""
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    if request.transport:
        request.transport.close()
    await asyncio.Event().wait()


async def flush_fully(request: web.Request) -> None:
    """With timings wanted, a write ends when the kernel has all of it, not when most of it has gone."""
    if request.app[SIMULATOR].timings.wanted and isinstance(request.transport, asyncio.WriteTransport):
        request.transport.set_write_buffer_limits(high=0)


def note_last_byte(request: web.Request, mark: str, what: str) -> None:
    request.app[SIMULATOR].timings.record(request[ENTRY].number, mark, request.path, what)


def json_with(body: Body, pictures: Sequence[Picture], indent: int | None = None) -> bytes:
    """JSON in which each ``PICTURE`` becomes the base64 of the next picture: megabytes pass without being escaped."""
    first, *rest = json.dumps(body, indent=indent).encode().split(PICTURE.encode())
    return b"".join([first, *(part for picture, text in zip(pictures, rest, strict=True) for part in (picture.base64, text))])
