"""The live stream of one open run: first the truth from Postgres, then every event as it is published.

Hundreds are open at once, so an idle stream holds nothing but its queue: neither a database connection nor a thread.
"""

import asyncio
from collections.abc import AsyncGenerator

from asgiref.sync import SyncToAsync, sync_to_async
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_GET

from workspace.comparisons import events, live, selectors
from workspace.comparisons.connections import given_back_at_once
from workspace.comparisons.models import Comparison

PING_SECONDS = 15
LAST = live.encode(events.CLOSED, "")  # always the end of its message


@require_GET
async def events_of_run(request: HttpRequest, number: int) -> StreamingHttpResponse:
    """Server-sent events of a run until it is settled. 404 for strangers, as everywhere.

    ``?seen=`` is what the page has been made with, so that its first connection need not repeat the page.
    """
    events = _stream(await _run(request, number), request.GET.get("seen", ""))
    response = StreamingHttpResponse(events, content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


@sync_to_async
@given_back_at_once
def _run(request: HttpRequest, number: int) -> Comparison:
    if not request.user.is_authenticated:
        raise Http404
    return selectors.comparison(request.user, number)


async def _stream(comparison: Comparison, seen: str) -> AsyncGenerator[str]:
    """Subscribe first, then the snapshot, then the events: nothing can fall between."""
    async with live.hub().subscribe(live.run_channel(comparison.pk)) as queue:
        snapshot, closed = await _snapshot(comparison, seen)
        _let_thread_go()
        yield snapshot
        while not closed:
            text, closed = await _next(queue, comparison)
            yield text


def _let_thread_go() -> None:
    """End the thread that Django keeps for this request's synchronous code; should there be more of it, a new one starts."""
    context = SyncToAsync.thread_sensitive_context.get(None)
    if context is not None and (executor := SyncToAsync.context_to_thread_executor.pop(context, None)):
        executor.shutdown(wait=False)


async def _next(queue: asyncio.Queue[str | None], comparison: Comparison) -> tuple[str, bool]:
    try:
        message = await asyncio.wait_for(queue.get(), PING_SECONDS)
    except TimeoutError:
        return ": still here\n\n", False
    if message is live.RESYNC:
        return await _snapshot(comparison)
    return message, message.endswith(LAST)


@sync_to_async
@given_back_at_once
def _snapshot(comparison: Comparison, seen: str = "") -> tuple[str, bool]:
    """Every frame, the summary and the balance as events, and whether that is all there will be.

    A comment instead if nothing has changed since ``seen``.
    """
    if seen and seen == selectors.seen(comparison):
        return ": nothing new\n\n", False
    sheet = selectors.sheet(comparison)
    money = selectors.money(comparison.user_id)
    parts = [*events.of_frames(sheet.frames), *events.of_run(sheet, money)]
    return live.encode_all(parts), not sheet.live
