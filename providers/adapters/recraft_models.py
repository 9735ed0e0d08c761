"""Recraft's models: what they cost, how long they take, what they can make. Sources are named in docs/providers.md.

Sizes are Recraft's own list: the pro models draw at two thousand pixels only, and are sold as HD for it. Those that draw
vectors take the same sizes, of which only the shape matters. Every expected time is an estimate, and the release date of V3 is
remembered.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from providers.types import Capabilities, Lifecycle, ModelSpec, Offer, Price, Quality, Size, Strength

_AS_OF = date(2026, 10, 6)
_ONE_K = (
    Size(1024, 1024),
    Size(1216, 896),
    Size(896, 1216),
    Size(1280, 832),
    Size(832, 1280),
    Size(1344, 768),
    Size(768, 1344),
)
_TWO_K = tuple(Size(2 * size.width, 2 * size.height) for size in _ONE_K)
_V3 = (
    Size(1024, 1024),
    Size(1365, 1024),
    Size(1024, 1365),
    Size(1536, 1024),
    Size(1024, 1536),
    Size(1820, 1024),
    Size(1024, 1820),
)
_FLASH_TAKES = Capabilities(seed=True)
_V4_TAKES = Capabilities(seed=True, reference=True)
_V3_TAKES = Capabilities(seed=True, negative_prompt=True, reference=True, max_prompt_characters=1_000)
_V4_DRAWS = replace(_V4_TAKES, svg=True)
_V3_DRAWS = replace(_V3_TAKES, svg=True)


def _offer(usd: str, seconds: float) -> Offer:
    return Offer(Price(Decimal(usd), _AS_OF, "recraft-pricing"), seconds)


def _model(
    name: str,
    wire_name: str,
    label: str,
    strengths: set[Strength],
    offers: dict[Quality, Offer],
    sizes: tuple[Size, ...] = _ONE_K,
    takes: Capabilities = _V4_TAKES,
    released: date | None = None,
) -> ModelSpec:
    life = Lifecycle(released=released)
    return ModelSpec(f"recraft/{name}", label, wire_name, "recraft", frozenset(strengths), sizes, offers, takes, life)


def _one(usd: str, seconds: float) -> dict[Quality, Offer]:
    """One way of drawing: draft and standard are the same call."""
    offer = _offer(usd, seconds)
    return {Quality.DRAFT: offer, Quality.STANDARD: offer}


MODELS = (
    _model("v4.1", "recraftv4_1", "Recraft V4.1", {Strength.TYPOGRAPHY, Strength.ILLUSTRATION}, _one("0.035", 9)),
    _model(
        "v4.1-flash",
        "recraftv4_1_flash",
        "Recraft V4.1 Flash",
        {Strength.SPEED, Strength.ILLUSTRATION},
        _one("0.007", 3.5),
        takes=_FLASH_TAKES,
    ),
    _model(
        "v4.1-pro",
        "recraftv4_1_pro",
        "Recraft V4.1 Pro",
        {Strength.TYPOGRAPHY, Strength.DETAIL, Strength.ILLUSTRATION},
        {Quality.HD: _offer("0.21", 25)},
        _TWO_K,
    ),
    _model("v4", "recraftv4", "Recraft V4", {Strength.ILLUSTRATION}, _one("0.04", 10)),
    _model(
        "v3",
        "recraftv3",
        "Recraft V3",
        {Strength.TYPOGRAPHY, Strength.ILLUSTRATION},
        _one("0.04", 8),
        _V3,
        _V3_TAKES,
        date(2024, 10, 30),
    ),
    _model(
        "v4.1-vector",
        "recraftv4_1_vector",
        "Recraft V4.1 Vector",
        {Strength.TYPOGRAPHY, Strength.ILLUSTRATION},
        _one("0.08", 14),
        takes=_V4_DRAWS,
    ),
    _model(
        "v4.1-pro-vector",
        "recraftv4_1_pro_vector",
        "Recraft V4.1 Pro Vector",
        {Strength.TYPOGRAPHY, Strength.DETAIL, Strength.ILLUSTRATION},
        {Quality.HD: _offer("0.30", 35)},
        _TWO_K,
        _V4_DRAWS,
    ),
    _model("v4-vector", "recraftv4_vector", "Recraft V4 Vector", {Strength.ILLUSTRATION}, _one("0.08", 15), takes=_V4_DRAWS),
    _model(
        "v3-vector",
        "recraftv3_vector",
        "Recraft V3 Vector",
        {Strength.TYPOGRAPHY, Strength.ILLUSTRATION},
        _one("0.08", 12),
        _V3,
        _V3_DRAWS,
        date(2024, 10, 30),
    ),
)
