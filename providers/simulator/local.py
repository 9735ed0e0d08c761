"""Servers that speak OpenAI's images API their own way: ``/local/v1/images/{generations,edits}``; the model asked for names the
dialect. LocalAI has no edits.

- none, or any other name: SGLang. An address unless base64 is asked for, the seed 1024 unless one is sent, ``detail`` for errors
- ``localai``: an address unless base64 is asked for, an error object
- ``sd-cpp-local``: stable-diffusion.cpp. Base64 alone, the seed inside the prompt, an error that is a text
- ``vllm-omni``: base64 alone, anything else refused; an error object
"""

import json
import re
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from aiohttp import web

from providers.simulator import bodies, hosting, questions, references
from providers.simulator.calls import Call, Wish
from providers.simulator.delivery import PICTURE, Body, Rejection, at, deliver, intercept, json_with
from providers.simulator.faults import Fault, FaultKind, Place
from providers.simulator.own_server import PROXY, check_key
from providers.simulator.pictures import Picture
from providers.simulator.state import ENTRY, SIMULATOR

PROVIDER, MODEL = "local", "default"
PICTURES = "/local/v1/images/{ident}/content"
SGLANG_SEED = 1024
SIDES = range(64, 2049)
MOST_PICTURES = 10
EXTRA = re.compile(r"<sd_cpp_extra_args>(.*?)</sd_cpp_extra_args>")
FAILURES = {
    # kind: status, sentence
    FaultKind.OUT_OF_QUOTA: (500, "CUDA out of memory."),
    FaultKind.SERVER_ERROR: (500, "Internal error."),
    FaultKind.INVALID_REQUEST: (400, "invalid size"),
    FaultKind.MODEL_GONE: (404, "The model does not exist."),
}


def as_detail(message: str) -> Body:
    return {"detail": message}


def as_text(message: str) -> Body:
    return {"error": message}


def as_object(message: str) -> Body:
    return {"error": {"message": message, "type": "", "param": None, "code": None}}


@dataclass(frozen=True, slots=True)
class Dialect:
    """What sets one server apart. ``addresses``: it hosts pictures unless asked for base64."""

    error: Callable[[str], Body]
    addresses: bool = False
    base64_only: bool = False
    reads_seed: bool = True
    edits: bool = True


SGLANG = Dialect(as_detail, addresses=True)
DIALECTS = {
    "localai": Dialect(as_object, addresses=True, edits=False),
    "sd-cpp-local": Dialect(as_text, reads_seed=False),
    "vllm-omni": Dialect(as_object, base64_only=True),
}


@dataclass(frozen=True, slots=True)
class Asked:
    prompt: str
    width: int
    height: int
    count: int
    seed: int
    dialect: Dialect
    hosted: bool
    pictures: tuple[bytes, ...] = ()


def add_routes(app: web.Application) -> None:
    app.router.add_post("/local/v1/images/generations", generate)
    app.router.add_post("/local/v1/images/edits", edit)
    app.router.add_get("/local/v1/models", list_models)
    app.router.add_get(PICTURES, show_picture)


async def generate(request: web.Request) -> web.Response:
    check_key(request)
    return await _serve(request, parse(await _json(request)))


async def edit(request: web.Request) -> web.Response:
    """A form with a picture, which is called ``image`` or ``image[]``."""
    check_key(request)
    form = await bodies.fields(request) or {}
    dialect, pictures = dialect_of(form), bodies.uploads(form, "image", "image[]")
    if not dialect.edits:
        raise Rejection(404, dialect.error("Resource not found"), "no_such_path")
    if not pictures:
        raise Rejection(422, dialect.error("Field 'image' is required"), "invalid_request")
    numbers = {name: int(value) for name in ("n", "seed") if (value := str(form.get(name, ""))).isdecimal()}
    return await _serve(request, replace(parse({**form, **numbers}), pictures=pictures))


async def _serve(request: web.Request, asked: Asked) -> web.Response:
    entry, simulator = request[ENTRY], request.app[SIMULATOR]
    entry.model, entry.prompt = MODEL, asked.prompt
    fault = simulator.faults.find(PROVIDER, (MODEL, f"{PROVIDER}/{MODEL}", request.path), asked.prompt)
    await intercept(request, at(Place.ANSWER, fault), rejections(asked.dialect))
    reference = references.received(entry, asked.pictures, _unreadable(asked.dialect), most=MOST_PICTURES)
    size = asked.width, asked.height
    wish = Wish(PROVIDER, MODEL, "", asked.prompt, *size, asked.count, asked.seed, reference=reference)
    async with Call(simulator, wish, fault) as call:
        return await _answer(request, asked, call)


