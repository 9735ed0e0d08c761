"""OpenAI's desk: ``/openai/v1/images/generations`` and ``…/edits``, as JSON or server-sent events, and ``/openai/v1/models``."""

import json
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from datetime import time as midnight
from uuid import uuid4

from aiohttp import web

from providers.simulator import openai_edits, openai_errors, questions
from providers.simulator.calls import Call, Wish
from providers.simulator.delivery import PICTURE, Body, at, deliver, flush_fully, intercept, json_with, note_last_byte, send_half
from providers.simulator.faults import FaultKind, Place
from providers.simulator.openai_models import MODELS, output_tokens, usage
from providers.simulator.openai_requests import Asked, parse
from providers.simulator.pictures import Picture
from providers.simulator.state import ENTRY, SIMULATOR

PROVIDER = "openai"
UNSTREAMED = {FaultKind.EMPTY, FaultKind.WRONG_TYPE}  # these answers are no event stream at all


def add_routes(app: web.Application) -> None:
    app.router.add_post("/openai/v1/images/generations", generate)
    app.router.add_post("/openai/v1/images/edits", edit)
    app.router.add_get("/openai/v1/models", list_models)
    app.router.add_get("/openai/v1/models/{model}", show_model)


async def generate(request: web.Request) -> web.StreamResponse:
    check_key(request)
    return await _serve(request, parse(await _json(request), request.app[SIMULATOR].today()))


async def edit(request: web.Request) -> web.StreamResponse:
    check_key(request)
    return await _serve(request, await openai_edits.read(request, request.app[SIMULATOR].today()))


async def _serve(request: web.Request, asked: Asked) -> web.StreamResponse:
    entry, simulator = request[ENTRY], request.app[SIMULATOR]
    entry.model, entry.prompt = asked.model, asked.prompt
    fault = at(
        Place.ANSWER, simulator.faults.find(PROVIDER, (asked.model, f"{PROVIDER}/{asked.model}", request.path), asked.prompt)
    )
    await intercept(request, fault, openai_errors.rejections(asked.model))
    async with Call(simulator, _wish(asked), fault) as call:
        if asked.stream and call.shows not in UNSTREAMED:
            return await _stream(request, asked, call)
        return await _answer(request, asked, call)


def check_key(request: web.Request) -> None:
    """Any key opens, save the one called wrong-key."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise openai_errors.no_key()
    if key.strip() == "wrong-key":
        raise openai_errors.wrong_key(key.strip())


def _wish(asked: Asked) -> Wish:
    return Wish(
        provider=PROVIDER,
        model=asked.facts.nature,
        pace=asked.quality,
        prompt=asked.prompt,
        width=asked.width,
        height=asked.height,
        count=asked.count,
        media_type=asked.media_type,
        reference=next(iter(asked.pictures), None),
    )


async def _answer(request: web.Request, asked: Asked, call: Call) -> web.Response:
    pictures = await call.pictures()
    if call.shows is FaultKind.NO_PICTURE:
        pictures = []
    body: Body = {"created": int(time.time()), "background": asked.background, "data": [{"b64_json": PICTURE} for _ in pictures]}
    body |= {"output_format": asked.output_format, "quality": asked.quality, "size": asked.size, "usage": _usage(asked)}
    return await deliver(request, json_with(body, pictures, indent=2), shows=call.shows, headers=headers(call), mark=call.mark)


async def _stream(request: web.Request, asked: Asked, call: Call) -> web.StreamResponse:
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-cache", **headers(call)}
    )
    await flush_fully(request)
    await response.prepare(request)
    async for index, preview in _previews(asked, call):
        await response.write(_event(asked, {"type": f"{asked.kind}.partial_image", "partial_image_index": index}, preview))
        note_last_byte(request, call.mark, "preview")
    for picture in await call.pictures():
        event = _event(asked, {"type": f"{asked.kind}.completed", "usage": _usage(asked)}, picture)
        if call.shows is FaultKind.CUT_OFF:
            await send_half(request, response, event)
        if call.shows is not FaultKind.NO_PICTURE:
            await response.write(event)
    await response.write_eof()
    note_last_byte(request, call.mark, "answer")
    return response


async def _previews(asked: Asked, call: Call) -> AsyncIterator[tuple[int, Picture]]:
    for index in range(asked.previews):
        yield index, await call.preview(index, asked.previews)


def _event(asked: Asked, event: Body, picture: Picture) -> bytes:
    shared: Body = {
        "background": asked.background,
        "output_format": asked.output_format,
        "quality": asked.quality,
        "size": asked.size,
    }
    data = json_with({**event, "b64_json": PICTURE, "created_at": int(time.time()), **shared}, [picture])
    return b"event: " + str(event["type"]).encode() + b"\ndata: " + data + b"\n\n"


def _usage(asked: Asked) -> Body:
    output = asked.count * output_tokens(asked.facts, asked.quality, asked.width, asked.height)
    return usage(asked.prompt, output, len(asked.pictures))


def headers(call: Call | None = None) -> dict[str, str]:
    milliseconds = f"{call.seconds * 1000:.0f}" if call else "12"
    return {
        "x-request-id": f"req_{uuid4().hex}",
        "openai-version": "2020-10-01",
        "openai-processing-ms": milliseconds,
        "x-ratelimit-limit-requests": "500",
        "x-ratelimit-remaining-requests": "499",
        "x-ratelimit-reset-requests": "120ms",
    }


async def list_models(request: web.Request) -> web.Response:
    check_key(request)
    await questions.troubled(request, PROVIDER, openai_errors.rejections(""))
    today = request.app[SIMULATOR].today()
    living = [_model(name) for name, facts in MODELS.items() if facts.lives(today)]
    return web.json_response({"object": "list", "data": living}, headers=headers())


async def show_model(request: web.Request) -> web.Response:
    check_key(request)
    name = request.match_info["model"]
    if name not in MODELS:
        raise openai_errors.unknown_model(name)
    if not MODELS[name].lives(request.app[SIMULATOR].today()):
        raise openai_errors.model_gone(name)
    return web.json_response(_model(name), headers=headers())


def _model(name: str) -> Body:
    facts = MODELS[name]
    created = int(datetime.combine(facts.released, midnight(), UTC).timestamp())
    shutdown = facts.shutdown.isoformat() if facts.shutdown else None
    return {"id": name, "object": "model", "created": created, "owned_by": "system", "shutdown_date": shutdown}


async def _json(request: web.Request) -> object:
    """The body, or None for anything that is not JSON."""
    try:
        return json.loads(await request.read())
    except ValueError:
        return None
