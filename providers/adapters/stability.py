"""Stability AI's v2beta: ``POST /stable-image/generate/{core,ultra,sd3}``, always a form, answered with the bytes of the picture.

Shapes from a mirror of the published specification (2026). A picture the filter caught still comes with 200, blurred, and only
``finish-reason`` tells. Unverified and read tolerantly: JSON with base64 in place of the bytes, names of errors beyond
``content_moderation``, ``public_figure``, ``invalid_language`` and ``rate_limit_exceeded``, and whether a blurred picture is
billed (taken as yes).

A reference makes 3.5 draw ``image-to-image``, in the reference's shape: an aspect ratio goes with words alone. Ultra takes both.
``strength`` says how far to go from it, from 0 (nowhere) to 1 (it might as well not be there).
"""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from providers import answers, asking, ratios, reading, references, reports, results
from providers.adapters.stability_models import MODELS
from providers.answers import Answer
from providers.errors import BrokenAnswer, InvalidRequest, OutOfQuota, ProviderError, Refused
from providers.limits import Limits
from providers.references import Bounds
from providers.reports import Report
from providers.transport import Transport
from providers.types import Access, ImageRequest, ModelSpec, ProviderEvent

_SHAPES = ("21:9", "16:9", "3:2", "5:4", "1:1", "4:5", "2:3", "9:16", "9:21")
_LARGEST_SEED = 4_294_967_294
_FAMILY = "sd3.5"  # models of one endpoint, told apart by a field; the others are endpoints
_FILTERED = "CONTENT_FILTERED"
_BOUNDS = Bounds(9 * 1024 * 1024, 9_437_184, least_side=64)  # a whole request may have 10 MiB
_STRENGTH = "0.7"
_STRENGTHS = {"sd3.5-flash": "0.95"}  # the specification: from 0.94 to 0.97 it draws best
_BY_NAME: dict[str, type[ProviderError]] = {
    "content_moderation": Refused,
    "public_figure": Refused,
    "invalid_language": InvalidRequest,
    "payment_required": OutOfQuota,
}


class Stability:
    key = "stability"
    label = "Stability AI"
    key_name = "STABILITY_API_KEY"
    default_base_url = "https://api.stability.ai/v2beta"
    models: tuple[ModelSpec, ...] = MODELS

    async def generate(self, request: ImageRequest, access: Access, transport: Transport) -> AsyncGenerator[ProviderEvent]:
        """One form, one picture. Bytes are asked for: as base64 they would be a third longer."""
        asked = await references.fitted(request, _BOUNDS)
        endpoint, form = call(asked)
        async with transport.post_form(
            f"{access.base_url}/stable-image/generate/{endpoint}",
            form,
            files=[("image", reference)] if (reference := asking.reference(asked)) else [],
            headers={"Authorization": f"Bearer {access.api_key}", "Accept": "image/*"},
            secret=access.api_key,
        ) as reply:
            made = _read(reply, transport.limits)
            result = results.finished(made.data, asked, access, transport.limits, seed=made.seed, request_id=made.request_id)
            yield references.told(result, request, asked)

    async def check(self, access: Access, transport: Transport) -> Report:
        """There is no list of these models; the balance, which has stayed in v1, knows the key and what is left."""
        headers = {"Authorization": f"Bearer {access.api_key}"}
        url = f"{access.base_url.removesuffix('/v2beta')}/v1/user/balance"
        answer = await reports.ask(transport, url, headers=headers, secret=access.api_key, failure=_failure)
        return Report(notices=reports.left(answer.json().get("credits"), "credits"))


def call(request: ImageRequest) -> tuple[str, dict[str, str]]:
    """Endpoint and fields for the model."""
    name = request.model.wire_name
    form = {
        "prompt": request.prompt,
        "aspect_ratio": ratios.nearest(request.size, _SHAPES),
        "output_format": "png",
        **asking.parameters(request),
    }
    if name.startswith(_FAMILY):
        form["model"] = name
    if asking.reference(request):
        form["strength"] = _STRENGTHS.get(name, _STRENGTH)
        if name.startswith(_FAMILY):
            form["mode"] = "image-to-image"
            del form["aspect_ratio"]
    if seed := asking.seed(request, _LARGEST_SEED):  # 0 asks for a random one, which is what leaving it out does too
        form["seed"] = str(seed)
    if negative := asking.negative_prompt(request):
        form["negative_prompt"] = negative
    return ("sd3" if name.startswith(_FAMILY) else name), form


@dataclass(frozen=True, slots=True)
class _Made:
    data: bytes
    seed: int | None
    request_id: str | None


def _read(reply: object, limits: Limits) -> _Made:
    """The picture as it came. Raises the error tree for everything but a picture that passed the filter."""
    reply = answers.whole(reply, _failure)
    if reply.headers.get("content-type", "").startswith("application/json"):
        return _from_json(reply, limits)
    _expect_unfiltered(reply.headers.get("finish-reason"), reply)
    return _Made(reply.body, _whole(reply.headers.get("seed", "")), reply.request_id)


def _from_json(reply: Answer, limits: Limits) -> _Made:
    body = reply.json()
    _expect_unfiltered(body.get("finish_reason"), reply)
    data = reading.base64_bytes(body.get("image"), limits.image_bytes)
    return _Made(data, reading.whole_number(body.get("seed")), reply.request_id)


def _expect_unfiltered(reason: object, reply: Answer) -> None:
    """Drawn, looked at, blurred: not what was asked for, and work that was done."""
    if isinstance(reason, str) and reason.upper() == _FILTERED:
        raise Refused("the picture was filtered and came blurred", request_id=reply.request_id, may_have_billed=True)


def _whole(text: str) -> int | None:
    return reading.whole_number(int(text)) if text.isascii() and text.isdecimal() and len(text) < 20 else None


def _failure(answer: Answer) -> ProviderError:
    """``{"id", "name", "errors"}``: the name says what a 403 or 422 is about."""
    try:
        body = answer.json()
    except BrokenAnswer:
        body = reading.NOTHING
    name = body.get("name")
    error = answer.error(_BY_NAME.get(name) if isinstance(name, str) and 400 <= answer.status < 500 else None)
    error.request_id = error.request_id or reading.text(body.get("id"), 200)
    return error
