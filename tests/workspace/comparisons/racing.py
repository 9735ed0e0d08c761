"""A worker process of its own for one race: waits for the start, asks for twenty calls at once, prints what it was told."""

import asyncio
import os
import sys

import redis.asyncio

from workspace.comparisons.worker.breakers import Breakers


async def race(url: str, model: str) -> list[str]:
    client = redis.asyncio.Redis.from_url(url)
    mine = Breakers(client)
    await client.lpush("race:ready", os.getpid())
    await client.blpop("race:start")
    entries = await asyncio.gather(*(mine.enter(model, f"{os.getpid()}-{n}", 60) for n in range(20)))
    await client.aclose()
    return list(entries)


if __name__ == "__main__":
    print(*asyncio.run(race(*sys.argv[1:])))
