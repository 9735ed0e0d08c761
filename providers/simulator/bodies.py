"""What a request carries, JSON or form alike."""

import json

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from providers.simulator.delivery import Body


async def fields(request: web.Request) -> Body | None:
    """The fields that hold something, or None for a body that is neither a JSON object nor a form."""
    try:
        body = await _form(request) if request.content_type == "multipart/form-data" else json.loads(await request.read())
    except (ValueError, HttpProcessingError):
        return None
    return {name: value for name, value in body.items() if value is not None} if isinstance(body, dict) else None


async def _form(request: web.Request) -> Body:
    """Texts as they are; of files only that they came."""
    body: Body = {}
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader) and part.name:
            body[part.name] = part.filename or await part.text()
    return body
