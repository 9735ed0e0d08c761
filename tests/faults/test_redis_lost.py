"""Redis emptied, and Redis gone: what it held were hints, so nothing is lost and nothing is done twice."""

import asyncio
import re
import time

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient

from tests.faults.conftest import EIGHT, check_the_ledger
from tests.faults.servers import pause, resume
from tests.processes import PATIENCE, wait_until
from workspace.comparisons.models import Comparison, Generation

pytestmark = pytest.mark.django_db(transaction=True)
SLOW = "[[fault:slow=250]]"  # 5 s at the simulator's pace
BUSY_MACHINE = 30.0  # seconds for what takes a few


def all_settled(*comparisons: Comparison) -> bool:
    return not Generation.objects.filter(comparison__in=comparisons, settled=False).exists()


def states(comparison: Comparison) -> set[str]:
    return set(comparison.generations.values_list("state", flat=True))


async def read_to_the_end(user, comparison: Comparison) -> str:
    """Everything an open page of the run is told."""
    client = AsyncClient()
    await client.aforce_login(user)
    answer = await client.get(f"/runs/{comparison.number}/events/")
    return b"".join([part async for part in answer.streaming_content]).decode()


@pytest.fixture
def emptied_while_working(asked, run, crew, valkey) -> Comparison:
    """A run under way, with two more behind it, at the moment after FLUSHALL."""
    (worker,) = crew.generations()
    crew.media()
    running = run(f"A badge under way {SLOW}", models=EIGHT, cap="")
    wait_until(lambda: states(running) == {"running"})
    pause(worker)
    run("A badge whose message the worker has half taken")
    run("A badge whose message is lost")
    with valkey.client() as client:
        assert client.llen("generations") > 0
        client.flushall()
    resume(worker)
    return running


async def test_an_emptied_redis_loses_no_frame_and_no_page(emptied_while_working, sweeps, asked, owner):
    running = emptied_while_working
    everything = await sync_to_async(lambda: list(Comparison.objects.all()))()
    page = asyncio.create_task(read_to_the_end(owner, running))
    await sync_to_async(sweeps)(lambda: all_settled(*everything))
    told = await asyncio.wait_for(page, PATIENCE)
    assert len(set(re.findall(r"event: (frame-\d)", told))) == len(EIGHT)
    assert told.count('data-state="done"') >= len(EIGHT)
    assert told.endswith("event: run-closed\ndata: \n\n")

    def check() -> None:
        for comparison in everything:
            assert states(comparison) == {"done"}
            assert len(asked(comparison)) == comparison.generations.count()
        check_the_ledger(owner, *everything)

    await sync_to_async(check)()


def test_a_redis_that_dies_and_comes_back_with_eight_frames_under_way(run, settled, crew, valkey, sweeps, asked, owner):
    crew.everybody()
    running = run(f"A badge under way {SLOW}", models=EIGHT, cap="")
    wait_until(lambda: len(asked(running)) == len(EIGHT))
    valkey.kill()
    start = time.monotonic()
    meanwhile = run("A badge asked for without a Redis")
    assert time.monotonic() - start < BUSY_MACHINE
    wait_until(lambda: states(running) == {"done"})  # the pictures are there, though nobody can be told
    valkey.start()
    took = sweeps(lambda: all_settled(meanwhile))
    sweeps(lambda: all_settled(running))
    assert took < BUSY_MACHINE
    for comparison in (running, meanwhile):
        assert states(comparison) == {"done"}
        assert len(asked(comparison)) == comparison.generations.count()
    check_the_ledger(owner, running, meanwhile)
    start = time.monotonic()
    afterwards = run("A badge as if nothing had been")
    settled(afterwards)
    assert time.monotonic() - start < BUSY_MACHINE
    check_the_ledger(owner, running, meanwhile, afterwards)


async def test_a_page_left_open_while_redis_was_gone_is_told_everything(run, crew, valkey, sweeps, owner):
    await sync_to_async(crew.everybody)()
    comparison = await sync_to_async(run)(f"A badge that is watched {SLOW}")
    page = asyncio.create_task(read_to_the_end(owner, comparison))
    await sync_to_async(wait_until)(lambda: states(comparison) == {"running"})
    await sync_to_async(valkey.kill)()
    await sync_to_async(wait_until)(lambda: states(comparison) == {"done"})
    await sync_to_async(valkey.start)()
    await sync_to_async(sweeps)(lambda: all_settled(comparison))
    told = await asyncio.wait_for(page, PATIENCE)
    assert 'data-state="done"' in told
    assert told.endswith("event: run-closed\ndata: \n\n")
