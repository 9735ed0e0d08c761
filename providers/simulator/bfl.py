"""Black Forest Labs' desk: ``/bfl/v1/<model>`` takes the work, ``/bfl/v1/get_result`` says how it is doing.

A declined prompt or picture is a state of the job, whether the fault was to show in the answer or at a poll. At a poll,
``model_gone`` is a job nobody knows and ``invalid_request`` one that failed.
"""

import asyncio
import json
from collections import Counter
from dataclasses import dataclass

from aiohttp import web

from providers.simulator import bfl_errors, bfl_references, bodies, hosting, questions
from providers.simulator.bfl_requests import FLUX_3, MODELS, Asked, parse
from providers.simulator.calls import Call, Wish
from providers.simulator.delivery import Body, at, deliver, intercept
from providers.simulator.faults import Fault, FaultKind, Place
from providers.simulator.jobs import Job, Jobs
from providers.simulator.state import ENTRY, SIMULATOR

PROVIDER = "bfl"
PICTURES = "/bfl/delivery/{ident}.png"
AT_ONCE = 24  # jobs of one key
ENDINGS = {
    FaultKind.REFUSAL: "Request Moderated",
    FaultKind.WITHHELD: "Content Moderated",
    FaultKind.MODEL_GONE: "Task not found",
    FaultKind.INVALID_REQUEST: "Error",
}
LATE = {kind: reject for kind, reject in bfl_errors.REJECTIONS.items() if kind not in ENDINGS}


@dataclass(slots=True, kw_only=True)
class Task(Job[Body]):
    """One picture under way; ``shows`` is a refusal to come, ``begun`` a moment on the loop's clock, ``seconds`` its length."""

    asked: Asked
    shows: FaultKind | None
    begun: float
    seconds: float

    def share(self) -> float:
        passed = asyncio.get_running_loop().time() - self.begun
        return min(passed / self.seconds, 1.0) if self.seconds else 1.0


JOBS: web.AppKey[Jobs[Body]] = web.AppKey("bfl_jobs", Jobs)
UNDER_WAY: web.AppKey[Counter[str]] = web.AppKey("bfl_under_way", Counter)


def add_routes(app: web.Application) -> None:
    app[JOBS], app[UNDER_WAY] = Jobs(), Counter()
    app.cleanup_ctx.append(app[JOBS].end_with_the_server)
    app.router.add_get("/bfl/v1/get_result", poll)
    app.router.add_get("/bfl/v1/credits", show_credits)
    app.router.add_get(PICTURES, show_picture)
    app.router.add_post("/bfl/v1/{model}", submit)


async def submit(request: web.Request) -> web.Response:
    key, model = check_key(request), request.match_info["model"]
    if model not in MODELS:
        raise bfl_errors.not_found()
    body = await bodies.fields(request)
    asked = bfl_references.taken(parse(model, body), body or {}, request[ENTRY])
    fault = _fault(request, asked)
    await intercept(request, at(Place.ANSWER, fault), bfl_errors.REJECTIONS)
    task = _begin(request, key, asked, fault)
    url = f"{request.scheme}://{request.host}/bfl/v1/get_result?id={task.ident}"
    megapixels = {"input_mp": asked.references_megapixels, "output_mp": asked.megapixels}
    told = {"id": task.ident, "polling_url": url, "cost": asked.credits, **megapixels}
    return await deliver(request, json.dumps(told).encode(), shows=task.shows)


def check_key(request: web.Request) -> str:
    """Any key opens, save the one called wrong-key; the key's jobs are counted."""
    key = request.headers.get("x-key", "").strip()
    if key in ("", "wrong-key"):
        raise bfl_errors.unauthorized()
    return key


def _fault(request: web.Request, asked: Asked) -> Fault | None:
    """Note the call in the journal and look for its fault."""
    entry, paced = request[ENTRY], f"{asked.model}-{asked.pace}"
    entry.model, entry.prompt = asked.model, asked.prompt
    path = request.path
    names = (asked.model, paced, f"{PROVIDER}/{asked.model}", f"{PROVIDER}/{paced}", path, path.removeprefix("/bfl"))
    return request.app[SIMULATOR].faults.find(PROVIDER, names, asked.prompt)


def _begin(request: web.Request, key: str, asked: Asked, fault: Fault | None) -> Task:
    """Start the work, which keeps its place until it is done. Raises the 429 of a full house."""
    simulator, under_way = request.app[SIMULATOR], request.app[UNDER_WAY]
    if simulator.config.in_flight and under_way[key] >= AT_ONCE:
        raise bfl_errors.busy(AT_ONCE)
    size = asked.width, asked.height
    wish = Wish(PROVIDER, asked.model, asked.pace, asked.prompt, *size, 1, asked.seed, asked.media_type, asked.reference)
    call = Call(simulator, wish, fault)
    work = asyncio.create_task(_draw(request, asked, call))
    under_way[key] += 1
    work.add_done_callback(lambda _: under_way.subtract([key]))
    begun = asyncio.get_running_loop().time()
    task = Task(work, at(Place.POLL, fault), asked=asked, shows=call.shows, begun=begun, seconds=call.seconds)
    request.app[JOBS].add(task)
    return task


async def _draw(request: web.Request, asked: Asked, call: Call) -> Body:
    """The ``result`` of a job that is ready. FLUX.3 tells no seed."""
    async with call:
        (picture,) = await call.pictures()
    sample = None if call.shows is FaultKind.NO_PICTURE else hosting.link(request, call, picture, PICTURES)
    result: Body = {"sample": sample, "prompt": asked.prompt, "duration": round(call.seconds, 3)}
    return result if asked.model == FLUX_3 else result | {"seed": call.seed}


async def poll(request: web.Request) -> web.Response:
    check_key(request)
    task = request.app[JOBS].find(request.query.get("id", ""))
    if not isinstance(task, Task):
        return web.json_response(_state(request.query.get("id", ""), "Task not found"), status=404)
    entry = request[ENTRY]
    entry.model, entry.prompt = task.asked.model, task.asked.prompt
    fault = await hosting.late_fault(request, task.fault, LATE)
    kind = fault.kind if fault else None
    return await deliver(request, json.dumps(_progress(task, kind)).encode(), shows=kind)


def _progress(task: Task, kind: FaultKind | None) -> Body:
    if kind in ENDINGS:
        return _state(task.ident, ENDINGS[kind])
    if task.status == "failed":
        return _state(task.ident, "Error")
    if task.shows is FaultKind.REFUSAL or (task.shows is FaultKind.WITHHELD and task.status == "completed"):
        return _state(task.ident, ENDINGS[task.shows])
    if task.status == "completed":
        return _state(task.ident, "Ready", result=task.work.result())
    return _state(task.ident, _stage(task), progress=round(task.share(), 2))


def _stage(task: Task) -> str:
    """FLUX.3 thinks before it draws."""
    if task.asked.model != FLUX_3:
        return "Pending"
    return "Reasoning" if task.share() < 0.3 else "Generating"


def _state(ident: str, status: str, *, result: Body | None = None, progress: float | None = None) -> Body:
    return {"id": ident, "status": status, "result": result, "progress": progress, "details": None, "preview": None}


async def show_credits(request: web.Request) -> web.Response:
    check_key(request)
    await questions.troubled(request, PROVIDER, bfl_errors.REJECTIONS)
    return web.json_response({"credits": 100_000.0})


async def show_picture(request: web.Request) -> web.Response:
    return await hosting.show(request, LATE, expired=bfl_errors.link_expired(), missing=bfl_errors.not_found())
