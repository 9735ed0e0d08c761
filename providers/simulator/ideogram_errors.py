"""Ideogram's error bodies: ``{"error"}``, with ``reject_reason`` where money or places are the matter."""

from collections.abc import Callable

from providers.simulator.delivery import Rejection
from providers.simulator.faults import Fault, FaultKind
from providers.simulator.ideogram_requests import invalid

UNSAFE_PROMPT = "Prompt provided failed safety check due to the inclusion of prohibited content."


def unauthorized() -> Rejection:
    return Rejection(401, {"error": "Not authorized: missing or invalid API key."}, "unauthorized")


def not_found(what: str) -> Rejection:
    return Rejection(404, {"error": f"{what} not found."}, "not_found")


def inflight_limit(limit: int) -> Rejection:
    body: dict[str, object] = {
        "error": "Too many in-flight requests.",
        "reject_reason": "inflight_limit",
        "max_inflight_requests": limit,
    }
    return Rejection(429, body, "inflight_limit")


def link_expired() -> Rejection:
    return Rejection(403, {"error": "This link has expired."}, "link_expired")


def _insufficient_funds() -> Rejection:
    return Rejection(402, {"error": "Insufficient credits.", "reject_reason": "insufficient_funds"}, "insufficient_funds")


def _rate_limited(fault: Fault) -> Rejection:
    """Retry-After is promised for polls only; here a fault may carry it anywhere."""
    seconds = 2.0 if fault.seconds is None else fault.seconds
    return Rejection(429, {"error": "Too many requests."}, "rate_limited", {"Retry-After": f"{seconds:g}"})


# what each fault that is an HTTP error looks like here
REJECTIONS: dict[FaultKind, Callable[[Fault], Rejection]] = {
    FaultKind.UNAUTHORIZED: lambda _: unauthorized(),
    FaultKind.NO_ACCESS: lambda _: Rejection(
        403, {"error": "Your organization does not have access to this model."}, "no_access"
    ),
    FaultKind.OUT_OF_QUOTA: lambda _: _insufficient_funds(),
    FaultKind.RATE_LIMITED: _rate_limited,
    FaultKind.SERVER_ERROR: lambda _: Rejection(500, {"error": "Internal server error."}, "server_error"),
    FaultKind.UNAVAILABLE: lambda _: Rejection(503, {"error": "Service temporarily unavailable."}, "unavailable"),
    FaultKind.INVALID_REQUEST: lambda _: invalid("aspect_ratio is not supported for this model"),
    FaultKind.MODEL_GONE: lambda _: not_found("Model"),
    FaultKind.REFUSAL: lambda _: Rejection(422, {"error": UNSAFE_PROMPT}, "unsafe_prompt"),
}
