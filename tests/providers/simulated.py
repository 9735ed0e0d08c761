"""Asking the simulator through our own adapters."""

from contextlib import aclosing

from providers import catalogue
from providers.access import access_for
from providers.transport import Transport
from providers.types import ImageRequest, ProviderEvent
from tests.providers.conftest import SHORT

# Faults that put something else in the picture's place; "broken_picture" opens, and only decoding finds it out.
BAD_PICTURES = ("text_as_image", "svg_with_script", "oversized", "huge")


async def asked(address: str, model_id: str, prompt: str, **request) -> list[ProviderEvent]:
    """Every event of one question, in the model's first quality and size. Raises the error tree."""
    model = catalogue.model(model_id)
    provider = catalogue.provider(model.provider)
    access = access_for(provider, api_key="", base_url=None, simulator_url=address)
    wanted = ImageRequest(model, prompt, model.sizes[0], next(iter(model.offers)), **request)
    async with Transport(SHORT) as transport, aclosing(provider.generate(wanted, access, transport)) as events:
        return [event async for event in events]
