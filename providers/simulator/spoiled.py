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
SVG_WITH_SCRIPT = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="512" height="512"
  viewBox="0 0 512 512" onload="document.title = 'taken over'">
<style>@import url("https://hostile.example/style.css");
  .sun { fill: #f2b134 } .sky { fill: url(https://hostile.example/p.svg#p) }</style>
<rect width="512" height="512" fill="#1c2f38"/><circle class="sun" cx="256" cy="230" r="120"/>
<path d="M0 400L150 250L260 380L350 290L512 420V512H0Z" fill="#2a8c82" onclick="alert(1)"/>
<script>document.title = "taken over"</script><script xlink:href="https://hostile.example/script.js"/>
<a href="javascript:alert(1)">
  <text x="256" y="480" font-family="Oswald" font-size="40" text-anchor="middle" fill="#fff">Press</text></a>
<image href="https://hostile.example/pixel.png" width="9" height="9"/><image href="/etc/passwd" width="9" height="9"/>
<use xlink:href="https://hostile.example/shapes.svg#it"/><set attributeName="onmouseover" to="alert(1)"/>
<foreignObject width="99" height="99"><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://hostile.example/"></iframe></foreignObject>
</svg>
"""
SVG_WITH_ENTITY = b"""<!DOCTYPE svg [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512"><text y="99">&secret;</text></svg>
"""


def spoil(picture: Picture, kind: FaultKind | None, width: int, height: int) -> Picture:
    """The picture, or what this fault puts in its place."""
    maker = SPOILERS.get(kind) if kind else None
    return maker(width, height) if maker else picture


def _text(_width: int, _height: int) -> Picture:
    return Picture(PLAIN_TEXT)


def _svg_with_script(_width: int, _height: int) -> Picture:
    return Picture(SVG_WITH_SCRIPT, "image/svg+xml")


def _svg_with_entity(_width: int, _height: int) -> Picture:
    return Picture(SVG_WITH_ENTITY, "image/svg+xml")


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
    FaultKind.SVG_WITH_SCRIPT: _svg_with_script,
    FaultKind.SVG_WITH_ENTITY: _svg_with_entity,
    FaultKind.OVERSIZED: _bomb,
    FaultKind.HUGE: _huge,
    FaultKind.BROKEN_PICTURE: _broken,
}
