"""What AUTOMATIC1111 accepts, and its answer to everything else."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from providers.simulator import references
from providers.simulator.calls import Wish
from providers.simulator.delivery import Body, Rejection
from providers.simulator.faults import Fault, FaultKind
from providers.simulator.journal import Entry
from providers.simulator.own_server import PROXY
from providers.simulator.state import ENTRY

PROVIDER, MODEL = "a1111", "sdxl"
CHECKPOINT = "sd_xl_base_1.0"
CHECKPOINT_HASH = "31e35c80fc"
CHECKPOINT_NAMES = (CHECKPOINT, f"{CHECKPOINT}.safetensors", f"{CHECKPOINT}.safetensors [{CHECKPOINT_HASH}]", CHECKPOINT_HASH)
QUICK_STEPS = 20  # a draft
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


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that holds: the fields that came, all of them with their defaults, and the picture to begin from."""

    given: Body
    fields: Body
    reference: bytes | None

    @property
    def prompt(self) -> str:
        return str(self.fields["prompt"])


async def asked(request: web.Request) -> Asked:
    """Raises the server's own rejections; ``img2img`` wants a picture."""
    given = await _given(request)
    reference = _begun_from(given, request[ENTRY]) if request.path.endswith("img2img") else None
    return Asked(given, {**DEFAULTS, **given}, reference)


def _begun_from(given: Body, entry: Entry) -> bytes | None:
    images = given.get("init_images")
    if not isinstance(images, list) or not images:
        raise failure(404, "HTTPException", "Init image not found", "invalid_request")

    def reject(_reason: str) -> Rejection:
        return failure(500, "HTTPException", "Invalid encoded image", "invalid_request")

    return references.received(entry, [references.decoded(image) for image in images], reject)


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
        raise failure(404, "HTTPException", "Sampler not found", "invalid_request")
    overridden = body.get("override_settings")
    if isinstance(overridden, dict) and overridden.get("sd_model_checkpoint", CHECKPOINT) not in CHECKPOINT_NAMES:
        raise failure(404, "HTTPException", "Model not found", "model_gone")
    return body


def wish(asked: Asked) -> Wish:
    """The fields are checked by now."""
    whole = {name: int(str(asked.fields[name])) for name in WHOLE}
    seed = None if whole["seed"] == -1 else whole["seed"]
    count = whole["batch_size"] * whole["n_iter"]
    pace = "quick" if whole["steps"] <= QUICK_STEPS else ""
    size = whole["width"], whole["height"]
    return Wish(PROVIDER, MODEL, pace, asked.prompt, *size, count, seed, reference=asked.reference)


def _unprocessable(field: str, message: str) -> Rejection:
    detail = [{"type": "value_error", "loc": ["body", field], "msg": message}]
    return Rejection(422, {"detail": detail}, "invalid_request")


def failure(status: int, name: str, detail: str, code: str) -> Rejection:
    return Rejection(status, {"error": name, "detail": detail, "body": "", "errors": ""}, code)


REJECTIONS: dict[FaultKind, Callable[[Fault], Rejection]] = {
    **PROXY,
    FaultKind.OUT_OF_QUOTA: lambda _: failure(500, "OutOfMemoryError", "CUDA out of memory.", "out_of_memory"),
    FaultKind.SERVER_ERROR: lambda _: failure(500, "RuntimeError", "Internal error.", "server_error"),
    FaultKind.INVALID_REQUEST: lambda _: _unprocessable("width", "Input should be a valid integer"),
    FaultKind.MODEL_GONE: lambda _: failure(500, "RuntimeError", "model not found", "model_gone"),
}
