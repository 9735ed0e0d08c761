"""What OpenAI's image endpoint accepts from the GPT image family, and its answer to everything else."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date

from providers.simulator import openai_errors
from providers.simulator.delivery import Rejection
from providers.simulator.openai_models import EXTENDED, FIXED_SIZES, MODELS, OpenAIModel

PROMPT_CHARACTERS = 32_000
PIXELS = (655_360, 8_294_400)
LONGEST_SIDE = 3840
MEDIA_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}
CHOICES = {
    "quality": ("auto", *EXTENDED),
    "background": ("auto", "transparent", "opaque"),
    "output_format": ("png", "jpeg", "webp"),
    "moderation": ("auto", "low"),
    "complexity": ("low", "medium", "high"),
}
RANGES = {"n": (1, 10), "partial_images": (0, 3), "output_compression": (0, 100)}
KNOWN = {"prompt", "model", "size", "stream", "user", "safety_identifier", *CHOICES, *RANGES}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that holds: ``size`` in pixels, ``quality`` never "auto"."""

    model: str
    facts: OpenAIModel
    prompt: str
    width: int
    height: int
    quality: str
    background: str
    output_format: str
    count: int
    stream: bool
    previews: int
    pictures: tuple[bytes, ...] = ()

    @property
    def kind(self) -> str:
        """What its events are called."""
        return "image_edit" if self.pictures else "image_generation"

    @property
    def size(self) -> str:
        return f"{self.width}x{self.height}"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.output_format]


def parse(body: object, today: date, known: Set[str] = frozenset(KNOWN)) -> Asked:
    """Raises the Rejection the vendor answers with; the model is judged first, as its fields depend on it.

    ``known`` are the names of all fields there are.
    """
    if not isinstance(body, dict):
        raise openai_errors.error(
            400, "We could not parse the JSON body of your request. (HINT: This likely means you aren't using JSON.)"
        )
    given = {name: value for name, value in body.items() if value is not None}
    model = given.get("model", "dall-e-2")
    facts = _living(model, today)
    _check_names(given, facts, known)
    _check_prompt(given)
    _check_choices(given, facts)
    _check_ranges(given)
    width, height = _size(given.get("size", "auto"), facts)
    quality, background = given.get("quality", "auto"), given.get("background", "auto")
    return Asked(
        model=str(model),
        facts=facts,
        prompt=given["prompt"],
        width=width,
        height=height,
        quality="medium" if quality == "auto" else quality,
        background="opaque" if background == "auto" else background,
        output_format=given.get("output_format", "png"),
        count=given.get("n", 1),
        stream=given.get("stream", False) is True,
        previews=given.get("partial_images", 0),
    )


def _living(model: object, today: date) -> OpenAIModel:
    facts = MODELS.get(str(model))
    if facts is None:
        raise openai_errors.unknown_model(str(model))
    if not facts.lives(today) or not facts.nature:
        raise openai_errors.model_gone(str(model))
    return facts


def _check_names(given: Mapping[str, object], facts: OpenAIModel, known: Set[str]) -> None:
    allowed = known if facts.complexity else known - {"complexity"}
    for name in given:
        if name not in allowed:
            raise openai_errors.error(400, f"Unknown parameter: '{name}'.", code="unknown_parameter", param=name)


def _check_prompt(given: Mapping[str, object]) -> None:
    prompt = given.get("prompt")
    if prompt is None:
        raise openai_errors.error(400, "Missing required parameter: 'prompt'.", code="missing_required_parameter", param="prompt")
    if not isinstance(prompt, str):
        raise openai_errors.error(400, "Invalid type for 'prompt': expected a string.", code="invalid_type", param="prompt")
    if not prompt:
        message = "Invalid 'prompt': empty string. Expected a string with minimum length 1, but got an empty string instead."
        raise openai_errors.error(400, message, code="empty_string", param="prompt")
    if len(prompt) > PROMPT_CHARACTERS:
        message = (
            f"Invalid 'prompt': string too long. Expected a string with maximum length {PROMPT_CHARACTERS}, "
            f"but got a string with length {len(prompt)} instead."
        )
        raise openai_errors.error(400, message, code="string_above_max_length", param="prompt")


def _check_choices(given: Mapping[str, object], facts: OpenAIModel) -> None:
    for name, choices in CHOICES.items():
        allowed = ("auto", *facts.qualities) if name == "quality" else choices
        if name in given and given[name] not in allowed:
            raise _invalid_value(name, given[name], allowed)
    if given.get("background") == "transparent" and given.get("output_format") == "jpeg":
        raise _invalid_value("background", "transparent", ("auto", "opaque"))


def _check_ranges(given: Mapping[str, object]) -> None:
    for name, (low, high) in RANGES.items():
        value = given.get(name, low)
        if isinstance(value, bool) or not isinstance(value, int):
            raise openai_errors.error(400, f"Invalid type for '{name}': expected an integer.", code="invalid_type", param=name)
        if value < low:
            message = f"Invalid '{name}': integer below minimum value. Expected a value >= {low}, but got {value} instead."
            raise openai_errors.error(400, message, code="integer_below_min_value", param=name)
        if value > high:
            message = f"Invalid '{name}': integer above maximum value. Expected a value <= {high}, but got {value} instead."
            raise openai_errors.error(400, message, code="integer_above_max_value", param=name)


def _size(size: object, facts: OpenAIModel) -> tuple[int, int]:
    if size == "auto":
        return 1024, 1024
    found = re.fullmatch(r"(\d{2,5})x(\d{2,5})", str(size))
    width, height = (int(found[1]), int(found[2])) if found else (0, 0)
    if size in FIXED_SIZES or (facts.any_size and _within_limits(width, height)):
        return width, height
    raise _invalid_value("size", size, (*FIXED_SIZES, "auto"))


def _within_limits(width: int, height: int) -> bool:
    """Sides in steps of 16, ratio 1:3 to 3:1, and the limits on pixels."""
    if not width or not height or width % 16 or height % 16:
        return False
    short, long = sorted((width, height))
    return long <= min(LONGEST_SIDE, 3 * short) and PIXELS[0] <= width * height <= PIXELS[1]


def _invalid_value(name: str, value: object, allowed: tuple[str, ...]) -> Rejection:
    listed = ", ".join(f"'{choice}'" for choice in allowed[:-1]) + f", and '{allowed[-1]}'"
    message = f"Invalid value: '{value}'. Supported values are: {listed}."
    return openai_errors.error(400, message, code="invalid_value", param=name)