async def _json(request: web.Request) -> Mapping[str, object]:
    try:
        body = json.loads(await request.read())
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Rejection(400, as_detail("The body is not a JSON object."), "invalid_request")
    return body


def _unreadable(dialect: Dialect) -> Callable[[str], Rejection]:
    return lambda reason: Rejection(400, dialect.error(f"Failed to process image source: {reason}"), "invalid_request")


def dialect_of(body: Mapping[str, object]) -> Dialect:
    return DIALECTS.get(str(body.get("model", "")), SGLANG)


def parse(body: Mapping[str, object]) -> Asked:
    """Raises the Rejection of the dialect that the model's name stands for."""
    dialect = dialect_of(body)
    prompt, extra = _prompt(body, dialect)
    width, height = _size(str(body.get("size") or "1024x1024"), dialect)
    wanted = body.get("response_format") or ("url" if dialect.addresses else "b64_json")
    if dialect.base64_only and wanted != "b64_json":
        raise Rejection(400, dialect.error("Only 'b64_json' response format is supported."), "invalid_request")
    count, seed = body.get("n") or 1, (body if dialect.reads_seed else extra).get("seed")
    return Asked(
        prompt,
        width,
        height,
        count if isinstance(count, int) and 0 < count <= 10 else 1,
        seed if isinstance(seed, int) and seed >= 0 else SGLANG_SEED,
        dialect,
        dialect.addresses and wanted == "url",
    )


def _prompt(body: Mapping[str, object], dialect: Dialect) -> tuple[str, Mapping[str, object]]:
    """The prompt without what stable-diffusion.cpp reads from it, and that."""
    prompt = body.get("prompt")
    if not isinstance(prompt, str):
        raise Rejection(422 if dialect is SGLANG else 400, dialect.error("prompt required"), "invalid_request")
    found = None if dialect.reads_seed else EXTRA.search(prompt)
    try:
        extra = json.loads(found[1]) if found else {}
    except ValueError:
        raise Rejection(400, dialect.error("invalid sd_cpp_extra_args"), "invalid_request") from None
    return EXTRA.sub("", prompt) if found else prompt, extra if isinstance(extra, dict) else {}


def _size(text: str, dialect: Dialect) -> tuple[int, int]:
    width, _, height = text.partition("x")
    if not (width.isdigit() and height.isdigit() and int(width) in SIDES and int(height) in SIDES):
        raise Rejection(400, dialect.error(f"invalid size: {text[:40]}"), "invalid_request")
    return int(width), int(height)


async def _answer(request: web.Request, asked: Asked, call: Call) -> web.Response:
    pictures = [] if call.shows is FaultKind.NO_PICTURE else await call.pictures()
    items = [_item(request, asked, call, picture) for picture in pictures]
    body: Body = {"created": int(time.time()), "id": secrets.token_hex(8), "data": items}
    sent = [] if asked.hosted else pictures
    return await deliver(request, json_with(body, sent), shows=call.shows, mark=call.mark)


def _item(request: web.Request, asked: Asked, call: Call, picture: Picture) -> Body:
    """SGLang gives a path without a host, LocalAI an address under the name it was asked by."""
    if not asked.hosted:
        return {"b64_json": PICTURE, "url": None, "revised_prompt": None}
    address = hosting.link(request, call, picture, PICTURES)
    here = f"{request.scheme}://{request.host}"
    return {"url": address.removeprefix(here) if asked.dialect is SGLANG else address, "b64_json": None, "revised_prompt": None}


async def show_picture(request: web.Request) -> web.Response:
    gone = Rejection(404, as_detail("Image not found"), "no_file")
    return await hosting.show(request, rejections(SGLANG), expired=gone, missing=gone)


async def list_models(request: web.Request) -> web.Response:
    check_key(request)
    await questions.troubled(request, PROVIDER, rejections(SGLANG))
    return web.json_response(
        {"object": "list", "data": [{"id": name, "object": "model", "owned_by": "local"} for name in DIALECTS]}
    )


def rejections(dialect: Dialect) -> dict[FaultKind, Callable[[Fault], Rejection]]:
    """What each fault that is an HTTP error looks like in this dialect."""
    own = {kind: _rejection(kind, status, dialect.error(sentence)) for kind, (status, sentence) in FAILURES.items()}
    return {**PROXY, **own}


def _rejection(kind: FaultKind, status: int, body: Body) -> Callable[[Fault], Rejection]:
    return lambda _: Rejection(status, body, kind.value)
