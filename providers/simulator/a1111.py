"""A self-hosted Stable Diffusion XL behind the AUTOMATIC1111 API: ``/a1111/sdapi/v1/txt2img`` and ``img2img``, one picture after
the other. It draws on when its caller has left, as the server does; ``interrupt`` ends what it draws, whoever asked for that.
"""

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from uuid import uuid4

from aiohttp import web

from providers.simulator import a1111_requests, bodies, questions
from providers.simulator.a1111_requests import (
    CHECKPOINT,
    CHECKPOINT_HASH,
    MODEL,
    PROVIDER,
    REJECTIONS,
    SAMPLERS,
    Asked,
)
from providers.simulator.calls import PREVIEW_SHARES, Call
from providers.simulator.delivery import PICTURE, Body, at, deliver, intercept, json_with
from providers.simulator.faults import Fault, FaultKind, Place
from providers.simulator.jobs import Jobs
from providers.simulator.journal import CALLED_OFF, Entry
from providers.simulator.own_server import check_key
from providers.simulator.pictures import Picture
from providers.simulator.state import ENTRY, SIMULATOR, Simulator

PREVIEWS = 3
type Made = tuple[Call, list[Picture]]


@dataclass(slots=True)
class Run:
    """One request behind the lock; ``drawing`` once it has its turn. ``task`` is the id it goes by."""

    task: str
    asked: Asked
    entry: Entry
    call: Call | None = None
    drawing: asyncio.Task[list[Picture]] | None = None


