"""Official models on Replicate, chosen for what they add: the quickest, the open one and the one with free sizes.

Prices are Replicate's own, per picture. Sizes behind a ratio are those of the published predictor of FLUX.1; ``flux-1.1-pro``
takes pixels. Every expected time is an estimate and counts waiting for a machine.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from providers.types import Capabilities, Lifecycle, ModelSpec, Offer, Price, Quality, Size, Strength

_AS_OF = date(2026, 10, 7)
_BY_RATIO = (
    Size(1024, 1024),
    Size(1152, 896),
    Size(896, 1152),
    Size(1216, 832),
    Size(832, 1216),
    Size(1344, 768),
    Size(768, 1344),
)
# From 256 to 1440 in steps of 32.
_BY_PIXELS = (
    Size(1024, 1024),
    Size(1152, 864),
    Size(864, 1152),
    Size(1248, 832),
    Size(832, 1248),
    Size(1344, 768),
    Size(768, 1344),
)
TAKES_PIXELS = frozenset({"black-forest-labs/flux-1.1-pro"})
# The input a reference goes into. ``image`` is drawn over, and gives the picture its shape; ``image_prompt`` is gone by.
WITH_REFERENCE = {"black-forest-labs/flux-dev": "image", "black-forest-labs/flux-1.1-pro": "image_prompt"}

# What every call carries beside prompt, shape and seed.
FIXED: Mapping[str, Mapping[str, object]] = {
    "black-forest-labs/flux-schnell": {"num_outputs": 1, "output_format": "png"},
    "black-forest-labs/flux-dev": {"num_outputs": 1, "output_format": "png"},
    "black-forest-labs/flux-1.1-pro": {"output_format": "png"},
}
# The quick arithmetic does not repeat itself: a seed counts only without it.
WITH_SEED: Mapping[str, Mapping[str, object]] = {
    "black-forest-labs/flux-schnell": {"go_fast": False},
    "black-forest-labs/flux-dev": {"go_fast": False},
}


def _model(name: str, label: str, strengths: set[Strength], usd: str, seconds: float, sizes: tuple[Size, ...]) -> ModelSpec:
    """A model with one way of drawing: draft and standard are the same call, and there is no HD to sell."""
    offer = Offer(Price(Decimal(usd), _AS_OF, "replicate-pricing"), seconds)
    return ModelSpec(
        f"replicate/{name}",
        f"{label} on Replicate",
        f"black-forest-labs/{name}",
        "flux",
        frozenset(strengths),
        sizes,
        {Quality.DRAFT: offer, Quality.STANDARD: offer},
        Capabilities(seed=True, reference=f"black-forest-labs/{name}" in WITH_REFERENCE),
        Lifecycle(),
    )


MODELS = (
    _model("flux-schnell", "FLUX.1 [schnell]", {Strength.SPEED}, "0.003", 3.5, _BY_RATIO),
    _model("flux-dev", "FLUX.1 [dev]", {Strength.ILLUSTRATION}, "0.025", 7, _BY_RATIO),
    _model("flux-1.1-pro", "FLUX1.1 [pro]", {Strength.PHOTOREAL}, "0.04", 6, _BY_PIXELS),
)
