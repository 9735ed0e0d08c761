"""The board of the breaker in a real Valkey: one probe over all workers, nothing written while all is well, no harm without."""

import asyncio
import itertools
import sys
from asyncio.subprocess import PIPE
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import redis.asyncio
from django.conf import settings

from providers.errors import ConnectionFailed, ModelGone, ProviderDown, TimedOut
from routing import rests
from routing.breaker import Entry
from routing.circuits import Numbers, State
from workspace.comparisons import breakers
from workspace.comparisons.worker.breakers import Breakers, Rests
from workspace.embedded.folder import PROJECT

V3, V2, FLUX = "ideogram/v_3", "ideogram/v_2", "bfl/flux-2"
AT_ONCE = Numbers(first_pause=0.0, longest_pause=0.0, question_wait=0.0)  # half open as soon as it has opened


@pytest.fixture(autouse=True)
async def server():
    client = redis.asyncio.Redis.from_url(settings.REDIS_URL)
    await client.delete(breakers.KEY, "race:ready", "race:start")
    yield client
    await client.delete(breakers.KEY)
    await client.aclose()


@asynccontextmanager
async def workers(count: int, numbers: Numbers | None = None, url: str = ""):
    clients = [redis.asyncio.Redis.from_url(url or settings.REDIS_URL) for _ in range(count)]
    yield [Breakers(client, numbers) for client in clients]
    for client in clients:
        await client.aclose()


