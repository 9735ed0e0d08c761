"""Recraft's desk: ``/recraft/v1/images/{generations,imageToImage}``, ``/v1/users/me``, and the state of the service at
``/status``.

What the published specification leaves open, such as how a refusal looks, is made up and no more than plausible. Links end in
``.png`` whatever lies behind them: only the content says what it is.
"""

import time
from uuid import uuid4

from aiohttp import web

from providers.simulator import bodies, hosting, questions, recraft_errors, references
from providers.simulator.calls import Call, Wish
from providers.simulator.delivery import PICTURE, Body, at, deliver, intercept, json_with
from providers.simulator.faults import FaultKind, Place
from providers.simulator.pictures import Picture
from providers.simulator.recraft_requests import Asked, parse, parse_transformation
from providers.simulator.state import ENTRY, SIMULATOR

PROVIDER = "recraft"
PICTURES = "/recraft/img/{ident}.png"


def add_routes(app: web.Application) -> None:
    app.router.add_post("/recraft/v1/images/generations", generate)
    app.router.add_post("/recraft/v1/images/imageToImage", transform)
    app.router.add_get("/recraft/v1/users/me", show_account)
    app.router.add_get("/recraft/status", show_status)
    app.router.add_get(PICTURES, show_picture)


async def generate(request: web.Request) -> web.Response:
    check_key(request)
    return await _serve(request, parse(await bodies.fields(request)))


async def transform(request: web.Request) -> web.Response:
    check_key(request)
    return await _serve(request, parse_transformation(await bodies.fields(request)))


async def _serve(request: web.Request, asked: Asked) -> web.Response:
    entry, simulator = request[ENTRY], request.app[SIMULATOR]
    entry.model, entry.prompt = asked.model, asked.prompt
    names = (asked.model, f"{PROVIDER}/{asked.model}", request.path, request.path.removeprefix("/recraft"))
    fault = simulator.faults.find(PROVIDER, names, asked.prompt)
    await intercept(request, at(Place.ANSWER, fault), recraft_errors.REJECTIONS)
    reference = references.received(entry, asked.pictures, recraft_errors.invalid)
    size = asked.width, asked.height
    wish = Wish(PROVIDER, asked.model, "", asked.prompt, *size, asked.count, asked.seed, asked.media_type, reference)
    async with Call(simulator, wish, fault) as call:
        return await _answer(request, asked, call, await call.pictures())


async def _answer(request: web.Request, asked: Asked, call: Call, pictures: list[Picture]) -> web.Response:
    hidden = call.shows is FaultKind.NO_PICTURE
    data = [_item(request, asked, call, picture, hidden=hidden) for picture in pictures]
    body: Body = {"created": int(time.time()), "credits": asked.credits * asked.count, "data": data}
    sent = pictures if asked.inside and not hidden else []
    return await deliver(request, json_with(body, sent), shows=call.shows, mark=call.mark)


def _item(request: web.Request, asked: Asked, call: Call, picture: Picture, *, hidden: bool) -> Body:
    item: Body = {"image_id": str(uuid4())}
    if hidden:
        return item
    return item | ({"b64_json": PICTURE} if asked.inside else {"url": hosting.link(request, call, picture, PICTURES)})


def check_key(request: web.Request) -> None:
    """Any key opens, save the one called wrong-key."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or key.strip() in ("", "wrong-key"):
        raise recraft_errors.unauthorized()


async def show_account(request: web.Request) -> web.Response:
    check_key(request)
    await questions.troubled(request, PROVIDER, recraft_errors.REJECTIONS)
    return web.json_response({"id": "simulated", "name": "Simulated", "email": "simulated@example.org", "credits": 100_000})


async def show_status(_request: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


async def show_picture(request: web.Request) -> web.Response:
    lost = recraft_errors.not_found()
    return await hosting.show(request, recraft_errors.REJECTIONS, expired=lost, missing=lost)
