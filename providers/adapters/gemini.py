"""Google's Gemini image models: ``POST /models/<model>:generateContent``, answered at once with the picture as base64.

Shapes from the google-genai SDK 3.4.0 (``types.py``, ``errors.py``). A refusal is a 200: a ``promptFeedback`` with a reason, a
``finishReason`` that says so, or nothing but words. Parts marked ``thought`` are sketches on the way and never the result.
A reference is a part of its own before the prompt; what it costs is in the prompt's tokens.
Unverified and read tolerantly: the wait and the daily quota in an error's ``details``, written as elsewhere at Google.
"""

import re
from collections.abc import AsyncGenerator, Iterator, Mapping
from decimal import Decimal

from providers import answers, asking, ratios, reading, references, reports, results
from providers.adapters.gemini_models import MODELS, TOKEN_RATES, WITHOUT_IMAGE_SIZE
from providers.answers import Answer
from providers.errors import (
    BadKey,
    BrokenAnswer,
    InvalidRequest,
    ModelGone,
    NoAccess,
    OutOfQuota,
    ProviderDown,
    ProviderError,
    RateLimited,
    Refused,
    TimedOut,
)
from providers.reports import Report, Told
from providers.transport import Transport
from providers.types import Access, ImageRequest, ImageResult, ModelSpec, ProviderEvent

RATIOS = ("1:1", "4:3", "3:4", "3:2", "2:3", "16:9", "9:16", "5:4", "4:5", "21:9")
_REFUSING = frozenset(
    {
        "SAFETY",
        "BLOCKLIST",
        "PROHIBITED_CONTENT",
        "RECITATION",
        "SPII",
        "IMAGE_SAFETY",
        "IMAGE_PROHIBITED_CONTENT",
        "IMAGE_RECITATION",
        "IMAGE_OTHER",
        "NO_IMAGE",
    }
)
_BY_STATUS: dict[str, type[ProviderError]] = {
    "INVALID_ARGUMENT": InvalidRequest,
    "FAILED_PRECONDITION": NoAccess,  # no billing account, or a country without the service
    "UNAUTHENTICATED": BadKey,
    "PERMISSION_DENIED": NoAccess,
    "NOT_FOUND": ModelGone,
    "RESOURCE_EXHAUSTED": RateLimited,
    "DEADLINE_EXCEEDED": TimedOut,
    "INTERNAL": ProviderDown,
    "UNAVAILABLE": ProviderDown,
}
_BAD_KEYS = frozenset({"API_KEY_INVALID", "API_KEY_EXPIRED"})  # these come as 400
_SECONDS = re.compile(r"(\d{1,6}(?:\.\d{1,9})?)s")
_MOST_TOKENS = 10**8  # more than any picture takes; a larger count is not believed


class Gemini:
    key = "gemini"
    label = "Google"
    key_name = "GEMINI_API_KEY"
    default_base_url = "https://generativelanguage.googleapis.com/v1beta"
    models: tuple[ModelSpec, ...] = MODELS

    async def generate(self, request: ImageRequest, access: Access, transport: Transport) -> AsyncGenerator[ProviderEvent]:
        """One question, one answer."""
        async with transport.post(
            f"{access.base_url}/models/{request.model.wire_name}:generateContent",
            payload(request),
            headers={"x-goog-api-key": access.api_key},
            secret=access.api_key,
        ) as reply:
            reply = answers.whole(reply, _failure)
            yield _result(reply, request, access, transport)

    async def check(self, access: Access, transport: Transport) -> Report:
        """``GET /models`` lists what the key may use; days of death are told on a page alone."""
        headers, url = {"x-goog-api-key": access.api_key}, f"{access.base_url}/models?pageSize=1000"
        answer = await reports.ask(transport, url, headers=headers, secret=access.api_key, failure=_failure)
        names = (reports.name(item.get("name")).removeprefix("models/") for item in reports.items(answer.json().get("models")))
        return Report(tuple(Told(name) for name in names if "image" in name or "banana" in name), complete=True)


def payload(request: ImageRequest) -> dict[str, object]:
    """What goes over the wire. The size in pixels becomes a ratio and, where the model knows it, a resolution."""
    config: dict[str, object] = {"responseModalities": ["IMAGE"], "imageConfig": _image_config(request)}
    if thinking := asking.parameters(request):
        config["thinkingConfig"] = dict(thinking)
    return {"contents": [{"role": "user", "parts": [*_shown(request), {"text": request.prompt}]}], "generationConfig": config}


def _shown(request: ImageRequest) -> Iterator[dict[str, object]]:
    if reference := asking.reference(request):
        yield {"inlineData": {"mimeType": reference.media_type, "data": references.base64(reference)}}


