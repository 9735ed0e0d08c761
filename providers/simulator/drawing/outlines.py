"""Type as outlines, as vector logos have it: it looks the same on every machine, with or without the face."""

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from math import cos, sin

from fontTools.pens.svgPathPen import SVGPathPen  # type: ignore[import-untyped]
from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from . import faces
from .canvas import Point
from .vectors import number

_MEASURE = 1000  # pixels at which advances are read, kerning included


@lru_cache(maxsize=16)
def _face(name: str) -> TTFont:
    return TTFont(BytesIO((faces.FOLDER / f"{name}.ttf").read_bytes()), lazy=True)


def width(face: str, text: str) -> float:
    """In units of the type's size."""
    return max(faces.font(face, _MEASURE).getlength(text) / _MEASURE, 0.01)


def family(face: str) -> str:
    """What the face calls itself."""
    return str(_face(face)["name"].getBestFamilyName())


def line(face: str, text: str, middle: float, baseline: float, size: float) -> str:
    """The path data of a line of type with its middle and baseline there."""
    left = middle - width(face, text) * size / 2
    return "".join(_glyph(face, each, size, (left + at * size, baseline), 0) for each, at in _placed(face, text))


def arched(face: str, text: str, centre: Point, radius: float, size: float) -> str:
    """The same along the top of a circle, each letter turned with it."""
    length = width(face, text) * size
    parts = []
    for each, at in _placed(face, text):
        half = width(face, each) * size / 2
        angle = (at * size + half - length / 2) / radius
        x, y = centre[0] + radius * sin(angle), centre[1] - radius * cos(angle)
        parts.append(_glyph(face, each, size, (x - half * cos(angle), y - half * sin(angle)), angle))
    return "".join(parts)


def _placed(face: str, text: str) -> Iterator[tuple[str, float]]:
    """Each letter and where it begins, in units of the size."""
    measure = faces.font(face, _MEASURE)
    for index, letter in enumerate(text):
        if not letter.isspace():
            yield letter, (measure.getlength(text[: index + 1]) - measure.getlength(letter)) / _MEASURE


def _glyph(face: str, letter: str, size: float, at: Point, angle: float) -> str:
    """One letter's outline at a place, turned by an angle (radians, clockwise)."""
    font = _face(face)
    name = font.getBestCmap().get(ord(letter))
    if name is None:
        return ""
    scale = size / font["head"].unitsPerEm
    c, s = cos(angle) * scale, sin(angle) * scale
    glyphs = font.getGlyphSet()
    pen = SVGPathPen(glyphs, ntos=number)
    glyphs[name].draw(TransformPen(pen, (c, s, s, -c, *at)))
    return str(pen.getCommands())
