"""fal's desk: the queue under ``/fal/<model id>``, its jobs under ``/fal/<owner>/<alias>/requests``, and their files."""

import asyncio
import json
import math
from dataclasses import dataclass
from uuid import uuid4

from aiohttp import web

from providers.simulator import bodies, fal_errors, hosting
from providers.simulator.calls import Call, Wish
from providers.simulator.delivery import Body, Rejection, at, deliver, intercept
from providers.simulator.fal_requests import MODELS, Asked, parse
from providers.simulator.faults import FaultKind, Place
from providers.simulator.jobs import Job, Jobs
from providers.simulator.journal import CALLED_OFF, Entry
from providers.simulator.state import ENTRY, SIMULATOR

PROVIDER = "fal"
FILES = "/fal/files/{ident}.png"
JOBS: web.AppKey[Jobs[list[str]]] = web.AppKey("fal_jobs", Jobs)
DECLINED = {FaultKind.REFUSAL, FaultKind.WITHHELD}
IN_LINE = 0.2  # share of the time spent waiting for a runner
PLACES = 3  # in line at the start


@dataclass(slots=True, kw_only=True)
class Request(Job[list[str]]):
    """``work`` ends with the addresses of the pictures; ``root`` is where the job lives."""

    asked: Asked
    call: Call
    root: str
    entry: Entry

    @property
    def urls(self) -> Body:
        return {"status_url": f"{self.root}/status", "response_url": self.root, "cancel_url": f"{self.root}/cancel"}


def add_routes(app: web.Application) -> None:
    app[JOBS] = Jobs()
    app.cleanup_ctx.append(app[JOBS].end_with_the_server)
    app.router.add_get(FILES, show_file)
    app.router.add_get("/fal/{owner}/{alias}/requests/{ident}/status", status)
    app.router.add_get("/fal/{owner}/{alias}/requests/{ident}", answer)
    app.router.add_put("/fal/{owner}/{alias}/requests/{ident}/cancel", cancel)
    app.router.add_post("/fal/{model:.+}", submit)


async def submit(request: web.Request) -> web.Response:
    """Take the work; what becomes of it, refusals included, is told later. ``fal_webhook`` is taken and never called."""
    check_key(request)
    simulator, entry = request.app[SIMULATOR], request[ENTRY]
    asked = parse(request.match_info["model"], await bodies.fields(request), entry)
    entry.model, entry.prompt = asked.model, asked.prompt
    nickname = f"{PROVIDER}/{MODELS[asked.model].nickname}"
    names = (asked.hand, asked.model, f"{PROVIDER}/{asked.model}", nickname, request.path)
    fault = simulator.faults.find(PROVIDER, names, asked.prompt)
    await intercept(request, at(Place.ANSWER, fault), fal_errors.REJECTIONS)
    wish = Wish(
        PROVIDER,
        asked.hand,
        asked.pace,
        asked.prompt,
        asked.width,
        asked.height,
        asked.count,
        asked.seed,
        asked.media_type,
        asked.reference,
    )
    call, ident = Call(simulator, wish, fault), str(uuid4())
    owner, alias, *_ = asked.model.split("/")
    root = f"{request.scheme}://{request.host}/fal/{owner}/{alias}/requests/{ident}"
    work = asyncio.create_task(_addresses(request, call))
    job = Request(work, at(Place.POLL, fault), ident, asked=asked, call=call, root=root, entry=entry)
    request.app[JOBS].add(job)
    taken: Body = {"status": "IN_QUEUE", "request_id": ident, "queue_position": PLACES - 1, **job.urls}
    return await deliver(
        request, json.dumps(taken).encode(), shows=call.shows, headers={"x-fal-request-id": ident}, mark=call.mark
    )


async def _addresses(request: web.Request, call: Call) -> list[str]:
    async with call:
        return [hosting.link(request, call, picture, FILES) for picture in await call.pictures()]


