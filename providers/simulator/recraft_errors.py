"""Recraft's errors: plain text for the two it documents, JSON with ``code`` and ``message`` for the rest, which it does not."""

from collections.abc import Callable

from aiohttp import web

from providers.simulator.delivery import Rejection
from providers.simulator.faults import Fault, FaultKind


class Said(Rejection):
    """A rejection in plain words."""

    def __init__(self, status: int, words: str, code: str) -> None:
        super().__init__(status, {}, code)
        self.words = words

    def response(self) -> web.Response:
        return web.Response(text=self.words, status=self.status, headers=self.headers)


def unauthorized() -> Rejection:
    return Said(401, "request unauthorized", "unauthorized")


def not_found() -> Rejection:
    return Said(404, "404 page not found", "not_found")


def invalid(message: str) -> Rejection:
    return _coded(400, "invalid_request_parameter", message)


def _coded(status: int, code: str, message: str, **headers: str) -> Rejection:
    return Rejection(status, {"code": code, "message": message}, code, {n.replace("_", "-"): v for n, v in headers.items()})


def _rate_limited(fault: Fault) -> Rejection:
    seconds = 2.0 if fault.seconds is None else fault.seconds
    return _coded(429, "too_many_requests", "Too many requests.", retry_after=f"{seconds:g}")


# what each fault that is an HTTP error looks like here
REJECTIONS: dict[FaultKind, Callable[[Fault], Rejection]] = {
    FaultKind.UNAUTHORIZED: lambda _: unauthorized(),
    FaultKind.NO_ACCESS: lambda _: _coded(403, "forbidden", "This model is not part of your plan."),
    FaultKind.OUT_OF_QUOTA: lambda _: _coded(400, "not_enough_credits", "Not enough credits to perform this operation."),
    FaultKind.RATE_LIMITED: _rate_limited,
    FaultKind.SERVER_ERROR: lambda _: Said(500, "internal server error", "server_error"),
    FaultKind.UNAVAILABLE: lambda _: Said(503, "service unavailable", "unavailable"),
    FaultKind.INVALID_REQUEST: lambda _: invalid("size is not supported for this model"),
    FaultKind.MODEL_GONE: lambda _: not_found(),
    FaultKind.REFUSAL: lambda _: _coded(400, "content_moderation", "The prompt was declined by our content moderation."),
}
