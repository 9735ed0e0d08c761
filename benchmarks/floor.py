"""The least that could be done for a comparison: one web process that asks the providers on its own event loop.

An ASGI application without Django, Celery, Redis, credits, sessions or templates: it takes the POST, makes the same calls with
bare aiohttp, writes the file, inserts one row, and pushes the address of the picture to the open stream. Whatever it works on is
lost when it dies; that is what the product's extra milliseconds pay for.

Environment: ``SIMULATOR_URL``, ``DATABASE_URL``, ``FLOOR_FOLDER`` for the pictures, ``FLOOR_MODELS`` (ids, with commas between).
"""

import asyncio
import os
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import orjson
from psycopg_pool import AsyncConnectionPool
from pybase64 import b64decode

from providers import catalogue
from providers.adapters import ideogram, openai
from providers.simulator.pictures import SIGNATURE
from providers.types import ImageRequest, ModelSpec, Quality, Size

type Scope = dict[str, Any]
type Send = Callable[[dict[str, Any]], Awaitable[None]]
type Receive = Callable[[], Awaitable[dict[str, Any]]]

TABLE = "CREATE TABLE IF NOT EXISTS floor (id uuid PRIMARY KEY, file text, made timestamptz DEFAULT now())"
MODELS = [catalogue.model(each) for each in os.environ["FLOOR_MODELS"].split(",")]
FOLDER = Path(os.environ["FLOOR_FOLDER"])


class Floor:
    """Queues of events by run, and what its calls share."""

    def __init__(self) -> None:
        self.runs: dict[str, asyncio.Queue[bytes]] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        self.http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), read_bufsize=256 * 1024)
        kept = {"min_size": 4, "max_size": 16, "kwargs": {"autocommit": True}}
        self.pool = AsyncConnectionPool(os.environ["DATABASE_URL"], **kept, open=False)
        await self.pool.open(wait=True)
        async with self.pool.connection() as database:
            await database.execute(TABLE)

    def start(self, prompt: str) -> str:
        run = uuid.uuid4().hex
        self.runs[run] = asyncio.Queue()
        for position, model in enumerate(MODELS, start=1):
            task = asyncio.create_task(self._draw(run, position, model, prompt))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
        return run

    async def _draw(self, run: str, position: int, model: ModelSpec, prompt: str) -> None:
        request = ImageRequest(model=model, prompt=prompt, size=Size(1024, 1024), quality=Quality.DRAFT)
        data = await (self._openai(request) if model.provider == "openai" else self._ideogram(request))
        name = uuid.uuid4()
        await asyncio.to_thread((FOLDER / f"{name}.png").write_bytes, data)
        async with self.pool.connection() as database:
            await database.execute("INSERT INTO floor (id, file) VALUES (%s, %s)", [name, f"{name}.png"])
        self.runs[run].put_nowait(f'event: frame-{position}\ndata: <img src="/images/{name}/original/">\n\n'.encode())

    async def _openai(self, request: ImageRequest) -> bytes:
        address = f"{os.environ['SIMULATOR_URL']}/openai/v1/images/generations"
        async with self.http.post(address, json=openai.payload(request), headers={"Authorization": "Bearer simulated"}) as answer:
            return b64decode(orjson.loads(await answer.read())["data"][0]["b64_json"])

    async def _ideogram(self, request: ImageRequest) -> bytes:
        path, body = ideogram.call(request)
        address = f"{os.environ['SIMULATOR_URL']}/ideogram{path}"
        async with self.http.post(address, json=body, headers={"Api-Key": "simulated"}) as answer:
            url = (await answer.json())["data"][0]["url"]
        async with self.http.get(url) as answer:
            data = await answer.read()
        if not data.startswith(SIGNATURE):
            raise ValueError("no picture came")
        return data

    async def stream(self, run: str, send: Send) -> None:
        await send(_start(b"text/event-stream"))
        for _ in MODELS:
            await send({"type": "http.response.body", "body": await self.runs[run].get(), "more_body": True})
        await send({"type": "http.response.body", "body": b"event: run-closed\ndata: \n\n"})
        del self.runs[run]


_floor = Floor()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await receive()
        await _floor.open()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
    elif scope["method"] == "POST":
        run = _floor.start((await receive())["body"].decode())
        await send(_start(b"text/plain", len(run)))
        await send({"type": "http.response.body", "body": run.encode()})
    elif scope["path"].endswith("/events/"):
        await _floor.stream(scope["path"].split("/")[2], send)
    else:
        await send(_start(b"text/plain", 2))
        await send({"type": "http.response.body", "body": b"ok"})


def _start(content_type: bytes, length: int | None = None) -> dict[str, Any]:
    size = [] if length is None else [(b"content-length", str(length).encode())]
    return {"type": "http.response.start", "status": 200, "headers": [(b"content-type", content_type), *size]}