def _image_config(request: ImageRequest) -> dict[str, str]:
    config = {"aspectRatio": ratios.nearest(request.size, RATIOS)}
    if request.model.wire_name not in WITHOUT_IMAGE_SIZE:
        config["imageSize"] = "2K" if request.size.width * request.size.height > 2_000_000 else "1K"
    return config


def _result(answer: Answer, request: ImageRequest, access: Access, transport: Transport) -> ImageResult:
    """Raises ``Refused`` for every way of declining, ``BrokenAnswer`` for an answer without a picture and without a reason."""
    body = answer.json()
    request_id = reading.text(body.get("responseId"), 200)
    encoded = _picture(body)
    if encoded is None:
        raise _without_picture(body, answer, request_id)
    return results.finished(
        reading.base64_bytes(encoded, transport.limits.image_bytes),
        request,
        access,
        transport.limits,
        request_id=request_id,
        cost_usd=cost(request.model.wire_name, body.get("usageMetadata")),
    )


def _picture(body: Mapping[str, object]) -> object | None:
    """The base64 of the last part that holds one."""
    found = [data.get("data") for part in _parts(body) if (data := reading.mapping(part.get("inlineData")))]
    return found[-1] if found else None


def _parts(body: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """The answer's parts, without the thoughts."""
    parts = reading.mapping(reading.first(body.get("candidates")).get("content")).get("parts")
    for part in map(reading.mapping, parts if isinstance(parts, list) else ()):
        if part.get("thought") is not True:
            yield part


def _without_picture(body: Mapping[str, object], answer: Answer, request_id: str | None) -> ProviderError:
    """A prompt that was stopped costs nothing; once the model worked, it may have billed."""
    if blocked := reading.text(reading.mapping(body.get("promptFeedback")).get("blockReason"), 100):
        return Refused(f"blockReason {blocked}", request_id=request_id)
    reason = reading.text(reading.first(body.get("candidates")).get("finishReason"), 100)
    words = any(reading.text(part.get("text")) for part in _parts(body))
    if reason in _REFUSING or (words and reason in ("STOP", None)):
        return Refused(f"finishReason {reason}, words instead of a picture: {words}", request_id=request_id, may_have_billed=True)
    return BrokenAnswer(f"no picture, finishReason {reason}: {answer.excerpt()}", request_id=request_id)


def cost(wire_name: str, usage: object) -> Decimal | None:
    """USD of a call from its token counts, or None when the answer carries none."""
    rates, counts = TOKEN_RATES.get(wire_name), reading.mapping(usage)
    out = _count(counts, "candidatesTokenCount")
    if rates is None or out is None:
        return None
    texts = _count_of(counts.get("candidatesTokensDetails"), "TEXT")
    thoughts = _count(counts, "thoughtsTokenCount") or 0
    spent = (
        (_count(counts, "promptTokenCount") or 0) * rates.text_in
        + (texts + thoughts) * rates.text_out
        + max(0, out - texts) * rates.image_out
    )
    return spent / 1_000_000


def _count(counts: Mapping[str, object], name: str) -> int | None:
    return reading.whole_number(counts.get(name), _MOST_TOKENS)


def _count_of(details: object, modality: str) -> int:
    items = map(reading.mapping, details if isinstance(details, list) else ())
    return sum(_count(item, "tokenCount") or 0 for item in items if item.get("modality") == modality)


def _failure(answer: Answer) -> ProviderError:
    try:
        error = reading.mapping(answer.json().get("error"))
    except BrokenAnswer:
        error = reading.NOTHING
    details = error.get("details")
    facts = [reading.mapping(item) for item in details] if isinstance(details, list) else []
    failure = answer.error(_kind(error, facts), field=_field(facts))
    if failure.retry_after is None:
        failure.retry_after = _wait(facts)
    return failure


def _kind(error: Mapping[str, object], facts: list[Mapping[str, object]]) -> type[ProviderError] | None:
    if any(reading.text(fact.get("reason")) in _BAD_KEYS for fact in facts):
        return BadKey
    kind = _BY_STATUS.get(reading.text(error.get("status"), 100) or "")
    return OutOfQuota if kind is RateLimited and any(map(_for_today, facts)) else kind


def _for_today(fact: Mapping[str, object]) -> bool:
    """Whether a quota of the whole day is used up: no wait of seconds helps."""
    violations = fact.get("violations")
    items = map(reading.mapping, violations if isinstance(violations, list) else ())
    return any("PerDay" in (reading.text(item.get("quotaId"), 200) or "") for item in items)


def _field(facts: list[Mapping[str, object]]) -> str | None:
    named = (reading.text(reading.first(fact.get("fieldViolations")).get("field"), 100) for fact in facts)
    return next(filter(None, named), None)


def _wait(facts: list[Mapping[str, object]]) -> float | None:
    for fact in facts:
        if found := _SECONDS.fullmatch(reading.text(fact.get("retryDelay"), 30) or ""):
            return float(found[1])
    return None
