"""Places at a provider: never more calls than its cap over all workers, first come first served, nothing lost with a worker."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import redis.asyncio
from django.conf import settings

from providers.caps import Cap
from workspace.comparisons.worker import places
from workspace.comparisons.worker.places import Places

CAP = Cap("ideogram", 2)


@asynccontextmanager
async def worker(url: str | None = None, lease_seconds: float = 60):
    """Places as one worker process has them."""
    client = redis.asyncio.Redis.from_url(url or settings.REDIS_URL)
    mine = Places(client, lease_seconds)
    tasks = [asyncio.create_task(each) for each in (mine.keep(), mine.listen())]
    try:
        yield mine
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await client.aclose()


@pytest.fixture(autouse=True)
async def emptied():
    client = redis.asyncio.Redis.from_url(settings.REDIS_URL)
    await client.delete(*places._keys(CAP.name))
    yield
    await client.aclose()


async def eventually(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait until it does, for as long as a machine may stall."""
    for _ in range(3000):
        if await holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never did")


async def alive(mine: Places, who: str) -> float:
    """Until when a place or a place in line is kept, in seconds since 1970."""
    return await mine._redis.zscore(places._keys(CAP.name)[2], who)


class Call:
    """A call that takes a place and keeps it until it is told to end."""

    def __init__(self, mine: Places, who: str, order: list[str]) -> None:
        self.said: list[int] = []
        self.has_place, self._end = asyncio.Event(), asyncio.Event()
        self._who, self._order = who, order
        self.task = asyncio.create_task(self._run(mine))

    async def _run(self, mine: Places) -> None:
        async def waiting(place: int) -> None:
            self.said.append(place)

        async with mine.taken(CAP, self._who, waiting):
            self._order.append(self._who)
            self.has_place.set()
            await self._end.wait()

    async def stands_in_line(self, place: int) -> None:
        async def said() -> bool:
            return place in self.said

        await eventually(said)

    async def end(self) -> None:
        self._end.set()
        await self.task


async def has_place(call: Call) -> None:
    async with asyncio.timeout(30):
        await call.has_place.wait()


async def test_without_a_cap_nobody_waits():
    async with worker() as mine, mine.taken(None, "a", None):
        pass


async def test_two_workers_share_the_places_and_the_line():
    order: list[str] = []
    async with worker() as one, worker() as other:
        first, second = Call(one, "first", order), Call(other, "second", order)
        await asyncio.gather(has_place(first), has_place(second))
        third = Call(other, "third", order)
        await third.stands_in_line(1)
        fourth = Call(one, "fourth", order)
        await fourth.stands_in_line(2)
        await first.end()
        await has_place(third)
        assert not fourth.has_place.is_set()
        await fourth.stands_in_line(1)
        await second.end()
        await has_place(fourth)
        assert order[2:] == ["third", "fourth"]
        await asyncio.gather(third.end(), fourth.end())


async def test_a_place_is_asked_for_twice_and_taken_once():
    async with worker() as mine:
        assert [await mine._place(CAP, "same") for _ in range(3)] == [0, 0, 0]
        assert await mine._place(CAP, "other") == 0
        assert await mine._place(CAP, "too many") == 1


async def test_whoever_leaves_the_line_holds_nobody_up():
    order: list[str] = []
    async with worker() as mine:
        calls = [Call(mine, name, order) for name in ("a", "b")]
        await asyncio.gather(*(has_place(call) for call in calls))
        leaver = Call(mine, "leaver", order)
        await leaver.stands_in_line(1)
        last = Call(mine, "last", order)
        await last.stands_in_line(2)
        leaver.task.cancel()
        await last.stands_in_line(1)
        await calls[0].end()
        await has_place(last)
        await asyncio.gather(calls[1].end(), last.end())


async def test_the_places_of_a_killed_worker_become_free():
    async with worker() as killed:
        assert await killed._place(CAP, "x") == await killed._place(CAP, "y") == 0
        assert await killed._place(CAP, "in line") == 1
    async with worker() as mine:
        call = Call(mine, "z", [])
        await call.stands_in_line(2)
        await mine._redis.zadd(places._keys(CAP.name)[2], {"x": 0, "in line": 0})  # their leases end
        await has_place(call)
        await call.end()


async def test_leases_are_renewed_as_long_as_the_call_lasts():
    async with worker(lease_seconds=3) as mine:
        call = Call(mine, "a", [])
        await has_place(call)
        before = await alive(mine, "a")

        async def later() -> bool:
            return await alive(mine, "a") > before

        await eventually(later)
        await call.end()


async def test_an_emptied_redis_learns_again_who_is_there():
    async with worker(lease_seconds=9) as mine, worker() as other:
        calls = [Call(mine, name, []) for name in ("a", "b")]
        await asyncio.gather(*(has_place(call) for call in calls))
        await mine._redis.delete(*places._keys(CAP.name))

        async def known() -> bool:
            return await mine._redis.zcard(places._keys(CAP.name)[0]) == 2

        await eventually(known)
        assert await other._place(CAP, "c") == 1
        await asyncio.gather(*(call.end() for call in calls))


async def test_without_redis_a_worker_counts_its_own_calls():
    async with worker("redis://127.0.0.1:1/0") as mine:
        calls = [Call(mine, name, []) for name in ("a", "b")]
        await asyncio.gather(*(has_place(call) for call in calls))
        third = Call(mine, "c", [])
        await third.stands_in_line(1)
        await calls[0].end()
        await has_place(third)
        await asyncio.gather(calls[1].end(), third.end())
