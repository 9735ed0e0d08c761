"""OpenAI's images API: ``POST /images/generations``, answered with base64 at once or as server-sent events with previews.

With a reference the same fields go to ``POST /images/edits`` as a form, and the events are called ``image_edit.*``.
Shapes from the Python SDK 3.54.0 (``images_response.py``, ``image_*_event.py``). Unverified and therefore read tolerantly:
the status a dead model answers with, and the shape of an error inside the event stream.
"""

from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import AbstractAsyncContextManager
from decimal import Decimal

from providers import asking, forms, pictures, reading, reports, results
from providers.adapters.openai_models import LOOK_CLOSELY_WHEN_TOLD, MODELS, TOKEN_RATES
from providers.answers import Answer
from providers.errors import (
    BadKey,
    BrokenAnswer,
    ModelGone,
    NoAccess,
    OutOfQuota,
    ProviderDown,
    ProviderError,
    RateLimited,
    Refused,
)
from providers.events import EventStream
from providers.reports import Report, Told
from providers.transport import Transport
from providers.types import Access, ImageRequest, ImageResult, ModelSpec, PartialImage, ProviderEvent, Quality

_BY_CODE: dict[str, type[ProviderError]] = {
    "moderation_blocked": Refused,
    "content_policy_violation": Refused,
    "model_not_found": ModelGone,
    "invalid_api_key": BadKey,
    "insufficient_quota": OutOfQuota,
    "project_spend_limit_exceeded": OutOfQuota,
    "billing_hard_limit_reached": OutOfQuota,
    "rate_limit_exceeded": RateLimited,
    "unsupported_country_region_territory": NoAccess,
}
_MOST_TOKENS = 10**8  # more than any picture takes; a larger count is not believed


class OpenAI:
    key = "openai"
    label = "OpenAI"
    key_name = "OPENAI_API_KEY"
    default_base_url = "https://api.openai.com/v1"
    models: tuple[ModelSpec, ...] = MODELS

    async def generate(self, request: ImageRequest, access: Access, transport: Transport) -> AsyncGenerator[ProviderEvent]:
        """Drafts come as one answer; standard and HD as a stream with previews where the model has them."""
        async with _asked(request, access, transport) as reply:
            if isinstance(reply, EventStream):
                async for data in reply:
                    event = _event(data, reply, request, access, transport)
                    if event is not None:
                        yield event
                    if isinstance(event, ImageResult):
                        return
                raise BrokenAnswer("the stream ended without a picture", request_id=reply.request_id)
            if reply.failed:
                raise _failure(reply)
            body = reply.json()
            yield _result(reading.first(body.get("data")), body, reply.request_id, request, access, transport)

    async def check(self, access: Access, transport: Transport) -> Report:
        """``GET /models`` lists every model of the account, with the day each is switched off."""
        headers = {"Authorization": f"Bearer {access.api_key}"}
        url = f"{access.base_url}/models"
        answer = await reports.ask(transport, url, headers=headers, secret=access.api_key, failure=_failure)
        return Report(tuple(_listed(answer.json())), complete=True)


def _listed(body: Mapping[str, object]) -> Iterator[Told]:
    """The models that draw, among the many that write."""
    for item in reports.items(body.get("data")):
        name = reports.name(item.get("id"))
        if "image" in name or name.startswith("dall-e"):
            yield Told(name, shutdown=reports.day(item.get("shutdown_date")))


def _asked(request: ImageRequest, access: Access, transport: Transport) -> AbstractAsyncContextManager[Answer | EventStream]:
    headers, secret, reference = {"Authorization": f"Bearer {access.api_key}"}, access.api_key, asking.reference(request)
    if reference is None:
        return transport.post(f"{access.base_url}/images/generations", payload(request), headers=headers, secret=secret)
    url, files = f"{access.base_url}/images/edits", [("image[]", reference)]
    return transport.post_form(url, forms.texts(payload(request)), files=files, headers=headers, secret=secret)


