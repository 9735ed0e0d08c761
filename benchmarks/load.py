"""People who run one comparison after the other, and what both ends of it noted: the listener and the simulator."""

import asyncio
import itertools
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from benchmarks.listener import Client
from benchmarks.product import Simulator

FRAMES = 8
PATIENCE = 90.0  # seconds for one run, after which the benchmark has failed
_marks = itertools.count(1)


class Browser(Protocol):
    """Somebody in front of it."""

    browser: Client

    async def open_page(self) -> None: ...

    async def start_run(self, prompt: str, models: Sequence[str]) -> str: ...


@dataclass
class Run:
    """One comparison as its person lived it. Moments are epoch seconds; ``seen`` is by position."""

    mark: str
    posted: float
    answered: float = 0.0
    seen: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """One provider call as the simulator lived it: when the request was there, and when the last byte had left."""

    asked: float
    ended: float


async def drive(
    browsers: Sequence[Browser], models: Sequence[str], seconds: float, *, spread: float = 0, most_runs: int | None = None
) -> list[Run]:
    """Everybody starts a run, waits for its pictures and starts the next.

    They begin spread over ``spread`` seconds, as people do, and stop starting ``seconds`` after all have begun.
    """
    await asyncio.gather(*(browser.open_page() for browser in browsers))
    runs: list[Run] = []
    streams: set[asyncio.Task[None]] = set()
    deadline = time.monotonic() + spread + seconds

    async def live(browser: Browser) -> None:
        await asyncio.sleep(random.uniform(0, spread))
        while time.monotonic() < deadline and (most_runs is None or len(runs) < most_runs):
            runs.append(run := Run(f"bench-{next(_marks)}", time.time()))
            complete = asyncio.Event()
            address = await browser.start_run(f"Shop sign, rain, 35 mm [[{run.mark}]]", models)
            run.answered = time.time()
            streams.add(task := asyncio.create_task(watch(browser.browser, address, run, complete)))
            task.add_done_callback(streams.discard)
            async with asyncio.timeout(PATIENCE):
                await complete.wait()

    try:
        await asyncio.gather(*(live(browser) for browser in browsers))
    finally:
        for task in tuple(streams):
            task.cancel()
        for browser in browsers:
            browser.browser.close()
    return runs


async def watch(browser: Client, address: str, run: Run, complete: asyncio.Event) -> None:
    """Follow the stream to its end and note when each frame first showed its picture."""
    async with browser.stream(address) as events:
        async for event in events:
            if event.name.startswith(b"frame-") and b"/original/" in event.data:
                run.seen.setdefault(int(event.name.removeprefix(b"frame-")), event.moment)
                if len(run.seen) == FRAMES:
                    complete.set()
            if event.name == b"run-closed":
                return


def calls(playing: Simulator) -> dict[tuple[str, str], Call]:
    """Every call by mark and model name on the wire; where the picture is fetched by its address, its last byte counts."""
    timings = playing.timings()
    ended = {each["id"]: each["epoch"] for each in timings}
    fetched = {each["marker"]: each["epoch"] for each in timings if each["what"] == "image"}
    found = {}
    for request in playing.requests():
        if request["model"]:
            mark = request["prompt"].partition("[[")[2].partition("]]")[0]  # a model's own words may stand behind it
            end = fetched[mark] if request["provider"] == "ideogram" else ended[request["number"]]
            found[mark, request["model"]] = Call(request["time"], end)
    return found
