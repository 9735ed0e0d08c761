"""The inputs of the models simulated on Replicate, and its 422 for everything else. Fields from the models' own pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from providers.simulator import references
from providers.simulator.delivery import Body, Rejection
from providers.simulator.journal import Entry

RATIOS = {
    "1:1": (1024, 1024),
    "16:9": (1344, 768),
    "21:9": (1536, 640),
    "3:2": (1216, 832),
    "2:3": (832, 1216),
    "4:5": (896, 1088),
    "5:4": (1088, 896),
    "3:4": (896, 1152),
    "4:3": (1152, 896),
    "9:16": (768, 1344),
    "9:21": (640, 1536),
}
FORMATS = {"webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}
SHARED = {"prompt", "aspect_ratio", "seed", "output_format", "output_quality"}
OPEN = SHARED | {"num_outputs", "num_inference_steps", "go_fast", "megapixels", "disable_safety_checker"}
# model -> the fields of its input
MODELS: Mapping[str, set[str]] = {
    "black-forest-labs/flux-schnell": OPEN,
    "black-forest-labs/flux-dev": OPEN | {"guidance", "prompt_strength", "image"},
    "black-forest-labs/flux-1.1-pro": SHARED | {"width", "height", "safety_tolerance", "prompt_upsampling", "image_prompt"},
}
PIXELS = (256, 1440)
REFERENCES = ("image", "image_prompt")  # as a data URL
LONGEST = 256_000  # characters of one


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that holds; ``given`` is the input as it came. ``lists``: the output is a list of addresses."""

    model: str
    given: Body
    prompt: str
    width: int
    height: int
    count: int
    seed: int | None
    media_type: str
    lists: bool
    reference: bytes | None


def invalid(field: str, description: str) -> Rejection:
    body: Body = {
        "title": "Input validation failed",
        "detail": f"- input: {description}\n",
        "status": 422,
        "invalid_fields": [{"type": "invalid", "field": f"input.{field}" if field else "input", "description": description}],
    }
    return Rejection(422, body, "invalid_request")


def parse(model: str, body: Body | None, entry: Entry) -> Asked:
    """Raises the 422 of an input that does not fit the model."""
    given = (body or {}).get("input")
    if not isinstance(given, dict):
        raise invalid("", "input is required")
    for name in given:
        if name not in MODELS[model]:
            raise invalid(name, f"Additional property {name} is not allowed")
    prompt = given.get("prompt")
    if not isinstance(prompt, str) or not prompt:
        raise invalid("prompt", "prompt is required")
    width, height = _size(given, by_pixels="width" in MODELS[model])
    return Asked(
        model=model,
        given=given,
        prompt=prompt,
        width=width,
        height=height,
        count=_whole(given, "num_outputs", 1, 4, 1) or 1,
        seed=_whole(given, "seed", 0, 2**32 - 1, None),
        media_type=FORMATS[_choice(given, "output_format", tuple(FORMATS), "webp")],
        lists="num_outputs" in MODELS[model],
        reference=_reference(given, entry),
    )


def _reference(given: Mapping[str, object], entry: Entry) -> bytes | None:
    for name in REFERENCES:
        if isinstance(address := given.get(name), str):
            if len(address) > LONGEST:
                raise invalid(name, "data URLs of more than 256 kB are not supported, use an HTTP URL")
            return references.received(entry, [references.decoded(address)], partial(invalid, name))
    return None


def _size(given: Mapping[str, object], *, by_pixels: bool) -> tuple[int, int]:
    ratio = _choice(given, "aspect_ratio", (*RATIOS, "custom") if by_pixels else tuple(RATIOS), "1:1")
    if ratio != "custom":
        return RATIOS[ratio]
    sides = [_whole(given, name, *PIXELS, 1024) or 1024 for name in ("width", "height")]
    width, height = (round(side / 32) * 32 for side in sides)
    return width, height


def _choice(given: Mapping[str, object], name: str, choices: tuple[str, ...], default: str) -> str:
    value = given.get(name, default)
    if value not in choices:
        raise invalid(name, f"{name} must be one of the following: {', '.join(choices)}")
    return str(value)


def _whole(given: Mapping[str, object], name: str, low: int, high: int, default: int | None) -> int | None:
    value = given.get(name)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise invalid(name, f"{name} must be a whole number between {low} and {high}")
    return value
