"""What AUTOMATIC1111 is drawing just now, for whom, and how far it is.

``GET /sdapi/v1/progress`` is of the API and says nothing about whose picture it is, but for those begun in the server's own web
pages, which it calls ``task(…)``. ``POST /internal/progress`` is of these web pages and knows a task by its id, which a request
may choose (``force_task_id``). It is not there where the pages are switched off (``--nowebui``). From ``modules/progress.py``.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from providers import cancelling, pictures, polling, reading
from providers.answers import Answer
from providers.errors import BrokenAnswer, ProviderError
from providers.self_hosted import Server
from providers.transport import Transport
from providers.types import ImageRequest, PartialImage, Progress, ProviderEvent

_OTHERS_JOB = "task("


async def draws(task: str, server: Server, transport: Transport) -> bool:
    """Whether what the server draws is this task; where it cannot tell, whether it draws for anybody who came through the API.

    Raises the error tree.
    """
    url, asked = f"{server.base_url}/internal/progress", {"id_task": task, "live_preview": False}
    with suppress(ProviderError):
        answer = await cancelling.send(transport.post(url, asked, headers=server.headers, secret=server.secret), transport)
        if isinstance(active := _told(answer).get("active"), bool):
            return active
    url = f"{server.base_url}/sdapi/v1/progress?skip_current_image=true"
    answer = await cancelling.send(transport.get(url, headers=server.headers, secret=server.secret), transport)
    state = reading.mapping(_told(answer).get("state"))
    return bool(reading.whole_number(state.get("job_count"))) and not str(state.get("job")).startswith(_OTHERS_JOB)


async def watch(request: ImageRequest, server: Server, transport: Transport, events: asyncio.Queue[ProviderEvent | None]) -> None:
    """Put what the server tells into the queue. Trouble here is no trouble of the picture."""
    url, expected, shown = f"{server.base_url}/sdapi/v1/progress", request.model.capabilities.partial_images, 0
    with suppress(ProviderError):
        async for answer in polling.answers(transport, url, headers=server.headers, secret=server.secret):
            told = _told(answer)
            progress = _progress(told)
            if progress is None:
                continue
            events.put_nowait(progress)
            due = int((progress.share or 0) * (expected + 1))
            if shown < due <= expected and (preview := _preview(told, due - 1, expected, transport)):
                events.put_nowait(preview)
                shown = due


def _told(answer: Answer | None) -> Mapping[str, object]:
    """What an answer about the progress says; nothing when it is none."""
    with suppress(BrokenAnswer):
        if answer is not None and not answer.failed:
            return answer.json()
    return reading.NOTHING


def _progress(told: Mapping[str, object]) -> Progress | None:
    """None while the server draws nothing."""
    state, share = reading.mapping(told.get("state")), told.get("progress")
    if not reading.whole_number(state.get("job_count")) or not isinstance(share, int | float):
        return None
    if str(state.get("job")).startswith(_OTHERS_JOB):
        return Progress(place_in_line=1)
    return Progress(share=float(share)) if 0 < share <= 1 else None


def _preview(told: Mapping[str, object], index: int, expected: int, transport: Transport) -> PartialImage | None:
    """A missing or broken preview is no reason to lose the picture that follows it."""
    try:
        data = decoded(told.get("current_image"), transport)
        picture = pictures.inspect(data, transport.limits.image_pixels)
    except BrokenAnswer:
        return None
    return PartialImage(data, picture.media_type, index, expected)


def decoded(image: object, transport: Transport) -> bytes:
    """Some relatives of this server put ``data:image/png;base64,`` in front."""
    if isinstance(image, str) and image.startswith("data:"):
        image = image.partition(",")[2]
    return reading.base64_bytes(image, transport.limits.image_bytes)
