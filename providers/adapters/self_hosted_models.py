"""What servers of one's own are offered with: SDXL on two of them, and whatever the third has loaded.

They cost nothing here; the product's least price applies. None claims a strength: Auto takes specialists by price, and would
take what is free before what is good. SDXL spells a badge right 4 times in 10, and of a server with any model nothing is known.
A person can always choose one; Auto does when nothing else is left. Every time is an estimate: the card decides.
"""

from datetime import date
from decimal import Decimal

from providers.types import Capabilities, Lifecycle, ModelSpec, Offer, Price, Quality, Size

_FREE = Price(Decimal(0), date(2026, 11, 22), "self-hosted")
# The sizes SDXL was trained on that come nearest to the product's shapes.
_SDXL_SIZES = (
    Size(1024, 1024),
    Size(1152, 896),
    Size(896, 1152),
    Size(1216, 832),
    Size(832, 1216),
    Size(1344, 768),
    Size(768, 1344),
)
# Multiples of 16, which is what the models these servers load ask for.
_ANY_SIZES = (
    Size(1024, 1024),
    Size(1152, 864),
    Size(864, 1152),
    Size(1248, 832),
    Size(832, 1248),
    Size(1280, 720),
    Size(720, 1280),
)
_SDXL_RELEASED = date(2023, 7, 26)


def _sdxl(model_id: str, label: str, wire_name: str, previews: int = 0) -> ModelSpec:
    """SDXL 1.0; ``wire_name`` is what the server calls its checkpoint."""
    return ModelSpec(
        model_id,
        label,
        wire_name,
        "sdxl",
        frozenset(),
        _SDXL_SIZES,
        {Quality.DRAFT: Offer(_FREE, 5.5, {"steps": "20"}), Quality.STANDARD: Offer(_FREE, 8, {"steps": "30"})},
        Capabilities(seed=True, negative_prompt=True, reference=True, partial_images=previews),
        Lifecycle(released=_SDXL_RELEASED),
    )


A1111_MODELS = (_sdxl("a1111/sdxl", "SDXL on AUTOMATIC1111", "sd_xl_base_1.0", previews=3),)
COMFYUI_MODELS = (_sdxl("comfyui/sdxl", "SDXL on ComfyUI", "sd_xl_base_1.0.safetensors"),)
_ONE_WAY = Offer(_FREE, 8)  # steps and guidance are the server's own business
LOCAL_MODELS = (
    ModelSpec(
        "local/default",
        "Own server",
        "default",
        "local",
        frozenset(),
        _ANY_SIZES,
        {Quality.DRAFT: _ONE_WAY, Quality.STANDARD: _ONE_WAY},
        Capabilities(seed=True, negative_prompt=True, reference=True),
        Lifecycle(),
    ),
)
