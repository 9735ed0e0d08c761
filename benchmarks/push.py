"""How soon an event is in the browser with 500 open streams, and what a stream costs: ``python -m benchmarks.push``.

One web process under ``manage.py up``; the workers and beat are held, so that nothing but the benchmark publishes. Events are
whole frames, published by the function the worker uses; the floor is a bare subscriber to the same events.
"""

import argparse
import asyncio
import random
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field

import redis.asyncio
import uvloop

from benchmarks import figures
from benchmarks.figures import Figure, milliseconds, percentile
from benchmarks.listener import Event
from benchmarks.people import Person
from benchmarks.product import WORKERS, Product, product
from benchmarks.quiet import no_collection

OPENING_AT_ONCE = 10
PATIENCE = 60.0  # seconds
MOMENT = b"<!--moment "


@dataclass
class Streams:
    """Open streams of runs, and the latencies (seconds) of the events that came since ``clear``."""

    person: Person
    numbers: Sequence[int]
    latencies: list[float] = field(default_factory=list)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def open(self) -> None:
        """Open every stream and wait for its snapshot."""
        gate = asyncio.Semaphore(OPENING_AT_ONCE)
        async with asyncio.timeout(PATIENCE + len(self.numbers) / 5):
            await asyncio.gather(*(self._open(number, gate) for number in self.numbers))

    async def _open(self, number: int, gate: asyncio.Semaphore) -> None:
        ready = asyncio.Event()
        async with gate:
            self.tasks.append(task := asyncio.create_task(self._follow(number, ready)))
            waiting = asyncio.create_task(ready.wait())
            await asyncio.wait([task, waiting], return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                waiting.cancel()
                task.result()
                raise ConnectionError("a stream ended before its snapshot")

    async def _follow(self, number: int, ready: asyncio.Event) -> None:
        async with AsyncExitStack() as stack:
            events = await stack.enter_async_context(self.person.browser.stream(f"/runs/{number}/events/"))
            async for event in events:
                if event.name == b"balance":  # the last of a snapshot
                    ready.set()
                self._note(event)

    def _note(self, event: Event) -> None:
        _, found, rest = event.data.partition(MOMENT)
        if found:
            self.latencies.append(event.moment - float(rest.partition(b"-->")[0]))

    async def received(self, number: int) -> list[float]:
        """Wait until that many events have come, then start anew. Ends the benchmark when some never come."""
        deadline = time.monotonic() + 10
        while len(self.latencies) < number:
            if time.monotonic() > deadline:
                sys.exit(f"{number - len(self.latencies)} of {number} events were lost.")
            await asyncio.sleep(0.05)
        found, self.latencies = self.latencies, []
        return found

    def close(self) -> None:
        for task in self.tasks:
            task.cancel()


@dataclass
class Load:
    """What is published, and where: the frame's HTML, and the channels of the runs."""

    html: str
    channels: Sequence[str]
    client: redis.asyncio.Redis

    async def steady(self, seconds: float, each_second: int) -> int:
        """Events to runs at random, evenly spread; how many."""
        count = int(seconds * each_second)
        begun = time.monotonic()
        for number in range(count):
            await asyncio.sleep(begun + number / each_second - time.monotonic())
            await self.publish(random.choice(self.channels))
        return count

    async def burst(self) -> int:
        """One event to every run, in one go."""
        from workspace.comparisons import live

        pipeline = self.client.pipeline(transaction=False)
        for channel in self.channels:
            pipeline.publish(channel, live.encode("frame-1", self._stamped()))
        await pipeline.execute()
        return len(self.channels)

    async def publish(self, channel: str) -> None:
        from workspace.comparisons import live

        await live.publish_async(self.client, channel, live.encode("frame-1", self._stamped()))

    def _stamped(self) -> str:
        return f"{MOMENT.decode()}{time.time():.6f}-->{self.html}"


async def floor(load: Load, seconds: float, each_second: int) -> list[float]:
    """Latencies of the same events at a bare subscriber without a web server, in seconds."""
    latencies: list[float] = []

    async def listen() -> None:
        async with load.client.pubsub(ignore_subscribe_messages=True) as subscription:
            await subscription.subscribe(*load.channels)
            async for message in subscription.listen():
                sent = message["data"].partition(MOMENT)[2].partition(b"-->")[0]
                latencies.append(time.time() - float(sent))

    task = asyncio.create_task(listen())
    await asyncio.sleep(0.5)
    count = await load.steady(seconds, each_second)
    await asyncio.sleep(0.2)
    task.cancel()
    if len(latencies) != count:
        sys.exit("The floor lost events.")
    return latencies


@dataclass
class Bench:
    product: Product
    person: Person
    numbers: Sequence[int]
    html: str
    ids: Sequence[int]

    async def measure(self, options: argparse.Namespace) -> list[Figure]:
        from django.conf import settings

        from workspace.comparisons import live

        async with redis.asyncio.Redis.from_url(settings.REDIS_URL) as client:
            load = Load(self.html, [live.run_channel(each) for each in self.ids], client)
            bare = milliseconds(await floor(load, options.seconds / 2, options.rate))
            await self._warm_up()
            before = self._memory()
            streams = Streams(self.person, self.numbers)
            begun = time.monotonic()
            try:
                await streams.open()
                opened = time.monotonic() - begun
                await asyncio.sleep(3)
                each = (self._memory() - before) / len(self.numbers) / 1024
                alone = await self._subscriptions(client)
                with no_collection():
                    steady, used = await self._steady(load, streams, options)
                    bursts = [await self._burst(load, streams) for _ in range(5)]
            finally:
                streams.close()
        return self._report(steady, bare, bursts, used, each, alone, opened)

    async def _warm_up(self) -> None:
        """A few streams opened and closed again: what the process loads on first use is no stream's cost."""
        await self.person.open_page()
        streams = Streams(self.person, self.numbers[:30])
        await streams.open()
        streams.close()
        await asyncio.sleep(2)

    async def _steady(self, load: Load, streams: Streams, options: argparse.Namespace) -> tuple[list[float], float]:
        """Latencies in milliseconds, and the web server's CPU milliseconds for one event."""
        before = self.product.cpu_seconds("web")
        count = await load.steady(options.seconds, options.rate)
        latencies = milliseconds(await streams.received(count))
        return latencies, 1000 * (self.product.cpu_seconds("web") - before) / count

    async def _burst(self, load: Load, streams: Streams) -> list[float]:
        latencies = milliseconds(await streams.received(await load.burst()))
        await asyncio.sleep(0.5)
        return latencies

    async def _subscriptions(self, client: redis.asyncio.Redis) -> int:
        """The web process's connections to Redis that have subscribed to anything."""
        ours = {each.laddr.port for each in self.product.process("web").net_connections("tcp")}
        clients = await client.client_list()
        return sum(int(each["sub"]) > 0 for each in clients if int(each["addr"].rpartition(":")[2]) in ours)

    def _memory(self) -> int:
        """Bytes of the web process that are its own (PSS)."""
        return self.product.memory("web")

    def _report(
        self,
        steady: list[float],
        bare: list[float],
        bursts: list[list[float]],
        used: float,
        kilobytes: float,
        subscriptions: int,
        opened: float,
    ) -> list[Figure]:
        burst = [latency for each in bursts for latency in each]
        return [
            Figure("event to fragment, p50", percentile(steady, 0.5), "ms", percentile(bare, 0.5)),
            Figure("event to fragment, p95", percentile(steady, 0.95), "ms", percentile(bare, 0.95), 1.5),
            Figure("event to fragment, p99", percentile(steady, 0.99), "ms", percentile(bare, 0.99)),
            Figure("web's CPU for an event", used, "ms"),
            Figure("an event to every stream at once, p50", percentile(burst, 0.5), "ms"),
            Figure("an event to every stream at once, p95", percentile(burst, 0.95), "ms"),
            Figure("memory of a stream", kilobytes, "kB", most=60),
            Figure("Redis subscriptions of the web process", subscriptions, "", most=1),
            Figure("opening a stream, snapshot included", 1000 * opened / len(self.numbers), "ms"),
        ]


def live_runs(person: Person, number: int) -> list[int]:
    """Runs of the person's whose frames wait for ever; their ids in the order of their numbers."""
    from workspace.comparisons.models import Comparison, Generation

    asked = {"prompt": "Shop sign, rain, 35 mm", "intent": "draft", "auto": False, "shape": "1:1", "quality": "draft"}
    size = {"width": 1024, "height": 1024}
    runs = Comparison.objects.bulk_create(
        Comparison(user=person.user, number=each, key=uuid.uuid4(), **asked, **size) for each in range(1, number + 1)
    )
    frame = {"model": "openai/gpt-image-2.6-flare", "model_label": "GPT Image 2.6 Flare", "quality": "draft", **size}
    frame |= {"prompt": asked["prompt"], "expected_seconds": 6.0, "price": 1, "estimate_usd": 0}
    Generation.objects.bulk_create(Generation(comparison=run, position=at, **frame) for run in runs for at in range(1, 9))
    return [run.pk for run in runs]


@contextmanager
def bench(streams: int) -> Iterator[Bench]:
    with product("http://127.0.0.1:1") as ours:
        time.sleep(5)  # until the workers, too, have started: nothing may start beside the measurement
        with ours.standing_still(*WORKERS):
            person = Person(ours.port)
            ids = live_runs(person, streams)
            yield Bench(ours, person, range(1, streams + 1), _fragment(ids[0]), ids)


def _fragment(run: int) -> str:
    """A frame's HTML as the worker sends it."""
    from workspace.comparisons import events, selectors
    from workspace.comparisons.models import Comparison

    return events.of_frame(selectors.sheet(Comparison.objects.get(pk=run)).frames[0])[1]


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--streams", type=int, default=500, help="open streams, each of a run of its own (default 500)")
    parser.add_argument("--seconds", type=float, default=15, help="how long events are sent (default 15)")
    parser.add_argument("--rate", type=int, default=100, help="events a second (default 100)")
    figures.add_options(parser)
    return parser.parse_args()


def main() -> int:
    asked = options()
    print(figures.load(), flush=True)
    with bench(asked.streams) as running_bench:
        lines = uvloop.run(running_bench.measure(asked))
    figures.show_head(f"{asked.streams} streams, {asked.rate} events a second")
    figures.show(lines)
    print(figures.load())
    figures.write(asked.json, lines)
    return 0 if lines[-2].value == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
