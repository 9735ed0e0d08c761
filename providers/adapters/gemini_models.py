"""Google's image models: what they cost, how long they take, when they die. Sources are named in docs/providers.md.

Unverified, and said here so that nobody builds on it: the sizes of 2.1, taken from 3.1; the last day of 2.5 (Google's page of
early 2026 said 2026-10-02, a price map of November says 2027-03-15; the later word counts); every Imagen price, from memory.
Every expected time is an estimate. Thinking is billed on top of the price named here: what a call really cost is computed from
its ``usageMetadata``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from providers.types import Capabilities, Lifecycle, ModelSpec, Offer, Price, Quality, Size, Strength

_AS_OF = date(2026, 11, 22)
_SQUARE = Size(1024, 1024)
_ONE_K = (
    _SQUARE,
    Size(1200, 896),
    Size(896, 1200),
    Size(1264, 848),
    Size(848, 1264),
    Size(1376, 768),
    Size(768, 1376),
)
_TWO_K = tuple(Size(2 * size.width, 2 * size.height) for size in _ONE_K)
_OLD = (
    _SQUARE,
    Size(1184, 864),
    Size(864, 1184),
    Size(1248, 832),
    Size(832, 1248),
    Size(1344, 768),
    Size(768, 1344),
)
_IMAGEN_SIZES = (_SQUARE, Size(1280, 896), Size(896, 1280), Size(1408, 768), Size(768, 1408))
_TAKES = Capabilities(reference=True, max_prompt_characters=32_000)  # of 64k tokens and more
_IMAGEN_TAKES = Capabilities(max_prompt_characters=1_500)  # of 480 tokens
_REFERENCE_TOKENS = 1_120  # at most, as counted by a third party on the 3.x models
# 2.5 draws one size for each ratio and knows no imageSize.
WITHOUT_IMAGE_SIZE = frozenset({"gemini-2.5-flash-image"})


@dataclass(frozen=True, slots=True)
class TokenRates:
    """USD for a million tokens. Thinking counts as text out."""

    text_in: Decimal
    text_out: Decimal
    image_out: Decimal


def _rates(text_in: str, text_out: str, image_out: str) -> TokenRates:
    return TokenRates(Decimal(text_in), Decimal(text_out), Decimal(image_out))


TOKEN_RATES: Mapping[str, TokenRates] = {
    "gemini-nano-banana-2.1": _rates("1.50", "7.50", "30"),
    "gemini-3-pro-image": _rates("2", "12", "120"),
    "gemini-3.1-flash-lite-image": _rates("0.25", "1.50", "30"),
    "gemini-3.1-flash-image": _rates("0.50", "3", "60"),
    "gemini-2.5-flash-image": _rates("0.30", "2.50", "30"),
}


def _offer(usd: str, seconds: float, **parameters: str) -> Offer:
    return Offer(Price(Decimal(usd), _AS_OF, "litellm"), seconds, parameters)


def _going_by_a_picture(offer: Offer, rates: TokenRates) -> Offer:
    """The offer with the price of a reference: what is shown is read like words."""
    usd = offer.price.usd + rates.text_in * _REFERENCE_TOKENS / 1_000_000
    return replace(offer, with_reference=replace(offer.price, usd=usd))


def _gemini(
    wire_name: str,
    label: str,
    strengths: set[Strength],
    offers: dict[Quality, Offer],
    lifecycle: Lifecycle,
    sizes: tuple[Size, ...] = _ONE_K,
) -> ModelSpec:
    name, rates = wire_name.removeprefix("gemini-"), TOKEN_RATES[wire_name]
    offers = {quality: _going_by_a_picture(offer, rates) for quality, offer in offers.items()}
    return ModelSpec(f"gemini/{name}", label, wire_name, "gemini-image", frozenset(strengths), sizes, offers, _TAKES, lifecycle)


def _imagen(wire_name: str, label: str, strength: Strength, quality: Quality, usd: str, successor: str) -> ModelSpec:
    offer = Offer(Price(Decimal(usd), date(2026, 8, 17), "imagen-memory"), 8)
    life = Lifecycle(shutdown=date(2026, 8, 17), successor=f"gemini/{successor}")
    name = wire_name.removesuffix("-001")
    return ModelSpec(
        f"gemini/{name}", label, wire_name, "imagen", frozenset({strength}), _IMAGEN_SIZES, {quality: offer}, _IMAGEN_TAKES, life
    )


_25 = _offer("0.039", 7)
_31 = _offer("0.0672", 8)
_PRO = _offer("0.134", 20)  # the same for 1K and 2K
_LITE = _offer("0.0336", 4)

MODELS = (
    _gemini(
        "gemini-nano-banana-2.1",
        "Nano Banana 2.1",
        {Strength.ILLUSTRATION, Strength.PHOTOREAL},
        {
            Quality.DRAFT: _offer("0.0336", 5, thinkingLevel="MINIMAL"),
            Quality.STANDARD: _offer("0.0336", 8),
            Quality.HD: _offer("0.0336", 15, thinkingLevel="HIGH"),
        },
        Lifecycle(),
    ),
    _gemini(
        "gemini-3-pro-image",
        "Gemini 3 Pro Image",
        {Strength.TYPOGRAPHY, Strength.DETAIL, Strength.PHOTOREAL},
        # It always thinks and always draws its best: there is no cheaper way to ask.
        {Quality.STANDARD: _PRO, Quality.HD: _PRO},
        Lifecycle(released=date(2026, 5, 28)),
        (*_ONE_K, *_TWO_K),
    ),
    _gemini(
        "gemini-3.1-flash-lite-image",
        "Gemini 3.1 Flash Lite Image",
        {Strength.SPEED},
        {Quality.DRAFT: _LITE, Quality.STANDARD: _LITE},
        Lifecycle(),
    ),
    _gemini(
        "gemini-2.5-flash-image",
        "Gemini 2.5 Flash Image",
        {Strength.ILLUSTRATION},
        {Quality.DRAFT: _25, Quality.STANDARD: _25},
        Lifecycle(shutdown=date(2027, 3, 15), successor="gemini/nano-banana-2.1"),
        _OLD,
    ),
    _gemini(
        "gemini-3.1-flash-image",
        "Gemini 3.1 Flash Image",
        {Strength.ILLUSTRATION, Strength.PHOTOREAL},
        {Quality.DRAFT: _31, Quality.STANDARD: _31},
        Lifecycle(released=date(2026, 5, 28), shutdown=date(2026, 10, 29), successor="gemini/nano-banana-2.1"),
    ),
    _imagen("imagen-4.0-fast-generate-001", "Imagen 4 Fast", Strength.SPEED, Quality.DRAFT, "0.02", "nano-banana-2.1"),
    _imagen("imagen-4.0-generate-001", "Imagen 4", Strength.PHOTOREAL, Quality.STANDARD, "0.04", "nano-banana-2.1"),
    _imagen("imagen-4.0-ultra-generate-001", "Imagen 4 Ultra", Strength.DETAIL, Quality.HD, "0.06", "3-pro-image"),
)
