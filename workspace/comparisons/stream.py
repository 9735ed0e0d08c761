"""The live stream of one open run: first the truth from Postgres, then every event as it is published."""

import asyncio
import json
from collections.abc import AsyncGenerator

from asgiref.sync import sync_to_async
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from workspace.comparisons import events, live, selectors
from workspace.comparisons.models import Comparison

PING_SECONDS = 15


@require_GET
async def events_of_run(request: HttpRequest, number: int) -> StreamingHttpResponse:
    """Server-sent events of a run until it is settled. 404 for strangers, as everywhere."""
    user = await request.auser()
    comparison = await selectors.comparisons_of(user).filter(number=number).afirst() if user.is_authenticated else None
    if comparison is None:
        raise Http404
    response = StreamingHttpResponse(_stream(comparison), content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


async def _stream(comparison: Comparison) -> AsyncGenerator[str]:
    """Subscribe first, then the snapshot, then the events: nothing can fall between."""
    async with live.hub().subscribe(live.run_channel(comparison.pk)) as queue:
        snapshot, closed = await _snapshot(comparison)
        yield snapshot
        while not closed:
            text, closed = await _next(queue, comparison)
            yield text


async def _next(queue: asyncio.Queue[str | None], comparison: Comparison) -> tuple[str, bool]:
    try:
        message = await asyncio.wait_for(queue.get(), PING_SECONDS)
    except TimeoutError:
        return ": still here\n\n", False
    if message is live.RESYNC:
        return await _snapshot(comparison)
    event = json.loads(message)
    return _format(event["event"], event["data"]), event["event"] == events.CLOSED


@sync_to_async
def _snapshot(comparison: Comparison) -> tuple[str, bool]:
    """Every frame, the summary and the balance as events, and whether that is all there will be."""
    sheet = selectors.sheet(comparison)
    money = selectors.money(comparison.user_id)
    parts = [*events.of_frames(sheet.frames), *events.of_run(sheet, money.balance, money.held)]
    return "".join(_format(*part) for part in parts), not sheet.live


def _format(event: str, data: str) -> str:
    lines = "".join(f"data: {line}\n" for line in data.splitlines() or [""])
    return f"event: {event}\n{lines}\n"
