"""Ideogram's three generations of one API, all answered at once with the address of the picture.

- legacy ``POST /generate`` for V_1 to V_2A: everything inside ``image_request``, capitals, ``ASPECT_16_9``
- v1 ``POST /v1/ideogram-v3/generate``: flat, ``16x9``
- v2 ``POST /v2/image/generate/<model>``: flat, small letters, ``size`` in pixels

Shapes from the published v1 specification and the v2 reference pages. Unverified and read tolerantly: ``usage_cost_usd_micros``
(seen on some v2 answers) and the exact bodies of errors.
"""

import math
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from providers import asking, reading, results
from providers.adapters.ideogram_models import MODELS
from providers.answers import Answer
from providers.errors import BrokenAnswer, NoAccess, ProviderError, Refused
from providers.transport import Transport
from providers.types import Access, ImageRequest, ModelSpec, ProviderEvent, Size

_LARGEST_SEED = 2**31 - 1
_RATIOS = ((1, 1), (4, 3), (3, 4), (3, 2), (2, 3), (16, 9), (9, 16), (16, 10), (10, 16), (3, 1), (1, 3))
# Reasons of a 402 that are about the subscription, not about money.
_NOT_MONEY = frozenset({"subscription_required", "feature_limit"})
_MOST_MICROS = 10**9


class Ideogram:
    key = "ideogram"
    label = "Ideogram"
    key_name = "IDEOGRAM_API_KEY"
    default_base_url = "https://api.ideogram.ai"
    models: tuple[ModelSpec, ...] = MODELS

    async def generate(self, request: ImageRequest, access: Access, transport: Transport) -> AsyncGenerator[ProviderEvent]:
        """One answer, then the picture at once: its address expires."""
        path, body = call(request)
        async with transport.post(
            access.base_url + path, body, headers={"Api-Key": access.api_key}, secret=access.api_key
        ) as reply:
            made = _read(reply)
        async with transport.download(made.url, base_url=access.base_url) as data:
            yield results.finished(
                data,
                request,
                access,
                transport.limits,
                seed=made.seed,
                final_prompt=made.prompt,
                request_id=made.request_id,
                cost_usd=made.cost_usd,
            )


@dataclass(frozen=True, slots=True, repr=False)
class _Made:
    """What the answer says about the picture. No repr: the address is signed."""

    url: str
    prompt: str | None
    seed: int | None
    request_id: str | None
    cost_usd: Decimal | None


def call(request: ImageRequest) -> tuple[str, dict[str, object]]:
    """Path and body for the model's generation of the API."""
    name = request.model.wire_name
    if name.startswith("V_"):
        return "/generate", {"image_request": _legacy(request)}
    if name == "ideogram-v3":
        return "/v1/ideogram-v3/generate", _v1(request)
    return f"/v2/image/generate/{name}", _v2(request)


def _legacy(request: ImageRequest) -> dict[str, object]:
    return {
        "prompt": request.prompt,
        "model": request.model.wire_name,
        "aspect_ratio": "ASPECT_" + ratio(request.size, "_"),
        "magic_prompt_option": "OFF",
        "num_images": 1,
        **_optional(request),
    }


def _v1(request: ImageRequest) -> dict[str, object]:
    return {
        "prompt": request.prompt,
        "aspect_ratio": ratio(request.size, "x"),
        "magic_prompt": "OFF",
        "num_images": 1,
        **_optional(request),
    }


def _v2(request: ImageRequest) -> dict[str, object]:
    return {
        "prompt": request.prompt,
        "size": f"{request.size.width}x{request.size.height}",
        "magic_prompt": "off",
        "num_images": 1,
        **_optional(request),
    }


def _optional(request: ImageRequest) -> dict[str, object]:
    """The quality's own parameters, and seed and negative prompt where the model takes them."""
    optional: dict[str, object] = dict(asking.parameters(request))
    if (seed := asking.seed(request, _LARGEST_SEED)) is not None:
        optional["seed"] = seed
    if negative := asking.negative_prompt(request):
        optional["negative_prompt"] = negative
    return optional


def ratio(size: Size, separator: str) -> str:
    """The nearest aspect ratio the API names: 1312×736 is ``16x9``."""
    width, height = min(_RATIOS, key=lambda each: abs(math.log(size.ratio * each[1] / each[0])))
    return f"{width}{separator}{height}"


def _read(reply: object) -> _Made:
    """What was made and where. Raises the error tree for everything but one safe picture with an address."""
    if not isinstance(reply, Answer):
        raise BrokenAnswer("a stream of events instead of an answer")
    if reply.failed:
        raise _failure(reply)
    body = reply.json()
    item = reading.first(body.get("data"))
    request_id = reading.text(body.get("generation_id"), 200) or reply.request_id
    if item.get("is_image_safe") is False:
        # Drawn, looked at, withheld: Ideogram charges for these.
        raise Refused("is_image_safe is false", request_id=request_id, may_have_billed=True)
    url = item.get("url")
    if not isinstance(url, str) or not url:
        raise BrokenAnswer(f"no picture's address in the answer: {reply.excerpt()}", request_id=request_id)
    seed = reading.whole_number(item.get("seed"))
    return _Made(
        url,
        reading.text(item.get("prompt")),
        seed if seed is not None else reading.whole_number(body.get("seed")),
        request_id,
        _cost(body, item),
    )


def _cost(*places: Mapping[str, object]) -> Decimal | None:
    for place in places:
        if (micros := reading.whole_number(place.get("usage_cost_usd_micros"), _MOST_MICROS)) is not None:
            return Decimal(micros) / 1_000_000
    return None


def _failure(answer: Answer) -> ProviderError:
    """422 is the prompt's safety check, not billed; 429 ``inflight_limit`` and the rest mean what their status says."""
    if answer.status == 422:
        return answer.error(Refused)
    if answer.status == 402 and _reason(answer) in _NOT_MONEY:
        return answer.error(NoAccess)
    return answer.error()


def _reason(answer: Answer) -> object:
    try:
        reason = answer.json().get("reject_reason")
    except BrokenAnswer:
        return None
    return reason if isinstance(reason, str) else None
