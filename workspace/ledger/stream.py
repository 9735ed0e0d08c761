"""The live stream of an open Credits page: lines and sums as they come, whoever wrote them.

Admins say at once that they moved something. Workers do not, since a run's own pages are told already: every few seconds the
stream looks whether there is a newer entry, which is one look into an index.
"""

import asyncio
from collections.abc import AsyncGenerator

from asgiref.sync import sync_to_async
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from workspace.comparisons import live
from workspace.comparisons.connections import given_back_at_once
from workspace.ledger import news, statement, views

TEMPLATE = "credits/statement.html"
LOOK_SECONDS = 3
STILL_HERE = ": still here\n\n"


@require_GET
async def events(request: HttpRequest) -> StreamingHttpResponse:
    """Server-sent events ``lines`` and ``money`` while the page is open; ``after`` is the newest entry it was made with."""
    if not await sync_to_async(lambda: request.user.is_authenticated)():
        raise Http404
    after = request.GET.get("after", "")
    response = StreamingHttpResponse(
        _stream(request, int(after) if after.isdecimal() and len(after) < 19 else 0), content_type="text/event-stream"
    )
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


async def _stream(request: HttpRequest, after: int) -> AsyncGenerator[str]:
    """Each message carries everything since the page was made, so that one lost or repeated does no harm."""
    told = after
    async with live.hub().subscribe(news.channel(request.user.pk)) as queue:
        while True:
            newest, text = await _since(request, after, told)
            told = newest
            yield text or STILL_HERE
            await _something(queue)


async def _something(queue: asyncio.Queue[str | None]) -> None:
    """Return when somebody said that credits moved, or after a few seconds."""
    try:
        await asyncio.wait_for(queue.get(), LOOK_SECONDS)
    except TimeoutError:
        return


@sync_to_async
@given_back_at_once
def _since(request: HttpRequest, after: int, told: int) -> tuple[int, str]:
    """The newest entry, and events if it is not the one that the page was told of last."""
    newest = statement.newest(request.user)
    if newest == told:
        return newest, ""
    context = views.money(request) | {"lines": statement.newer(request.user, after)}
    events = [
        ("lines", render_to_string(f"{TEMPLATE}#fresh_lines", context)),
        ("money", render_to_string(f"{TEMPLATE}#credits_money", context)),
        ("balance", render_to_string("comparisons/compare.html#balance_live", context)),
    ]
    return newest, live.encode_all(events)
