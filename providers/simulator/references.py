"""Pictures a request brings along to go by, as a desk takes them in: checked, noted in the journal, and drawn by.

A desk finds them in its own wire format (``decoded`` reads base64 and ``data:`` addresses, ``bodies.uploads`` a form's files),
has them checked by ``received``, and puts what comes of it into ``Wish(reference=…)``. The drawing then takes its colours and
its light from the picture and shows it small in a corner (``drawing.reference``, in the studio's own processes).
"""

import re
from base64 import b64decode
from collections.abc import Callable, Sequence
from hashlib import sha256

from providers import pictures
from providers.errors import BrokenAnswer
from providers.simulator.journal import Entry

TYPES = ("image/png", "image/jpeg", "image/webp")
LARGEST = 10 * 1024 * 1024  # bytes, where a vendor names no limit of its own
_FROM_URL_SAFE = str.maketrans("-_", "+/")
_DATA_ADDRESS = re.compile(r"data:image/[\w.+-]{1,50};base64,", re.IGNORECASE)


def received(
    entry: Entry,
    sent: Sequence[bytes],
    reject: Callable[[str], Exception],
    *,
    most: int = 1,
    types: Sequence[str] = TYPES,
    most_bytes: int = LARGEST,
) -> bytes | None:
    """The first of the pictures sent, or None when there is none; the journal keeps the SHA-256 of each.

    Raises what ``reject`` makes of the reason for the first that no vendor would take: not a whole picture, one of another
    type than ``types``, over ``most_bytes``; and for more than ``most`` of them.
    """
    if len(sent) > most:
        raise reject(f"at most {most} can be sent")
    for data in sent:
        if reason := _fault_of(data, types, most_bytes):
            raise reject(reason)
    entry.references = [sha256(data).hexdigest() for data in sent]
    return sent[0] if sent else None


def decoded(text: object) -> bytes:
    """The bytes behind base64 of either alphabet, bare or in a ``data:`` address.

    Of anything else none, which ``received`` rejects.
    """
    try:
        plain = _DATA_ADDRESS.sub("", text, count=1).translate(_FROM_URL_SAFE) if isinstance(text, str) else ""
        return b64decode(plain, validate=True)
    except ValueError:
        return b""


def _fault_of(data: bytes, types: Sequence[str], most_bytes: int) -> str:
    """What is wrong with a picture, in words; empty when nothing is."""
    if len(data) > most_bytes:
        return f"the picture is larger than {most_bytes} bytes"
    try:
        kind = pictures.inspect(data).media_type
    except BrokenAnswer:
        return "the file is not a picture that can be read"
    return "" if kind in types else f"pictures of the type {kind} are not supported"
