"""Replicate's error bodies: problem details with ``title``, ``detail`` and ``status``."""

from collections.abc import Callable

from providers.simulator.delivery import Rejection
from providers.simulator.faults import Fault, FaultKind
from providers.simulator.replicate_requests import invalid

NSFW = "NSFW content detected in all outputs. Try running it again, or try a different prompt."


def problem(status: int, title: str, detail: str, code: str, headers: dict[str, str] | None = None) -> Rejection:
    return Rejection(status, {"title": title, "detail": detail, "status": status}, code, headers)


def unauthorized() -> Rejection:
    detail = "You did not pass a valid authentication token"
    return problem(401, "Unauthenticated", detail, "unauthorized", {"WWW-Authenticate": "Bearer"})


def not_found() -> Rejection:
    return problem(404, "Not found", "The requested resource could not be found.", "not_found")


def link_expired() -> Rejection:
    return problem(404, "Not found", "The file has expired.", "link_expired")


def _rate_limited(fault: Fault) -> Rejection:
    """The wait stands in the text; a header is not promised."""
    seconds = 2.0 if fault.seconds is None else fault.seconds
    return Rejection(429, {"detail": f"Request was throttled. Your rate limit resets in ~{seconds:.0f}s."}, "rate_limited")


# what each fault that is an HTTP error looks like here; a refused prediction fails later
REJECTIONS: dict[FaultKind, Callable[[Fault], Rejection]] = {
    FaultKind.UNAUTHORIZED: lambda _: unauthorized(),
    FaultKind.NO_ACCESS: lambda _: problem(403, "Forbidden", "You do not have permission to run this model.", "no_access"),
    FaultKind.OUT_OF_QUOTA: lambda _: problem(
        402, "Insufficient credit", "You have insufficient credit to run this model.", "out_of_quota"
    ),
    FaultKind.RATE_LIMITED: _rate_limited,
    FaultKind.SERVER_ERROR: lambda _: problem(500, "Internal server error", "Something went wrong.", "server_error"),
    FaultKind.UNAVAILABLE: lambda _: problem(503, "Service unavailable", "Please try again later.", "unavailable"),
    FaultKind.INVALID_REQUEST: lambda _: invalid("aspect_ratio", "aspect_ratio is not supported"),
    FaultKind.MODEL_GONE: lambda _: not_found(),
}
