"""``multipart/form-data`` without files: a few short texts, each a part of its own."""

import secrets
from collections.abc import Mapping


def encode(fields: Mapping[str, str]) -> tuple[str, bytes]:
    """Content type and body. Names are ours and plain; values may hold anything, also what looks like a boundary.

    A lone surrogate cannot be written as UTF-8 and becomes a question mark.
    """
    boundary = secrets.token_hex(16)
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()
    ]
    body = "".join([*parts, f"--{boundary}--\r\n"])
    return f"multipart/form-data; boundary={boundary}", body.encode(errors="replace")
