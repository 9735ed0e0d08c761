"""A self-hosted Stable Diffusion XL behind the AUTOMATIC1111 API: ``/a1111/sdapi/v1/txt2img``, one picture after the other."""

import asyncio
import json
from collections.abc import Callable

from aiohttp import web

from providers.simulator import questions
from providers.simulator.calls import PREVIEW_SHARES, Call, Wish
from providers.simulator.delivery import PICTURE, Body, Rejection, at, deliver, intercept, json_with
from providers.simulator.faults import Fault, FaultKind, Place
from providers.simulator.own_server import PROXY, Machine, check_key
from providers.simulator.state import ENTRY, SIMULATOR

PROVIDER, MODEL = "a1111", "sdxl"
CHECKPOINT = "sd_xl_base_1.0"
CHECKPOINT_HASH = "31e35c80fc"
CHECKPOINT_NAMES = (CHECKPOINT, f"{CHECKPOINT}.safetensors", f"{CHECKPOINT}.safetensors [{CHECKPOINT_HASH}]", CHECKPOINT_HASH)
QUICK_STEPS = 20  # a draft
PREVIEWS = 3
SAMPLERS = ("Euler a", "Euler", "DPM++ 2M", "DPM++ SDE", "DPM++ 2M SDE", "Heun", "DDIM", "UniPC", "LCM")
DEFAULTS: Body = {
    "prompt": "",
    "negative_prompt": "",
    "width": 512,
    "height": 512,
    "steps": 50,
    "cfg_scale": 7.0,
    "seed": -1,
    "sampler_name": "Euler",
    "batch_size": 1,
    "n_iter": 1,
}
WHOLE = {
    "width": (64, 2048),
    "height": (64, 2048),
    "steps": (1, 150),
    "seed": (-1, 2**32),
    "batch_size": (1, 8),
    "n_iter": (1, 8),
}


MACHINE = web.AppKey("a1111_machine", Machine)


def add_routes(app: web.Application) -> None:
    app[MACHINE] = Machine(asyncio.Lock())
    app.router.add_post("/a1111/sdapi/v1/txt2img", generate)
    app.router.add_get("/a1111/sdapi/v1/progress", progress)
    app.router.add_get("/a1111/sdapi/v1/sd-models", list_models)
    app.router.add_get("/a1111/sdapi/v1/samplers", list_samplers)


async def generate(request: web.Request) -> web.Response:
    check_key(request)
    given = await _given(request)
    asked = {**DEFAULTS, **given}
    prompt = str(asked["prompt"])
    entry, simulator, machine = request[ENTRY], request.app[SIMULATOR], request.app[MACHINE]
    entry.model, entry.prompt = MODEL, prompt
    names = (MODEL, f"{PROVIDER}/{MODEL}", CHECKPOINT, f"{PROVIDER}/{CHECKPOINT}", request.path)
    fault = at(Place.ANSWER, simulator.faults.find(PROVIDER, names, prompt))
    await intercept(request, fault, REJECTIONS)
    async with machine.lock, Call(simulator, _wish(asked), fault) as call:
        machine.call = call
        try:
            return await _answer(request, asked, given, call)
        finally:
            machine.call = None


async def _given(request: web.Request) -> Body:
    """The fields sent, checked. Raises the 422 of the server's own validation, or its 404 for a sampler."""
    try:
        body = json.loads(await request.read())
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise _unprocessable("body", "Input should be a valid dictionary")
    for name, (low, high) in WHOLE.items():
        value = body.get(name, low)
        if not isinstance(value, int) or not low <= value <= high:
            raise _unprocessable(name, f"Input should be a valid integer between {low} and {high}")
    if body.get("sampler_name") not in (None, *SAMPLERS):
        raise _failure(404, "HTTPException", "Sampler not found", "invalid_request")
    overridden = body.get("override_settings")
    if isinstance(overridden, dict) and overridden.get("sd_model_checkpoint", CHECKPOINT) not in CHECKPOINT_NAMES:
        raise _failure(404, "HTTPException", "Model not found", "model_gone")
    return body


def _wish(asked: Body) -> Wish:
    """The fields are checked by now."""
    whole = {name: int(str(asked[name])) for name in WHOLE}
    seed = None if whole["seed"] == -1 else whole["seed"]
    count = whole["batch_size"] * whole["n_iter"]
    pace = "quick" if whole["steps"] <= QUICK_STEPS else ""
    return Wish(PROVIDER, MODEL, pace, str(asked["prompt"]), whole["width"], whole["height"], count, seed)


async def _answer(request: web.Request, asked: Body, given: Body, call: Call) -> web.Response:
    pictures = [] if call.shows is FaultKind.NO_PICTURE else await call.pictures()
    body: Body = {"images": [PICTURE for _ in pictures], "parameters": {**asked, **given}, "info": _info(asked, call)}
    return await deliver(request, json_with(body, pictures), shows=call.shows, mark=call.mark)


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
    check_key(request)
    call = request.app[MACHINE].call
    share = call.share() if call else 0.0
    steps = int(20 * share)
    state = {"skipped": False, "interrupted": False, "job": "scripts_txt2img" if call else "", "job_count": 1 if call else 0}
    state |= {"job_no": 0, "sampling_step": steps, "sampling_steps": 20 if call else 0}
    eta = (1 - share) * call.seconds if call else 0.0
    image = await _current_image(call, share) if call and request.query.get("skip_current_image") != "true" else None
    return web.json_response({"progress": share, "eta_relative": eta, "state": state, "current_image": image, "textinfo": None})


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


def _unprocessable(field: str, message: str) -> Rejection:
    detail = [{"type": "value_error", "loc": ["body", field], "msg": message}]
    return Rejection(422, {"detail": detail}, "invalid_request")


def _failure(status: int, name: str, detail: str, code: str) -> Rejection:
    return Rejection(status, {"error": name, "detail": detail, "body": "", "errors": ""}, code)


REJECTIONS: dict[FaultKind, Callable[[Fault], Rejection]] = {
    **PROXY,
    FaultKind.OUT_OF_QUOTA: lambda _: _failure(500, "OutOfMemoryError", "CUDA out of memory.", "out_of_memory"),
    FaultKind.SERVER_ERROR: lambda _: _failure(500, "RuntimeError", "Internal error.", "server_error"),
    FaultKind.INVALID_REQUEST: lambda _: _unprocessable("width", "Input should be a valid integer"),
    FaultKind.MODEL_GONE: lambda _: _failure(500, "RuntimeError", "model not found", "model_gone"),
}