async def status(request: web.Request) -> web.Response:
    """202 while it waits or works, 200 when it is over; ``?logs=1`` would tell the model's own."""
    job = _find(request)
    fault = await hosting.late_fault(request, job.fault, fal_errors.REJECTIONS)
    told = {"request_id": job.ident, **job.urls, **_state(job)}
    over = told["status"] == "COMPLETED"
    return await deliver(
        request,
        json.dumps(told).encode(),
        status=200 if over else 202,
        shows=fault.kind if fault else None,
        headers={"x-fal-request-id": job.ident},
    )


def _state(job: Request) -> Body:
    if job.work.done():
        failure = _failure(job)
        told: Body = {"status": "COMPLETED", "logs": [], "metrics": {"inference_time": job.call.seconds}}
        return told | ({"error": "Request failed", "error_type": failure.code} if failure else {})
    share = job.call.share()
    if share < IN_LINE:
        return {"status": "IN_QUEUE", "queue_position": math.ceil((1 - share / IN_LINE) * (PLACES - 1))}
    return {"status": "IN_PROGRESS", "logs": []}


async def answer(request: web.Request) -> web.Response:
    """What the model made of it, once it is over; a refusal is a 422 here."""
    job = _find(request)
    if not job.work.done():
        raise fal_errors.unfinished()
    if failure := _failure(job):
        failure.headers["x-fal-request-id"] = job.ident
        raise failure
    return await deliver(request, json.dumps(_output(job)).encode(), headers={"x-fal-request-id": job.ident}, mark=job.call.mark)


def _failure(job: Request) -> Rejection | None:
    """What the job ended with instead of pictures. A model that says what its filter found blackens them and succeeds."""
    if job.work.cancelled():
        return fal_errors.platform(499, "Request was cancelled", "client_cancelled")
    if job.work.exception():
        return fal_errors.platform(500, "Internal server error", "internal_error")
    kind = job.call.shows or (job.fault.kind if job.fault else None)
    refused = kind is FaultKind.REFUSAL or (kind is FaultKind.WITHHELD and not MODELS[job.asked.model].shows_nsfw)
    return fal_errors.declined() if refused else None


def _output(job: Request) -> Body:
    asked, kind = job.asked, job.call.shows or (job.fault.kind if job.fault else None)
    urls = [] if kind is FaultKind.NO_PICTURE else job.work.result()
    images = [{"url": url, "width": asked.width, "height": asked.height, "content_type": asked.media_type} for url in urls]
    told: Body = {"images": images, "seed": job.call.seed, "prompt": asked.prompt, "timings": {}}
    if MODELS[asked.model].shows_nsfw:
        told["has_nsfw_concepts"] = [kind is FaultKind.WITHHELD] * len(urls)
    return told


async def cancel(request: web.Request) -> web.Response:
    job = _find(request)
    fault = await hosting.late_fault(request, job.fault, fal_errors.REJECTIONS)
    if job.work.done():
        return web.json_response({"status": "ALREADY_COMPLETED"}, status=400)
    job.work.cancel()
    job.entry.outcome = CALLED_OFF
    told = json.dumps({"status": "CANCELLATION_REQUESTED"}).encode()
    return await deliver(request, told, status=202, shows=fault.kind if fault else None)


def _find(request: web.Request) -> Request:
    check_key(request)
    job = request.app[JOBS].find(request.match_info["ident"])
    if not isinstance(job, Request):
        raise fal_errors.plain(404, "Request not found", "not_found")
    return job


async def show_file(request: web.Request) -> web.Response:
    return await hosting.show(
        request, fal_errors.REJECTIONS, expired=fal_errors.link_expired(), missing=fal_errors.link_expired()
    )


def check_key(request: web.Request) -> None:
    """Any key opens, save the one called wrong-key."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Key" or key.strip() in ("", "wrong-key"):
        raise fal_errors.unauthorized()
