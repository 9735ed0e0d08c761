"""Black Forest Labs: ``POST /v1/<model>`` takes the work, then its ``polling_url`` says how it is doing.

    submit -> {id, polling_url, cost} -> poll -> Ready {result: {sample, prompt, seed}} -> download the sample

Shapes from the published specification of May 2026 and, for FLUX.3, from public client code of October 2026. Unverified and read
tolerantly: statuses beyond the specification's (an unknown one means "not yet"), a final status under a 503, a relative
``polling_url``, the second form of error bodies (``error``, ``message``, ``retry_after``), 403 for an unknown key, and whether a
moderated picture is billed (taken as yes; a moderated prompt as no). No way to call a job off is known.

A reference is base64 in ``input_image`` (FLUX.2, which bills its megapixels too: they are in the answer's ``cost``),
``image_prompt`` (FLUX 1.1, where Ultra blends it in by a tenth unless told otherwise) or ``images`` (FLUX.3).
"""

import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import replace

from providers import answers, asking, ratios, reading, references, reports, results
from providers.adapters import bfl_jobs
from providers.adapters.bfl_jobs import READY, Job
from providers.adapters.bfl_models import MODELS
from providers.errors import BrokenAnswer
from providers.references import Bounds
from providers.reports import Report
from providers.transport import Transport
from providers.types import Access, ImageRequest, ModelSpec, Progress, ProviderEvent, Submitted

_LARGEST_SEED = 2**31 - 1
_BY_SHAPE = frozenset({"flux-3-image", "flux-pro-1.1-ultra"})  # take a shape instead of pixels
_STRICT = frozenset({"flux-3-image"})  # answers 422 to any field it does not know, the output format among them
_REFERENCE = {"flux-3-image": "images", "flux-pro-1.1": "image_prompt", "flux-pro-1.1-ultra": "image_prompt"}
_TAKEN = Bounds(15_000_000, most_pixels=16_000_000, least_side=256)  # FLUX.3's: 20 MB of base64; nobody else takes less
_ONE_MEGAPIXEL = replace(_TAKEN, most_pixels=2**20)  # FLUX.2's pictures have no more, and each further one is billed
_SHAPES = ("1:1", "4:3", "3:4", "3:2", "2:3", "16:9", "9:16")


class BlackForestLabs:
    key = "bfl"
    label = "Black Forest Labs"
    key_name = "BFL_API_KEY"
    default_base_url = "https://api.bfl.ai/v1"
    models: tuple[ModelSpec, ...] = MODELS

    async def generate(self, request: ImageRequest, access: Access, transport: Transport) -> AsyncGenerator[ProviderEvent]:
        """Submit unless there is a job to resume, look until it is ready, download the picture at once: its address expires."""
        flux_2 = request.model.wire_name.startswith("flux-2")
        sent = await references.fitted(request, _ONE_MEGAPIXEL if flux_2 else _TAKEN)
        if request.resume_job:
            job = Job.kept(request.resume_job, access)
        else:
            job = await _submit(sent, access, transport)
            yield Submitted(job.id)
        state: Mapping[str, object] = reading.NOTHING
        async with aclosing(bfl_jobs.looks(job, access, transport)) as looks:
            async for state in looks:
                if state.get("status") != READY and (share := _share(state)) is not None:
                    yield Progress(share)
        made = reading.mapping(state.get("result"))
        async with transport.download(_sample(made, job), base_url=access.base_url) as data:
            result = results.finished(
                data,
                sent,
                access,
                transport.limits,
                seed=reading.whole_number(made.get("seed")),
                final_prompt=reading.text(made.get("prompt")),
                request_id=job.request_id,
                cost_usd=job.cost_usd,
            )
        yield references.told(result, request, sent)

    async def check(self, access: Access, transport: Transport) -> Report:
        """There is no list of models; ``GET /credits`` knows the key and what is left. Unverified: the field's name."""
        headers, url = {"x-key": access.api_key}, f"{access.base_url}/credits"
        answer = await reports.ask(transport, url, headers=headers, secret=access.api_key, failure=bfl_jobs.failure)
        return Report(notices=reports.left(answer.json().get("credits"), "credits"))


def payload(request: ImageRequest) -> dict[str, object]:
    """What goes over the wire: pixels or a shape, and nothing the model does not know."""
    name, size = request.model.wire_name, request.size
    body: dict[str, object] = {"prompt": request.prompt}
    if name in _BY_SHAPE:
        body["aspect_ratio"] = ratios.nearest(size, _SHAPES)
    else:
        body |= {"width": size.width, "height": size.height}
    if name not in _STRICT:
        body["output_format"] = "png"
    if (seed := asking.seed(request, _LARGEST_SEED)) is not None:
        body["seed"] = seed
    if picture := asking.reference(request):
        field, encoded = _REFERENCE.get(name, "input_image"), references.base64(picture)
        body[field] = [encoded] if field == "images" else encoded
    return body | {key: _plain(value) for key, value in asking.parameters(request).items()}


def _plain(value: str) -> object:
    """Numbers and truth values as JSON has them; everything else is a word."""
    return json.loads(value) if value.isdecimal() or value in ("true", "false") else value


async def _submit(request: ImageRequest, access: Access, transport: Transport) -> Job:
    url = f"{access.base_url}/{request.model.wire_name}"
    headers = {"x-key": access.api_key}
    async with transport.post(url, payload(request), headers=headers, secret=access.api_key) as reply:
        reply = answers.whole(reply, bfl_jobs.failure)
        return Job.submitted(reply.json(), access)


def _share(state: Mapping[str, object]) -> float | None:
    """How far the job is, from 0 to 1, where it says."""
    share = state.get("progress")
    return float(share) if isinstance(share, int | float) and not isinstance(share, bool) and 0 <= share <= 1 else None


def _sample(made: Mapping[str, object], job: Job) -> str:
    url = made.get("sample")
    if not isinstance(url, str) or not url:
        raise BrokenAnswer("ready, but without the address of a picture", request_id=job.request_id)
    return url
