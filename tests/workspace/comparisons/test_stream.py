"""The live stream: the truth first, then what happens, for the owner only."""

import asyncio

import pytest
import redis.asyncio
from asgiref.sync import sync_to_async
from django.conf import settings
from django.test import AsyncClient
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from tests.workspace.comparisons.conftest import FLARE, V2A
from workspace.comparisons import live, services
from workspace.comparisons.models import Comparison, Generation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def comparison(run) -> Comparison:
    return run(models=(FLARE, V2A))


@pytest.fixture
async def stream(owner, comparison):
    """The parts of the stream as they arrive, as text."""
    client = AsyncClient()
    await client.aforce_login(owner)
    answer = await client.get(f"/runs/{comparison.number}/events/")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/event-stream"
    assert answer.headers["Cache-Control"] == "no-store"
    parts = aiter(answer.streaming_content)

    async def following() -> str:
        return (await asyncio.wait_for(anext(parts), 60)).decode()

    yield following
    await parts.aclose()


async def test_it_begins_with_every_frame_the_sums_and_the_balance(stream):
    snapshot = await stream()
    for event in ("frame-1", "frame-2", "run-summary", "balance"):
        assert f"event: {event}\n" in snapshot
    assert snapshot.count("<article") == 2
    assert "run-closed" not in snapshot


async def test_what_is_published_arrives_at_once(stream, comparison):
    await stream()
    frame = await sync_to_async(lambda: comparison.generations.select_related("comparison").first())()
    await sync_to_async(services.cancel)(frame)
    said = await stream()
    for words in ("event: frame-1\n", "stopped", "1 of 2 in"):
        assert words in said


async def test_a_page_that_has_just_been_made_is_not_told_again_what_it_shows(owner, comparison):
    client = AsyncClient()
    await client.aforce_login(owner)
    page = (await client.get("/runs/1/")).content.decode()
    address = page.partition('sse-connect="')[2].partition('"')[0]
    first = aiter((await client.get(address)).streaming_content)
    assert await anext(first) == b": nothing new\n\n"
    await sync_to_async(comparison.generations.filter(position=2).update)(version=7)
    second = aiter((await client.get(address)).streaming_content)
    assert (await anext(second)).count(b"<article") == 2
    await asyncio.gather(first.aclose(), second.aclose())


async def test_lines_of_a_fragment_stay_one_event(stream, comparison):
    await stream()
    await sync_to_async(live.publish)(live.run_channel(comparison.pk), live.encode("frame-1", "<a>\n</a>"))
    assert await stream() == "event: frame-1\ndata: <a>\ndata: </a>\n\n"


async def test_it_closes_once_everything_is_settled(stream, comparison):
    await stream()
    await sync_to_async(services.cancel_all)(comparison)
    while "event: run-closed\n" not in await stream():
        pass
    with pytest.raises(StopAsyncIteration):
        await stream()


async def test_a_settled_run_is_told_and_closed_in_one_breath(owner, comparison):
    await sync_to_async(services.cancel_all)(comparison)
    client = AsyncClient()
    await client.aforce_login(owner)
    answer = await client.get("/runs/1/events/")
    text = b"".join([part async for part in answer.streaming_content]).decode()
    assert text.count('data-state="cancelled"') == 2
    assert text.endswith("event: run-closed\ndata: \n\n")


async def test_a_lost_redis_connection_leads_to_a_new_snapshot(stream, comparison):
    await stream()
    await sync_to_async(Generation.objects.filter(comparison=comparison).update)(favourite=True)
    await live._hubs[id(asyncio.get_running_loop())]._client.client_kill_filter(_type="pubsub")
    assert "event: frame-1\n" in await stream()


async def test_nobody_else_hears_it(stranger, comparison):
    client = AsyncClient()
    assert (await client.get("/runs/1/events/")).status_code == 404
    await client.aforce_login(stranger)
    assert (await client.get("/runs/1/events/")).status_code == 404


async def test_a_worker_knows_whether_anybody_listens(stream, comparison):
    async with redis.asyncio.Redis.from_url(settings.REDIS_URL) as client:
        assert not await live.has_listeners(client, live.run_channel(comparison.pk))
        await stream()
        assert await live.has_listeners(client, live.run_channel(comparison.pk))


async def test_without_an_answer_somebody_is_taken_to_listen(comparison):
    async with redis.asyncio.Redis(host="127.0.0.1", port=1, retry=Retry(NoBackoff(), 0)) as nowhere:
        assert await live.has_listeners(nowhere, live.run_channel(comparison.pk))
