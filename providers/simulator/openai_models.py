"""OpenAI's image models: their lives, what they accept, and the tokens a picture costs.

Dates from the official SDK 3.54.0 and the vendor's deprecations page; token counts follow from the published prices per image.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

COMMON = ("low", "medium", "high")
EXTENDED = (*COMMON, "xhigh", "max")
PICTURE_TOKENS = 323  # of a square as the first of these models counted it; the later ones have published nothing
FIXED_SIZES = ("1024x1024", "1536x1024", "1024x1536")

# output tokens by quality for 1024x1024, and for the two wide standard sizes
TOKENS_2 = {"low": (196, 163), "medium": (1756, 1400), "high": (7024, 5500)}
TOKENS_25 = {"low": (196, 163), "medium": (439, 340), "high": (1756, 1370), "xhigh": (3136, 2460), "max": (7024, 5500)}
TOKENS_15 = {"low": (272, 408), "medium": (1056, 1584), "high": (4160, 6240)}
TOKENS_MINI = {"low": (625, 750), "medium": (1375, 1875), "high": (4160, 6240)}


@dataclass(frozen=True, slots=True)
class OpenAIModel:
    """``nature`` names the row in the behaviour table; ``any_size`` says that sizes are free within limits."""

    nature: str
    released: date
    shutdown: date | None = None
    tokens: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    qualities: tuple[str, ...] = COMMON
    any_size: bool = True
    complexity: bool = False

    def lives(self, today: date) -> bool:
        return self.shutdown is None or today < self.shutdown


OLD_NOTICE = date(2026, 12, 1)
RETIREMENT = date(2026, 5, 12)


def _generation_25(nature: str, released: date, *, complexity: bool = False) -> OpenAIModel:
    return OpenAIModel(nature, released, None, TOKENS_25, EXTENDED, complexity=complexity)


MODELS: dict[str, OpenAIModel] = {
    "dall-e-2": OpenAIModel("", date(2022, 11, 3), RETIREMENT),
    "dall-e-3": OpenAIModel("", date(2023, 11, 6), RETIREMENT),
    "gpt-image-1": OpenAIModel("", date(2025, 4, 23), date(2026, 10, 23)),
    "gpt-image-1-mini": OpenAIModel("gpt-image-1-mini", date(2025, 10, 6), OLD_NOTICE, TOKENS_MINI, any_size=False),
    "gpt-image-1.5": OpenAIModel("gpt-image-1.5", date(2025, 12, 16), OLD_NOTICE, TOKENS_15, any_size=False),
    "gpt-image-1.5-2025-12-16": OpenAIModel("gpt-image-1.5", date(2025, 12, 16), OLD_NOTICE, TOKENS_15, any_size=False),
    "chatgpt-image-latest": OpenAIModel("gpt-image-1.5", date(2025, 12, 16), OLD_NOTICE, TOKENS_15, any_size=False),
    "gpt-image-2": OpenAIModel("gpt-image-2", date(2026, 4, 21), None, TOKENS_2),
    "gpt-image-2-2026-04-21": OpenAIModel("gpt-image-2", date(2026, 4, 21), None, TOKENS_2),
    "gpt-image-2.5-sunburst": _generation_25("gpt-image-2.5-sunburst", date(2026, 9, 8)),
    "gpt-image-2.5-sunburst-2026-09-08": _generation_25("gpt-image-2.5-sunburst", date(2026, 9, 8)),
    "gpt-image-2.5-flare": _generation_25("gpt-image-2.5-flare", date(2026, 9, 8)),
    "gpt-image-2.5-flare-2026-09-08": _generation_25("gpt-image-2.5-flare", date(2026, 9, 8)),
    "gpt-image-2.6-sunburst": _generation_25("gpt-image-2.6-sunburst", date(2026, 11, 4), complexity=True),
    "gpt-image-2.6-flare": _generation_25("gpt-image-2.6-flare", date(2026, 11, 4), complexity=True),
}


def output_tokens(model: OpenAIModel, quality: str, width: int, height: int) -> int:
    """Image tokens of one picture; free sizes cost by their share of the nearest standard size's pixels."""
    square, wide = model.tokens[quality]
    if width == height:
        return round(square * max(1.0, width * height / 1024**2))
    return round(wide * max(1.0, width * height / (1024 * 1536)))


def usage(prompt: str, output: int, pictures: int = 0) -> dict[str, object]:
    """The ``usage`` object; about four characters make a text token, and a picture to go by makes a few hundred image tokens."""
    text, seen = max(1, round(len(prompt) / 4)) + 6, pictures * PICTURE_TOKENS
    return {
        "input_tokens": text + seen,
        "input_tokens_details": {"image_tokens": seen, "text_tokens": text},
        "output_tokens": output,
        "output_tokens_details": {"image_tokens": output, "text_tokens": 0},
        "total_tokens": text + seen + output,
    }
