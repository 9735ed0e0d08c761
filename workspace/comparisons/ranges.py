"""HTTP Range for stored files: one range per request (RFC 9110, section 14); anything else gets the whole file."""

import re

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse

ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def answer(request: HttpRequest, name: str, media_type: str) -> HttpResponse:
    """The stored file, or the part of it that was asked for (206), or 416 if there is no such part.

    Read at once: pictures are a few MB at most, and a sync iterator would be read at once under ASGI anyway. Raises
    ``FileNotFoundError``.
    """
    size = default_storage.size(name)
    asked = _bounds(request.headers.get("Range", ""), size)
    if asked is None:
        return HttpResponse(_read(name, 0, size), content_type=media_type, headers={"Accept-Ranges": "bytes"})
    start, end = asked
    if not start <= end < size:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers = {"Accept-Ranges": "bytes", "Content-Range": f"bytes {start}-{end}/{size}"}
    return HttpResponse(_read(name, start, end - start + 1), status=206, content_type=media_type, headers=headers)


def _bounds(header: str, size: int) -> tuple[int, int] | None:
    """The first and last byte wanted ("-500" means the last 500), or None for the whole file."""
    asked = ONE_RANGE.fullmatch(header.strip())
    if asked is None or asked.groups() == ("", ""):
        return None
    first, last = asked.groups()
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _read(name: str, start: int, length: int) -> bytes:
    with default_storage.open(name) as file:
        file.seek(start)
        return file.read(length)
