"""Black Forest Labs' error bodies: ``{"detail"}``, which is a sentence, or a list of fields under 422."""

from collections.abc import Callable

from providers.simulator.delivery import Rejection
from providers.simulator.faults import Fault, FaultKind


def _said(status: int, words: str, code: str, headers: dict[str, str] | None = None) -> Rejection:
    return Rejection(status, {"detail": words}, code, headers)


def unauthorized() -> Rejection:
    return _said(403, "Not authenticated - Invalid Authentication", "unauthorized")


def invalid(field: str, message: str) -> Rejection:
    detail = [{"type": "value_error", "loc": ["body", field], "msg": message}]
    return Rejection(422, {"detail": detail}, "invalid_request")


def not_found() -> Rejection:
    return _said(404, "Not Found", "not_found")


def link_expired() -> Rejection:
    return _said(403, "This link has expired.", "link_expired")


def busy(limit: int) -> Rejection:
    return _said(429, f"Too many active tasks: at most {limit}.", "too_many_tasks")


def _rate_limited(fault: Fault) -> Rejection:
    seconds = 2.0 if fault.seconds is None else fault.seconds
    return _said(429, "Rate limit exceeded", "rate_limited", {"Retry-After": f"{seconds:g}"})


# what each fault that is an HTTP error looks like here; a refusal shows in the state of the job
REJECTIONS: dict[FaultKind, Callable[[Fault], Rejection]] = {
    FaultKind.UNAUTHORIZED: lambda _: unauthorized(),
    FaultKind.NO_ACCESS: lambda _: _said(403, "Your organization may not use this model.", "no_access"),
    FaultKind.OUT_OF_QUOTA: lambda _: _said(402, "Insufficient credits", "insufficient_credits"),
    FaultKind.RATE_LIMITED: _rate_limited,
    FaultKind.SERVER_ERROR: lambda _: _said(500, "Internal Server Error", "server_error"),
    FaultKind.UNAVAILABLE: lambda _: _said(503, "Service Unavailable", "unavailable"),
    FaultKind.INVALID_REQUEST: lambda _: invalid("prompt", "Input should be a valid string"),
    FaultKind.MODEL_GONE: lambda _: not_found(),
}
