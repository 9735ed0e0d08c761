"""OpenAI's image models: what they cost, how long they take, when they die. Sources are named in docs/providers.md.

Unverified, and said here so that nobody builds on it: the token counts (and so the price before the call) of 2.6, taken from 2.5;
every expected time, an estimate; the DALL·E prices, remembered from 2023 to 2026; what a reference adds: the higher estimate of
ComfyUI for 2 and 2.5, taken for 2.6 too, and from memory for 1.5 and the mini. What a call really cost is computed from its
``usage``.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from providers.types import Capabilities, Lifecycle, ModelSpec, Offer, Price, Quality, Size, Strength

_AS_OF = date(2026, 11, 22)
_SQUARE, _WIDE, _TALL = Size(1024, 1024), Size(1536, 1024), Size(1024, 1536)
_FIXED_SIZES = (_SQUARE, _WIDE, _TALL)
# From gpt-image-2 on any multiples of 16 from 655,360 pixels up; these are the product's shapes at about one megapixel.
_FREE_SIZES = (_SQUARE, Size(1152, 864), Size(864, 1152), _WIDE, _TALL, Size(1536, 864), Size(864, 1536))
_TAKES = Capabilities(reference=True, partial_images=2, transparent_background=True, max_prompt_characters=32_000)
# Models that look closely at a reference only when told to; the mini cannot, and from gpt-image-2 on all do.
LOOK_CLOSELY_WHEN_TOLD = frozenset({"gpt-image-1.5"})


@dataclass(frozen=True, slots=True)
class TokenRates:
    """USD for a million tokens."""

    text_in: Decimal
    image_in: Decimal
    image_out: Decimal
    text_out: Decimal


_RATES_2 = TokenRates(Decimal(5), Decimal(8), Decimal(30), Decimal(30))  # text out is not listed: taken as image out
# What a reference adds: from gpt-image-2 on all look closely.
_SEEN = Price(Decimal("0.0176"), date(2026, 9, 8), "comfyui-nodes")
_SEEN_BY_2 = replace(_SEEN, usd=Decimal("0.0147"))
_GLANCED_AT = Price(Decimal("0.0026"), date(2026, 6, 2), "openai-memory")  # 323 tokens
_LOOKED_AT_CLOSELY = replace(_GLANCED_AT, usd=Decimal("0.0525"))  # 6,240 more
_GLANCED_AT_BY_MINI = replace(_GLANCED_AT, usd=Decimal("0.0008"))
TOKEN_RATES = {
    "gpt-image-1-mini": TokenRates(Decimal(2), Decimal("2.5"), Decimal(8), Decimal(8)),
    "gpt-image-1.5": TokenRates(Decimal(5), Decimal(8), Decimal(32), Decimal(10)),
    "gpt-image-2": _RATES_2,
    "gpt-image-2.5-flare": _RATES_2,
    "gpt-image-2.5-sunburst": _RATES_2,
    "gpt-image-2.6-flare": _RATES_2,
    "gpt-image-2.6-sunburst": _RATES_2,
}


def _offer(usd: str, seconds: float, quality: str, source: str, *, reference: Price = _SEEN) -> Offer:
    """One GPT image quality. The price is that of the dearest size offered; a ``reference`` is billed on top of it."""
    price = Price(Decimal(usd), _AS_OF, source)
    with_reference = replace(reference, usd=price.usd + reference.usd)
    return Offer(price, seconds, {"quality": quality, "output_format": "png"}, with_reference)


def _dalle_offer(usd: str, seconds: float, **parameters: str) -> Offer:
    price = Price(Decimal(usd), date(2026, 5, 12), "dall-e-memory")
    return Offer(price, seconds, {**parameters, "response_format": "b64_json"})


def _gpt(wire_name: str, label: str, strengths: set[Strength], offers: dict[Quality, Offer], lifecycle: Lifecycle) -> ModelSpec:
    sizes = _FREE_SIZES if wire_name.startswith("gpt-image-2") else _FIXED_SIZES
    return ModelSpec(f"openai/{wire_name}", label, wire_name, "gpt-image", frozenset(strengths), sizes, offers, _TAKES, lifecycle)


def _three(low: Offer, medium: Offer, high: Offer) -> dict[Quality, Offer]:
    return {Quality.DRAFT: low, Quality.STANDARD: medium, Quality.HD: high}


_FLARE = _three(
    _offer("0.006", 6, "low", "litellm"), _offer("0.013", 12, "medium", "litellm"), _offer("0.053", 25, "high", "litellm")
)
_SUNBURST = _three(
    _offer("0.006", 8, "low", "litellm"), _offer("0.013", 16, "medium", "litellm"), _offer("0.094", 42, "xhigh", "litellm")
)

MODELS = (
    _gpt(
        "gpt-image-2.6-flare",
        "GPT Image 2.6 Flare",
        {Strength.SPEED, Strength.TYPOGRAPHY, Strength.ILLUSTRATION},
        _FLARE,
        Lifecycle(released=date(2026, 11, 4)),
    ),
    _gpt(
        "gpt-image-2.6-sunburst",
        "GPT Image 2.6 Sunburst",
        {Strength.DETAIL, Strength.PHOTOREAL, Strength.TYPOGRAPHY},
        _SUNBURST,
        Lifecycle(released=date(2026, 11, 4)),
    ),
    _gpt(
        "gpt-image-2.5-flare",
        "GPT Image 2.5 Flare",
        {Strength.SPEED, Strength.ILLUSTRATION},
        _FLARE,
        Lifecycle(released=date(2026, 9, 8)),
    ),
    _gpt(
        "gpt-image-2.5-sunburst",
        "GPT Image 2.5 Sunburst",
        {Strength.DETAIL, Strength.PHOTOREAL},
        _SUNBURST,
        Lifecycle(released=date(2026, 9, 8)),
    ),
    _gpt(
        "gpt-image-2",
        "GPT Image 2",
        {Strength.PHOTOREAL, Strength.ILLUSTRATION},
        _three(
            _offer("0.006", 6, "low", "gpt-image-2-pricing", reference=_SEEN_BY_2),
            _offer("0.053", 12, "medium", "gpt-image-2-pricing", reference=_SEEN_BY_2),
            _offer("0.211", 25, "high", "gpt-image-2-pricing", reference=_SEEN_BY_2),
        ),
        Lifecycle(released=date(2026, 4, 21)),
    ),
    _gpt(
        "gpt-image-1.5",
        "GPT Image 1.5",
        {Strength.ILLUSTRATION},
        _three(
            _offer("0.013", 7, "low", "litellm", reference=_GLANCED_AT),
            _offer("0.05", 14, "medium", "litellm", reference=_GLANCED_AT),
            _offer("0.20", 30, "high", "litellm", reference=_LOOKED_AT_CLOSELY),
        ),
        Lifecycle(
            released=date(2025, 12, 16),
            notice=date(2026, 6, 2),
            shutdown=date(2026, 12, 1),
            successor="openai/gpt-image-2.6-sunburst",
        ),
    ),
    _gpt(
        "gpt-image-1-mini",
        "GPT Image 1 Mini",
        {Strength.SPEED},
        {
            Quality.DRAFT: _offer("0.006", 5, "low", "litellm", reference=_GLANCED_AT_BY_MINI),
            Quality.STANDARD: _offer("0.015", 10, "medium", "litellm", reference=_GLANCED_AT_BY_MINI),
        },
        Lifecycle(notice=date(2026, 6, 2), shutdown=date(2026, 12, 1), successor="openai/gpt-image-2.6-flare"),
    ),
    _gpt(
        "gpt-image-1",
        "GPT Image 1",
        {Strength.ILLUSTRATION},
        # The last prices are not in any source at hand; 1.5 charged the same order.
        _three(
            _offer("0.013", 8, "low", "gpt-image-1.5", reference=_GLANCED_AT),
            _offer("0.05", 16, "medium", "gpt-image-1.5", reference=_GLANCED_AT),
            _offer("0.20", 35, "high", "gpt-image-1.5", reference=_GLANCED_AT),
        ),
        Lifecycle(shutdown=date(2026, 10, 23), successor="openai/gpt-image-2.5-sunburst"),
    ),
    ModelSpec(
        "openai/dall-e-3",
        "DALL·E 3",
        "dall-e-3",
        "dall-e",
        frozenset({Strength.ILLUSTRATION, Strength.DETAIL}),
        (_SQUARE, Size(1792, 1024), Size(1024, 1792)),
        {
            Quality.STANDARD: _dalle_offer("0.08", 12, quality="standard", style="vivid"),
            Quality.HD: _dalle_offer("0.12", 20, quality="hd", style="vivid"),
        },
        Capabilities(max_prompt_characters=4_000),
        Lifecycle(shutdown=date(2026, 5, 12), successor="openai/gpt-image-2.6-sunburst"),
    ),
    ModelSpec(
        "openai/dall-e-2",
        "DALL·E 2",
        "dall-e-2",
        "dall-e",
        frozenset({Strength.ILLUSTRATION}),
        (Size(256, 256), Size(512, 512), _SQUARE),
        {Quality.DRAFT: _dalle_offer("0.02", 8), Quality.STANDARD: _dalle_offer("0.02", 8)},
        Capabilities(max_prompt_characters=1_000),
        Lifecycle(shutdown=date(2026, 5, 12), successor="openai/gpt-image-2.6-flare"),
    ),
)
