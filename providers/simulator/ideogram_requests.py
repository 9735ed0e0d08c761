"""What Ideogram's three generations of endpoints accept, read into one shape; everything else is its 400.

Values come from the published v1 specification and the v2 pages. Sizes of the aspect ratios: the resolution of the published list
nearest to each.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from providers.simulator import bodies
from providers.simulator.delivery import Body, Rejection

PROMPT_CHARACTERS = 10_000  # no limit is published
PROMPT_CHARACTERS_SVG = 9_500
LARGEST_SEED = 2**31 - 1
LEGACY_MODELS = ("V_1", "V_1_TURBO", "V_2", "V_2_TURBO", "V_2A", "V_2A_TURBO", "V_3", "AUTO")
WITH_NEGATIVE = {"V_1", "V_1_TURBO", "V_2", "V_2_TURBO"}
WITH_RESOLUTION = {"V_2", "V_2_TURBO"}
WITHOUT_STYLE = {"V_1", "V_1_TURBO"}
WITHOUT_PALETTE = {"V_1", "V_1_TURBO", "V_2A", "V_2A_TURBO"}
STYLES = ("AUTO", "GENERAL", "FICTION", "REALISTIC", "DESIGN", "RENDER_3D", "ANIME", "CUSTOM", "STYLIZED")
STYLES_V3 = ("AUTO", "GENERAL", "REALISTIC", "DESIGN", "FICTION", "CUSTOM", "STYLIZED")
MAGIC = ("AUTO", "ON", "OFF")
SPEEDS = ("FLASH", "TURBO", "BALANCED", "DEFAULT", "QUALITY")
QUALITIES = ("low", "medium", "high")

ASPECTS = {
    "1x1": (1024, 1024),
    "16x9": (1312, 736),
    "9x16": (736, 1312),
    "16x10": (1280, 800),
    "10x16": (800, 1280),
    "3x2": (1248, 832),
    "2x3": (832, 1248),
    "4x3": (1152, 864),
    "3x4": (864, 1152),
    "1x3": (512, 1536),
    "3x1": (1536, 512),
    "1x2": (704, 1408),
    "2x1": (1408, 704),
    "4x5": (896, 1120),
    "5x4": (1120, 896),
}
LEGACY_ASPECTS = {
    f"ASPECT_{name.replace('x', '_')}": size for name, size in ASPECTS.items() if name not in ("1x2", "2x1", "4x5", "5x4")
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


RESOLUTIONS_V3 = _words(
    """512x1536 576x1408 576x1472 576x1536 640x1344 640x1408 640x1472 640x1536 704x1152 704x1216 704x1280 704x1344 704x1408
    704x1472 736x1312 768x1088 768x1216 768x1280 768x1344 800x1280 832x960 832x1024 832x1088 832x1152 832x1216 832x1248 864x1152
    896x960 896x1024 896x1088 896x1120 896x1152 960x832 960x896 960x1024 960x1088 1024x832 1024x896 1024x960 1024x1024 1088x768
    1088x832 1088x896 1088x960 1120x896 1152x704 1152x832 1152x864 1152x896 1216x704 1216x768 1216x832 1248x832 1280x704 1280x768
    1280x800 1312x736 1344x640 1344x704 1344x768 1408x576 1408x640 1408x704 1472x576 1472x640 1472x704 1536x512 1536x576
    1536x640"""
)
RESOLUTIONS_V2 = RESOLUTIONS_V3 - {"800x1280"} | _words(
    "640x1024 720x1280 768x1024 768x1152 768x1232 1024x640 1024x768 1152x768 1232x768 1280x720"
)
FIELDS_LEGACY = _words(
    """prompt model aspect_ratio resolution magic_prompt_option magic_prompt_version style_type negative_prompt color_palette
    num_images seed"""
)
FIELDS_V3 = _words(
    """prompt seed resolution aspect_ratio rendering_speed magic_prompt negative_prompt num_images color_palette style_codes
    style_type style_preset custom_model_uri style_reference_images character_reference_images
    character_reference_images_mask"""
)
FIELDS_45 = _words(
    """prompt magic_prompt quality size num_images seed enable_copyright_detection async webhook_url images mask"""
)
FIELDS_VECTOR = _words("prompt aspect_ratio quality seed images image_asset_identifiers")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that holds. ``pace`` is the behaviour table's; ``style`` is echoed by the older endpoints."""

    model: str
    pace: str
    prompt: str
    width: int
    height: int
    count: int
    seed: int | None
    style: str = "GENERAL"
    in_background: bool = False
    media_type: str = "image/png"
    pictures: tuple[bytes, ...] = ()

    @property
    def resolution(self) -> str:
        return f"{self.width}x{self.height}"


