"""Recraft's API: ``POST /images/generations``, answered at once: pixels as base64, drawings behind an address.

A reference goes to ``POST /images/imageToImage`` as a form without a size: the answer has the reference's shape. ``strength``
says how far to go from it, from 0 (nowhere) to 1 (hardly like it).

Shapes from the published specification of August 2026, which shows vectors with an address only; whichever of the two comes is
read. Unverified and read tolerantly: how a refusal and an empty account look (neither status nor text is documented, so the words
of a 4xx decide), ``revised_prompt``, and whether every model honours a seed. Bodies of errors are plain text as often as JSON.
"""

import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import AbstractAsyncContextManager
from decimal import Decimal
from functools import partial

from providers import answers, asking, forms, reading, references, reports, results
from providers.adapters.recraft_models import MODELS
from providers.answers import Answer
from providers.errors import OutOfQuota, ProviderError, Refused
from providers.events import EventStream
from providers.references import Bounds
from providers.reports import Report
from providers.transport import Transport
from providers.types import Access, ImageRequest, ModelSpec, ProviderEvent

_LARGEST_SEED = 2**32 - 1
_PIXELS = {"response_format": "b64_json", "image_format": "png"}
_DRAWING = {"response_format": "url"}  # an SVG, in no format to choose
_STRENGTH = "0.5"
_BOUNDS = Bounds(10 * 1000 * 1000, 16_000_000, least_side=256)
_MOST_CREDITS = 10**6  # a thousand to the dollar
_UNSETTLED = frozenset({400, 403, 422})  # statuses that may as well be a refusal or an empty account
_REFUSAL = re.compile(r"moderat|nsfw|unsafe|safety|content.{0,9}policy|prohibited|inappropriate", re.IGNORECASE)
_NO_CREDITS = re.compile(r"(?:not.enough|insufficient|no).credits", re.IGNORECASE)


class Recraft:
    key = "recraft"
    label = "Recraft"
    key_name = "RECRAFT_API_TOKEN"
    default_base_url = "https://external.api.recraft.ai/v1"
    models: tuple[ModelSpec, ...] = MODELS

    async def generate(self, request: ImageRequest, access: Access, transport: Transport) -> AsyncGenerator[ProviderEvent]:
        """One question, one answer, and the picture in it or behind its address."""
        asked = await references.fitted(request, _BOUNDS)
        async with _asked(asked, access, transport) as reply:
            reply = answers.whole(reply, _failure)
            body = reply.json()
            item = reading.first(body.get("data"))
            finished = partial(
                results.finished,
                request=asked,
                access=access,
                limits=transport.limits,
                final_prompt=reading.text(item.get("revised_prompt")),
                request_id=reply.request_id or reading.text(item.get("image_id"), 200),
                cost_usd=_cost(body),
            )
            if (address := reading.text(item.get("url"))) is None:
                data = reading.base64_bytes(item.get("b64_json"), transport.limits.image_bytes)
                yield references.told(finished(data), request, asked)
                return
        async with transport.download(address, base_url=access.base_url) as data:
            yield references.told(finished(data), request, asked)

    async def check(self, access: Access, transport: Transport) -> Report:
        """There is no list of models; the account knows the key and what is left."""
        headers = {"Authorization": f"Bearer {access.api_key}"}
        answer = await reports.ask(
            transport, f"{access.base_url}/users/me", headers=headers, secret=access.api_key, failure=_failure
        )
        return Report(notices=reports.left(answer.json().get("credits"), "units"))


def _asked(request: ImageRequest, access: Access, transport: Transport) -> AbstractAsyncContextManager[Answer | EventStream]:
    headers, secret = {"Authorization": f"Bearer {access.api_key}"}, access.api_key
    if (reference := asking.reference(request)) is None:
        return transport.post(f"{access.base_url}/images/generations", payload(request), headers=headers, secret=secret)
    fields = forms.texts({name: value for name, value in payload(request).items() if name != "size"} | {"strength": _STRENGTH})
    url, files = f"{access.base_url}/images/imageToImage", [("image", reference)]
    return transport.post_form(url, fields, files=files, headers=headers, secret=secret)


def payload(request: ImageRequest) -> dict[str, object]:
    """What goes over the wire. Styles belong to older models alone and are left at their default."""
    body: dict[str, object] = {
        "prompt": request.prompt,
        "model": request.model.wire_name,
        "n": 1,
        "size": f"{request.size.width}x{request.size.height}",
        **(_DRAWING if request.model.capabilities.svg else _PIXELS),
        **asking.parameters(request),
    }
    if (seed := asking.seed(request, _LARGEST_SEED)) is not None:
        body["random_seed"] = seed
    if negative := asking.negative_prompt(request):
        body["negative_prompt"] = negative
    return body


def _cost(body: Mapping[str, object]) -> Decimal | None:
    """USD of the call: its ``credits`` are the real charge."""
    credits = reading.whole_number(body.get("credits"), _MOST_CREDITS)
    return None if credits is None else Decimal(credits) / 1_000


def _failure(answer: Answer) -> ProviderError:
    """Text first: a body is plain words as often as JSON."""
    if answer.status in _UNSETTLED:
        said = answer.body.decode(errors="replace")
        if _NO_CREDITS.search(said):
            return answer.error(OutOfQuota)
        if _REFUSAL.search(said):
            return answer.error(Refused)
    return answer.error()
