"""The inputs of the models simulated on fal, and its 422 for everything else. Fields from the models' own pages."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from providers.pictures import inspect
from providers.simulator import fal_errors, references
from providers.simulator.delivery import Body, Rejection
from providers.simulator.journal import Entry

RATIOS = ("21:9", "2:1", "16:9", "3:2", "7:5", "4:3", "5:4", "1:1", "4:5", "3:4", "5:7", "2:3", "9:16", "1:2", "9:21")
# the pixels of the shapes asked for most; the others follow their ratio at one megapixel
PIXELS = {
    "1:1": (1024, 1024),
    "4:3": (1152, 864),
    "3:4": (864, 1152),
    "3:2": (1248, 832),
    "2:3": (832, 1248),
    "16:9": (1344, 768),
    "9:16": (768, 1344),
}
SCALES = {"768sq": 0.75, "1k": 1.0, "1.5k": 1.5, "2k": 2.0, "4k": 4.0}
PRESETS = {
    "square_hd": (1024, 1024),
    "square": (512, 512),
    "portrait_4_3": (768, 1024),
    "portrait_16_9": (576, 1024),
    "landscape_4_3": (1024, 768),
    "landscape_16_9": (1024, 576),
}
SPEEDS = ("TURBO", "BALANCED", "QUALITY")
FORMATS = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}
SIDES = (64, 4096)
LEAST_SIDE, MOST_PIXELS = 256, 4_000_000  # of a reference for FLUX.3


@dataclass(frozen=True, slots=True)
class FalModel:
    """``nickname`` for faults, ``fields`` of its input, the ``size`` it takes if none is named; ``shows_nsfw``: its filter
    blackens pictures and says so. ``reference`` is the field of an endpoint that wants one, ``hand`` the model that draws there.
    """

    nickname: str
    fields: frozenset[str]
    size: str
    shows_nsfw: bool = False
    reference: str = ""
    hand: str = ""


TEXT_TO_IMAGE: Mapping[str, FalModel] = {
    "blackforestlabs/flux-3/text-to-image": FalModel(
        "flux-3",
        frozenset({"prompt", "aspect_ratio", "resolution", "output_format", "enable_prompt_expansion", "safety_tolerance"}),
        "1:1",
    ),
    "ideogram/v4": FalModel(
        "ideogram-4",
        frozenset(
            {
                "prompt",
                "image_size",
                "rendering_speed",
                "num_images",
                "seed",
                "output_format",
                "enable_prompt_expansion",
                "expansion_model",
                "acceleration",
                "enable_safety_checker",
            }
        ),
        "square_hd",
        shows_nsfw=True,
    ),
    "fal-ai/flux/schnell": FalModel(
        "flux-schnell",
        frozenset(
            {
                "prompt",
                "image_size",
                "num_images",
                "num_inference_steps",
                "guidance_scale",
                "seed",
                "output_format",
                "acceleration",
                "enable_safety_checker",
            }
        ),
        "landscape_4_3",
        shows_nsfw=True,
    ),
}


def _edits(model: str, field: str, *further: str, size: str) -> FalModel:
    """The endpoint of a model that takes references, in this field."""
    facts = TEXT_TO_IMAGE[model]
    return replace(facts, fields=facts.fields | {field, *further}, size=size, reference=field, hand=model)


MODELS: Mapping[str, FalModel] = {
    **TEXT_TO_IMAGE,
    "blackforestlabs/flux-3/edit-image": _edits("blackforestlabs/flux-3/text-to-image", "image_urls", size="1:1"),
    "ideogram/v4/image-to-image": _edits("ideogram/v4", "image_url", "strength", size="square_hd"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that holds. ``pace`` is the rendering speed, empty where there is none."""

    model: str
    prompt: str
    width: int
    height: int
    count: int
    seed: int | None
    pace: str
    media_type: str
    reference: bytes | None

    @property
    def hand(self) -> str:
        """The model that draws it."""
        return MODELS[self.model].hand or self.model


