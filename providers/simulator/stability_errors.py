"""Stability AI's error bodies: ``{"id", "name", "errors"}``."""

from collections.abc import Callable
from secrets import token_hex

from providers.simulator.delivery import Rejection
from providers.simulator.faults import Fault, FaultKind


def _named(status: int, name: str, message: str, headers: dict[str, str] | None = None) -> Rejection:
    return Rejection(status, {"id": token_hex(16), "name": name, "errors": [message]}, name, headers)


def unauthorized() -> Rejection:
    return _named(401, "unauthorized", "authorization: missing or invalid authorization header")


def invalid(field: str, message: str) -> Rejection:
    return _named(400, "bad_request", f"{field}: {message}")


def not_found() -> Rejection:
    return _named(404, "not_found", "The requested path does not exist")


def _rate_limited(fault: Fault) -> Rejection:
    """No Retry-After is promised; a fault with a number of seconds carries one."""
    headers = None if fault.seconds is None else {"Retry-After": f"{fault.seconds:g}"}
    return _named(
        429, "rate_limit_exceeded", "You have exceeded the rate limit of 150 requests within a 10 second period", headers
    )


# what each fault that is an HTTP error looks like here
REJECTIONS: dict[FaultKind, Callable[[Fault], Rejection]] = {
    FaultKind.UNAUTHORIZED: lambda _: unauthorized(),
    FaultKind.NO_ACCESS: lambda _: _named(403, "permission_denied", "Your organization does not have access to this model"),
    FaultKind.OUT_OF_QUOTA: lambda _: _named(402, "payment_required", "You lack sufficient credits to make this request"),
    FaultKind.RATE_LIMITED: _rate_limited,
    FaultKind.SERVER_ERROR: lambda _: _named(500, "internal_error", "An unexpected server error has occurred"),
    FaultKind.UNAVAILABLE: lambda _: _named(503, "service_unavailable", "The service is temporarily unavailable"),
    FaultKind.INVALID_REQUEST: lambda _: invalid(
        "aspect_ratio", "must be one of 21:9, 16:9, 3:2, 5:4, 1:1, 4:5, 2:3, 9:16, 9:21"
    ),
    FaultKind.MODEL_GONE: lambda _: not_found(),
    FaultKind.REFUSAL: lambda _: _named(403, "content_moderation", "Your request was flagged by our content moderation system"),
}
