"""No answer, however broken, leaves the error tree or puts a non-picture into the world."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import aclosing, suppress
from dataclasses import dataclass

import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st

from providers import catalogue, pictures
from providers.errors import ProviderError
from providers.transport import Transport
from providers.types import Access, ImageRequest, ImageResult, ProviderEvent, Quality, Size
from tests.providers.clock import SteadyLoop
from tests.providers.conftest import PATIENT, SECRET
from tests.providers.contract import all_cases
from tests.providers.samples import encoded, picture, sse

MODELS = [case.model for case in all_cases()]
NAMES = ["data", "url", "b64_json", "error", "code", "type", "seed", "prompt", "usage", "is_image_safe", "generation_id"]
NAMES += ["images", "info", "detail", "progress", "state", "prompt_id", "outputs", "status", "queue_pending", "node_errors"]

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(encoded(picture(width=64, height=64)))
OBJECTS = st.dictionaries(st.sampled_from(NAMES), LEAVES, max_size=6)
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner), max_leaves=12
)
ANSWERS = st.builds(lambda items, rest: rest | {"data": items}, st.lists(OBJECTS, max_size=2), OBJECTS)
KINDS = st.sampled_from(["image_generation.completed", "image_generation.partial_image", "error", "x"])
STREAMS = st.lists(st.builds(lambda event, kind: event | {"type": kind}, OBJECTS, KINDS), max_size=3).map(
    lambda events: sse(*events)
)
BODIES = st.binary(max_size=200) | STREAMS | (ANYTHING | ANSWERS).map(lambda value: json.dumps(value).encode())


@dataclass(frozen=True)
class Given:
    body: bytes
    content_type: str
    status: int
    retry_after: str


GIVEN = st.builds(
    Given,
    BODIES,
    st.sampled_from(["application/json", "text/event-stream", "text/html", "image/png", ""]),
    st.sampled_from([200, 200, 200, 200, 201, 204, 304, 400, 402, 422, 429, 500, 599]),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40) | st.integers().map(str),
)


class Machine:
    """A server that gives one answer to everything, and the adapters that ask it."""

    def __init__(self, runner: web.AppRunner, transport: Transport) -> None:
        self.runner = runner
        self.transport = transport
        self.given = Given(b"", "", 200, "")

    @classmethod
    async def start(cls) -> "Machine":
        app = web.Application()
        machine = cls(web.AppRunner(app, shutdown_timeout=0.1), Transport(PATIENT))
        app.router.add_route("*", "/{path:.*}", machine.answer)
        await machine.runner.setup()
        await web.TCPSite(machine.runner, "127.0.0.1", 0).start()
        return machine

    async def stop(self) -> None:
        await self.transport.aclose()
        await self.runner.cleanup()

    async def answer(self, _: web.Request) -> web.Response:
        headers = {"content-type": self.given.content_type, "retry-after": self.given.retry_after}
        return web.Response(status=self.given.status, body=self.given.body, headers=headers)

    async def ask(self, model_id: str) -> list[ProviderEvent]:
        model = catalogue.model(model_id)
        access = Access(f"http://127.0.0.1:{self.runner.addresses[0][1]}", SECRET)
        request = ImageRequest(model, "a cup", Size(1024, 1024), Quality.STANDARD)
        events = []
        with suppress(ProviderError):
            async with aclosing(catalogue.provider(model.provider).generate(request, access, self.transport)) as stream:
                events = [event async for event in stream]
        return events


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = SteadyLoop()
    yield loop
    loop.close()


@pytest.fixture(scope="module")
def machine(loop) -> Iterator[Machine]:
    machine = loop.run_until_complete(Machine.start())
    yield machine
    loop.run_until_complete(machine.stop())


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=50)
@given(answer=GIVEN)
def test_either_a_whole_picture_comes_out_or_one_of_our_errors(loop, machine, model, answer):
    machine.given = answer
    for event in loop.run_until_complete(machine.ask(model)):
        if isinstance(event, ImageResult):
            assert pictures.inspect(event.data).width == event.width
    assert machine.transport.budget.used == 0
