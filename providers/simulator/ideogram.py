"""Ideogram's desk: ``/generate``, ``/v1/ideogram-v3/{generate,remix}``, ``/v2/image/generate/ideogram-4-5``,
``/v2/svg/generate/ideogram-vector-1``, jobs and hosted pictures.
"""

import asyncio
import json
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

from aiohttp import web

from providers.simulator import bodies, hosting, ideogram_errors, references
from providers.simulator.calls import Call, Wish
from providers.simulator.delivery import Body, at, deliver, intercept
from providers.simulator.faults import Fault, FaultKind, Place
from providers.simulator.ideogram_places import Places
from providers.simulator.ideogram_requests import Asked, invalid, parse_45, parse_legacy, parse_remix, parse_v3, parse_vector
from providers.simulator.jobs import Job, Jobs
from providers.simulator.pictures import Picture
from providers.simulator.state import ENTRY, SIMULATOR

PROVIDER = "ideogram"
PICTURES = "/ideogram/api/images/ephemeral/{ident}.png"
MOST_PICTURES = 10  # of a style; five of the newer endpoints
PRICES = {
    "ideogram-4-5": {"low": Decimal("0.03"), "medium": Decimal("0.06"), "high": Decimal("0.10")},
    "ideogram-vector-1": {"low": Decimal("0.13"), "medium": Decimal("0.16"), "high": Decimal("0.20")},
}
PLACES = web.AppKey("ideogram_places", Places)
type Items = list[Body]
JOBS: web.AppKey[Jobs[Items]] = web.AppKey("ideogram_jobs", Jobs)
DECLINED = {FaultKind.REFUSAL, FaultKind.WITHHELD}
WITHOUT_URL = {FaultKind.NO_PICTURE, FaultKind.WITHHELD}
LATE = {kind: reject for kind, reject in ideogram_errors.REJECTIONS.items() if kind not in DECLINED}


def add_routes(app: web.Application) -> None:
    app[PLACES], app[JOBS] = Places(app[SIMULATOR].config.in_flight), Jobs()
    app.cleanup_ctx.append(app[JOBS].end_with_the_server)
    app.router.add_post("/ideogram/generate", generate_legacy)
    app.router.add_post("/ideogram/v1/ideogram-v3/generate", generate_v3)
    app.router.add_post("/ideogram/v1/ideogram-v3/remix", remix_v3)
    app.router.add_post("/ideogram/v2/image/generate/ideogram-4-5", generate_45)
    app.router.add_post("/ideogram/v2/svg/generate/ideogram-vector-1", generate_vector)
    app.router.add_get("/ideogram/v2/generations/{ident}", poll)
    app.router.add_get(PICTURES, show_picture)


async def generate_legacy(request: web.Request) -> web.Response:
    return await _generate_dated(request, parse_legacy)


async def generate_v3(request: web.Request) -> web.Response:
    return await _generate_dated(request, parse_v3)


async def remix_v3(request: web.Request) -> web.Response:
    return await _generate_dated(request, parse_remix)


async def _generate_dated(request: web.Request, parse: Callable[[Body], Asked]) -> web.Response:
    """The older endpoints: one answer shape, always synchronous."""
    key = check_key(request)
    asked = parse(await _fields(request))
    fault = await _fault(request, asked)
    with request.app[PLACES].taken(key, asked.count):
        created = datetime.now(UTC)
        items, call = await _make(request, asked, fault)
    for item in items:
        item["style_type"] = asked.style
    return await _answer(request, {"created": created.isoformat(timespec="seconds"), "data": items}, call)


async def generate_45(request: web.Request) -> web.Response:
    return await _generate_current(request, parse_45)


async def generate_vector(request: web.Request) -> web.Response:
    return await _generate_current(request, parse_vector)


async def _generate_current(request: web.Request, parse: Callable[[Body], Asked]) -> web.Response:
    """The newer endpoints: at once, or as a job, or only the price."""
    key = check_key(request)
    asked = parse(await _fields(request))
    fault = await _fault(request, asked)
    if request.query.get("dry_run") == "true":
        return web.json_response(_quote(asked))
    if asked.in_background:
        return await _submit(request, key, asked, fault)
    with request.app[PLACES].taken(key, asked.count):
        items, call = await _make(request, asked, fault)
    return await _answer(request, {**_identity(secrets.token_urlsafe(16)), "seed": call.seed, "data": items}, call)


def _identity(ident: str) -> Body:
    return {"generation_id": ident, "generation_kind": "sampling"}


