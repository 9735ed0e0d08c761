"""Stable Diffusion WebUI by AUTOMATIC1111, started with ``--api``: ``POST /sdapi/v1/txt2img`` answers when the picture is done;
``POST /sdapi/v1/img2img`` is the same with a picture to begin from.

Meanwhile ``GET /sdapi/v1/progress`` tells about whatever the server is drawing, without saying for whom. Two precautions keep
other people's pictures off the screen: this process sends one request at a time (the server has one lock anyway), and jobs
begun in the server's own web pages, which it calls ``task(…)``, are only waited for.

``POST /sdapi/v1/interrupt`` ends whatever is being drawn. Each request has an id of ours (``force_task_id``), and newer servers
say whether it is that one they draw. With others, what they draw for the API is taken to be ours: the product holds one place at
such a server for all of its workers, and a job that is being called off still holds it. Where the server also draws for somebody
else who uses its API, or the place has been given away, that can hit another picture. A job that waits for the server's lock
cannot be called off, and one that is interrupted may still answer, with the picture as far as it was.

``info`` is a JSON string and holds the seed and the prompt that were used. Shapes from ``modules/api/api.py`` and
``models.py``. Unverified and read tolerantly: what comes of a missing checkpoint (404, 500, or another one drawing), and what
SD.Next and Forge do differently.
"""

import asyncio
import uuid
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from weakref import WeakKeyDictionary

from providers import answers, asking, cancelling, reading, references, reports, results, self_hosted
from providers.adapters import a1111_progress
from providers.adapters.self_hosted_models import A1111_MODELS
from providers.answers import Answer
from providers.errors import BrokenAnswer, InvalidRequest, ModelGone, ProviderError
from providers.reports import Report, Told
from providers.self_hosted import SelfHosted, Server
from providers.transport import Transport
from providers.types import Access, ImageRequest, ImageResult, ModelSpec, ProviderEvent, Submitted

_NO_CHECKPOINT = ("checkpoint", "model not found")
_CUT_TO_SIZE = 1  # of a reference in another shape; 0 would squeeze it


class A1111(SelfHosted):
    key = "a1111"
    label = "AUTOMATIC1111"
    key_name = "A1111_API_KEY"  # "user:password" of --api-auth
    default_base_url = "http://127.0.0.1:7860"
    models: tuple[ModelSpec, ...] = A1111_MODELS

    def __init__(self) -> None:
        self._turns: WeakKeyDictionary[Transport, asyncio.Lock] = WeakKeyDictionary()

    async def generate(self, request: ImageRequest, access: Access, transport: Transport) -> AsyncGenerator[ProviderEvent]:
        """Draw and watch side by side: what is seen on the way is handed on, and the picture waits for nothing.

        The answer of an earlier attempt went with its connection: that one is called off, and the picture drawn anew. Nobody
        bills it.
        """
        server, task = Server.of(access), str(uuid.uuid4())
        async with self._turns.setdefault(transport, asyncio.Lock()):
            if request.resume_job:
                with suppress(ProviderError):
                    await self.cancel(request, request.resume_job, access, transport)
            yield Submitted(task)
            events: asyncio.Queue[ProviderEvent | None] = asyncio.Queue()
            drawing = asyncio.create_task(_draw(task, request, access, server, transport))
            drawing.add_done_callback(lambda _: events.put_nowait(None))
            watching = asyncio.create_task(a1111_progress.watch(request, server, transport, events))
            try:
                while (event := await events.get()) is not None:
                    yield event
                yield await drawing
            finally:
                drawing.cancel()
                watching.cancel()
                await asyncio.gather(drawing, watching, return_exceptions=True)

    async def cancel(self, request: ImageRequest, job_id: str, access: Access, transport: Transport) -> None:
        """Interrupt what the server draws if it is ours, as far as can be told; see the top of this module."""
        server = Server.of(access)
        if await a1111_progress.draws(job_id, server, transport):
            url = f"{server.base_url}/sdapi/v1/interrupt"
            await cancelling.send(transport.post(url, {}, headers=server.headers, secret=server.secret), transport)

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


async def _draw(task: str, request: ImageRequest, access: Access, server: Server, transport: Transport) -> ImageResult:
    body = {"force_task_id": task, **payload(request, server)}
    url = f"{server.base_url}/sdapi/v1/{'img2img' if 'init_images' in body else 'txt2img'}"
    async with transport.post(url, body, headers=server.headers, secret=server.secret) as reply:
        reply = answers.whole(reply, _failure)
        answer = reply.json()
        info = _info(answer.get("info"))
        seeds = info.get("all_seeds")
        seed = reading.whole_number(seeds[0] if isinstance(seeds, list) and seeds else info.get("seed"))
        result = results.finished(
            a1111_progress.decoded(_first(answer.get("images")), transport),
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
    if picture := asking.reference(request):
        body |= {
            "init_images": [references.base64(picture)],
            "denoising_strength": self_hosted.FREEDOM,
            "resize_mode": _CUT_TO_SIZE,
        }
    return body


def _first(images: object) -> object:
    return images[0] if isinstance(images, list) and images else None


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
