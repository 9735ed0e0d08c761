"""HTTP Range for stored files: one range per request (RFC 9110, section 14); anything else gets the whole file."""

import re
from collections.abc import Iterator

from django.http import FileResponse, HttpRequest, HttpResponse

ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
CHUNK = 64 * 1024


def apply(request: HttpRequest, response: FileResponse, size: int) -> HttpResponse:
    """Answer 206 with the part that was asked for, 416 if there is none, or the response as it is. ``size`` is in bytes."""
    response["Accept-Ranges"] = "bytes"
    asked = ONE_RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or asked.groups() == ("", ""):
        return response
    start, end = _bounds(*asked.groups(), size=size)
    if start >= size or start > end:
        response.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file = response.file_to_stream
    file.seek(start)
    response.streaming_content = _part(file, end - start + 1)
    response.status_code = 206
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = str(end - start + 1)
    return response


def _bounds(first: str, last: str, *, size: int) -> tuple[int, int]:
    """The first and last byte wanted; "-500" means the last 500."""
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _part(file: object, length: int) -> Iterator[bytes]:
    while length > 0 and (chunk := file.read(min(CHUNK, length))):
        length -= len(chunk)
        yield chunk
