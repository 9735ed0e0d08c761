"""``multipart/form-data``: a few short texts and, now and then, a picture, each a part of its own."""

import mimetypes
import secrets
from collections.abc import Iterable, Mapping

from providers.types import Reference


def texts(fields: Mapping[str, object]) -> dict[str, str]:
    """What JSON would hold as a form holds it: ``true`` for True, digits for a number."""
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in fields.items()}


def encode(fields: Mapping[str, str], files: Iterable[tuple[str, Reference]] = ()) -> tuple[str, bytes]:
    """Content type and body. Names are ours and plain; values may hold anything, also what looks like a boundary.

    ``files`` are pairs of a name and a picture. A lone surrogate cannot be written as UTF-8 and becomes a question mark.
    """
    boundary = secrets.token_hex(16)
    texts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode(errors="replace")
        for name, value in fields.items()
    ]
    pictures = [_file(boundary, name, picture) for name, picture in files]
    return f"multipart/form-data; boundary={boundary}", b"".join([*texts, *pictures, f"--{boundary}--\r\n".encode()])


def _file(boundary: str, name: str, picture: Reference) -> bytes:
    """The file is called as its kind is: some servers refuse a part without a name or with a strange ending."""
    head = f'Content-Disposition: form-data; name="{name}"; filename="reference{mimetypes.guess_extension(picture.media_type)}"'
    return f"--{boundary}\r\n{head}\r\nContent-Type: {picture.media_type}\r\n\r\n".encode() + picture.data + b"\r\n"