@dataclass(slots=True)
class Machine:
    """The one graphics card: whoever holds the lock is drawing."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    jobs: Jobs[Made] = field(default_factory=Jobs)
    pending: list[str] = field(default_factory=list)
    finished: deque[str] = field(default_factory=lambda: deque(maxlen=16))
    running: Run | None = None
    interrupted: bool = False

    def begin(self, run: Run) -> None:
        self.pending.remove(run.task)
        self.running, self.interrupted = run, False

    def end(self, run: Run) -> None:
        self.finished.append(run.task)
        self.running = None

    def interrupt(self) -> None:
        if self.running and self.running.drawing:
            self.interrupted, self.running.entry.outcome = True, CALLED_OFF
            self.running.drawing.cancel()


MACHINE = web.AppKey("a1111_machine", Machine)


def add_routes(app: web.Application) -> None:
    machine = app[MACHINE] = Machine()
    app.cleanup_ctx.append(machine.jobs.end_with_the_server)
    app.router.add_post("/a1111/sdapi/v1/txt2img", generate)
    app.router.add_post("/a1111/sdapi/v1/img2img", generate)
    app.router.add_get("/a1111/sdapi/v1/progress", progress)
    app.router.add_post("/a1111/sdapi/v1/interrupt", interrupt)
    app.router.add_post("/a1111/internal/progress", progress_of_task)
    app.router.add_get("/a1111/sdapi/v1/sd-models", list_models)
    app.router.add_get("/a1111/sdapi/v1/samplers", list_samplers)


async def generate(request: web.Request) -> web.Response:
    check_key(request)
    asked = await a1111_requests.asked(request)
    entry, simulator, machine = request[ENTRY], request.app[SIMULATOR], request.app[MACHINE]
    entry.model, entry.prompt = MODEL, asked.prompt
    names = (MODEL, f"{PROVIDER}/{MODEL}", CHECKPOINT, f"{PROVIDER}/{CHECKPOINT}", request.path)
    fault = at(Place.ANSWER, simulator.faults.find(PROVIDER, names, asked.prompt))
    await intercept(request, fault, REJECTIONS)
    run = Run(str(asked.given.get("force_task_id") or uuid4()), asked, entry)
    work = machine.jobs.begin(_draw(machine, simulator, run, fault), None).work
    call, pictures = await asyncio.shield(work)
    body: Body = {"images": [PICTURE for _ in pictures], "parameters": asked.fields, "info": _info(asked.fields, call)}
    return await deliver(request, json_with(body, pictures), shows=call.shows, mark=call.mark)


async def _draw(machine: Machine, simulator: Simulator, run: Run, fault: Fault | None) -> Made:
    """In its turn. One that is interrupted has no pictures."""
    machine.pending.append(run.task)
    async with machine.lock, Call(simulator, a1111_requests.wish(run.asked), fault) as call:
        run.call, run.drawing = call, asyncio.create_task(_pictures(call))
        machine.begin(run)
        try:
            await asyncio.wait({run.drawing})
            return call, [] if run.drawing.cancelled() else run.drawing.result()
        finally:
            run.drawing.cancel()
            machine.end(run)


async def _pictures(call: Call) -> list[Picture]:
    return [] if call.shows is FaultKind.NO_PICTURE else await call.pictures()


def _info(asked: Body, call: Call) -> str:
    """A JSON string inside the JSON: the only place of the real seeds."""
    seeds = [call.seed + index for index in range(call.wish.count)]
    told = {
        name: asked[name]
        for name in ("prompt", "negative_prompt", "width", "height", "sampler_name", "cfg_scale", "steps", "batch_size")
    }
    texts = [
        f"{asked['prompt']}\nSteps: {asked['steps']}, Sampler: {asked['sampler_name']}, Seed: {seed}, Model: {CHECKPOINT}"
        for seed in seeds
    ]
    model = {"sd_model_name": CHECKPOINT, "sd_model_hash": CHECKPOINT_HASH}
    return json.dumps({**told, "seed": seeds[0], "all_seeds": seeds, **model, "infotexts": texts, "index_of_first_image": 0})


async def progress(request: web.Request) -> web.Response:
    """Of whatever is being drawn."""
    check_key(request)
    machine = request.app[MACHINE]
    call = machine.running.call if machine.running else None
    share = call.share() if call else 0.0
    state: Body = {"skipped": False, "interrupted": machine.interrupted, "job": "scripts_txt2img" if call else ""}
    state |= {"job_count": 1 if call else 0, "job_no": 0, "sampling_step": int(20 * share), "sampling_steps": 20 if call else 0}
    eta = (1 - share) * call.seconds if call else 0.0
    image = await _current_image(call, share) if call and request.query.get("skip_current_image") != "true" else None
    return web.json_response({"progress": share, "eta_relative": eta, "state": state, "current_image": image, "textinfo": None})


async def progress_of_task(request: web.Request) -> web.Response:
    """Of the task named; not of the API, but of the server's own pages."""
    check_key(request)
    machine, told = request.app[MACHINE], await bodies.fields(request) or {}
    task = str(told.get("id_task"))
    active, queued = bool(machine.running and machine.running.task == task), task in machine.pending
    where = {"active": active, "queued": queued, "completed": task in machine.finished}
    text = None if active else "Queued..." if queued else "Waiting..."
    return web.json_response({**where, "progress": None, "eta": None, "live_preview": None, "textinfo": text})


async def interrupt(request: web.Request) -> web.Response:
    """Whatever is being drawn; without a word about it."""
    check_key(request)
    request.app[MACHINE].interrupt()
    return web.json_response({})


async def _current_image(call: Call, share: float) -> str | None:
    """The latest preview there is; none before the first and none once the picture is ready to leave."""
    made = sum(due <= share for due in PREVIEW_SHARES[PREVIEWS])
    return (await call.preview(made - 1, PREVIEWS)).base64.decode() if made and share < 1 else None


async def list_models(request: web.Request) -> web.Response:
    check_key(request)
    await questions.troubled(request, PROVIDER, REJECTIONS)
    name = f"{CHECKPOINT}.safetensors"
    model = {"title": f"{name} [{CHECKPOINT_HASH}]", "model_name": CHECKPOINT, "hash": CHECKPOINT_HASH, "sha256": None}
    return web.json_response([{**model, "filename": f"/models/Stable-diffusion/{name}", "config": None}])


async def list_samplers(request: web.Request) -> web.Response:
    check_key(request)
    return web.json_response([{"name": name, "aliases": [], "options": {}} for name in SAMPLERS])
