"""What ``generateContent`` accepts from Google's image models, and its answer to everything else.

Names, ratios and refused fields from the google-genai SDK 3.4.0; pixels and tokens from Google's own tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from providers.simulator import gemini_errors, references
from providers.simulator.delivery import Body

RATIOS = {
    "1:1": (1024, 1024),
    "2:3": (848, 1264),
    "3:2": (1264, 848),
    "3:4": (896, 1200),
    "4:3": (1200, 896),
    "4:5": (928, 1152),
    "5:4": (1152, 928),
    "9:16": (768, 1376),
    "16:9": (1376, 768),
    "21:9": (1584, 672),
}
RATIOS_25 = {
    "1:1": (1024, 1024),
    "2:3": (832, 1248),
    "3:2": (1248, 832),
    "3:4": (864, 1184),
    "4:3": (1184, 864),
    "4:5": (896, 1152),
    "5:4": (1152, 896),
    "9:16": (768, 1344),
    "16:9": (1344, 768),
    "21:9": (1536, 672),
}
SCALES = {"1K": 1, "2K": 2, "4K": 4}
NAMES = {
    "": {"contents", "generationConfig", "safetySettings", "systemInstruction", "tools", "toolConfig"},
    "generation_config": {
        "responseModalities",
        "imageConfig",
        "thinkingConfig",
        "temperature",
        "topP",
        "topK",
        "seed",
        "candidateCount",
        "maxOutputTokens",
        "stopSequences",
    },
    "generation_config.image_config": {"aspectRatio", "imageSize"},
    "generation_config.thinking_config": {"thinkingLevel", "includeThoughts"},
}


@dataclass(frozen=True, slots=True)
class GeminiModel:
    """``tokens`` of a picture by its image size; a model with one size has it under nothing. ``thinks``: the levels it knows."""

    tokens: Mapping[str, int]
    shutdown: date | None = None
    ratios: Mapping[str, tuple[int, int]] = field(default_factory=lambda: RATIOS)
    thinks: tuple[str, ...] = ()

    def lives(self, today: date) -> bool:
        return self.shutdown is None or today < self.shutdown


MODELS: Mapping[str, GeminiModel] = {
    "gemini-nano-banana-2.1": GeminiModel({"1K": 1120, "2K": 1680, "4K": 2520}, thinks=("MINIMAL", "MEDIUM", "HIGH")),
    "gemini-3-pro-image": GeminiModel({"1K": 1120, "2K": 1120, "4K": 2000}),
    "gemini-3.1-flash-lite-image": GeminiModel({"1K": 1120}),
    "gemini-3.1-flash-image": GeminiModel({"1K": 1120, "2K": 1680, "4K": 2520}, date(2026, 10, 29)),
    "gemini-2.5-flash-image": GeminiModel({"": 1290}, date(2027, 3, 15), RATIOS_25),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that holds. ``pace`` is the thinking level, empty where none was named."""

    model: str
    prompt: str
    width: int
    height: int
    tokens: int
    pace: str
    pictures: tuple[bytes, ...] = ()


def find(model: str, today: date) -> GeminiModel:
    """The model, if it lives. Raises the vendor's 404."""
    facts = MODELS.get(model)
    if facts is None or not facts.lives(today):
        raise gemini_errors.not_found(model)
    return facts


def parse(model: str, body: Body | None, today: date) -> Asked:
    """Raises the Rejection the vendor answers with."""
    facts = find(model, today)
    if body is None:
        raise gemini_errors.invalid("Invalid JSON payload received. Expected an object.")
    _check_names(body, "")
    config = _part(body, "generationConfig", "generation_config")
    image = _part(config, "imageConfig", "generation_config.image_config")
    thinking = _part(config, "thinkingConfig", "generation_config.thinking_config")
    _check_modalities(config)
    size = _image_size(image, facts)
    width, height = facts.ratios[_choice(image, "aspectRatio", tuple(facts.ratios), "1:1")]
    scale = SCALES[size] if size else 1
    level = _choice(thinking, "thinkingLevel", facts.thinks, "")
    pace, pictures = "" if level == "MEDIUM" else level, _pictures(body)
    return Asked(model, _prompt(body), width * scale, height * scale, facts.tokens[size], pace, pictures)


def _part(whole: Mapping[str, object], name: str, path: str) -> Mapping[str, object]:
    part = whole.get(name) or {}
    if not isinstance(part, dict):
        raise gemini_errors.invalid(f"Invalid value at '{path}'", path)
    _check_names(part, path)
    return part


def _check_names(fields: Mapping[str, object], path: str) -> None:
    for name in fields:
        if name not in NAMES[path]:
            raise gemini_errors.unknown_name(name, path)


def _check_modalities(config: Mapping[str, object]) -> None:
    asked = config.get("responseModalities") or ["TEXT", "IMAGE"]
    if not isinstance(asked, list) or not set(map(str, asked)) <= {"TEXT", "IMAGE"} or "IMAGE" not in asked:
        raise gemini_errors.invalid("The requested combination of response modalities is not supported by the model.")


def _image_size(image: Mapping[str, object], facts: GeminiModel) -> str:
    sizes = tuple(facts.tokens)
    if sizes == ("",) and "imageSize" in image:
        raise gemini_errors.invalid("Image size is not supported by this model.", "generation_config.image_config.image_size")
    return _choice(image, "imageSize", sizes, sizes[0])


def _choice(fields: Mapping[str, object], name: str, choices: tuple[str, ...], default: str) -> str:
    if name not in fields:
        return default
    value = str(fields[name])
    if value not in choices:
        raise gemini_errors.invalid(f"Invalid value for {name}: {value}. Supported values are: {', '.join(choices)}.", name)
    return value


def _prompt(body: Mapping[str, object]) -> str:
    """Every text of the last turn."""
    texts = [part["text"] for part in _parts(body) if isinstance(part.get("text"), str)]
    if not texts:
        raise gemini_errors.invalid("* GenerateContentRequest.contents: contents is not specified", "contents")
    return "\n".join(texts)


def _pictures(body: Mapping[str, object]) -> tuple[bytes, ...]:
    """Every picture of the last turn, in base64 of either alphabet."""
    inline = [part["inlineData"] for part in _parts(body) if isinstance(part.get("inlineData"), dict)]
    return tuple(references.decoded(data.get("data")) for data in inline)


def _parts(body: Mapping[str, object]) -> list[dict[str, Any]]:
    contents = body.get("contents")
    turn = contents[-1] if isinstance(contents, list) and contents else None
    parts = turn.get("parts") if isinstance(turn, dict) else None
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
