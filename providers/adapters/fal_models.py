"""Models on fal, chosen for what no other adapter here has or for a second way to the same model.

Prices are fal's own, per picture of at most one megapixel (1,048,576 pixels). Unverified: the pixels behind FLUX.3's ratios at 1k
(a result of another size says so). Every expected time is an estimate and counts waiting in the queue.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from providers.types import Capabilities, Lifecycle, ModelSpec, Offer, Price, Quality, Size, Strength

_ONE_MEGAPIXEL = (
    Size(1024, 1024),
    Size(1152, 864),
    Size(864, 1152),
    Size(1248, 832),
    Size(832, 1248),
    Size(1344, 768),
    Size(768, 1344),
)

# What every call carries beside prompt, shape and seed. Prompt expansion rewrites the prompt, and costs extra on Ideogram,
# whose switch for it has changed its name; a field it does not know is passed over.
FIXED: Mapping[str, Mapping[str, object]] = {
    "blackforestlabs/flux-3/text-to-image": {"resolution": "1k", "output_format": "png", "enable_prompt_expansion": False},
    "ideogram/v4": {"num_images": 1, "output_format": "png", "enable_prompt_expansion": False, "expansion_model": "None"},
    "fal-ai/flux/schnell": {"num_images": 1, "output_format": "png"},
}
# With a reference another endpoint of the same model is asked: its name, and its field; the plural takes a list.
WITH_REFERENCE: Mapping[str, tuple[str, str]] = {
    "blackforestlabs/flux-3/text-to-image": ("blackforestlabs/flux-3/edit-image", "image_urls"),
    "ideogram/v4": ("ideogram/v4/image-to-image", "image_url"),
}
TAKES_RATIO = frozenset({"blackforestlabs/flux-3/text-to-image"})


def _offer(usd: str, as_of: date, source: str, seconds: float, **parameters: str) -> Offer:
    return Offer(Price(Decimal(usd), as_of, source), seconds, parameters)


_SCHNELL = _offer("0.003", date(2026, 11, 22), "litellm", 3.5)
_FLUX_3 = _offer("0.048", date(2026, 10, 9), "fal-pages", 10)
_IDEOGRAM = date(2026, 11, 22)

MODELS = (
    ModelSpec(
        "fal/flux-3",
        "FLUX.3 on fal",
        "blackforestlabs/flux-3/text-to-image",
        "flux",
        frozenset({Strength.PHOTOREAL, Strength.DETAIL}),
        _ONE_MEGAPIXEL,
        {Quality.STANDARD: _FLUX_3},
        Capabilities(reference=True),
        Lifecycle(released=date(2026, 10, 1)),
    ),
    ModelSpec(
        "fal/ideogram-4",
        "Ideogram 4.0 on fal",
        "ideogram/v4",
        "ideogram",
        frozenset({Strength.TYPOGRAPHY, Strength.ILLUSTRATION}),
        _ONE_MEGAPIXEL,
        {
            Quality.DRAFT: _offer("0.03", _IDEOGRAM, "fal-pages", 5, rendering_speed="TURBO"),
            Quality.STANDARD: _offer("0.06", _IDEOGRAM, "fal-pages", 8, rendering_speed="BALANCED"),
            Quality.HD: _offer("0.10", _IDEOGRAM, "fal-pages", 14, rendering_speed="QUALITY"),
        },
        Capabilities(seed=True, reference=True),
        Lifecycle(),
    ),
    ModelSpec(
        "fal/flux-schnell",
        "FLUX.1 [schnell] on fal",
        "fal-ai/flux/schnell",
        "flux",
        frozenset({Strength.SPEED}),
        _ONE_MEGAPIXEL,
        {Quality.DRAFT: _SCHNELL, Quality.STANDARD: _SCHNELL},
        Capabilities(seed=True),
        Lifecycle(),
    ),
)
