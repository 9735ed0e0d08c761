"""The byte budget: first come, first served, never deadlocked, always given back."""

import asyncio

import pytest

from providers.budget import ByteBudget


async def test_who_does_not_fit_waits_for_room():
    budget = ByteBudget(100)
    entered = []

    async def hold(name, size, until):
        async with budget.reserve(size):
            entered.append(name)
            await until.wait()

    first_done, second_done = asyncio.Event(), asyncio.Event()
    tasks = [asyncio.create_task(hold("first", 80, first_done)), asyncio.create_task(hold("second", 80, second_done))]
    await asyncio.sleep(0)
    assert entered == ["first"]
    first_done.set()
    await asyncio.sleep(0.01)
    assert entered == ["first", "second"]
    second_done.set()
    await asyncio.gather(*tasks)
    assert budget.used == 0


async def test_one_larger_than_everything_still_gets_its_turn():
    budget = ByteBudget(100)
    async with budget.reserve(1000):
        assert budget.used == 100


async def test_settling_makes_room_for_the_next():
    budget = ByteBudget(100)
    async with budget.reserve(100) as held:
        held.settle(10)
        async with asyncio.timeout(1), budget.reserve(90):
            assert budget.used == 100
    assert budget.used == 0


async def test_more_than_announced_is_counted_without_waiting():
    budget = ByteBudget(100)
    async with budget.reserve(10) as held:
        held.settle(150)
        assert budget.used == 150
    assert budget.used == 0


@pytest.mark.parametrize("granted", [False, True])
async def test_one_that_gives_up_waiting_leaves_nothing_behind(granted):
    budget = ByteBudget(100)
    await budget.take(100)
    waiting = asyncio.create_task(budget.take(100))
    await asyncio.sleep(0)
    if granted:
        budget.give(100)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert budget.used == (0 if granted else 100)
    assert not budget._waiting
