"""Asking the simulator through our own adapters, and waiting for what it does."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing

import httpx

from providers import catalogue
from providers.access import access_for
from providers.transport import Transport
from providers.types import ImageRequest, ProviderEvent
from tests.providers.conftest import PATIENT

# Faults that put something else in the picture's place; "broken_picture" opens, and only decoding finds it out.
BAD_PICTURES = ("text_as_image", "svg_with_entity", "oversized", "huge")


async def asked(address: str, model_id: str, prompt: str, **request) -> list[ProviderEvent]:
    """Every event of one question, in the model's first quality and size. Raises the error tree."""
    model = catalogue.model(model_id)
    provider = catalogue.provider(model.provider)
    access = access_for(provider, api_key="", base_url=None, simulator_url=address)
    wanted = ImageRequest(model, prompt, model.sizes[0], next(iter(model.offers)), **request)
    async with Transport(PATIENT) as transport, aclosing(provider.generate(wanted, access, transport)) as events:
        return [event async for event in events]


async def until[Answer](asked: Callable[[], Awaitable[Answer]]) -> Answer:
    """The first answer that is true of itself."""
    while True:
        if answer := await asked():
            return answer
        await asyncio.sleep(0.01)


async def shown(address: str) -> list[list[str]]:
    """The SHA-256 of the pictures that each request brought along, oldest first; of requests for work alone."""
    async with httpx.AsyncClient(verify=False, timeout=30) as client:
        calls = (await client.get(f"{address}/_control/requests", params={"method": "POST"})).json()
    return [call["references"] for call in calls]


async def wait_for_calls(address: str, count: int) -> None:
    """Until the simulator works on so many calls; from then on its clock can be put forward."""
    async with httpx.AsyncClient(verify=False, timeout=30) as client:

        async def taken_up() -> bool:
            calls = (await client.get(f"{address}/_control/requests")).json()
            return sum(bool(call["model"]) for call in calls) >= count

        await until(taken_up)
