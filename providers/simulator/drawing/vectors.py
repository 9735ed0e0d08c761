"""A sheet on which shapes stay shapes: the same pen as the canvas's, written down as SVG."""

from collections.abc import Sequence
from html import escape

from .canvas import Point
from .colour import RGB
from .shapes import arc

MEDIA_TYPE = "image/svg+xml"


def number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def code(colour: RGB) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def path(points: Sequence[Point], *, closed: bool) -> str:
    """``M1 2L3 4Z``."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + ("Z" if closed else "")


class Sheet:
    """Elements in the order of drawing. Units as on the canvas: the short side is 100."""

    def __init__(self, width: int, height: int) -> None:
        self.size = width, height
        unit = min(width, height) / 100
        self.w, self.h = width / unit, height / unit
        self._parts: list[str] = []
        self._definitions: list[str] = []

    def add(self, name: str, **attributes: object) -> None:
        """One element; ``_`` in a name stands for ``-``."""
        said = (
            f'{key.replace("_", "-")}="{number(value) if isinstance(value, float) else escape(str(value))}"'
            for key, value in attributes.items()
        )
        self._parts.append(f"<{name} {' '.join(said)}/>")

    def polygon(self, points: Sequence[Point], paint: RGB) -> None:
        self.add("path", d=path(points, closed=True), fill=code(paint))

    def rect(self, x: float, y: float, w: float, h: float, paint: RGB, radius: float = 0) -> None:
        if w > 0 and h > 0:
            self.add("rect", x=float(x), y=float(y), width=float(w), height=float(h), rx=float(radius), fill=code(paint))

    def oval(self, cx: float, cy: float, rx: float, ry: float, paint: RGB) -> None:
        if rx > 0 and ry > 0:
            self.add("ellipse", cx=float(cx), cy=float(cy), rx=float(rx), ry=float(ry), fill=code(paint))

    def disc(self, cx: float, cy: float, r: float, paint: RGB) -> None:
        if r > 0:
            self.add("circle", cx=float(cx), cy=float(cy), r=float(r), fill=code(paint))

    def ring(self, cx: float, cy: float, r: float, width: float, paint: RGB, start: float = 0, end: float = 360) -> None:
        middle = r - width / 2
        if end - start >= 360:
            look = {"fill": "none", "stroke": code(paint), "stroke_width": float(width)}
            self.add("circle", cx=float(cx), cy=float(cy), r=float(middle), **look)
        else:
            self._stroke(arc(cx, cy, middle, middle, start, end), width, paint, "butt")

    def pie(self, cx: float, cy: float, r: float, start: float, end: float, paint: RGB) -> None:
        self.polygon([(cx, cy), *arc(cx, cy, r, r, start, end)], paint)

    def line(self, points: Sequence[Point], width: float, paint: RGB) -> None:
        self._stroke(points, width, paint, "round")

    def _stroke(self, points: Sequence[Point], width: float, paint: RGB, ends: str) -> None:
        look = {"fill": "none", "stroke": code(paint), "stroke_width": float(width), "stroke_linecap": ends}
        self.add("path", d=path(points, closed=False), stroke_linejoin="round", **look)

    def wash(self, top: RGB, low: RGB) -> None:
        """A gradient over all of the sheet."""
        stops = f'<stop stop-color="{code(top)}"/><stop offset="1" stop-color="{code(low)}"/>'
        self._definitions.append(f'<linearGradient id="ground" x2="0" y2="1">{stops}</linearGradient>')
        self.add("rect", width=float(self.w), height=float(self.h), fill="url(#ground)")

    def words(self, text: str, x: float, y: float, size: float, family: str, paint: RGB) -> None:
        """Type that stays type, its baseline at ``y`` and its middle at ``x``: for scripts whose letters join."""
        look = f'font-family="{escape(family)}" font-size="{number(size)}" text-anchor="middle" fill="{code(paint)}"'
        self._parts.append(f'<text x="{number(x)}" y="{number(y)}" {look}>{escape(text, quote=False)}</text>')

    def written(self, title: str, metadata: str) -> bytes:
        """The whole document."""
        width, height = self.size
        box = f'width="{width}" height="{height}" viewBox="0 0 {number(self.w)} {number(self.h)}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {box}>'
        said = f"<title>{escape(title, quote=False)}</title><metadata>{escape(metadata, quote=False)}</metadata>"
        body = "\n".join([head, said, f"<defs>{''.join(self._definitions)}</defs>", *self._parts, "</svg>", ""])
        return body.encode()
