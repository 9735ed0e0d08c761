"""Pictures to go by, under the names Black Forest Labs' models have for them; FLUX.2 bills their megapixels like its own."""

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from providers.pictures import inspect
from providers.simulator import references
from providers.simulator.bfl_errors import invalid
from providers.simulator.bfl_requests import FLUX_3, MODELS, Asked
from providers.simulator.journal import Entry

SEVERAL = ("input_image", *(f"input_image_{number}" for number in range(2, 9)))
LEAST_SIDE, MOST_PIXELS = 256, 16_000_000  # for FLUX.3
LARGEST = 20_000_000  # bytes


def taken(asked: Asked, body: Mapping[str, object], entry: Entry) -> Asked:
    """The request with the first of its pictures, and what they add to its price. Raises the vendor's 422."""
    name, sent = _sent(asked.model, body)
    pictures = [references.decoded(text) for text in sent]
    first = references.received(entry, pictures, partial(invalid, name), most=10, most_bytes=LARGEST)
    sizes = [(size.width, size.height) for size in map(inspect, pictures)]
    if asked.model == FLUX_3 and any(min(size) < LEAST_SIDE or math.prod(size) > MOST_PIXELS for size in sizes):
        raise invalid(name, "Each image must be at least 256x256 pixels and at most 16 megapixels")
    megapixels = sum(math.ceil(math.prod(size) / 2**20) for size in sizes)
    credits = asked.credits + MODELS[asked.model].further * megapixels
    return replace(asked, reference=first, references_megapixels=megapixels, credits=credits)


def _sent(model: str, body: Mapping[str, object]) -> tuple[str, list[object]]:
    """The field and what came in it."""
    if model == FLUX_3:
        images = body.get("images", [])
        return "images", images if isinstance(images, list) else [images]
    names = SEVERAL[: 4 if "klein" in model else 8] if model.startswith("flux-2") else ("image_prompt",)
    return names[0], [body[name] for name in names if body.get(name) is not None]
