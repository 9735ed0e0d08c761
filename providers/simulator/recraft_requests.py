"""What Recraft's models accept, read into one shape; everything else is its 400. Sizes and fields from the published lists."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from providers.errors import BrokenAnswer
from providers.pictures import inspect
from providers.simulator import bodies
from providers.simulator.delivery import Body
from providers.simulator.recraft_errors import invalid

LARGEST_SEED = 2**32 - 1
SIDES = 256, 4096  # pixels of a picture to begin with


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ASPECTS = _words("1:1 2:1 1:2 3:2 2:3 4:3 3:4 5:4 4:5 6:10 14:10 10:14 16:9 9:16")
_V4 = _words(
    "1024x1024 1536x768 768x1536 1280x832 832x1280 1216x896 896x1216 1152x896 896x1152 832x1344 1280x896 896x1280 "
    "1344x768 768x1344"
)
_V4_PRO = _words(
    "2048x2048 3072x1536 1536x3072 2560x1664 1664x2560 2432x1792 1792x2432 2304x1792 1792x2304 1664x2688 2560x1792 1792x2560 "
    "2688x1536 1536x2688"
)
_V3 = _words(
    "1024x1024 2048x1024 1024x2048 1536x1024 1024x1536 1365x1024 1024x1365 1280x1024 1024x1280 1024x1707 1434x1024 1024x1434 "
    "1820x1024 1024x1820"
)
_FIELDS: frozenset[str] = frozenset(
    _words(
        "prompt model n size response_format image_format style substyle style_id negative_prompt random_seed controls "
        "text_layout block_nsfw calculate_features expire"
    )
)


@dataclass(frozen=True, slots=True)
class Facts:
    """``credits``: a thousand to the dollar."""

    sizes: tuple[str, ...]
    credits: int
    curated: bool = False  # takes styles and negative prompts by name
    vector: bool = False  # answers with an SVG, and has no format to choose

    @property
    def characters(self) -> int:
        return 1_000 if self.curated else 10_000


MODELS = {
    "recraftv4_1": Facts(_V4, 35),
    "recraftv4_1_flash": Facts(_V4, 7),
    "recraftv4_1_pro": Facts(_V4_PRO, 210),
    "recraftv4": Facts(_V4, 40),
    "recraftv4_pro": Facts(_V4_PRO, 250),
    "recraftv3": Facts(_V3, 40, curated=True),
    "recraftv4_1_vector": Facts(_V4, 80, vector=True),
    "recraftv4_1_pro_vector": Facts(_V4_PRO, 300, vector=True),
    "recraftv4_vector": Facts(_V4, 80, vector=True),
    "recraftv3_vector": Facts(_V3, 80, curated=True, vector=True),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that holds. ``inside``: the picture comes as base64 in the answer."""

    model: str
    prompt: str
    width: int
    height: int
    count: int
    seed: int | None
    inside: bool
    media_type: str
    credits: int
    pictures: tuple[bytes, ...] = ()


def parse_transformation(fields: Body | None) -> Asked:
    """``/images/imageToImage``: no size, as the picture has one, and how far to go from it. Raises the vendor's 400."""
    known = _FIELDS - {"size", "style_references"} | {"image", "strength"}
    pictures = bodies.uploads(fields or {}, "image")
    if not pictures:
        raise invalid("image is required")
    if not re.fullmatch(r"0(\.\d+)?|1(\.0+)?", str((fields or {}).get("strength", ""))):
        raise invalid("strength must be a number between 0 and 1")
    width, height = _sides(pictures[0])
    return replace(parse(fields, known), width=width, height=height, pictures=pictures)


def _sides(data: bytes) -> tuple[int, int]:
    try:
        picture = inspect(data)
    except BrokenAnswer:
        raise invalid("image cannot be read") from None
    if min(picture.width, picture.height) < SIDES[0] or max(picture.width, picture.height) > SIDES[1]:
        raise invalid(f"sides of the image must be between {SIDES[0]} and {SIDES[1]} pixels")
    return picture.width, picture.height


def parse(fields: Body | None, known: frozenset[str] = _FIELDS) -> Asked:
    """Raises the vendor's 400."""
    if fields is None:
        raise invalid("failed to parse the request")
    for name in fields:
        if name not in known:
            raise invalid(f"unknown field {name}")
    model = _choice(fields, "model", tuple(MODELS), "recraftv4_1")
    facts = MODELS[model]
    if not facts.curated and {"style", "substyle", "negative_prompt"} & fields.keys():
        raise invalid(f"{model} takes neither styles nor a negative prompt")
    if facts.vector and "image_format" in fields:
        raise invalid(f"{model} answers with an SVG")
    width, height = _size(fields, facts)
    return Asked(
        model,
        _prompt(fields, facts),
        width,
        height,
        _number(fields, "n", 1, 6) or 1,
        _number(fields, "random_seed", 0, LARGEST_SEED),
        _choice(fields, "response_format", ("url", "b64_json"), "url") == "b64_json",
        "image/svg+xml" if facts.vector else f"image/{_choice(fields, 'image_format', ('webp', 'png'), 'webp')}",
        facts.credits,
    )


def _size(fields: Mapping[str, object], facts: Facts) -> tuple[int, int]:
    """``WxH`` of the model's list, or the ``w:h`` that stands in the same place of the list of aspects."""
    size = str(fields.get("size", "1:1"))
    if size in _ASPECTS:
        size = facts.sizes[_ASPECTS.index(size)]
    if size not in facts.sizes or not re.fullmatch(r"\d+x\d+", size):
        raise invalid(f"size {size} is not supported for this model")
    width, height = size.split("x")
    return int(width), int(height)


def _prompt(fields: Mapping[str, object], facts: Facts) -> str:
    prompt = fields.get("prompt")
    if not isinstance(prompt, str) or not prompt.strip():
        raise invalid("prompt is required")
    if len(prompt) > facts.characters:
        raise invalid(f"prompt is longer than {facts.characters} characters")
    return prompt


def _choice(fields: Mapping[str, object], name: str, choices: tuple[str, ...], default: str) -> str:
    value = str(fields.get(name, default))
    if value not in choices:
        raise invalid(f"{name} must be one of {', '.join(choices)}")
    return value


def _number(fields: Mapping[str, object], name: str, low: int, high: int) -> int | None:
    """Whole numbers; forms send them as text."""
    if name not in fields:
        return None
    text = str(fields[name])
    if not text.isdecimal() or not low <= int(text) <= high:
        raise invalid(f"{name} must be a whole number between {low} and {high}")
    return int(text)
