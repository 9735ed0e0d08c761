"""Every live model of the catalogue gets its picture from the simulator through its own adapter."""

from contextlib import aclosing
from datetime import date

import pytest

from providers import catalogue
from providers.access import access_for
from providers.errors import ProviderDown
from providers.limits import Limits
from providers.simulator.config import Config
from providers.simulator.server import serving
from providers.transport import Transport
from providers.types import ImageRequest, ImageResult, PartialImage

TODAY = date(2026, 11, 22)
LIVE = (*catalogue.live(TODAY), *catalogue.retiring(TODAY))


async def ask(address: str, request: ImageRequest) -> list:
    provider = catalogue.provider(request.model.provider)
    access = access_for(provider, api_key="", base_url=None, simulator_url=address)
    async with Transport(Limits(poll_first=0.02)) as transport, aclosing(provider.generate(request, access, transport)) as events:
        return [event async for event in events]


@pytest.mark.parametrize("model", LIVE, ids=lambda model: model.id)
async def test_each_quality_and_size_is_answered(model):
    async with serving(Config(time_scale=0, payload_bytes=400_000, today=TODAY)) as address:
        for quality, size in [
            *((quality, model.sizes[0]) for quality in model.offers),
            *((next(iter(model.offers)), s) for s in model.sizes),
        ]:
            *before, result = await ask(address, ImageRequest(model, "a fox", size, quality))
            assert isinstance(result, ImageResult)
            assert (result.width, result.height) == (size.width, size.height)
            assert result.simulated
            assert len([event for event in before if isinstance(event, PartialImage)]) in (0, model.capabilities.partial_images)


@pytest.mark.parametrize("model", LIVE, ids=lambda model: model.id)
async def test_the_marker_finds_the_model_by_its_catalogue_id_or_wire_name(model):
    async with serving(Config(time_scale=0, payload_bytes=400_000, today=TODAY)) as address:
        for name in (model.id, model.wire_name):
            prompt = f"a fox [[fault:server_error@{name}]]"
            with pytest.raises(ProviderDown):
                await ask(address, ImageRequest(model, prompt, model.sizes[0], next(iter(model.offers))))
