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

from workspace.comparisons import live, selectors
from workspace.comparisons.connections import given_back_at_once
from workspace.comparisons.events import of_money
from workspace.ledger import news, places, statement, views
from workspace.ledger.places import Newest

TEMPLATE = "credits/statement.html"
LOOK_SECONDS = 3
STILL_HERE = ": still here\n\n"
type Told = tuple[Newest, str]  # the newest entries, and what the header showed


@require_GET
async def events(request: HttpRequest) -> StreamingHttpResponse:
    """Server-sent events ``lines``, ``money`` and ``balance`` while the page is open.

    ``after`` is what it was made with: the newest entries, and what its header shows.
    """
    if not await sync_to_async(lambda: request.user.is_authenticated)():
        raise Http404
    after, seen = views.known(request.GET.get("after", "")), request.GET.get("seen", "")
    response = StreamingHttpResponse(_stream(request, after, seen), content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


async def _stream(request: HttpRequest, after: Newest, seen: str) -> AsyncGenerator[str]:
    """Each message carries everything since the page was made, so that one lost or repeated does no harm."""
    told = (after, seen)
    async with live.hub().subscribe(news.channel(request.user.pk)) as queue:
        while True:
            told, text = await _since(request, after, told)
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
def _since(request: HttpRequest, after: Newest, told: Told) -> tuple[Told, str]:
    """What there is now, and events if it is not what the page was told last."""
    money = selectors.money(request.user.pk)
    now = (places.newest(request.user), money.seen)
    if now == told:
        return now, ""
    context = views.money(request) | {"lines": statement.newer(request.user, after)}
    said = [
        ("lines", render_to_string(f"{TEMPLATE}#fresh_lines", context)),
        ("money", render_to_string(f"{TEMPLATE}#credits_money", context)),
        of_money(money),
    ]
    return now, live.encode_all(said)
