"""Black Forest Labs' models: what they cost, how long they take, what they can make. Sources are named in docs/providers.md.

FLUX.2 is priced by the megapixel; the sizes here stay within the first, and a reference is sent with one at most. Every expected
time is an estimate, and release dates other than those of FLUX.3 and FLUX.2 [max] are remembered. Unverified: the pixels behind a
shape of FLUX.3 (sides of one or four megapixels, each rounded to 16, which fits every size seen) and of 1.1 Ultra (rounded up to
32). A result of another size says so.
"""

from datetime import date
from decimal import Decimal

from providers.types import Capabilities, Lifecycle, ModelSpec, Offer, Price, Quality, Size, Strength

_AS_OF = date(2026, 10, 2)
# Any multiples of 16 will do: the product's own shapes, none over a megapixel of 1024 times 1024.
_FLUX_2 = (
    Size(1024, 1024),
    Size(1152, 864),
    Size(864, 1152),
    Size(1248, 832),
    Size(832, 1248),
    Size(1280, 720),
    Size(720, 1280),
)
_FLUX_1_1 = (*_FLUX_2[:5], Size(1344, 768), Size(768, 1344))  # multiples of 32
_ULTRA = (
    Size(2048, 2048),
    Size(2368, 1792),
    Size(1792, 2368),
    Size(2528, 1696),
    Size(1696, 2528),
    Size(2752, 1536),
    Size(1536, 2752),
)
_FLUX_3 = (
    Size(1024, 1024),
    Size(1184, 880),
    Size(880, 1184),
    Size(1248, 832),
    Size(832, 1248),
    Size(1360, 768),
    Size(768, 1360),
)
_FLUX_3_2K = (
    Size(2048, 2048),
    Size(2368, 1776),
    Size(1776, 2368),
    Size(2512, 1680),
    Size(1680, 2512),
    Size(2736, 1536),
    Size(1536, 2736),
)
_TAKES = Capabilities(seed=True, reference=True)


def _price(usd: str) -> Price:
    return Price(Decimal(usd), _AS_OF, "bfl-pricing")


def _offer(usd: str, seconds: float, *, reference: str = "", **parameters: str) -> Offer:
    """``reference`` is the price of an image that goes by one, where that is another."""
    return Offer(_price(usd), seconds, parameters, _price(reference) if reference else None)


def _one(usd: str, seconds: float, *, reference: str = "", **parameters: str) -> dict[Quality, Offer]:
    """One way of drawing: draft and standard are the same call."""
    offer = _offer(usd, seconds, reference=reference, **parameters)
    return {Quality.DRAFT: offer, Quality.STANDARD: offer}


def _model(
    wire_name: str,
    label: str,
    strengths: set[Strength],
    offers: dict[Quality, Offer],
    released: date,
    sizes: tuple[Size, ...] = _FLUX_2,
    takes: Capabilities = _TAKES,
    *,
    name: str = "",
) -> ModelSpec:
    life = Lifecycle(released=released)
    return ModelSpec(f"bfl/{name or wire_name}", label, wire_name, "flux", frozenset(strengths), sizes, offers, takes, life)


MODELS = (
    _model(
        "flux-3-image",
        "FLUX.3 Image",
        {Strength.PHOTOREAL, Strength.TYPOGRAPHY},
        _one("0.048", 14, resolution="1k", grounding="false"),
        date(2026, 10, 1),
        _FLUX_3,
        Capabilities(reference=True),
    ),
    _model(
        "flux-3-image",
        "FLUX.3 Image 2K",
        {Strength.PHOTOREAL, Strength.TYPOGRAPHY, Strength.DETAIL},
        {Quality.HD: _offer("0.10", 30, resolution="2k", grounding="false")},
        date(2026, 10, 1),
        _FLUX_3_2K,
        Capabilities(reference=True),
        name="flux-3-image-2k",
    ),
    _model("flux-2-pro", "FLUX.2 [pro]", {Strength.PHOTOREAL}, _one("0.03", 8, reference="0.045"), date(2025, 11, 25)),
    _model(
        "flux-2-max",
        "FLUX.2 [max]",
        {Strength.PHOTOREAL, Strength.DETAIL},
        {Quality.STANDARD: _offer("0.07", 15, reference="0.10")},
        date(2025, 12, 16),
    ),
    _model(
        "flux-2-flex",
        "FLUX.2 [flex]",
        {Strength.TYPOGRAPHY, Strength.PHOTOREAL},
        {
            Quality.DRAFT: _offer("0.05", 8, reference="0.10", steps="20", prompt_upsampling="false"),
            Quality.STANDARD: _offer("0.05", 16, reference="0.10", steps="50", prompt_upsampling="false"),
        },
        date(2025, 11, 25),
    ),
    _model("flux-2-klein-4b", "FLUX.2 [klein] 4B", {Strength.SPEED}, _one("0.014", 3, reference="0.015"), date(2026, 1, 15)),
    _model("flux-2-klein-9b", "FLUX.2 [klein] 9B", {Strength.SPEED}, _one("0.015", 3.5, reference="0.017"), date(2026, 1, 15)),
    _model("flux-pro-1.1", "FLUX 1.1 [pro]", {Strength.PHOTOREAL}, _one("0.04", 6), date(2024, 10, 2), _FLUX_1_1),
    _model(
        "flux-pro-1.1-ultra",
        "FLUX 1.1 [pro] Ultra",
        {Strength.PHOTOREAL, Strength.DETAIL},
        {Quality.HD: _offer("0.06", 12)},
        date(2024, 11, 6),
        _ULTRA,
    ),
)