def parse(model: str, body: Body | None, entry: Entry) -> Asked:
    """Raises the Rejection the vendor answers with."""
    facts = MODELS.get(model)
    if facts is None:
        raise fal_errors.not_found(model)
    given = body if body is not None else {}
    for name in given:
        if name not in facts.fields:
            raise fal_errors.invalid(name, "Extra inputs are not permitted", "extra_forbidden")
    prompt = given.get("prompt")
    if not isinstance(prompt, str):
        raise fal_errors.invalid("prompt", "Field required", "missing")
    width, height = _by_ratio(given) if "aspect_ratio" in facts.fields else _image_size(given, facts)
    return Asked(
        model=model,
        prompt=prompt,
        width=width,
        height=height,
        count=_whole(given, "num_images", 1, 8, 1) or 1,
        seed=_whole(given, "seed", 0, 2**32 - 1, None),
        pace=_choice(given, "rendering_speed", SPEEDS, "BALANCED") if "rendering_speed" in facts.fields else "",
        media_type=FORMATS[_choice(given, "output_format", tuple(FORMATS), "png")],
        reference=_reference(given, facts, entry) if facts.reference else None,
    )


def _reference(given: Mapping[str, object], facts: FalModel, entry: Entry) -> bytes | None:
    """The first of the pictures, of which there must be one. FLUX.3 takes up to ten, neither small nor large."""

    def reject(reason: str) -> Rejection:
        return fal_errors.invalid(facts.reference, reason, "file_download_error")

    sent = given.get(facts.reference)
    if not sent:
        raise fal_errors.invalid(facts.reference, "Field required", "missing")
    pictures = [references.decoded(address) for address in (sent if isinstance(sent, list) else [sent])]
    reference = references.received(entry, pictures, reject, most=10 if isinstance(sent, list) else 1)
    if isinstance(sent, list) and reference:
        size = inspect(reference)
        if min(size.width, size.height) < LEAST_SIDE or size.width * size.height > MOST_PIXELS:
            raise reject("Image must be at least 256 pixels per dimension and at most 4 megapixels")
    return reference


def _by_ratio(given: Mapping[str, object]) -> tuple[int, int]:
    ratio = _choice(given, "aspect_ratio", ("auto", *RATIOS), "auto")
    scale = SCALES[_choice(given, "resolution", tuple(SCALES), "1k")]
    width, height = PIXELS.get("1:1" if ratio == "auto" else ratio) or _one_megapixel(ratio)
    return int(width * scale), int(height * scale)


def _one_megapixel(ratio: str) -> tuple[int, int]:
    wide, high = map(int, ratio.split(":"))
    width = round(1024 * math.sqrt(wide / high) / 32) * 32
    return width, round(width * high / wide / 32) * 32


def _image_size(given: Mapping[str, object], facts: FalModel) -> tuple[int, int]:
    """A preset's name, or an object with both sides."""
    size = given.get("image_size", facts.size)
    if isinstance(size, dict):
        sides = [_whole(size, name, *SIDES, None) for name in ("width", "height")]
        if sides[0] and sides[1]:
            return sides[0], sides[1]
        raise fal_errors.invalid("image_size", "Field required", "missing")
    return PRESETS[_choice({"image_size": size}, "image_size", tuple(PRESETS), facts.size)]


def _choice(given: Mapping[str, object], name: str, choices: tuple[str, ...], default: str) -> str:
    value = given.get(name, default)
    if value not in choices:
        raise fal_errors.invalid(name, f"Input should be {' or '.join(repr(choice) for choice in choices)}", "literal_error")
    return str(value)


def _whole(given: Mapping[str, object], name: str, low: int, high: int, default: int | None) -> int | None:
    value = given.get(name)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int):
        raise fal_errors.invalid(name, "Input should be a valid integer", "int_type")
    if value < low:
        raise fal_errors.invalid(name, f"Input should be greater than or equal to {low}", "greater_than_equal")
    if value > high:
        raise fal_errors.invalid(name, f"Input should be less than or equal to {high}", "less_than_equal")
    return value