async def eventually(holds: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(3000):
        if await holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never did")


async def stored(client: redis.asyncio.Redis) -> breakers.Board:
    return breakers.decoded(await client.get(breakers.KEY) or b"")


async def asked_of(client: redis.asyncio.Redis) -> int:
    """How often the board was asked for or changed, ever."""
    return (await client.info("commandstats")).get("cmdstat_evalsha", {}).get("calls", 0)


async def test_what_one_worker_learns_holds_for_all(server):
    async with workers(2) as (one, other):
        await one.ended(V3, "a", TimedOut())
        assert [await other.enter(each, "b", 60) for each in (V3, V2, FLUX)] == [Entry.REST, Entry.GO, Entry.GO]
        assert {each: 0 < wait <= 20 for each, wait in other.waits([V3, V2, FLUX]).items()} == {V3: True}
        await other.ended(V2, "b", ConnectionFailed())
        assert await other.enter(V2, "c", 60) is Entry.REST
        assert 7000 < await server.ttl(breakers.KEY) <= 7200


async def test_a_worker_that_looked_before_hears_of_it_within_moments():
    async with workers(2) as (one, other):
        assert await other.enter(V3, "a", 60) is Entry.GO
        await one.ended(V3, "b", ModelGone())

        async def rests() -> bool:
            return await other.enter(V3, "c", 60) is Entry.REST

        await eventually(rests)


async def test_while_all_is_well_calls_that_come_together_look_once_and_pictures_say_nothing(server):
    async with workers(1) as (mine,):
        before = await asked_of(server)
        assert set(await asyncio.gather(*(mine.enter(V3, str(n), 60) for n in range(50)))) == {Entry.GO}
        for n in range(50):
            await mine.ended(V3, str(n), None)
            await mine.ended(FLUX, str(n), None)
        assert await asked_of(server) == before + 1
        assert not await server.exists(breakers.KEY)


async def test_a_picture_is_told_once_something_is_counted(server):
    async with workers(1) as (mine,):
        await mine.ended(V3, "a", ProviderDown())
        await mine.ended(V3, "b", None)
        circuit = (await stored(server)).of(V3)
        assert 0.9 < circuit.failures <= 1
        assert circuit.successes == 1
        before = await asked_of(server)
        await mine.ended(FLUX, "c", None)
        assert await asked_of(server) == before


async def test_no_failure_is_lost_when_many_workers_tell_at_once(server):
    async with workers(5, Numbers(enough=1000)) as crew:
        await asyncio.gather(*(each.ended(V3, f"{n}", ProviderDown()) for each in crew for n in range(6)))
        assert (await stored(server)).of(V3).failures == pytest.approx(30, rel=0.2)


async def test_of_many_workers_one_probes():
    async with workers(5, AT_ONCE) as crew:
        await crew[0].ended(V3, "first", TimedOut())
        entries = await asyncio.gather(*(each.enter(V3, f"{id(each)}-{n}", 60) for each in crew for n in range(20)))
        assert sorted(entries) == [Entry.PROBE] + [Entry.REST] * 99


async def test_of_many_processes_one_probes(server):
    async with workers(1, AT_ONCE) as (mine,):
        await mine.ended(V3, "first", TimedOut())
    command = (sys.executable, "-m", "tests.workspace.comparisons.racing", settings.REDIS_URL, V3)
    racers = [await asyncio.create_subprocess_exec(*command, cwd=PROJECT, stdout=PIPE) for _ in range(3)]

    async def all_ready() -> bool:
        return await server.llen("race:ready") == 3

    await eventually(all_ready)
    await server.lpush("race:start", "go", "go", "go")
    told = [(await racer.communicate())[0].decode().split() for racer in racers]
    assert sorted(itertools.chain(*told)) == ["probe"] + ["rest"] * 59


async def test_the_probe_closes_it_for_all(server):
    async with workers(2, AT_ONCE) as (one, other):
        await one.ended(V3, "a", TimedOut())
        assert await one.enter(V3, "b", 60) is Entry.PROBE
        await one.ended(V3, "b", None)
        assert await other.enter(V3, "c", 60) is Entry.GO


async def test_the_probe_of_a_killed_worker_blocks_nobody_for_longer_than_its_lease():
    async with workers(2, AT_ONCE) as (killed, other):
        await killed.ended(V3, "a", TimedOut())
        assert await killed.enter(V3, "b", 0.3) is Entry.PROBE

        async def probes() -> bool:
            return await other.enter(V3, "c", 60) is Entry.PROBE

        await eventually(probes)
        await killed.ended(V3, "b", TimedOut())  # it was only slow: no verdict on the probe of another
        assert await other.enter(V3, "c", 60) is Entry.PROBE


async def test_a_probe_that_is_stopped_leaves_its_turn():
    async with workers(2, AT_ONCE) as (one, other):
        await one.ended(V3, "a", TimedOut())
        assert await one.enter(V3, "b", 60) is Entry.PROBE
        await one.left(V3, "b")
        assert await other.enter(V3, "c", 60) is Entry.PROBE


async def test_an_emptied_redis_counts_as_healthy_and_learns_anew(server):
    async with workers(2) as (one, other):
        await one.ended(V3, "a", TimedOut())
        await server.delete(breakers.KEY)
        await server.script_flush()
        assert await other.enter(V3, "b", 60) is Entry.GO
        await one.ended(V2, "c", TimedOut())  # still believes in its own board, and is put right
        assert set((await stored(server)).circuits) == {V2}
        await other.ended(FLUX, "d", ModelGone())
        assert set((await stored(server)).circuits) == {V2, FLUX}


@pytest.mark.parametrize("raw", [b"nonsense", b"[1]", b'{"ideogram": {"cause": null, "unknown": 1}}', b'{"a": {"cause": "new"}}'])
async def test_a_board_nobody_can_read_counts_as_empty_and_is_replaced(server, raw):
    await server.set(breakers.KEY, raw)
    async with workers(1) as (mine,):
        assert await mine.enter(V3, "a", 60) is Entry.GO
        await mine.ended(V3, "a", TimedOut())
        assert set((await stored(server)).circuits) == {V3}


async def test_without_redis_every_call_is_let_in():
    async with workers(1, url="redis://127.0.0.1:1/0") as (mine,):
        for n in range(3):
            assert await mine.enter(V3, str(n), 60) is Entry.GO
            await mine.ended(V3, str(n), TimedOut())
            await mine.left(V3, str(n))
        assert mine.waits([V3]) == {}


async def test_a_redis_that_is_silent_holds_a_call_up_once():
    async def hold(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    silent = await asyncio.start_server(hold, "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    async with workers(1, url=f"redis://127.0.0.1:{port}/0") as (mine,):
        begun = asyncio.get_running_loop().time()
        assert set(await asyncio.gather(*(mine.enter(V3, str(n), 60) for n in range(20)))) == {Entry.GO}
        assert asyncio.get_running_loop().time() - begun < breakers.AWAY_SECONDS
    silent.close()


async def test_a_call_is_told_however_it_ends():
    async with workers(1, AT_ONCE) as (mine,):
        with pytest.raises(TimedOut):
            async with mine.asked(V3, "a", 60):
                raise TimedOut
        async with mine.asked(V3, "b", 60):
            with pytest.raises(Rests) as caught:
                async with mine.asked(V3, "c", 60):
                    pass
        assert caught.value.resting.cause is TimedOut.kind
        assert caught.value.resting.being_tried
        async with mine.asked(V3, "d", 60), mine.asked(V3, "e", 60):  # closed again by the probe
            pass


async def test_a_call_that_is_stopped_gives_its_permit_back():
    async with workers(2, AT_ONCE) as (one, other):
        await one.ended(V3, "a", TimedOut())
        begun = asyncio.Event()

        async def call() -> None:
            async with one.asked(V3, "b", 60):
                begun.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(call())
        await begun.wait()
        task.cancel()
        await asyncio.wait([task])
        assert await other.enter(V3, "c", 60) is Entry.PROBE


async def test_a_model_that_rests_is_not_asked_and_it_is_said_why():
    async with workers(1) as (mine,):
        await mine.ended(V2, "a", ConnectionFailed())
        with pytest.raises(Rests, match=V3) as caught:
            async with mine.asked(V3, "b", 60):
                raise AssertionError("it was asked")
        assert rests.clause("Ideogram", caught.value.resting).startswith("Ideogram has been out of reach since ")


def test_states_come_back_as_they_were_stored():
    board = breakers.Board({V3: breakers.Circuit(1.5, 0.25, 10.1, 9.0, TimedOut.kind, 20.3, 10.0, "who", 30.0, 5.0)})
    assert breakers.decoded(breakers.encoded(board)) == board
    assert board.of(V3).state(25.0) is State.HALF_OPEN
