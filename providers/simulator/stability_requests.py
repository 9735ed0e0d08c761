"""What Stability AI's three endpoints accept, read into one shape; everything else is its 400.

Fields from a mirror of the published specification (2026). The pixels behind a shape are those of the catalogue's sources.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from providers.errors import BrokenAnswer
from providers.pictures import inspect
from providers.simulator import bodies
from providers.simulator.delivery import Body
from providers.simulator.stability_errors import invalid

LARGEST_SEED = 4_294_967_294
PROMPT_CHARACTERS = 10_000
SIZES = {
    "21:9": (1536, 640),
    "16:9": (1344, 768),
    "3:2": (1216, 832),
    "5:4": (1088, 896),
    "1:1": (1024, 1024),
    "4:5": (896, 1088),
    "2:3": (832, 1216),
    "9:16": (768, 1344),
    "9:21": (640, 1536),
}
CORE_SIZES = {
    "21:9": (1856, 800),
    "16:9": (1632, 928),
    "3:2": (1504, 992),
    "5:4": (1376, 1088),
    "1:1": (1216, 1216),
    "4:5": (1088, 1376),
    "2:3": (992, 1504),
    "9:16": (928, 1632),
    "9:21": (800, 1856),
}
SD3_MODELS = ("sd3.5-large", "sd3.5-large-turbo", "sd3.5-medium", "sd3.5-flash")
WITHOUT_NEGATIVE = {"sd3.5-large-turbo", "sd3.5-flash"}
FORMATS = ("png", "jpeg", "webp")
MODES = ("text-to-image", "image-to-image")
_COMMON = {"prompt", "negative_prompt", "aspect_ratio", "seed", "output_format", "style_preset"}
FIELDS = {
    "core": _COMMON,
    "ultra": _COMMON | {"image", "strength"},
    "sd3": _COMMON | {"model", "mode", "cfg_scale", "image", "strength"},
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that holds; the model is an endpoint's name, or one of the 3.5 family's."""

    model: str
    prompt: str
    width: int
    height: int
    seed: int | None
    media_type: str
    pictures: tuple[bytes, ...] = ()


def parse(endpoint: str, fields: Body) -> Asked:
    """Raises the vendor's 400. The endpoint is known."""
    for name in fields:
        if name not in FIELDS[endpoint]:
            raise invalid(name, "unrecognized key")
    model = _choice(fields, "model", SD3_MODELS, SD3_MODELS[0]) if endpoint == "sd3" else endpoint
    if "negative_prompt" in fields and model in WITHOUT_NEGATIVE:
        raise invalid("negative_prompt", f"does not work with {model}")
    shapes = CORE_SIZES if endpoint == "core" else SIZES
    pictures = _pictures(endpoint, fields)
    aspect = _choice(fields, "aspect_ratio", tuple(shapes), "1:1")
    width, height = shapes[_nearest(pictures[0], shapes) if pictures and endpoint == "sd3" else aspect]
    kind = _choice(fields, "output_format", FORMATS, "png")
    return Asked(model, _prompt(fields), width, height, _seed(fields), f"image/{kind}", pictures)


def _pictures(endpoint: str, fields: Body) -> tuple[bytes, ...]:
    """The picture to start from: with a strength, and for 3.5 in a mode of its own, which knows no aspect ratio."""
    pictures, mode = bodies.uploads(fields, "image"), _choice(fields, "mode", MODES, MODES[0])
    if endpoint == "sd3" and (mode == MODES[1]) != bool(pictures):
        raise invalid("image", f"does not go with {mode}" if pictures else f"is required for {mode}")
    if bool(pictures) != ("strength" in fields) or not _share(fields.get("strength", "0")):
        raise invalid("strength", "must be a number from 0 to 1, and goes with an image")
    if endpoint == "sd3" and pictures and "aspect_ratio" in fields:
        raise invalid("aspect_ratio", f"does not go with {mode}")
    return pictures


def _share(value: object) -> bool:
    try:
        return 0 <= float(str(value)) <= 1
    except ValueError:
        return False


def _nearest(data: bytes, shapes: Mapping[str, tuple[int, int]]) -> str:
    """The shape of a picture that is drawn from another follows it; which pixels that means is not published."""
    try:
        picture = inspect(data)
    except BrokenAnswer:
        raise invalid("image", "cannot be read") from None
    return min(shapes, key=lambda name: abs(log(picture.width * shapes[name][1] / picture.height / shapes[name][0])))


def _prompt(fields: Mapping[str, object]) -> str:
    prompt = str(fields.get("prompt", ""))
    if not 1 <= len(prompt) <= PROMPT_CHARACTERS:
        raise invalid("prompt", f"must have from 1 to {PROMPT_CHARACTERS} characters")
    return prompt


def _choice(fields: Mapping[str, object], name: str, choices: tuple[str, ...], default: str) -> str:
    value = str(fields.get(name, default))
    if value not in choices:
        raise invalid(name, f"must be one of {', '.join(choices)}")
    return value


def _seed(fields: Mapping[str, object]) -> int | None:
    """None, and so random, for 0 and for none."""
    text = str(fields.get("seed", "0"))
    if not text.isdecimal() or int(text) > LARGEST_SEED:
        raise invalid("seed", f"must be a whole number from 0 to {LARGEST_SEED}")
    return int(text) or None
