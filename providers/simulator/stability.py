"""Stability AI's desk: ``/stability/v2beta/stable-image/generate/{core,ultra,sd3}``, forms in, bytes or JSON out.

A withheld picture comes blurred under 200, and only ``finish-reason`` tells.
"""

from secrets import token_hex

from aiohttp import web

from providers.simulator import bodies, questions, references, stability_errors
from providers.simulator.calls import Call, Wish
from providers.simulator.delivery import PICTURE, Body, at, deliver, intercept, json_with
from providers.simulator.faults import FaultKind, Place
from providers.simulator.pictures import Picture
from providers.simulator.stability_requests import FIELDS, parse
from providers.simulator.state import ENTRY, SIMULATOR

PROVIDER = "stability"
PATH = "/stability/v2beta/stable-image/generate/{endpoint}"


def add_routes(app: web.Application) -> None:
    app.router.add_post(PATH, generate)
    app.router.add_get("/stability/v1/user/balance", show_balance)


async def generate(request: web.Request) -> web.Response:
    check_key(request)
    endpoint, wants_json = request.match_info["endpoint"], _wants_json(request)
    if endpoint not in FIELDS:
        raise stability_errors.not_found()
    if request.content_type != "multipart/form-data":
        raise stability_errors.invalid("content-type", "must be multipart/form-data")
    asked = parse(endpoint, await bodies.fields(request) or {})
    entry, simulator = request[ENTRY], request.app[SIMULATOR]
    entry.model, entry.prompt = asked.model, asked.prompt
    names = (asked.model, f"{PROVIDER}/{asked.model}", request.path, request.path.removeprefix("/stability"))
    fault = at(Place.ANSWER, simulator.faults.find(PROVIDER, names, asked.prompt))
    await intercept(request, fault, stability_errors.REJECTIONS)
    reference = references.received(entry, asked.pictures, lambda reason: stability_errors.invalid("image", reason))
    size = asked.width, asked.height
    wish = Wish(PROVIDER, asked.model, "", asked.prompt, *size, 1, asked.seed, asked.media_type, reference)
    async with Call(simulator, wish, fault) as call:
        return await _answer(request, call, await _picture(call), wants_json=wants_json)


def check_key(request: web.Request) -> None:
    """Any key opens, save the one called wrong-key."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or key.strip() in ("", "wrong-key"):
        raise stability_errors.unauthorized()


def _wants_json(request: web.Request) -> bool:
    accept = request.headers.get("Accept", "*/*")
    if accept not in ("*/*", "image/*", "application/json"):
        raise stability_errors.invalid("accept", "must be image/* or application/json")
    return accept == "application/json"


async def _picture(call: Call) -> Picture:
    if call.shows is not FaultKind.WITHHELD:
        return (await call.pictures())[0]
    blurred = await call.preview(0, 1)
    await call.wait_for_share(1.0)
    return blurred


async def _answer(request: web.Request, call: Call, picture: Picture, *, wants_json: bool) -> web.Response:
    reason = "CONTENT_FILTERED" if call.shows is FaultKind.WITHHELD else "SUCCESS"
    sent = [] if call.shows is FaultKind.NO_PICTURE else [picture]
    headers = {"x-request-id": token_hex(16)}
    if wants_json:
        body: Body = {"seed": call.seed, "finish_reason": reason} | ({"image": PICTURE} if sent else {})
        data, kind = json_with(body, sent), "application/json"
    else:
        headers |= {"finish-reason": reason, "seed": str(call.seed)}
        data, kind = b"".join(each.data for each in sent), picture.media_type
    return await deliver(request, data, shows=call.shows, content_type=kind, headers=headers, mark=call.mark)


async def show_balance(request: web.Request) -> web.Response:
    check_key(request)
    await questions.troubled(request, PROVIDER, stability_errors.REJECTIONS)
    return web.json_response({"credits": 100_000.0})
