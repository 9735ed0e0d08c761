"""The cheap look at a picture: type, size and completeness from its structure, in microseconds, without decoding.

Full decoding with limits happens later, away from the person who waits. An SVG is one more kind of picture here, whichever model
sent it: it is paid for, and the imaging process makes it harmless before anybody sees it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from providers import vectors
from providers.errors import BrokenAnswer

MAX_PIXELS = 40_000_000
MAX_SIDE = 16_384

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
_JPEG_MAX_SEGMENTS = 1_000
_JPEG_NO_FRAME = frozenset({0xC4, 0xC8, 0xCC})
_TRAILING = 64  # bytes some encoders append after the end


@dataclass(frozen=True, slots=True)
class Picture:
    """What the bytes say they are. Width and height in pixels."""

    media_type: str
    width: int
    height: int


def inspect(data: bytes, max_pixels: int = MAX_PIXELS) -> Picture:
    """Read type and size, and that the end is there. Raises ``BrokenAnswer`` for anything but a whole picture."""
    if vectors.recognises(data):
        return Picture(vectors.MEDIA_TYPE, *vectors.look(data))
    picture = _recognise(data)
    if not (0 < picture.width <= MAX_SIDE and 0 < picture.height <= MAX_SIDE):
        raise BrokenAnswer(f"absurd dimensions {picture.width}x{picture.height}")
    if picture.width * picture.height > max_pixels:
        raise BrokenAnswer(f"{picture.width}x{picture.height} is over the limit of {max_pixels} pixels")
    return picture


def _recognise(data: bytes) -> Picture:
    for signature, read in _READERS:
        if data.startswith(signature):
            try:
                return read(data)
            except IndexError as error:
                raise BrokenAnswer("the picture is cut off in its header") from error
    raise BrokenAnswer(f"not a picture: {len(data)} bytes beginning with {data[:12]!r}")


def _png(data: bytes) -> Picture:
    if data[12:16] != b"IHDR" or len(data) < 33 + len(_PNG_END):
        raise BrokenAnswer("PNG without a header")
    _ends_with(data, _PNG_END, "PNG")
    return Picture("image/png", int.from_bytes(data[16:20]), int.from_bytes(data[20:24]))


def _jpeg(data: bytes) -> Picture:
    _ends_with(data, b"\xff\xd9", "JPEG")
    position = 2
    for _ in range(_JPEG_MAX_SEGMENTS):
        while data[position] == 0xFF and data[position + 1] == 0xFF:
            position += 1
        marker = data[position + 1]
        if data[position] != 0xFF or marker in (0xD9, 0xDA):
            break
        if 0xC0 <= marker <= 0xCF and marker not in _JPEG_NO_FRAME:
            return Picture("image/jpeg", _big16(data, position + 7), _big16(data, position + 5))
        position += 2 + _big16(data, position + 2)
    raise BrokenAnswer("JPEG without a frame header")


def _webp(data: bytes) -> Picture:
    if data[8:12] != b"WEBP":
        raise BrokenAnswer("RIFF, but not WebP")
    if int.from_bytes(data[4:8], "little") + 8 > len(data):
        raise BrokenAnswer("WebP cut off")
    width, height = _webp_size(data)
    return Picture("image/webp", width, height)


def _webp_size(data: bytes) -> tuple[int, int]:
    match data[12:16]:
        case b"VP8 " if data[23:26] == b"\x9d\x01\x2a":
            return _little(data, 26, 2) & 0x3FFF, _little(data, 28, 2) & 0x3FFF
        case b"VP8L" if data[20] == 0x2F:
            bits = _little(data, 21, 4)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            return _little(data, 24, 3) + 1, _little(data, 27, 3) + 1
    raise BrokenAnswer("WebP without a frame header")


def _gif(data: bytes) -> Picture:
    if data[:6] not in (b"GIF87a", b"GIF89a"):
        raise BrokenAnswer("GIF of an unknown version")
    _ends_with(data, b"\x3b", "GIF")
    return Picture("image/gif", _little(data, 6, 2), _little(data, 8, 2))


def _ends_with(data: bytes, trailer: bytes, name: str) -> None:
    if data.rfind(trailer, max(0, len(data) - len(trailer) - _TRAILING)) < 0:
        raise BrokenAnswer(f"{name} cut off: no end after {len(data)} bytes")


def _big16(data: bytes, at: int) -> int:
    return data[at] << 8 | data[at + 1]


def _little(data: bytes, at: int, size: int) -> int:
    if at + size > len(data):
        raise IndexError(at)
    return int.from_bytes(data[at : at + size], "little")


_READERS: tuple[tuple[bytes, Callable[[bytes], Picture]], ...] = (
    (_PNG, _png),
    (b"\xff\xd8\xff", _jpeg),
    (b"RIFF", _webp),
    (b"GIF8", _gif),
)
