"""Answers no client should take for a picture."""

from collections.abc import Callable
from functools import cache
from hashlib import shake_256
from zlib import compressobj

from providers.simulator.faults import FaultKind
from providers.simulator.pictures import END, Picture, chunk, header, marked

BOMB_SIDE = 7746  # squared: 60 megapixels
HUGE_BYTES = 48 * 1024 * 1024
BROKEN_BYTES = 4096
PLAIN_TEXT = b"This was meant to be a picture, but it is a sentence.\n"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" onload="alert(1)">'
    b'<script>document.title = "taken over"</script><rect width="512" height="512" fill="#c33"/></svg>'
)


def spoil(picture: Picture, kind: FaultKind | None, width: int, height: int) -> Picture:
    """The picture, or what this fault puts in its place."""
    maker = SPOILERS.get(kind) if kind else None
    return maker(width, height) if maker else picture


def _text(_width: int, _height: int) -> Picture:
    return Picture(PLAIN_TEXT)


def _svg(_width: int, _height: int) -> Picture:
    return Picture(SVG, "image/svg+xml")


@cache
def _bomb(_width: int, _height: int) -> Picture:
    """60 megapixels of black, one bit each, in a few kilobytes."""
    packer, row = compressobj(9), bytes(1 + (BOMB_SIDE + 7) // 8)
    packed = b"".join(packer.compress(row) for _ in range(BOMB_SIDE)) + packer.flush()
    return Picture(header(BOMB_SIDE, BOMB_SIDE, depth=1, colour=0) + chunk(b"IDAT", packed) + END)


@cache
def _huge(width: int, height: int) -> Picture:
    return Picture(marked(width, height, HUGE_BYTES, "huge").data)


def _broken(width: int, height: int) -> Picture:
    """Every checksum is right; what they guard is noise."""
    noise = shake_256(f"{width}x{height}".encode()).digest(BROKEN_BYTES)
    return Picture(header(width, height) + chunk(b"IDAT", noise) + END)


SPOILERS: dict[FaultKind, Callable[[int, int], Picture]] = {
    FaultKind.TEXT_AS_IMAGE: _text,
    FaultKind.SVG_WITH_SCRIPT: _svg,
    FaultKind.OVERSIZED: _bomb,
    FaultKind.HUGE: _huge,
    FaultKind.BROKEN_PICTURE: _broken,
}
