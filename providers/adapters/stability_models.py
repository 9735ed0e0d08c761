"""Stability AI's models: what they cost, how long they take, what they can make. Sources are named in docs/providers.md.

Every expected time is an estimate, and release dates are remembered. Unverified: the pixels behind a shape, which no page lists;
one megapixel of Ultra and 3.5 is split as remembered, the one and a half of Core by rounding sides to 32. A result of another
size says so. There is no 4:3; 5:4 stands nearest.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from providers.types import Capabilities, Lifecycle, ModelSpec, Offer, Price, Quality, Size, Strength

_AS_OF = date(2026, 11, 22)
_ONE_MEGAPIXEL = (
    Size(1024, 1024),
    Size(1088, 896),
    Size(896, 1088),
    Size(1216, 832),
    Size(832, 1216),
    Size(1344, 768),
    Size(768, 1344),
)
_CORE = (
    Size(1216, 1216),
    Size(1376, 1088),
    Size(1088, 1376),
    Size(1504, 992),
    Size(992, 1504),
    Size(1632, 928),
    Size(928, 1632),
)
_CORE_TAKES = Capabilities(seed=True, negative_prompt=True)
_TAKES = replace(_CORE_TAKES, reference=True)
_TURBO_TAKES = Capabilities(seed=True, reference=True)  # guided so little that a negative prompt does nothing


def _offer(usd: str, seconds: float, source: str) -> Offer:
    return Offer(Price(Decimal(usd), _AS_OF, source), seconds)


def _model(
    wire_name: str,
    label: str,
    strengths: set[Strength],
    offers: dict[Quality, Offer],
    sizes: tuple[Size, ...] = _ONE_MEGAPIXEL,
    takes: Capabilities = _TAKES,
    released: date | None = None,
) -> ModelSpec:
    family = "stable-diffusion" if wire_name.startswith("sd3.5") else "stable-image"
    life = Lifecycle(released=released)
    return ModelSpec(f"stability/{wire_name}", label, wire_name, family, frozenset(strengths), sizes, offers, takes, life)


def _one(usd: str, seconds: float, source: str) -> dict[Quality, Offer]:
    """One way of drawing: draft and standard are the same call."""
    offer = _offer(usd, seconds, source)
    return {Quality.DRAFT: offer, Quality.STANDARD: offer}


MODELS = (
    _model(
        "ultra",
        "Stable Image Ultra",
        {Strength.PHOTOREAL, Strength.DETAIL},
        {Quality.STANDARD: _offer("0.08", 12, "litellm")},
    ),
    _model(
        "core",
        "Stable Image Core",
        {Strength.SPEED, Strength.ILLUSTRATION},
        _one("0.03", 5, "litellm"),
        _CORE,
        _CORE_TAKES,
    ),
    _model(
        "sd3.5-large",
        "Stable Diffusion 3.5 Large",
        {Strength.ILLUSTRATION},
        _one("0.065", 8, "stability-spec"),
        released=date(2024, 10, 22),
    ),
    _model(
        "sd3.5-large-turbo",
        "Stable Diffusion 3.5 Large Turbo",
        {Strength.SPEED},
        _one("0.04", 4.5, "stability-spec"),
        takes=_TURBO_TAKES,
        released=date(2024, 10, 22),
    ),
    _model(
        "sd3.5-medium",
        "Stable Diffusion 3.5 Medium",
        {Strength.ILLUSTRATION},
        _one("0.035", 6, "stability-spec"),
        released=date(2024, 10, 29),
    ),
    _model(
        "sd3.5-flash",
        "Stable Diffusion 3.5 Flash",
        {Strength.SPEED},
        _one("0.025", 4, "stability-spec"),
        takes=_TURBO_TAKES,
    ),
)
