"""Replicate's desk: predictions that are waited for, polled and cancelled, and the files they leave behind."""

import asyncio
import json
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web

from providers.simulator import bodies, hosting, questions, replicate_errors
from providers.simulator.calls import Call, Wish
from providers.simulator.delivery import Body, at, deliver, intercept
from providers.simulator.faults import FaultKind, Place
from providers.simulator.jobs import Job, Jobs
from providers.simulator.journal import CALLED_OFF, Entry
from providers.simulator.replicate_requests import MODELS, Asked, invalid, parse
from providers.simulator.state import ENTRY, SIMULATOR

PROVIDER = "replicate"
ROOT = "/replicate/v1"
FILES = "/replicate/delivery/{ident}.png"
JOBS: web.AppKey[Jobs[list[str]]] = web.AppKey("replicate_jobs", Jobs)
DECLINED = {FaultKind.REFUSAL, FaultKind.WITHHELD}
STARTING = 0.1  # share of the time until a machine is found
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
PREFER = re.compile(r"wait(?:=(\d{1,3}))?")


@dataclass(slots=True, kw_only=True)
class Prediction(Job[list[str]]):
    """``work`` ends with the addresses of the pictures."""

    asked: Asked
    call: Call
    root: str
    entry: Entry
    cancelled: bool = False


def add_routes(app: web.Application) -> None:
    app[JOBS] = Jobs()
    app.cleanup_ctx.append(app[JOBS].end_with_the_server)
    app.router.add_post(ROOT + "/models/{owner}/{name}/predictions", create_of_model)
    app.router.add_post(ROOT + "/predictions", create)
    app.router.add_get(ROOT + "/predictions/{ident}", poll)
    app.router.add_post(ROOT + "/predictions/{ident}/cancel", cancel)
    app.router.add_get(ROOT + "/account", account)
    app.router.add_get(ROOT + "/models/{owner}/{name}", show_model)
    app.router.add_get(FILES, show_file)


async def create_of_model(request: web.Request) -> web.Response:
    check_key(request)
    return await _create(request, f"{request.match_info['owner']}/{request.match_info['name']}", await bodies.fields(request))


async def create(request: web.Request) -> web.Response:
    """``version`` may be ``owner/name`` with or without a hash. Nobody knows a bare hash here."""
    check_key(request)
    body = await bodies.fields(request)
    version = (body or {}).get("version")
    if not isinstance(version, str):
        raise invalid("", "version is required")
    return await _create(request, version.partition(":")[0], body)


async def _create(request: web.Request, model: str, body: Body | None) -> web.Response:
    if model not in MODELS:
        raise replicate_errors.not_found()
    simulator, entry = request.app[SIMULATOR], request[ENTRY]
    asked = parse(model, body, entry)
    entry.model, entry.prompt = model, asked.prompt
    names = (model, f"{PROVIDER}/{model}", f"{PROVIDER}/{model.partition('/')[2]}", request.path)
    fault = simulator.faults.find(PROVIDER, names, asked.prompt)
    await intercept(request, at(Place.ANSWER, fault), replicate_errors.REJECTIONS)
    wish = Wish(
        PROVIDER,
        model,
        "",
        asked.prompt,
        asked.width,
        asked.height,
        asked.count,
        asked.seed,
        asked.media_type,
        asked.reference,
    )
    call = Call(simulator, wish, fault)
    prediction = Prediction(
        asyncio.create_task(_addresses(request, call)),
        at(Place.POLL, fault),
        "".join(secrets.choice(LETTERS) for _ in range(26)),
        asked=asked,
        call=call,
        root=f"{request.scheme}://{request.host}{ROOT}/predictions",
        entry=entry,
    )
    request.app[JOBS].add(prediction)
    await _hold(request, prediction)
    response = json.dumps(_told(prediction)).encode()
    status = 201 if prediction.work.done() or "Prefer" not in request.headers else 202
    return await deliver(request, response, status=status, shows=call.shows, mark=call.mark)


async def _addresses(request: web.Request, call: Call) -> list[str]:
    async with call:
        return [hosting.link(request, call, picture, FILES) for picture in await call.pictures()]


