"""The cheap look at an SVG: a whole document that declares nothing, within limits, and the size it gives itself.

Nothing is drawn and nothing is removed here. The parser is expat as Python ships it: it fetches nothing, and every declaration is
refused before it can be expanded. A DOCTYPE that only names the SVG DTD declares nothing and does no harm; some drawing programs
write one, and the picture is paid for.
"""

import math
import re
from collections.abc import Mapping
from xml.parsers import expat

from providers.errors import BrokenAnswer

MEDIA_TYPE = "image/svg+xml"
NAMESPACE = "http://www.w3.org/2000/svg"
MAX_BYTES = 8 * 1024 * 1024
MAX_ELEMENTS = 50_000
MAX_DEPTH = 200
MAX_SIDE = 4096  # pixels said of a drawing that calls itself larger; it has a shape, and no pixels
DEFAULT_SIZE = 300.0, 150.0  # what CSS gives a drawing that says nothing

_BEGINNING = 256  # bytes in which the first sign of XML must come
_BEFORE = b"\xef\xbb\xbf \t\r\n"
_LENGTH = re.compile(r"\s*\+?((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in)?\s*", re.IGNORECASE)
_PIXELS = {"px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


def recognises(data: bytes) -> bool:
    """Whether this may be XML in a form of ASCII: only then is a closer look worth its time."""
    return data[:_BEGINNING].lstrip(_BEFORE).startswith(b"<")


def look(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, at most ``MAX_SIDE``. Raises ``BrokenAnswer`` for anything but a whole SVG within limits."""
    if len(data) > MAX_BYTES:
        raise BrokenAnswer(f"an SVG of {len(data)} bytes is over the limit of {MAX_BYTES}")
    reader = _Reader()
    try:
        reader.read(data)
    except expat.ExpatError as error:
        raise BrokenAnswer(f"not a picture: XML that cannot be read ({expat.ErrorString(error.code)})") from error
    except (ValueError, LookupError) as error:  # an encoding that Python does not know, or that is not what was said
        raise BrokenAnswer("not a picture: XML in an unknown encoding") from error
    width, height = natural_size(reader.root) or DEFAULT_SIZE
    scale = min(1.0, MAX_SIDE / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def natural_size(root: Mapping[str, str]) -> tuple[float, float] | None:
    """Pixels a drawing asks for by the attributes of its root, from ``viewBox`` where a length is missing or relative."""
    width, height = _length(root.get("width")), _length(root.get("height"))
    if width and height:
        return width, height
    if (box := _view_box(root.get("viewBox"))) is None:
        return None
    if width:
        return width, width * box[1] / box[0]
    return (height * box[0] / box[1], height) if height else box


def _length(value: str | None) -> float | None:
    found = _LENGTH.fullmatch(value or "")
    pixels = float(found[1]) * _PIXELS[(found[2] or "px").lower()] if found else 0.0
    return pixels if _sensible(pixels) else None


def _view_box(value: str | None) -> tuple[float, float] | None:
    try:
        _, _, width, height = (float(number) for number in re.split(r"[\s,]+", (value or "").strip()))
    except ValueError:
        return None
    return (width, height) if _sensible(width) and _sensible(height) else None


def _sensible(pixels: float) -> bool:
    return math.isfinite(pixels) and 1e-6 < pixels < 1e12


class _Reader:
    """Counts what a document holds and keeps the attributes of its root."""

    def __init__(self) -> None:
        self.root: dict[str, str] = {}
        self._elements = self._depth = 0

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.Parse(data, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._elements:
            if name != f"{NAMESPACE} svg":
                raise BrokenAnswer(f"not a picture: XML whose root is {name[:80]!r}")
            self.root = attributes
        self._elements += 1
        self._depth += 1
        if self._elements > MAX_ELEMENTS:
            raise BrokenAnswer(f"an SVG of more than {MAX_ELEMENTS} elements")
        if self._depth > MAX_DEPTH:
            raise BrokenAnswer(f"an SVG nested deeper than {MAX_DEPTH}")

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _doctype(self, _name: str, _system: str | None, _public: str | None, declares: int) -> None:
        if declares:
            raise BrokenAnswer("an SVG with declarations of its own (DTD)")

    def _entity(self, *_what: object) -> None:
        raise BrokenAnswer("an SVG with entities")
