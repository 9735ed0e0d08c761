"""What an adapter costs on top of plain aiohttp: CPU of one call with a picture of 1 MB, on loopback.

    python -m benchmarks.adapters [--calls 300] [--rounds 5]

The server runs in a process of its own, so only the caller's CPU is counted. "Plain" is the least a hand-written caller would
do: post, read, parse, decode, and for a hosted picture a second request. Rounds alternate between both, and the median counts.

Target: at most 1.5 in every case. A hosted picture comes nearest to it: two requests and no decoding leave little to compare but
what guards a call.
"""

import argparse
import asyncio
import base64
import json
import multiprocessing
import statistics
import struct
import time
import zlib
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from multiprocessing.connection import Connection
from random import Random

import aiohttp
import uvloop
from aiohttp import web

from providers import catalogue
from providers.transport import Transport
from providers.types import Access, ImageRequest, ImageResult, Quality, Size

TARGET = 1.5
CASES = {
    "OpenAI, base64 in one answer": ("openai/gpt-image-2.6-flare", Quality.DRAFT),
    "OpenAI, base64 in a stream": ("openai/gpt-image-2.6-flare", Quality.STANDARD),
    "Ideogram, hosted picture": ("ideogram/v_2a_turbo", Quality.STANDARD),
}


def png(size: int) -> bytes:
    """A PNG of 1024×1024 by its structure, filled with noise up to about ``size`` bytes."""
    header = struct.pack(">IIBBBBB", 1024, 1024, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", Random(1).randbytes(size)), (b"IEND", b""))
    chunks = [struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def serve(pipe: Connection, picture: bytes) -> None:
    """Answer like both providers until the process is ended."""
    encoded = base64.b64encode(picture).decode()
    whole = json.dumps({"created": 1, "data": [{"b64_json": encoded}]}).encode()
    event = json.dumps({"type": "image_generation.completed", "b64_json": encoded})
    stream = f"event: image_generation.completed\ndata: {event}\n\n".encode()

    async def openai(request: web.Request) -> web.Response:
        if b'"stream"' in await request.read():
            return web.Response(body=stream, content_type="text/event-stream")
        return web.Response(body=whole, content_type="application/json")

    async def ideogram(request: web.Request) -> web.Response:
        await request.read()
        return web.json_response({"data": [{"url": f"http://{request.host}/p.png", "is_image_safe": True, "seed": 7}]})

    async def hosted(_: web.Request) -> web.Response:
        return web.Response(body=picture, content_type="image/png")

    async def run() -> None:
        app = web.Application()
        app.add_routes([web.post("/images/generations", openai), web.post("/generate", ideogram), web.get("/p.png", hosted)])
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        pipe.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    uvloop.run(run())


async def plain(session: aiohttp.ClientSession, url: str, model: str, quality: Quality) -> bytes:
    """The same call by hand."""
    if model.startswith("ideogram"):
        async with session.post(f"{url}/generate", json={"image_request": {"prompt": "a cup"}}) as response:
            item = json.loads(await response.read())["data"][0]
        async with session.get(item["url"]) as response:
            return await response.read()
    streaming = {} if quality is Quality.DRAFT else {"stream": True}
    async with session.post(f"{url}/images/generations", json={"prompt": "a cup", **streaming}) as response:
        body = await response.read()
    if streaming:
        return base64.b64decode(json.loads(body.split(b"data: ", 1)[1])["b64_json"])
    return base64.b64decode(json.loads(body)["data"][0]["b64_json"])


async def through_adapter(transport: Transport, url: str, model_id: str, quality: Quality) -> bytes:
    model = catalogue.model(model_id)
    request = ImageRequest(model, "a cup", Size(1024, 1024), quality)
    async with aclosing(catalogue.provider(model.provider).generate(request, Access(url, "key"), transport)) as events:
        async for event in events:
            if isinstance(event, ImageResult):
                return event.data
    raise AssertionError("no picture")


async def cpu(calls: int, call: Callable[[], Awaitable[bytes]], size: int) -> float:
    """CPU seconds of one call, eight in flight."""

    async def several(count: int) -> None:
        for _ in range(count):
            assert len(await call()) == size

    before = time.process_time()
    await asyncio.gather(*(several(calls // 8) for _ in range(8)))
    return (time.process_time() - before) / (calls // 8 * 8)


async def measure(url: str, calls: int, rounds: int, size: int) -> list[tuple[str, float, float, float]]:
    table = []
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session, Transport() as transport:
        for name, (model, quality) in CASES.items():
            pairs = []
            for number in range(rounds + 1):
                by_hand = await cpu(calls, lambda: plain(session, url, model, quality), size)  # noqa: B023
                ours = await cpu(calls, lambda: through_adapter(transport, url, model, quality), size)  # noqa: B023
                if number:  # the first round warms both up
                    pairs.append((by_hand, ours, ours / by_hand))
            table.append((name, *(statistics.median(column) for column in zip(*pairs, strict=True))))
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    picture = png(1_000_000)
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs, picture), daemon=True)
    server.start()
    try:
        url = f"http://127.0.0.1:{ours.recv()}"
        table = uvloop.run(measure(url, options.calls, options.rounds, len(picture)))
    finally:
        server.terminate()
        server.join()
    print(f"{'CPU of one call':<32} {'plain ms':>9} {'ours ms':>9} {'ratio':>6}")
    for name, by_hand, adapter, ratio in table:
        print(f"{name:<32} {by_hand * 1000:9.2f} {adapter * 1000:9.2f} {ratio:6.2f}{'' if ratio <= TARGET else '  over'}")


if __name__ == "__main__":
    main()