def invalid(message: str) -> Rejection:
    return Rejection(400, {"error": message}, "invalid_request")


def parse_legacy(body: Mapping[str, object]) -> Asked:
    """``POST /generate``: everything lies under ``image_request``."""
    fields = body.get("image_request")
    if not isinstance(fields, dict):
        raise invalid("image_request is required")
    _check_names(fields, FIELDS_LEGACY)
    model = _choice(fields, "model", LEGACY_MODELS, "V_2")
    _check_legacy_fields(fields, model)
    _choice(fields, "magic_prompt_option", MAGIC, "AUTO")
    style = _choice(fields, "style_type", STYLES, "GENERAL")
    width, height = _legacy_size(fields)
    return Asked(model, "", _prompt(fields), width, height, _number(fields, "num_images", 1, 8, 1) or 1, _seed(fields), style)


def _check_legacy_fields(fields: Mapping[str, object], model: str) -> None:
    """Which field goes with which generation of models."""
    rules = {
        "negative_prompt": model in WITH_NEGATIVE,
        "resolution": model in WITH_RESOLUTION,
        "style_type": model not in WITHOUT_STYLE,
        "color_palette": model not in WITHOUT_PALETTE,
    }
    for name, allowed in rules.items():
        if name in fields and not allowed:
            raise invalid(f"{name} is not supported for model {model}")


def _legacy_size(fields: Mapping[str, object]) -> tuple[int, int]:
    if "resolution" not in fields:
        return LEGACY_ASPECTS[_choice(fields, "aspect_ratio", tuple(LEGACY_ASPECTS), "ASPECT_1_1")]
    if "aspect_ratio" in fields:
        raise invalid("resolution cannot be used in conjunction with aspect_ratio")
    return _resolution(str(fields["resolution"]).removeprefix("RESOLUTION_").replace("_", "x"), RESOLUTIONS_V2)


def parse_v3(fields: Body) -> Asked:
    """``POST /v1/ideogram-v3/generate``, JSON or multipart alike."""
    return _parse_v3(fields, FIELDS_V3, bodies.uploads(fields, "style_reference_images", "character_reference_images"))


def parse_remix(fields: Body) -> Asked:
    """``POST /v1/ideogram-v3/remix``: the same as a form, and the picture to begin with."""
    pictures = bodies.uploads(fields, "image")
    if not pictures:
        raise invalid("image is required")
    _number(fields, "image_weight", 1, 100, 50)
    return _parse_v3(fields, FIELDS_V3 | {"image", "image_weight"}, pictures)


def _parse_v3(fields: Body, known: frozenset[str], pictures: tuple[bytes, ...]) -> Asked:
    _check_names(fields, known)
    speed = _choice(fields, "rendering_speed", SPEEDS, "DEFAULT")
    _choice(fields, "magic_prompt", MAGIC, "AUTO")
    style = _choice(fields, "style_type", STYLES_V3, "GENERAL")
    width, height = _v3_size(fields)
    count = _number(fields, "num_images", 1, 8, 1) or 1
    return Asked("ideogram-v3", speed, _prompt(fields), width, height, count, _seed(fields), style, pictures=pictures)


