"""Ideogram's three generations of one API, answered at once with the address of the picture; drawings are jobs.

- legacy ``POST /generate`` for V_1 to V_2A: everything inside ``image_request``, capitals, ``ASPECT_16_9``
- v1 ``POST /v1/ideogram-v3/generate``: flat, ``16x9``
- v2 ``POST /v2/image/generate/<model>``: flat, small letters, ``size`` in pixels; ``/v2/svg/generate/<model>``: a form, and a job

With a reference v3 remixes it (``/v1/ideogram-v3/remix``: its composition and its things, where a style reference would give its
look alone), and the v2 endpoints take it as the first of ``images``; that makes a form of the same fields. The legacy models get
none.

Shapes from the published v1 specification and the v2 reference pages. Unverified and read tolerantly: ``usage_cost_usd_micros``
(seen on some v2 answers) and the exact bodies of errors.
"""

import math
from collections.abc import AsyncGenerator
from datetime import date
from email.utils import parsedate_to_datetime

from providers import answers, asking, forms, reports, results
from providers.adapters import ideogram_answers, ideogram_jobs
from providers.adapters.ideogram_answers import Made, failure
from providers.adapters.ideogram_models import MODELS
from providers.answers import Answer
from providers.reports import Report, Told
from providers.transport import Transport
from providers.types import Access, ImageRequest, ModelSpec, ProviderEvent, Reference, Size, Submitted

_LARGEST_SEED = 2**31 - 1
_RATIOS = ((1, 1), (4, 3), (3, 4), (3, 2), (2, 3), (16, 9), (9, 16), (16, 10), (10, 16), (3, 1), (1, 3))
_NEWEST, _V3 = "ideogram-4-5", "ideogram-v3"


class Ideogram:
    key = "ideogram"
    label = "Ideogram"
    key_name = "IDEOGRAM_API_KEY"
    default_base_url = "https://api.ideogram.ai"
    models: tuple[ModelSpec, ...] = MODELS

    async def generate(self, request: ImageRequest, access: Access, transport: Transport) -> AsyncGenerator[ProviderEvent]:
        """One answer or a job that is followed, then the picture at once: its address expires."""
        if request.model.capabilities.svg:
            job = request.resume_job or await ideogram_jobs.submit(*drawing(request), _files(request), access, transport)
            if not request.resume_job:
                yield Submitted(job)
            made = await ideogram_jobs.done(job, access, transport)
        else:
            made = await _ask(request, access, transport)
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

    async def check(self, access: Access, transport: Transport) -> Report:
        """There is no list; a ``dry_run`` of the newest model says what it would cost and whether it is about to go."""
        url = f"{access.base_url}/v2/image/generate/{_NEWEST}?dry_run=true"
        body = {"prompt": "A grey square", "size": "1024x1024", "quality": "low", "magic_prompt": "off", "num_images": 1}
        async with transport.post(url, body, headers={"Api-Key": access.api_key}, secret=access.api_key) as reply:
            answer = reports.checked(reply, failure)
        return Report((_deprecation(answer),))


async def _ask(request: ImageRequest, access: Access, transport: Transport) -> Made:
    path, body = call(request)
    url, headers, secret = access.base_url + path, {"Api-Key": access.api_key}, access.api_key
    if files := _files(request):
        sent = transport.post_form(url, forms.texts(body), files=files, headers=headers, secret=secret)
    else:
        sent = transport.post(url, body, headers=headers, secret=secret)
    async with sent as reply:
        return ideogram_answers.made(answers.whole(reply, failure))


def _files(request: ImageRequest) -> list[tuple[str, Reference]]:
    """The picture to go by, under the name that the model's endpoint has for it."""
    reference = asking.reference(request)
    return [("image" if request.model.wire_name == _V3 else "images", reference)] if reference else []


def _deprecation(answer: Answer) -> Told:
    """What ``Deprecation``, ``Sunset`` (a date of HTTP), ``Link`` and the body's ``notice`` say of the model."""
    said = [reports.name(answer.json().get("notice"))]
    if (since := answer.headers.get("deprecation")) is not None:
        said.append(f"Deprecated: {reports.name(since)}.")
    if 'rel="successor-version"' in answer.headers.get("link", ""):
        said.append(f"Successor: {reports.name(answer.headers['link'])}.")
    return Told(_NEWEST, shutdown=_http_day(answer.headers.get("sunset")), notice=" ".join(filter(None, said)))


def _http_day(value: str | None) -> date | None:
    try:
        return parsedate_to_datetime(value).date() if value else None
    except ValueError:
        return None


def call(request: ImageRequest) -> tuple[str, dict[str, object]]:
    """Path and body for the model's generation of the API."""
    name = request.model.wire_name
    if name.startswith("V_"):
        return "/generate", {"image_request": _legacy(request)}
    if name == _V3:
        return f"/v1/{_V3}/{'remix' if asking.reference(request) else 'generate'}", _v1(request)
    return f"/v2/image/generate/{name}", _v2(request)


def drawing(request: ImageRequest) -> tuple[str, dict[str, str]]:
    """Path and fields of the form for a model that draws vectors. One SVG comes of it; there is no prompt to be changed."""
    fields = {"prompt": request.prompt, "aspect_ratio": ratio(request.size, "x"), **_optional(request)}
    return f"/v2/svg/generate/{request.model.wire_name}", forms.texts(fields)


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
