"""OpenAI's error bodies: ``{"error": {"message", "type", "param", "code"}}``."""

from collections.abc import Callable

from providers.simulator.delivery import Rejection
from providers.simulator.faults import Fault, FaultKind

RETRY_AFTER_SECONDS = 2
ACCOUNT_PAGE = "https://platform.openai.com/account/api-keys"
SAFETY = (
    "Your request was rejected by the safety system. If you believe this is an error, contact us at help.openai.com and include "
    "the request ID. safety_violations=[violence]."
)


def error(
    status: int,
    message: str,
    *,
    code: str | None = None,
    kind: str = "invalid_request_error",
    param: str | None = None,
    headers: dict[str, str] | None = None,
) -> Rejection:
    body: dict[str, object] = {"error": {"message": message, "type": kind, "param": param, "code": code}}
    return Rejection(status, body, code or kind, headers)


def no_key() -> Rejection:
    return error(
        401,
        "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth "
        f"(i.e. Authorization: Bearer YOUR_KEY). You can obtain an API key from {ACCOUNT_PAGE}.",
    )


def wrong_key(key: str = "sk-simulated") -> Rejection:
    """The vendor repeats the key with its middle hidden."""
    hidden = f"{key[:3]}{'*' * max(len(key) - 7, 3)}{key[-4:]}" if len(key) > 7 else "*" * len(key)
    message = f"Incorrect API key provided: {hidden}. You can find your API key at {ACCOUNT_PAGE}."
    return error(401, message, code="invalid_api_key")


def unknown_model(model: str) -> Rejection:
    message = f"The model `{model}` does not exist or you do not have access to it."
    return error(404, message, code="model_not_found")


def model_gone(model: str) -> Rejection:
    message = f"The model `{model}` has been deprecated, learn more here: https://platform.openai.com/docs/deprecations"
    return error(404, message, code="model_not_found")


def _rate_limited(fault: Fault) -> Rejection:
    seconds = RETRY_AFTER_SECONDS if fault.seconds is None else fault.seconds
    message = f"Rate limit reached for images per minute. Please try again in {seconds:g}s."
    headers = {"retry-after": f"{seconds:g}", "retry-after-ms": f"{seconds * 1000:.0f}", "x-ratelimit-remaining-requests": "0"}
    return error(429, message, code="rate_limit_exceeded", kind="requests", headers=headers)


def _quota() -> Rejection:
    message = "You exceeded your current quota, please check your plan and billing details."
    return error(429, message, code="insufficient_quota", kind="insufficient_quota")


def _no_access() -> Rejection:
    message = "Your organization must be verified to use this model. Please go to the organization settings and verify."
    return error(403, message, code="model_not_allowed")


def _invalid() -> Rejection:
    return error(
        400, "Invalid value for 'size' with this model.", code="invalid_value", kind="image_generation_user_error", param="size"
    )


def _refusal() -> Rejection:
    return error(400, SAFETY, code="moderation_blocked", kind="image_generation_user_error")


def _server_error() -> Rejection:
    return error(500, "The server had an error while processing your request. Sorry about that!", kind="server_error")


def _unavailable() -> Rejection:
    return error(503, "The engine is currently overloaded, please try again later.", kind="service_unavailable")


def rejections(model: str) -> dict[FaultKind, Callable[[Fault], Rejection]]:
    """What each fault that is an HTTP error looks like here."""
    return {
        FaultKind.UNAUTHORIZED: lambda _: wrong_key(),
        FaultKind.NO_ACCESS: lambda _: _no_access(),
        FaultKind.OUT_OF_QUOTA: lambda _: _quota(),
        FaultKind.RATE_LIMITED: _rate_limited,
        FaultKind.SERVER_ERROR: lambda _: _server_error(),
        FaultKind.UNAVAILABLE: lambda _: _unavailable(),
        FaultKind.INVALID_REQUEST: lambda _: _invalid(),
        FaultKind.MODEL_GONE: lambda _: model_gone(model),
        FaultKind.REFUSAL: lambda _: _refusal(),
        FaultKind.WITHHELD: lambda _: _refusal(),
    }