def payload(request: ImageRequest) -> dict[str, object]:
    """What goes over the wire. ``response_format`` and ``style`` belong to DALL·E alone and come from its offers."""
    body: dict[str, object] = {
        "model": request.model.wire_name,
        "prompt": request.prompt,
        "n": 1,
        "size": f"{request.size.width}x{request.size.height}",
        **asking.parameters(request),
    }
    if expected := previews(request):
        body |= {"stream": True, "partial_images": expected}
    if asking.reference(request) and request.quality is Quality.HD and request.model.wire_name in LOOK_CLOSELY_WHEN_TOLD:
        body["input_fidelity"] = "high"
    return body


def previews(request: ImageRequest) -> int:
    """How many previews to ask for: none for a draft, which is over before they would help."""
    return 0 if request.quality is Quality.DRAFT else request.model.capabilities.partial_images


def _event(data: bytes, stream: EventStream, request: ImageRequest, access: Access, transport: Transport) -> ProviderEvent | None:
    if data == b"[DONE]":
        return None
    event = reading.json_object(data)
    kind = event.get("type")
    if kind == "error" or event.get("error"):
        raise _stream_failure(event, stream.excerpt(data), stream.request_id)
    if kind in ("image_generation.partial_image", "image_edit.partial_image"):
        return _preview(event, previews(request), transport)
    if kind in ("image_generation.completed", "image_edit.completed"):
        return _result(event, event, stream.request_id, request, access, transport)
    return None


def _preview(event: Mapping[str, object], expected: int, transport: Transport) -> PartialImage | None:
    """A broken preview is no reason to lose the picture that follows it."""
    try:
        data = reading.base64_bytes(event.get("b64_json"), transport.limits.image_bytes)
        picture = pictures.inspect(data, transport.limits.image_pixels)
    except BrokenAnswer:
        return None
    index = reading.whole_number(event.get("partial_image_index"), 100) or 0
    return PartialImage(data, picture.media_type, index, max(expected, index + 1))


def _result(
    item: Mapping[str, object],
    body: Mapping[str, object],
    request_id: str | None,
    request: ImageRequest,
    access: Access,
    transport: Transport,
) -> ImageResult:
    return results.finished(
        reading.base64_bytes(item.get("b64_json"), transport.limits.image_bytes),
        request,
        access,
        transport.limits,
        final_prompt=reading.text(item.get("revised_prompt")),
        request_id=request_id,
        cost_usd=cost(request.model.wire_name, body.get("usage")),
    )


def cost(wire_name: str, usage: object) -> Decimal | None:
    """USD of a call from its token counts, or None when the answer carries none."""
    rates, counts = TOKEN_RATES.get(wire_name), reading.mapping(usage)
    total_in, total_out = _count(counts, "input_tokens"), _count(counts, "output_tokens")
    if rates is None or total_out is None:
        return None
    images_in = _count(reading.mapping(counts.get("input_tokens_details")), "image_tokens") or 0
    texts_out = _count(reading.mapping(counts.get("output_tokens_details")), "text_tokens") or 0
    spent = (
        max(0, (total_in or 0) - images_in) * rates.text_in
        + images_in * rates.image_in
        + max(0, total_out - texts_out) * rates.image_out
        + texts_out * rates.text_out
    )
    return spent / 1_000_000


def _count(counts: Mapping[str, object], name: str) -> int | None:
    return reading.whole_number(counts.get(name), _MOST_TOKENS)


def _failure(answer: Answer) -> ProviderError:
    try:
        error = reading.mapping(answer.json().get("error"))
    except BrokenAnswer:
        error = reading.NOTHING
    return answer.error(_kind(error), field=reading.text(error.get("param"), 100))


def _stream_failure(event: Mapping[str, object], excerpt: str, request_id: str | None) -> ProviderError:
    """Work had begun when it went wrong, so it may be on the bill."""
    error = reading.mapping(event.get("error")) or event
    kind = _kind(error) or ProviderDown
    return kind(f"in the stream: {excerpt}", request_id=request_id, may_have_billed=True)


def _kind(error: Mapping[str, object]) -> type[ProviderError] | None:
    code, category = error.get("code"), error.get("type")
    for name in (code, category):
        if isinstance(name, str) and name in _BY_CODE:
            return _BY_CODE[name]
    return None
