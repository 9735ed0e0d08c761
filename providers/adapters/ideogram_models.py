"""Ideogram's models: what they cost, how long they take, what they can make. Sources are named in docs/providers.md.

The 4.2 and 2.8 seconds of 1 Turbo and 2a Turbo are averages over 100 calls; every other time is an estimate. Unverified: whether
V_1 still answers, the pixel sizes behind an aspect ratio (read from published answers and lists), that 4.5 takes the whole 2K
list of 4.0, and that Vector 1 takes a seed; a result of another size says so. Of a drawing's size only the shape matters.
With a reference HD costs more. How much is not published: taken is the dearest of its resellers (4.5 from 0.20 to 0.22, which is
also what Ideogram lists for an edit by 4.5 in high).
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from providers.types import Capabilities, Lifecycle, ModelSpec, Offer, Price, Quality, Size, Strength

_AS_OF = date(2026, 11, 16)
_ONE_MEGAPIXEL = (
    Size(1024, 1024),
    Size(1152, 864),
    Size(864, 1152),
    Size(1248, 832),
    Size(832, 1248),
    Size(1312, 736),
    Size(736, 1312),
)
_TWO_K = (
    Size(1024, 1024),
    Size(2048, 2048),
    Size(2304, 1728),
    Size(1728, 2304),
    Size(2496, 1664),
    Size(1664, 2496),
    Size(2560, 1440),
    Size(1440, 2560),
)
_OLD = Capabilities(seed=True, negative_prompt=True)
_PLAIN = Capabilities(seed=True)
_DRAWS = Capabilities(seed=True, reference=True, svg=True, max_prompt_characters=9_500)


def _offer(usd: str, seconds: float, **parameters: str) -> Offer:
    return Offer(Price(Decimal(usd), _AS_OF, "ideogram-pricing"), seconds, parameters)


def _dearer_with_reference(offer: Offer, usd: str) -> Offer:
    return replace(offer, with_reference=Price(Decimal(usd), _AS_OF, "ideogram-resold"))


def _legacy(wire_name: str, label: str, strengths: set[Strength], offer: Offer, takes: Capabilities) -> ModelSpec:
    """A model with one way of drawing: draft and standard are the same call, and there is no HD to sell."""
    return ModelSpec(
        f"ideogram/{wire_name.lower()}",
        label,
        wire_name,
        "ideogram",
        frozenset(strengths),
        _ONE_MEGAPIXEL,
        {Quality.DRAFT: offer, Quality.STANDARD: offer},
        takes,
        Lifecycle(),
    )


MODELS = (
    ModelSpec(
        "ideogram/4.5",
        "Ideogram 4.5",
        "ideogram-4-5",
        "ideogram",
        frozenset({Strength.TYPOGRAPHY, Strength.DETAIL, Strength.PHOTOREAL}),
        _TWO_K,
        {
            Quality.DRAFT: _offer("0.03", 3.5, quality="low"),
            Quality.STANDARD: _offer("0.06", 6.5, quality="medium"),
            Quality.HD: _dearer_with_reference(_offer("0.10", 11, quality="high"), "0.22"),
        },
        Capabilities(seed=True, reference=True),
        Lifecycle(),
    ),
    ModelSpec(
        "ideogram/v3",
        "Ideogram 3",
        "ideogram-v3",
        "ideogram",
        frozenset({Strength.TYPOGRAPHY, Strength.ILLUSTRATION, Strength.PHOTOREAL}),
        _ONE_MEGAPIXEL,
        {
            Quality.DRAFT: _offer("0.03", 3, rendering_speed="TURBO"),
            Quality.STANDARD: _offer("0.06", 6, rendering_speed="DEFAULT"),
            Quality.HD: _offer("0.09", 10, rendering_speed="QUALITY"),
        },
        Capabilities(seed=True, negative_prompt=True, reference=True),
        Lifecycle(),
    ),
    ModelSpec(
        "ideogram/vector-1",
        "Ideogram Vector 1",
        "ideogram-vector-1",
        "ideogram",
        frozenset({Strength.TYPOGRAPHY, Strength.ILLUSTRATION}),
        _ONE_MEGAPIXEL,
        {
            Quality.DRAFT: _offer("0.13", 12, quality="low"),
            Quality.STANDARD: _offer("0.16", 20, quality="medium"),
            Quality.HD: _dearer_with_reference(_offer("0.20", 35, quality="high"), "0.32"),
        },
        _DRAWS,
        Lifecycle(released=date(2026, 10, 22)),
    ),
    _legacy("V_2A_TURBO", "Ideogram 2a Turbo", {Strength.SPEED, Strength.TYPOGRAPHY}, _offer("0.025", 2.8), _PLAIN),
    _legacy("V_2A", "Ideogram 2a", {Strength.TYPOGRAPHY}, _offer("0.04", 4), _PLAIN),
    _legacy("V_2_TURBO", "Ideogram 2 Turbo", {Strength.TYPOGRAPHY}, _offer("0.05", 4.5), _OLD),
    _legacy("V_1_TURBO", "Ideogram 1 Turbo", {Strength.SPEED}, _offer("0.02", 4.2), _OLD),
)
