"""Servers that speak OpenAI's images API their own way: ``/local/v1/images/generations``; the model asked for names the dialect.

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
from dataclasses import dataclass

from aiohttp import web

from providers.simulator import hosting, questions
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


SGLANG = Dialect(as_detail, addresses=True)
DIALECTS = {
    "localai": Dialect(as_object, addresses=True),
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


def add_routes(app: web.Application) -> None:
    app.router.add_post("/local/v1/images/generations", generate)
    app.router.add_get("/local/v1/models", list_models)
    app.router.add_get(PICTURES, show_picture)


async def generate(request: web.Request) -> web.Response:
    check_key(request)
    asked = parse(await _json(request))
    entry, simulator = request[ENTRY], request.app[SIMULATOR]
    entry.model, entry.prompt = MODEL, asked.prompt
    fault = simulator.faults.find(PROVIDER, (MODEL, f"{PROVIDER}/{MODEL}", request.path), asked.prompt)
    await intercept(request, at(Place.ANSWER, fault), rejections(asked.dialect))
    wish = Wish(PROVIDER, MODEL, "", asked.prompt, asked.width, asked.height, asked.count, asked.seed)
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


def parse(body: Mapping[str, object]) -> Asked:
    """Raises the Rejection of the dialect that the model's name stands for."""
    dialect = DIALECTS.get(str(body.get("model", "")), SGLANG)
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
