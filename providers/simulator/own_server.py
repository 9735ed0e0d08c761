"""What servers of one's own have in common: no accounts and no policy, so such faults come from the reverse proxy in front."""

from base64 import b64decode
from collections.abc import Callable

from aiohttp import web

from providers.simulator.delivery import Rejection
from providers.simulator.faults import Fault, FaultKind


def check_key(request: web.Request) -> None:
    """A key is optional here, Basic or Bearer; what is sent must not be wrong-key."""
    _, _, sent = request.headers.get("Authorization", "").partition(" ")
    if "wrong-key" in (sent, *_unpacked(sent)):
        raise Rejection(401, {"detail": "Incorrect username or password"}, "unauthorized", {"WWW-Authenticate": "Basic"})


def _unpacked(sent: str) -> list[str]:
    try:
        return b64decode(sent, validate=True).decode().split(":")
    except ValueError:
        return []


def _rate_limited(fault: Fault) -> Rejection:
    seconds = 2.0 if fault.seconds is None else fault.seconds
    return Rejection(429, {"detail": "Too many requests"}, "rate_limited", {"Retry-After": f"{seconds:g}"})


PROXY: dict[FaultKind, Callable[[Fault], Rejection]] = {
    FaultKind.UNAUTHORIZED: lambda _: Rejection(
        401, {"detail": "Not authenticated"}, "unauthorized", {"WWW-Authenticate": "Basic"}
    ),
    FaultKind.NO_ACCESS: lambda _: Rejection(403, {"detail": "Forbidden"}, "no_access"),
    FaultKind.RATE_LIMITED: _rate_limited,
    FaultKind.UNAVAILABLE: lambda _: Rejection(503, {"detail": "Service Unavailable"}, "unavailable"),
    FaultKind.REFUSAL: lambda _: Rejection(403, {"detail": "The prompt was declined by this server's filter."}, "refusal"),
}
