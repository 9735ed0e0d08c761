"""Google's error bodies: ``{"error": {"code", "message", "status", "details"}}``."""

from collections.abc import Callable

from providers.simulator.delivery import Body, Rejection
from providers.simulator.faults import Fault, FaultKind

KINDS = "type.googleapis.com/google.rpc."
CODES = {
    "INVALID_ARGUMENT": 400,
    "FAILED_PRECONDITION": 400,
    "UNAUTHENTICATED": 401,
    "PERMISSION_DENIED": 403,
    "NOT_FOUND": 404,
    "RESOURCE_EXHAUSTED": 429,
    "INTERNAL": 500,
    "UNAVAILABLE": 503,
}


def error(status: str, message: str, *details: Body) -> Rejection:
    told: Body = {"code": CODES[status], "message": message, "status": status}
    if details:
        told["details"] = list(details)
    return Rejection(CODES[status], {"error": told}, status.lower())


def invalid(message: str, field: str = "") -> Rejection:
    if not field:
        return error("INVALID_ARGUMENT", message)
    violations = [{"field": field, "description": message}]
    return error("INVALID_ARGUMENT", message, {"@type": f"{KINDS}BadRequest", "fieldViolations": violations})


def unknown_name(name: str, path: str) -> Rejection:
    where = f" at '{path}'" if path else ""
    return invalid(f'Invalid JSON payload received. Unknown name "{name}"{where}: Cannot find field.', path or name)


def wrong_key() -> Rejection:
    """A bad key is an invalid argument here, told apart by its reason alone."""
    detail: Body = {"@type": f"{KINDS}ErrorInfo", "reason": "API_KEY_INVALID", "domain": "googleapis.com"}
    return error("INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", detail)


def no_key() -> Rejection:
    message = "Method doesn't allow unregistered callers (callers without established identity). Please use API Key."
    return error("PERMISSION_DENIED", message)


def not_found(model: str) -> Rejection:
    message = f"models/{model} is not found for API version v1beta, or is not supported for generateContent."
    return error("NOT_FOUND", message)


def _rate_limited(fault: Fault) -> Rejection:
    seconds = 2.0 if fault.seconds is None else fault.seconds
    retry: Body = {"@type": f"{KINDS}RetryInfo", "retryDelay": f"{seconds:g}s"}
    return error("RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).", _quota("PerMinute"), retry)


def _quota(span: str) -> Body:
    violation = {"quotaId": f"GenerateRequests{span}PerProjectPerModel", "quotaMetric": "generate_content_requests"}
    return {"@type": f"{KINDS}QuotaFailure", "violations": [violation]}


def rejections(model: str) -> dict[FaultKind, Callable[[Fault], Rejection]]:
    """What each fault that is an HTTP error looks like here; refusals are answers."""
    return {**_REJECTIONS, FaultKind.MODEL_GONE: lambda _: not_found(model)}


_REJECTIONS: dict[FaultKind, Callable[[Fault], Rejection]] = {
    FaultKind.UNAUTHORIZED: lambda _: wrong_key(),
    FaultKind.NO_ACCESS: lambda _: error("PERMISSION_DENIED", "The caller does not have permission."),
    FaultKind.OUT_OF_QUOTA: lambda _: error("RESOURCE_EXHAUSTED", "You exceeded your current quota.", _quota("PerDay")),
    FaultKind.RATE_LIMITED: _rate_limited,
    FaultKind.SERVER_ERROR: lambda _: error("INTERNAL", "An internal error has occurred. Please retry."),
    FaultKind.UNAVAILABLE: lambda _: error("UNAVAILABLE", "The model is overloaded. Please try again later."),
    FaultKind.INVALID_REQUEST: lambda _: invalid("Aspect ratio is not supported.", "generation_config.image_config.aspect_ratio"),
}
