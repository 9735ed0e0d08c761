"""What a request carries, JSON or form alike."""

import json
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from providers.simulator.delivery import Body


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a form."""

    name: str
    data: bytes = field(repr=False)


async def fields(request: web.Request) -> Body | None:
    """The fields that hold something, or None for a body that is neither a JSON object nor a form."""
    try:
        body = await _form(request) if request.content_type == "multipart/form-data" else json.loads(await request.read())
    except (ValueError, HttpProcessingError):
        return None
    return {name: value for name, value in body.items() if value is not None} if isinstance(body, dict) else None


def uploads(body: Body, *names: str) -> tuple[bytes, ...]:
    """The files that came under these names, in the order of the names and of the form."""
    came = (file for name in names if isinstance(files := body.get(name), list) for file in files)
    return tuple(file.data for file in came if isinstance(file, Upload))


async def _form(request: web.Request) -> Body:
    """Texts as they are; files as a list of ``Upload`` under their name, which may come more than once."""
    body: Body = {}
    files: dict[str, list[Upload]] = {}
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader) and part.name and part.filename:
            files.setdefault(part.name, []).append(Upload(part.filename, bytes(await part.read())))
        elif isinstance(part, BodyPartReader) and part.name:
            body[part.name] = await part.text()
    return body | files
