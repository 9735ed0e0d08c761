"""New lines on an open Credits page: an admin's at once, a worker's within seconds, and only one's own."""

import asyncio
import uuid

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient

from tests.workspace.ledger.conftest import REASON
from workspace.credits import services
from workspace.ledger import adjusting, places, stream

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
async def following(owner):
    """The parts of the stream as they arrive, until one has an event."""
    newest = await sync_to_async(places.newest)(owner)
    client = AsyncClient()
    await client.aforce_login(owner)
    answer = await client.get(f"/credits/events/?after={newest}&seen=250.0")
    parts = aiter(answer.streaming_content)
    assert (await anext(parts)).decode() == stream.STILL_HERE

    async def next_events() -> str:
        async with asyncio.timeout(60):
            while True:
                part = (await anext(parts)).decode()
                if part != stream.STILL_HERE:
                    return part

    yield next_events
    await parts.aclose()


async def test_what_an_admin_does_arrives_at_once(owner, manager, following, monkeypatch):
    monkeypatch.setattr(stream, "LOOK_SECONDS", 50)
    await sync_to_async(adjusting.adjust)(owner, 40, reason=REASON, key=uuid.uuid4(), by=manager)
    said = await following()
    for words in ("event: lines\n", "event: money\n", "event: balance\n", REASON, "290"):
        assert words in said


async def test_what_a_worker_writes_arrives_too(owner, following):
    await sync_to_async(services.hold)(owner, 5, key="form", comparison=1, reason="Run 1, 1 image")
    assert "Run 1, 1 image" in await following()


async def test_every_message_holds_all_that_is_new(owner, manager, following):
    for amount in (1, 2):
        await sync_to_async(adjusting.adjust)(owner, amount, reason=f"{REASON} {amount}", key=uuid.uuid4(), by=manager)
        said = await following()
    assert f"{REASON} 1" in said
    assert f"{REASON} 2" in said


async def test_nobody_signed_in_is_nobody_to_tell(db):
    assert (await AsyncClient().get("/credits/events/")).status_code == 404
