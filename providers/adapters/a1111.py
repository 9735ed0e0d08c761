"""Stable Diffusion WebUI by AUTOMATIC1111, started with ``--api``: ``POST /sdapi/v1/txt2img`` answers when the picture is done.

Meanwhile ``GET /sdapi/v1/progress`` tells about whatever the server is drawing, without saying for whom. Two precautions keep
other people's pictures off the screen: this process sends one request at a time (the server has one lock anyway), and jobs
begun in the server's own web pages, which it calls ``task(…)``, are only waited for.

``info`` is a JSON string and holds the seed and the prompt that were used. Shapes from ``modules/api/api.py`` and
``models.py``. Unverified and read tolerantly: what comes of a missing checkpoint (404, 500, or another one drawing), and what
SD.Next and Forge do differently.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from weakref import WeakKeyDictionary

from providers import answers, asking, pictures, polling, reading, reports, results, self_hosted
from providers.adapters.self_hosted_models import A1111_MODELS
from providers.answers import Answer
from providers.errors import BrokenAnswer, InvalidRequest, ModelGone, ProviderError
from providers.reports import Report, Told
from providers.self_hosted import SelfHosted, Server
from providers.transport import Transport
from providers.types import Access, ImageRequest, ImageResult, ModelSpec, PartialImage, Progress, ProviderEvent

_OTHERS_JOB = "task("
_NO_CHECKPOINT = ("checkpoint", "model not found")


class A1111(SelfHosted):
    key = "a1111"
    label = "AUTOMATIC1111"
    key_name = "A1111_API_KEY"  # "user:password" of --api-auth
    default_base_url = "http://127.0.0.1:7860"
    models: tuple[ModelSpec, ...] = A1111_MODELS

    def __init__(self) -> None:
        self._turns: WeakKeyDictionary[Transport, asyncio.Lock] = WeakKeyDictionary()

    async def generate(self, request: ImageRequest, access: Access, transport: Transport) -> AsyncGenerator[ProviderEvent]:
        """Draw and watch side by side: what is seen on the way is handed on, and the picture waits for nothing."""
        server = Server.of(access)
        async with self._turns.setdefault(transport, asyncio.Lock()):
            events: asyncio.Queue[ProviderEvent | None] = asyncio.Queue()
            drawing = asyncio.create_task(_draw(request, access, server, transport))
            drawing.add_done_callback(lambda _: events.put_nowait(None))
            watching = asyncio.create_task(_watch(request, server, transport, events))
            try:
                while (event := await events.get()) is not None:
                    yield event
                yield await drawing
            finally:
                drawing.cancel()
                watching.cancel()
                await asyncio.gather(drawing, watching, return_exceptions=True)

    async def check(self, access: Access, transport: Transport) -> Report:
        """``GET /sdapi/v1/sd-models`` lists the checkpoints. Where the address names one, ours need not be among them."""
        server = Server.of(access)
        url = f"{server.base_url}/sdapi/v1/sd-models"
        answer = await reports.ask(transport, url, headers=server.headers, secret=server.secret, failure=_failure)
        return Report(tuple(_checkpoints(answer)), complete=not server.model)


def _checkpoints(answer: Answer) -> Iterator[Told]:
    """Under both of its names: ``sd_xl_base_1.0`` and, in titles, ``sd_xl_base_1.0.safetensors [hash]``."""
    for item in reports.array(answer):
        yield from (Told(name) for key in ("model_name", "title") if (name := reports.name(item.get(key))))


async def _draw(request: ImageRequest, access: Access, server: Server, transport: Transport) -> ImageResult:
    url = f"{server.base_url}/sdapi/v1/txt2img"
    async with transport.post(url, payload(request, server), headers=server.headers, secret=server.secret) as reply:
        reply = answers.whole(reply, _failure)
        body = reply.json()
        info = _info(body.get("info"))
        seeds = info.get("all_seeds")
        seed = reading.whole_number(seeds[0] if isinstance(seeds, list) and seeds else info.get("seed"))
        result = results.finished(
            _decoded(_first(body.get("images")), transport),
            request,
            access,
            transport.limits,
            seed=seed,
            final_prompt=reading.text(info.get("prompt")),
            request_id=reply.request_id,
        )
        return replace(result, notes=(*_another_checkpoint(info, _checkpoint(request, server)), *result.notes))


def _checkpoint(request: ImageRequest, server: Server) -> str:
    return server.model or request.model.wire_name


def _another_checkpoint(info: Mapping[str, object], wanted: str) -> tuple[str, ...]:
    """A checkpoint it does not have is passed over in silence, and the one that is loaded draws; ``info`` tells which."""
    loaded = reading.text(info.get("sd_model_name"), 100)
    if loaded is None or wanted.startswith(loaded) or wanted == info.get("sd_model_hash"):
        return ()
    return (f"The server drew with {loaded} instead of {wanted}.",)


def payload(request: ImageRequest, server: Server) -> dict[str, object]:
    """What goes over the wire. The checkpoint stays loaded afterwards: changing it twice a picture takes longer than drawing."""
    body: dict[str, object] = {
        "prompt": request.prompt,
        "seed": self_hosted.seed(request),
        "width": request.size.width,
        "height": request.size.height,
        "steps": int(asking.parameters(request)["steps"]),
        "cfg_scale": 7,
        "sampler_name": "DPM++ 2M",
        "scheduler": "Karras",
        "batch_size": 1,
        "n_iter": 1,
        "override_settings": {"sd_model_checkpoint": _checkpoint(request, server)},
        "override_settings_restore_afterwards": False,
        "send_images": True,
        "save_images": False,
    }
    if negative := asking.negative_prompt(request):
        body["negative_prompt"] = negative
    return body


async def _watch(
    request: ImageRequest, server: Server, transport: Transport, events: asyncio.Queue[ProviderEvent | None]
) -> None:
    """Put what the server tells into the queue. Trouble here is no trouble of the picture."""
    url, expected, shown = f"{server.base_url}/sdapi/v1/progress", request.model.capabilities.partial_images, 0
    with suppress(ProviderError):
        async for answer in polling.answers(transport, url, headers=server.headers, secret=server.secret):
            told = _told(answer)
            progress = _progress(told)
            if progress is None:
                continue
            events.put_nowait(progress)
            due = int((progress.share or 0) * (expected + 1))
            if shown < due <= expected and (preview := _preview(told, due - 1, expected, transport)):
                events.put_nowait(preview)
                shown = due


def _told(answer: Answer) -> Mapping[str, object]:
    """What an answer about the progress says; nothing when it is none."""
    with suppress(BrokenAnswer):
        if not answer.failed:
            return answer.json()
    return reading.NOTHING


def _progress(told: Mapping[str, object]) -> Progress | None:
    """None while the server draws nothing."""
    state, share = reading.mapping(told.get("state")), told.get("progress")
    if not reading.whole_number(state.get("job_count")) or not isinstance(share, int | float):
        return None
    if str(state.get("job")).startswith(_OTHERS_JOB):
        return Progress(place_in_line=1)
    return Progress(share=float(share)) if 0 < share <= 1 else None


def _preview(told: Mapping[str, object], index: int, expected: int, transport: Transport) -> PartialImage | None:
    """A missing or broken preview is no reason to lose the picture that follows it."""
    try:
        data = _decoded(told.get("current_image"), transport)
        picture = pictures.inspect(data, transport.limits.image_pixels)
    except BrokenAnswer:
        return None
    return PartialImage(data, picture.media_type, index, expected)


def _first(images: object) -> object:
    return images[0] if isinstance(images, list) and images else None


def _decoded(image: object, transport: Transport) -> bytes:
    """Some relatives of this server put ``data:image/png;base64,`` in front."""
    if isinstance(image, str) and image.startswith("data:"):
        image = image.partition(",")[2]
    return reading.base64_bytes(image, transport.limits.image_bytes)


def _info(text: object) -> Mapping[str, object]:
    """JSON inside the JSON. Some relatives leave it empty; the picture counts without it."""
    with suppress(BrokenAnswer):
        if isinstance(text, str):
            return reading.json_object(text.encode(errors="replace"))
    return reading.NOTHING


def _failure(answer: Answer) -> ProviderError:
    """Most trouble of the server is a 500 whose text alone tells what it was; a bare 404 means the checkpoint is not there."""
    try:
        body = answer.json()
    except BrokenAnswer:
        return answer.error()
    if answer.status == 404 and body.get("detail") == "Sampler not found":
        return answer.error(InvalidRequest, field="sampler_name")
    words = f"{body.get('detail')} {body.get('errors')}".casefold()
    if answer.status == 500 and any(each in words for each in _NO_CHECKPOINT):
        return answer.error(ModelGone)
    return answer.error(field=self_hosted.rejected_field(body))
