"""Pictures as bytes: what travels, its base64, and a PNG written by hand to an exact length for load tests."""

import struct
import zlib
from base64 import b64encode
from dataclasses import dataclass
from functools import cache, cached_property

SIGNATURE = b"\x89PNG\r\n\x1a\n"
SOFTWARE = b"Software\x00Proofsheet simulator"
CHUNK_FRAME = 12  # length, type and checksum around a chunk's content
COMMENT = b"Comment\x00"
MARK_BYTES = 64  # at least


@dataclass(frozen=True)
class Picture:
    """``data`` as it would lie in a file, ``media_type`` as a server would name it."""

    data: bytes
    media_type: str = "image/png"

    @cached_property
    def base64(self) -> bytes:
        return b64encode(self.data)


@dataclass(frozen=True)
class MarkedPicture(Picture):
    """A ready-made body with a tail of its own: unique bytes without encoding the whole of it again."""

    body_base64: bytes = b""
    tail: bytes = b""

    @cached_property
    def base64(self) -> bytes:
        return self.body_base64 + b64encode(self.tail)


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def header(width: int, height: int, *, depth: int = 8, colour: int = 2) -> bytes:
    """Signature and IHDR; ``colour`` 0 is grey, 2 is RGB."""
    return SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))


END = chunk(b"IEND", b"")
SMALLEST_TAIL = CHUNK_FRAME + len(COMMENT) + MARK_BYTES + len(END)


def marked(width: int, height: int, length: int, mark: str) -> Picture:
    """A PNG of exactly ``length`` bytes that differs by ``mark``. Raises ValueError when the pixels alone need more."""
    body, encoded = _padded_body(width, height, length)
    room = length - len(body) - (SMALLEST_TAIL - MARK_BYTES)
    tail = chunk(b"tEXt", COMMENT + mark.encode("ascii", "replace")[:room].ljust(room)) + END
    return MarkedPicture(body + tail, body_base64=encoded, tail=tail)


@cache
def _padded_body(width: int, height: int, length: int) -> tuple[bytes, bytes]:
    """Everything before the tail, and its base64; a multiple of three long, so that the two can be encoded apart."""
    start = header(width, height) + chunk(b"tEXt", SOFTWARE) + chunk(b"IDAT", _gradient(width, height))
    padding = (length - SMALLEST_TAIL) // 3 * 3 - len(start) - CHUNK_FRAME
    if padding < 0:
        raise ValueError(f"a picture of {width}x{height} pixels needs more than {length} bytes")
    body = start + chunk(b"paDd", bytes(padding))
    return body, b64encode(body)


def _gradient(width: int, height: int) -> bytes:
    """Rows of a soft slope, each with a tint of its own: quick to make, true to decode."""
    slope = bytes(value for x in range(width) for value in (40 + 160 * x // width, 90, 200 - 120 * x // width))
    packer = zlib.compressobj(6)
    rows = [packer.compress(b"\x00" + bytes([y * 255 // height, 60, 90]) + slope[3:]) for y in range(height)]
    return b"".join([*rows, packer.flush()])
