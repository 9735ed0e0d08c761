"""fal's error bodies: ``{"detail": [{"loc", "msg", "type"}]}`` from a model, ``{"detail", "error_type"}`` from the platform."""

from collections.abc import Callable

from providers.simulator.delivery import Body, Rejection
from providers.simulator.faults import Fault, FaultKind

FLAGGED = "The content could not be processed because it contained material flagged by a content checker."


def platform(status: int, detail: str, error_type: str, headers: dict[str, str] | None = None) -> Rejection:
    told = {"X-Fal-Error-Type": error_type, **(headers or {})}
    return Rejection(status, {"detail": detail, "error_type": error_type}, error_type, told)


def plain(status: int, detail: str, code: str) -> Rejection:
    return Rejection(status, {"detail": detail}, code)


def invalid(field: str, message: str, kind: str) -> Rejection:
    return Rejection(422, detail(field, message, kind), "invalid_request")


def declined() -> Rejection:
    return Rejection(422, detail("prompt", FLAGGED, "content_policy_violation"), "content_policy_violation")


def detail(field: str, message: str, kind: str) -> Body:
    return {"detail": [{"loc": ["body", field], "msg": message, "type": kind, "url": f"https://docs.fal.ai/errors/#{kind}"}]}


def unauthorized() -> Rejection:
    return plain(401, "Authentication is required to access this application. Visit https://docs.fal.ai/authentication.", "401")


def not_found(what: str) -> Rejection:
    return plain(404, f"Application '{what}' not found", "not_found")


def link_expired() -> Rejection:
    return plain(404, "File not found", "link_expired")


def unfinished() -> Rejection:
    return plain(400, "Request is still in progress", "unfinished")


def _rate_limited(fault: Fault) -> Rejection:
    seconds = 2.0 if fault.seconds is None else fault.seconds
    return platform(429, "Too many requests", "concurrent_requests_limit", {"Retry-After": f"{seconds:g}"})


# what each fault that is an HTTP error looks like here; a refusal comes as the job's answer
REJECTIONS: dict[FaultKind, Callable[[Fault], Rejection]] = {
    FaultKind.UNAUTHORIZED: lambda _: unauthorized(),
    FaultKind.NO_ACCESS: lambda _: plain(403, "You do not have access to this application.", "no_access"),
    FaultKind.OUT_OF_QUOTA: lambda _: plain(
        403, "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.", "out_of_quota"
    ),
    FaultKind.RATE_LIMITED: _rate_limited,
    FaultKind.SERVER_ERROR: lambda _: platform(500, "Internal server error", "internal_error"),
    FaultKind.UNAVAILABLE: lambda _: platform(503, "No runner could be allocated", "runner_scheduling_failure"),
    FaultKind.INVALID_REQUEST: lambda _: invalid("image_size", "Input should be a valid dictionary", "model_type"),
    FaultKind.MODEL_GONE: lambda _: not_found("this application"),
}
