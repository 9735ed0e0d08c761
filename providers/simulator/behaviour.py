"""How quick and how careful each model is: the one table behind every wait and every spelling mistake.

The Ideogram V_1_TURBO and V_2A_TURBO means and the two spelling rates of V_2A_TURBO and SDXL were measured over 100 calls by the
author whose story the product answers; the rest are set between them by the providers' own order of speed and quality.
"""

import math
from dataclasses import dataclass
from random import Random

SPREAD = 0.25  # sigma of the logarithm: most calls between 0.6 and 1.6 times the mean
DRAFT, STANDARD, HD = 0.2, 0.5, 1.0  # how much the drawing works out, from 0 to 1


@dataclass(frozen=True, slots=True)
class Behaviour:
    """``mean_seconds`` until the answer; ``spells_right``: the chance that a text as long as "Launch 2024" comes out right."""

    mean_seconds: float
    spells_right: float
    detail: float


def _paces(factor: float, spells_right: float) -> dict[str, Behaviour]:
    """The GPT image family's qualities; ``factor`` 1 is its quick tier."""
    steps = {"low": (6, DRAFT), "medium": (12, STANDARD), "high": (25, HD), "xhigh": (32, HD), "max": (40, HD)}
    return {quality: Behaviour(seconds * factor, spells_right, detail) for quality, (seconds, detail) in steps.items()}