def _v3_size(fields: Mapping[str, object]) -> tuple[int, int]:
    if "resolution" not in fields:
        return ASPECTS[_choice(fields, "aspect_ratio", tuple(ASPECTS), "1x1")]
    if "aspect_ratio" in fields:
        raise invalid("resolution cannot be used in conjunction with aspect_ratio")
    return _resolution(str(fields["resolution"]), RESOLUTIONS_V3)


def parse_45(fields: Body) -> Asked:
    """``POST /v2/image/generate/ideogram-4-5``, JSON or multipart alike."""
    _check_names(fields, FIELDS_45)
    pictures = bodies.uploads(fields, "images")
    quality = _choice(fields, "quality", QUALITIES, "medium" if pictures else "high")
    _choice(fields, "magic_prompt", ("auto", "on", "off"), "auto")
    width, height = _preset(str(fields.get("size", "auto")), 32 if pictures else 16)
    waits = str(fields.get("async", "")).lower() == "true" or bool(fields.get("webhook_url"))
    count = _number(fields, "num_images", 1, 8, 1) or 1
    asked = Asked("ideogram-4-5", quality, _prompt(fields), width, height, count, _seed(fields), in_background=waits)
    return replace(asked, pictures=pictures)


def parse_vector(fields: Body) -> Asked:
    """``POST /v2/svg/generate/ideogram-vector-1``: always a job, always one drawing."""
    _check_names(fields, FIELDS_VECTOR)
    quality = _choice(fields, "quality", QUALITIES, "medium")
    width, height = ASPECTS[_choice(fields, "aspect_ratio", (*ASPECTS, "auto"), "auto").replace("auto", "1x1")]
    prompt = _prompt(fields, PROMPT_CHARACTERS_SVG)
    return Asked(
        "ideogram-vector-1",
        quality,
        prompt,
        width,
        height,
        1,
        _seed(fields),
        in_background=True,
        media_type="image/svg+xml",
        pictures=bodies.uploads(fields, "images"),
    )


def _preset(size: str, step: int) -> tuple[int, int]:
    """The 1K and 2K presets. Their list is published only in part, so any size of their kind passes; with a picture, of 32s."""
    if size == "auto":
        return 2048, 2048
    found = re.fullmatch(r"(\d{3,4})x(\d{3,4})", size)
    width, height = (int(found[1]), int(found[2])) if found else (0, 0)
    if (
        width % step
        or height % step
        or not (500_000 <= width * height <= 4_400_000)
        or max(width, height) > 3 * min(width, height)
    ):
        raise invalid(f"size {size!r} is not supported")
    return width, height


def _resolution(text: str, known: frozenset[str]) -> tuple[int, int]:
    if text not in known:
        raise invalid(f"resolution {text!r} is not supported")
    width, height = text.split("x")
    return int(width), int(height)


def _check_names(fields: Mapping[str, object], known: frozenset[str]) -> None:
    for name in fields:
        if name not in known:
            raise invalid(f"Unrecognized field: {name}")


def _prompt(fields: Mapping[str, object], most: int = PROMPT_CHARACTERS) -> str:
    prompt = fields.get("prompt")
    if not isinstance(prompt, str) or not prompt.strip():
        raise invalid("prompt is required")
    if len(prompt) > most:
        raise invalid(f"prompt must be at most {most} characters")
    return prompt


def _choice(fields: Mapping[str, object], name: str, choices: tuple[str, ...], default: str) -> str:
    value = str(fields.get(name, default))
    if value not in choices:
        raise invalid(f"{name} must be one of {', '.join(choices)}")
    return value


def _seed(fields: Mapping[str, object]) -> int | None:
    return _number(fields, "seed", 0, LARGEST_SEED, None)


def _number(fields: Mapping[str, object], name: str, low: int, high: int, default: int | None) -> int | None:
    """Whole numbers; multipart sends them as text."""
    if name not in fields:
        return default
    text = str(fields[name])
    if not text.isdecimal() or not low <= int(text) <= high:
        raise invalid(f"{name} must be a whole number between {low} and {high}")
    return int(text)
