"""What Black Forest Labs' models accept, read into one shape; everything else is the 422 of their validation.

Fields and bounds from the published specification of May 2026, those of FLUX.3 from public client code of October 2026: it alone
turns unknown fields away. Its pixels are derived: a square of the resolution's side in the shape asked for, sides rounded to 16.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from providers.simulator.bfl_errors import invalid

LARGEST_SEED = 2**32 - 1
_FLUX_3_FIELDS = frozenset({"prompt", "images", "aspect_ratio", "resolution", "grounding", "safety_tolerance", "version"})
_FLUX_3_SHAPES = (
    "auto",
    "21:9",
    "2:1",
    "16:9",
    "3:2",
    "7:5",
    "4:3",
    "5:4",
    "1:1",
    "4:5",
    "3:4",
    "5:7",
    "2:3",
    "9:16",
    "1:2",
    "9:21",
)
_FLUX_3_SIDES = {"768sq": 768, "1k": 1024, "1.5k": 1536, "2k": 2048, "4k": 4096}
_FLUX_3_CREDITS = {"768sq": 4.1, "1k": 4.8, "1.5k": 7.2, "2k": 10.0, "4k": 60.7}  # no price is published for 1.5k


@dataclass(frozen=True, slots=True)
class Facts:
    """``credits`` (a hundred to the dollar) for the first megapixel, ``further`` for each after it; sides in pixels."""

    credits: float
    further: float = 0.0
    step: int = 16
    least: int = 64
    most: int = 4096
    default: tuple[int, int] = (1024, 1024)


FLUX_3, ULTRA = "flux-3-image", "flux-pro-1.1-ultra"
MODELS = {
    FLUX_3: Facts(4.8),
    "flux-2-pro": Facts(3.0, 1.5),
    "flux-2-max": Facts(7.0, 3.0),
    "flux-2-flex": Facts(5.0, 5.0),
    "flux-2-klein-4b": Facts(1.4, 0.1),
    "flux-2-klein-9b": Facts(1.5, 0.2),
    "flux-pro-1.1": Facts(4.0, step=32, least=256, most=1440, default=(1024, 768)),
    ULTRA: Facts(6.0),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that holds; ``pace`` is the resolution where there is one. ``credits`` is what it costs.

    Pictures to go by are put in by ``bfl_references``.
    """

    model: str
    pace: str
    prompt: str
    width: int
    height: int
    seed: int | None
    media_type: str
    credits: float
    reference: bytes | None = None
    references_megapixels: int = 0

    @property
    def megapixels(self) -> float:
        return round(self.width * self.height / 1_000_000, 2)


def parse(model: str, body: object) -> Asked:
    """Raises the vendor's 422. The model is known."""
    if not isinstance(body, dict):
        raise invalid("body", "Input should be a valid dictionary")
    if not isinstance(prompt := body.get("prompt"), str):
        raise invalid("prompt", "Field required")
    if model == FLUX_3:
        return _flux_3(prompt, body)
    facts = MODELS[model]
    width, height = _ultra_size(body) if model == ULTRA else _size(facts, body)
    further = facts.further * max(0, math.ceil(width * height / 2**20) - 1)
    seed = _whole(body, "seed", 0, LARGEST_SEED) if body.get("seed") is not None else None
    _whole(body, "steps", 1, 50, 50)
    kind = _choice(body, "output_format", ("jpeg", "png", "webp"), "jpeg")
    return Asked(model, "", prompt, width, height, seed, f"image/{kind}", facts.credits + further)


def _flux_3(prompt: str, body: Mapping[str, object]) -> Asked:
    """No seed, no format, and nothing it does not know."""
    for name in body:
        if name not in _FLUX_3_FIELDS:
            raise invalid(name, "Extra inputs are not permitted")
    pace = _choice(body, "resolution", tuple(_FLUX_3_SIDES), "1k")
    shape = _choice(body, "aspect_ratio", _FLUX_3_SHAPES, "auto")
    width, height = shaped("1:1" if shape == "auto" else shape, _FLUX_3_SIDES[pace], 16, round)
    return Asked(FLUX_3, pace, prompt, width, height, None, "image/png", _FLUX_3_CREDITS[pace])


def _ultra_size(body: Mapping[str, object]) -> tuple[int, int]:
    """Any shape between 21:9 and 9:21, at four megapixels."""
    shape = str(body.get("aspect_ratio", "16:9"))
    width, _, height = shape.partition(":")
    if not (width.isdecimal() and height.isdecimal() and int(width) and 9 / 21 <= int(width) / max(int(height), 1) <= 21 / 9):
        raise invalid("aspect_ratio", "Aspect ratio must be between 21:9 and 9:21")
    return shaped(shape, 2048, 32, math.ceil)


def shaped(shape: str, side: int, step: int, rounded: Callable[[float], int]) -> tuple[int, int]:
    """Width and height of the shape with the area of a square of this side, each a multiple of ``step``."""
    width, height = map(int, shape.split(":"))
    stretch = math.sqrt(width / height)
    return step * rounded(round(side * stretch / step, 6)), step * rounded(round(side / stretch / step, 6))


def _size(facts: Facts, body: Mapping[str, object]) -> tuple[int, int]:
    width, height = (
        _whole(body, name, facts.least, facts.most, default)
        for name, default in zip(("width", "height"), facts.default, strict=True)
    )
    for name, side in (("width", width), ("height", height)):
        if side % facts.step:
            raise invalid(name, f"Input should be a multiple of {facts.step}")
    return width, height


def _choice(body: Mapping[str, object], name: str, choices: tuple[str, ...], default: str) -> str:
    value = str(body.get(name, default))
    if value not in choices:
        raise invalid(name, f"Input should be {', '.join(choices)}")
    return value


def _whole(body: Mapping[str, object], name: str, low: int, high: int, default: int = 0) -> int:
    value = body.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise invalid(name, f"Input should be a valid integer between {low} and {high}")
    return value