def _quote(asked: Asked) -> Body:
    """The price, in millionths of a dollar, of what is not made."""
    micros = int(PRICES[asked.model][asked.pace] * asked.count * 1_000_000)
    billing: Body = {"billing_identifier": f"{asked.model.replace('-', '_')}_generate", "quantity": asked.count}
    return {"object": "price_quote", **billing, "usd_micros": micros, "credit_millis": micros // 10, "qualifier": "exact"}


async def _submit(request: web.Request, key: str, asked: Asked, fault: Fault | None) -> web.Response:
    """Take the work, keep its places until it is done, and answer with its id. ``webhook_url`` is taken and never called."""
    places = request.app[PLACES]
    places.take(key, asked.count)
    work = asyncio.create_task(_items_of(request, asked, fault))
    work.add_done_callback(lambda _: places.give_back(key, asked.count))
    job = request.app[JOBS].add(Job(work, at(Place.POLL, fault)))
    shown = at(Place.ANSWER, fault)
    return await deliver(request, json.dumps(_identity(job.ident)).encode(), shows=shown.kind if shown else None)


async def _items_of(request: web.Request, asked: Asked, fault: Fault | None) -> Items:
    items, _ = await _make(request, asked, fault)
    return items


async def poll(request: web.Request) -> web.Response:
    check_key(request)
    job = request.app[JOBS].find(request.match_info["ident"])
    if job is None:
        raise ideogram_errors.not_found("Generation")
    fault = await hosting.late_fault(request, job.fault, LATE)
    kind = fault.kind if fault else None
    state = _failed(job, "content_policy_violation") if kind in DECLINED else _progress(job)
    return await deliver(request, json.dumps(state).encode(), shows=kind)


def _progress(job: Job[Items]) -> Body:
    state: Body = {"generation_id": job.ident, "status": job.status, "created": job.created.isoformat(timespec="seconds")}
    if job.status == "failed":
        return _failed(job, "internal_error")
    if job.status == "completed":
        kinds = {True: "svg.generation", False: "image.generation"}
        items = [{"object_type": kinds["mime_type" in item], **item} for item in job.work.result()]
        return {**state, "response_type": "url", "data": items}
    return state


def _failed(job: Job[Items], reason: str) -> Body:
    created = job.created.isoformat(timespec="seconds")
    return {"generation_id": job.ident, "status": "failed", "created": created, "failure_reason": reason}


async def show_picture(request: web.Request) -> web.Response:
    return await hosting.show(request, LATE, expired=ideogram_errors.link_expired(), missing=ideogram_errors.not_found("Image"))


async def _fault(request: web.Request, asked: Asked) -> Fault | None:
    """Note the call in the journal, and let a fault that needs no work act. Raises Rejection."""
    entry = request[ENTRY]
    entry.model, entry.prompt = asked.model, asked.prompt
    paced = f"{asked.model}-{asked.pace}"
    names = (
        asked.model,
        paced,
        f"{PROVIDER}/{asked.model}",
        f"{PROVIDER}/{paced}",
        request.path,
        request.path.removeprefix("/ideogram"),
    )
    fault = request.app[SIMULATOR].faults.find(PROVIDER, names, asked.prompt)
    await intercept(request, at(Place.ANSWER, fault), ideogram_errors.REJECTIONS)
    return fault


async def _make(request: web.Request, asked: Asked, fault: Fault | None) -> tuple[Items, Call]:
    size = asked.width, asked.height
    reference = references.received(request[ENTRY], asked.pictures, invalid, most=MOST_PICTURES)
    wish = Wish(PROVIDER, asked.model, asked.pace, asked.prompt, *size, asked.count, asked.seed, asked.media_type, reference)
    async with Call(request.app[SIMULATOR], wish, fault) as call:
        pictures = await call.pictures()
    items: Items = [_item(request, asked, call, picture, call.seed + index) for index, picture in enumerate(pictures)]
    return items, call


def _item(request: web.Request, asked: Asked, call: Call, picture: Picture, seed: int) -> Body:
    safe = call.shows is not FaultKind.WITHHELD
    url = None if call.shows in WITHOUT_URL else hosting.link(request, call, picture, PICTURES)
    item: Body = {"url": url, "prompt": asked.prompt, "is_image_safe": safe, "seed": seed}
    if asked.media_type == "image/svg+xml":
        return item | {"mime_type": asked.media_type, "width": asked.width, "height": asked.height}
    return item | {"resolution": asked.resolution}


async def _answer(request: web.Request, body: Body, call: Call) -> web.Response:
    return await deliver(request, json.dumps(body).encode(), shows=call.shows, mark=call.mark)


def check_key(request: web.Request) -> str:
    """Any key opens, save the one called wrong-key; the key names the organisation whose places are counted."""
    key = request.headers.get("Api-Key", "").strip()
    if not key or key == "wrong-key":
        raise ideogram_errors.unauthorized()
    return key


async def _fields(request: web.Request) -> Body:
    body = await bodies.fields(request)
    if body is None:
        raise invalid("The request body is neither a JSON object nor a form")
    return body