async def _hold(request: web.Request, prediction: Prediction) -> None:
    """``Prefer: wait`` keeps the answer until the work is done, at most its seconds; these are scaled like every other wait."""
    await asyncio.sleep(0)  # the work begins
    wanted = PREFER.fullmatch(request.headers.get("Prefer", ""))
    if wanted is None:
        return
    seconds, scale = min(int(wanted[1] or 60), 60), request.app[SIMULATOR].config.time_scale
    await asyncio.wait({prediction.work}, timeout=seconds * (scale or 1))


async def poll(request: web.Request) -> web.Response:
    prediction = _find(request)
    fault = await hosting.late_fault(request, prediction.fault, replicate_errors.REJECTIONS)
    kind = fault.kind if fault else None
    state = _told(prediction, declined=kind in DECLINED)
    return await deliver(request, json.dumps(state).encode(), shows=kind)


async def cancel(request: web.Request) -> web.Response:
    """One that has ended is told as it is."""
    prediction = _find(request)
    fault = await hosting.late_fault(request, prediction.fault, replicate_errors.REJECTIONS)
    if prediction.work.cancel():
        prediction.cancelled, prediction.entry.outcome = True, CALLED_OFF
    return await deliver(request, json.dumps(_told(prediction)).encode(), shows=fault.kind if fault else None)


def _find(request: web.Request) -> Prediction:
    check_key(request)
    prediction = request.app[JOBS].find(request.match_info["ident"])
    if not isinstance(prediction, Prediction):
        raise replicate_errors.not_found()
    return prediction


def _told(prediction: Prediction, *, declined: bool = False) -> Body:
    """The prediction as it stands."""
    asked, url = prediction.asked, f"{prediction.root}/{prediction.ident}"
    web_url = f"https://replicate.com/p/{prediction.ident}"
    body: Body = {
        "id": prediction.ident,
        "model": asked.model,
        "version": "hidden",
        "input": asked.given,
        "logs": _logs(prediction),
        "output": None,
        "data_removed": False,
        "error": None,
        "status": "starting" if prediction.call.share() < STARTING else "processing",
        "created_at": _time(prediction.created),
        "urls": {"get": url, "cancel": f"{url}/cancel", "web": web_url},
    }
    return body | _ending(prediction, declined or prediction.call.shows in DECLINED)


def _ending(prediction: Prediction, declined: bool) -> Body:
    """What the end of the work changes; nothing while it runs."""
    if prediction.cancelled:
        return {"status": "canceled", "completed_at": _time(datetime.now(UTC))}
    if not prediction.work.done():
        return {}
    seconds = prediction.call.seconds
    over: Body = {"completed_at": _time(datetime.now(UTC)), "metrics": {"predict_time": seconds, "total_time": seconds}}
    if prediction.status == "failed" or declined:
        error = replicate_errors.NSFW if declined else "Prediction failed for an unknown reason. It might have run out of memory?"
        return {**over, "status": "failed", "error": error}
    output = prediction.work.result() if prediction.call.shows is not FaultKind.NO_PICTURE else []
    return {**over, "status": "succeeded", "output": output if prediction.asked.lists else next(iter(output), None)}


def _logs(prediction: Prediction) -> str:
    done = min(int(4 * prediction.call.share()), 4)
    return f"Using seed: {prediction.call.seed}\n{25 * done:3}%|{'█' * 2 * done:8}| {done}/4 [00:00<00:00,  8.11it/s]"


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


async def show_file(request: web.Request) -> web.Response:
    return await hosting.show(
        request,
        replicate_errors.REJECTIONS,
        expired=replicate_errors.link_expired(),
        missing=replicate_errors.not_found(),
    )


async def account(request: web.Request) -> web.Response:
    """Whose key it is: the cheapest question there is."""
    check_key(request)
    await questions.troubled(request, PROVIDER, replicate_errors.REJECTIONS)
    return web.json_response({"type": "organization", "username": "proofsheet", "name": "Proofsheet", "github_url": ""})


async def show_model(request: web.Request) -> web.Response:
    check_key(request)
    owner, name = request.match_info["owner"], request.match_info["name"]
    if f"{owner}/{name}" not in MODELS:
        raise replicate_errors.not_found()
    return web.json_response({"owner": owner, "name": name, "visibility": "public"})


def check_key(request: web.Request) -> None:
    """Any key opens, save the one called wrong-key."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() not in ("bearer", "token") or key.strip() in ("", "wrong-key"):
        raise replicate_errors.unauthorized()