# (provider, model) -> the model's quality or rendering speed ("" where it has none) -> behaviour
TABLE: dict[tuple[str, str], dict[str, Behaviour]] = {
    ("openai", "gpt-image-1-mini"): _paces(0.8, 0.90),
    ("openai", "gpt-image-1.5"): _paces(1.2, 0.94),
    ("openai", "gpt-image-2"): _paces(1.0, 0.97),
    ("openai", "gpt-image-2.5-flare"): _paces(1.0, 0.97),
    ("openai", "gpt-image-2.5-sunburst"): _paces(1.3, 0.975),
    ("openai", "gpt-image-2.6-flare"): _paces(1.0, 0.97),
    ("openai", "gpt-image-2.6-sunburst"): _paces(1.3, 0.98),
    ("ideogram", "V_1"): {"": Behaviour(6.5, 0.60, STANDARD)},
    ("ideogram", "V_1_TURBO"): {"": Behaviour(4.2, 0.55, DRAFT)},
    ("ideogram", "V_2"): {"": Behaviour(7.5, 0.88, STANDARD)},
    ("ideogram", "V_2_TURBO"): {"": Behaviour(4.5, 0.85, DRAFT)},
    ("ideogram", "V_2A"): {"": Behaviour(4.0, 0.90, STANDARD)},
    ("ideogram", "V_2A_TURBO"): {"": Behaviour(2.8, 0.90, DRAFT)},
    ("ideogram", "V_3"): {"": Behaviour(6.0, 0.94, STANDARD)},
    ("ideogram", "AUTO"): {"": Behaviour(6.0, 0.94, STANDARD)},
    ("ideogram", "ideogram-v3"): {
        "FLASH": Behaviour(2.2, 0.90, DRAFT),
        "TURBO": Behaviour(3.0, 0.92, DRAFT),
        "BALANCED": Behaviour(4.5, 0.93, STANDARD),
        "DEFAULT": Behaviour(6.0, 0.94, STANDARD),
        "QUALITY": Behaviour(10.0, 0.95, HD),
    },
    ("ideogram", "ideogram-4-5"): {
        "low": Behaviour(3.5, 0.96, DRAFT),
        "medium": Behaviour(6.5, 0.97, STANDARD),
        "high": Behaviour(11.0, 0.98, HD),
    },
    ("ideogram", "ideogram-vector-1"): {
        "low": Behaviour(12.0, 0.97, DRAFT),
        "medium": Behaviour(20.0, 0.98, STANDARD),
        "high": Behaviour(35.0, 0.98, HD),
    },
    ("gemini", "gemini-nano-banana-2.1"): {
        "MINIMAL": Behaviour(5.0, 0.95, DRAFT),
        "": Behaviour(8.0, 0.96, STANDARD),
        "HIGH": Behaviour(15.0, 0.97, HD),
    },
    ("gemini", "gemini-3-pro-image"): {"": Behaviour(20.0, 0.98, HD)},
    ("gemini", "gemini-3.1-flash-lite-image"): {"": Behaviour(4.0, 0.92, DRAFT)},
    ("gemini", "gemini-3.1-flash-image"): {"": Behaviour(8.0, 0.95, STANDARD)},
    ("gemini", "gemini-2.5-flash-image"): {"": Behaviour(7.0, 0.88, STANDARD)},
    ("replicate", "black-forest-labs/flux-schnell"): {"": Behaviour(3.5, 0.60, DRAFT)},
    ("replicate", "black-forest-labs/flux-dev"): {"": Behaviour(7.0, 0.75, STANDARD)},
    ("replicate", "black-forest-labs/flux-1.1-pro"): {"": Behaviour(6.0, 0.85, STANDARD)},
    ("fal", "blackforestlabs/flux-3/text-to-image"): {"": Behaviour(10.0, 0.95, HD)},
    ("fal", "ideogram/v4"): {
        "TURBO": Behaviour(5.0, 0.94, DRAFT),
        "BALANCED": Behaviour(8.0, 0.96, STANDARD),
        "QUALITY": Behaviour(14.0, 0.97, HD),
    },
    ("fal", "fal-ai/flux/schnell"): {"": Behaviour(3.5, 0.60, DRAFT)},
    ("recraft", "recraftv4_1"): {"": Behaviour(9.0, 0.97, STANDARD)},
    ("recraft", "recraftv4_1_flash"): {"": Behaviour(3.5, 0.90, DRAFT)},
    ("recraft", "recraftv4_1_pro"): {"": Behaviour(25.0, 0.98, HD)},
    ("recraft", "recraftv4"): {"": Behaviour(10.0, 0.95, STANDARD)},
    ("recraft", "recraftv4_pro"): {"": Behaviour(27.0, 0.96, HD)},
    ("recraft", "recraftv3"): {"": Behaviour(8.0, 0.93, STANDARD)},
    ("recraft", "recraftv4_1_vector"): {"": Behaviour(14.0, 0.98, STANDARD)},
    ("recraft", "recraftv4_1_pro_vector"): {"": Behaviour(35.0, 0.98, HD)},
    ("recraft", "recraftv4_vector"): {"": Behaviour(15.0, 0.96, STANDARD)},
    ("recraft", "recraftv3_vector"): {"": Behaviour(12.0, 0.95, STANDARD)},
    ("bfl", "flux-3-image"): {
        "768sq": Behaviour(10.0, 0.94, STANDARD),
        "1k": Behaviour(14.0, 0.95, STANDARD),
        "1.5k": Behaviour(20.0, 0.95, HD),
        "2k": Behaviour(30.0, 0.96, HD),
        "4k": Behaviour(90.0, 0.96, HD),
    },
    ("bfl", "flux-2-pro"): {"": Behaviour(8.0, 0.88, STANDARD)},
    ("bfl", "flux-2-max"): {"": Behaviour(15.0, 0.90, HD)},
    ("bfl", "flux-2-flex"): {"": Behaviour(16.0, 0.95, STANDARD)},
    ("bfl", "flux-2-klein-4b"): {"": Behaviour(2.4, 0.70, DRAFT)},
    ("bfl", "flux-2-klein-9b"): {"": Behaviour(2.9, 0.75, DRAFT)},
    ("bfl", "flux-pro-1.1"): {"": Behaviour(6.0, 0.70, STANDARD)},
    ("bfl", "flux-pro-1.1-ultra"): {"": Behaviour(12.0, 0.72, HD)},
    ("stability", "core"): {"": Behaviour(5.0, 0.55, STANDARD)},
    ("stability", "ultra"): {"": Behaviour(12.0, 0.70, HD)},
    ("stability", "sd3.5-large"): {"": Behaviour(8.0, 0.60, STANDARD)},
    ("stability", "sd3.5-large-turbo"): {"": Behaviour(4.5, 0.50, DRAFT)},
    ("stability", "sd3.5-medium"): {"": Behaviour(6.0, 0.50, STANDARD)},
    ("stability", "sd3.5-flash"): {"": Behaviour(4.0, 0.45, DRAFT)},
    ("a1111", "sdxl"): {"quick": Behaviour(5.5, 0.40, DRAFT), "": Behaviour(8.0, 0.40, STANDARD)},
    ("comfyui", "sdxl"): {"quick": Behaviour(5.5, 0.40, DRAFT), "": Behaviour(8.0, 0.40, STANDARD)},
    ("local", "default"): {"": Behaviour(8.0, 0.60, STANDARD)},
}


def behaviour(provider: str, model: str, pace: str = "") -> Behaviour:
    """Look one up. Raises KeyError for what the table does not hold."""
    return TABLE[provider, model][pace]


def latency(mean_seconds: float, chance: Random) -> float:
    """Seconds one call takes: lognormal around the mean, with the far ends cut off."""
    seconds = chance.lognormvariate(math.log(mean_seconds) - SPREAD**2 / 2, SPREAD)
    return min(max(seconds, 0.4 * mean_seconds), 3.0 * mean_seconds)
