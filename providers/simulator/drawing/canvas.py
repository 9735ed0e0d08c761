"""The sheet a scene is painted on, in units of a hundredth of its short side.

Everything is drawn larger than asked (supersampling) and brought down once at the end; soft things (glows, shadows)
are made small and scaled up, because blurring large images is what costs time.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .colour import RGB, Paint

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Stops = Sequence[tuple[float, RGB]]


def supersampling(width: int, height: int, detail: float) -> float:
    """Working pixels per final pixel: bounded by a pixel budget, so that 4096 × 4096 stays affordable."""
    budget = 1.4e6 if detail < 0.3 else 3.2e6 if detail < 0.75 else 8.0e6
    wanted = 1.15 if detail < 0.3 else 1.6 if detail < 0.75 else 2.5
    return max(0.7, min(wanted, float(np.sqrt(budget / (width * height)))))


def strip(stops: Stops, length: int, *, across: bool = False) -> Image.Image:
    """A one pixel wide gradient, ``length`` long; ``across`` runs left to right."""
    places = np.linspace(0, 1, max(2, length))
    known = [position for position, _ in stops]
    channels = [np.interp(places, known, [colour[i] for _, colour in stops]) for i in range(3)]
    pixels = np.rint(np.stack(channels, axis=-1)).astype(np.uint8)
    return Image.fromarray(pixels[np.newaxis, :, :] if across else pixels[:, np.newaxis, :])


def extent(points: Sequence[Point]) -> Box:
    """The box around the points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


@lru_cache(maxsize=8)
def falloff(power: float) -> Image.Image:
    """A round glow on 128 × 128 pixels: 255 in the middle, 0 at the rim."""
    axis = np.linspace(-1, 1, 128)
    distance = np.sqrt(axis[:, None] ** 2 + axis[None, :] ** 2)
    return Image.fromarray((255 * np.clip(1 - distance, 0, 1) ** power).astype(np.uint8))


class Canvas:
    """``w`` and ``h`` are in units (the short side is 100); ``k`` is working pixels per unit."""

    def __init__(self, width: int, height: int, detail: float) -> None:
        scale = supersampling(width, height, detail)
        self.size = (max(1, round(width * scale)), max(1, round(height * scale)))
        self.final = (width, height)
        self.k = min(self.size) / 100
        self.w, self.h = self.size[0] / self.k, self.size[1] / self.k
        self.outline: tuple[float, RGB] | None = None
        self.image = Image.new("RGB", self.size)
        self._bind()

    def _bind(self) -> None:
        self._solid = ImageDraw.Draw(self.image)
        self._blend = ImageDraw.Draw(self.image, "RGBA")

    def _pen(self, paint: Paint) -> ImageDraw.ImageDraw:
        return self._solid if len(paint) == 3 else self._blend

    def px(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self.k, y * self.k) for x, y in points]

    def frame(self, box: Box) -> tuple[int, int, int, int]:
        """A box (x, y, width, height) in units as whole working pixels inside the image (may be empty)."""
        x, y, w, h = (value * self.k for value in box)
        left, top = max(0, round(x)), max(0, round(y))
        return left, top, max(left, min(self.size[0], round(x + w))), max(top, min(self.size[1], round(y + h)))

    # -- hard-edged shapes -------------------------------------------------------------------------------------

    def polygon(self, points: Sequence[Point], paint: Paint) -> None:
        placed = self.px(points)
        self._pen(paint).polygon(placed, fill=paint)
        self._contour(placed, paint)

    def _contour(self, placed: list[Point], paint: Paint) -> None:
        if self.outline and len(paint) == 3:
            width, ink = self.outline
            self._solid.line([*placed, placed[0], placed[1]], fill=ink, width=max(1, round(width * self.k)), joint="curve")

    def rect(self, x: float, y: float, w: float, h: float, paint: Paint, radius: float = 0) -> None:
        if w <= 0 or h <= 0:
            return
        box = (x * self.k, y * self.k, (x + w) * self.k, (y + h) * self.k)
        pen, edge = self._pen(paint), self.outline if len(paint) == 3 else None
        width, ink = (max(1, round(edge[0] * self.k)), edge[1]) if edge else (0, None)
        pen.rounded_rectangle(box, radius=min(radius, w / 2, h / 2) * self.k, fill=paint, outline=ink, width=width)

    def oval(self, cx: float, cy: float, rx: float, ry: float, paint: Paint) -> None:
        if rx <= 0 or ry <= 0:
            return
        box = ((cx - rx) * self.k, (cy - ry) * self.k, (cx + rx) * self.k, (cy + ry) * self.k)
        edge = self.outline if len(paint) == 3 else None
        width, ink = (max(1, round(edge[0] * self.k)), edge[1]) if edge else (0, None)
        self._pen(paint).ellipse(box, fill=paint, outline=ink, width=width)

    def disc(self, cx: float, cy: float, r: float, paint: Paint) -> None:
        self.oval(cx, cy, r, r, paint)

    def ring(self, cx: float, cy: float, r: float, width: float, paint: Paint, start: float = 0, end: float = 360) -> None:
        """A stroke inside radius ``r``; angles in degrees, clockwise from three o'clock."""
        box = ((cx - r) * self.k, (cy - r) * self.k, (cx + r) * self.k, (cy + r) * self.k)
        self._pen(paint).arc(box, start, end, fill=paint, width=max(1, round(width * self.k)))

    def pie(self, cx: float, cy: float, r: float, start: float, end: float, paint: Paint) -> None:
        box = ((cx - r) * self.k, (cy - r) * self.k, (cx + r) * self.k, (cy + r) * self.k)
        self._pen(paint).pieslice(box, start, end, fill=paint)

    def line(self, points: Sequence[Point], width: float, paint: Paint) -> None:
        """A stroke with round joints and ends."""
        placed, thick = self.px(points), max(1, round(width * self.k))
        pen = self._pen(paint)
        pen.line(placed, fill=paint, width=thick, joint="curve")
        if thick > 3 and len(paint) == 3:
            for x, y in (placed[0], placed[-1]):
                pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=paint)

    # -- gradients ---------------------------------------------------------------------------------------------

    def wash(self, box: Box, stops: Stops, *, across: bool = False) -> None:
        """A gradient in a box, top to bottom or ``across``."""
        left, top, right, bottom = self.frame(box)
        if right > left and bottom > top:
            length = right - left if across else bottom - top
            self.image.paste(
                strip(stops, length, across=across).resize((right - left, bottom - top), Image.Resampling.NEAREST), (left, top)
            )

    def shaded(self, points: Sequence[Point], stops: Stops, *, across: bool = False) -> None:
        """A polygon filled with a gradient over its own extent."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        left, top = int(min(xs) * self.k) - 1, int(min(ys) * self.k) - 1
        size = (max(2, int(max(xs) * self.k) + 2 - left), max(2, int(max(ys) * self.k) + 2 - top))
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).polygon([(x * self.k - left, y * self.k - top) for x, y in points], fill=255)
        fill = strip(stops, size[0] if across else size[1], across=across).resize(size, Image.Resampling.NEAREST)
        self.image.paste(fill, (left, top), mask)
        if self.outline:
            self._contour(self.px(points), stops[0][1])

    # -- soft things -------------------------------------------------------------------------------------------

    def glow(self, cx: float, cy: float, rx: float, ry: float, colour: RGB, strength: float, power: float = 2.0) -> None:
        """Light that fades out from a middle; ``strength`` 0..1."""
        left, top = round((cx - rx) * self.k), round((cy - ry) * self.k)
        size = (max(2, round(2 * rx * self.k)), max(2, round(2 * ry * self.k)))
        mask = falloff(power).point([round(v * strength) for v in range(256)])
        self._veil(colour, mask, (left, top), size)

    def _veil(self, colour: RGB, mask: Image.Image, at: tuple[int, int], size: tuple[int, int]) -> None:
        """Paste a colour through a small mask scaled to ``size``, touching only what lies inside the image."""
        left, top = max(0, at[0]), max(0, at[1])
        right, bottom = min(self.size[0], at[0] + size[0]), min(self.size[1], at[1] + size[1])
        if right <= left or bottom <= top:
            return
        fx, fy = mask.width / size[0], mask.height / size[1]
        part = ((left - at[0]) * fx, (top - at[1]) * fy, (right - at[0]) * fx, (bottom - at[1]) * fy)
        grown = mask.resize((right - left, bottom - top), Image.Resampling.BILINEAR, box=part)
        self.image.paste(colour, (left, top, right, bottom), grown)

    def soft(self, box: Box, paint: Callable[["Soft"], None], colour: RGB, blur: float, opacity: float) -> None:
        """Blurred shapes of one colour inside a box in units: ``paint`` draws them on a small ``Soft`` sheet."""
        sheet = Soft(self, box, blur)
        paint(sheet)
        self._veil(colour, sheet.blurred(opacity), *sheet.place)

    def soft_line(self, points: Sequence[Point], width: float, colour: RGB, blur: float, opacity: float) -> None:
        self.soft(extent(points), lambda sheet: sheet.line(points, width), colour, blur, opacity)

    def soft_polygon(self, points: Sequence[Point], colour: RGB, blur: float, opacity: float) -> None:
        self.soft(extent(points), lambda sheet: sheet.polygon(points), colour, blur, opacity)

    def soft_oval(self, cx: float, cy: float, rx: float, ry: float, colour: RGB, blur: float, opacity: float) -> None:
        self.soft((cx - rx, cy - ry, 2 * rx, 2 * ry), lambda sheet: sheet.oval(cx, cy, rx, ry), colour, blur, opacity)

    def reflect(self, y: float, depth: float, *, opacity: float, tint: RGB, smear: float = 1.0, squash: float = 0.8) -> None:
        """Mirror what stands above ``y`` into the strip below it, smeared, fading with distance."""
        left, top, right, bottom = self.frame((0, y, self.w, depth))
        height = bottom - top
        source = max(0, top - round(height / squash))
        if height < 2 or top - source < 2:
            return
        mirror = self.image.crop((left, source, right, top)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        small = mirror.resize((max(2, (right - left) // 8), max(2, height // 8)), Image.Resampling.BOX)
        small = small.filter(ImageFilter.BoxBlur((smear * self.k / 16, smear * self.k / 5)))
        full = small.resize((right - left, height), Image.Resampling.BICUBIC)
        fade = strip(((0, (round(255 * opacity),) * 3), (1, (round(90 * opacity),) * 3)), height).convert("L")
        self.image.paste(tint, (left, top, right, bottom))
        self.image.paste(full, (left, top), fade.resize((right - left, height), Image.Resampling.NEAREST))

    # -- masks made elsewhere (type) -----------------------------------------------------------------------------

    def stamp(self, mask: Image.Image, left: int, top: int, colour: RGB) -> None:
        """Paste a colour through a mask of working pixels."""
        self.image.paste(colour, (left, top), mask)

    def flip(self) -> None:
        """Mirror what is painted so far, left to right."""
        self.image = self.image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        self._bind()

    def lowered(self) -> Image.Image:
        """The picture at the size asked for."""
        if self.size == self.final:
            return self.image
        shrinking = self.size[0] > self.final[0]
        return self.image.resize(self.final, Image.Resampling.HAMMING if shrinking else Image.Resampling.BICUBIC)


class Soft:
    """A small grey sheet for blurred shapes, in the canvas's units."""

    def __init__(self, canvas: Canvas, box: Box, blur: float) -> None:
        pad = blur * 2.5
        x, y, w, h = box[0] - pad, box[1] - pad, box[2] + 2 * pad, box[3] + 2 * pad
        self.scale = min(canvas.k, max(1.2 / max(blur, 0.01) * 1.5, 0.4))
        self.origin = (x, y)
        self.blur = blur
        self.sheet = Image.new("L", (max(2, round(w * self.scale)), max(2, round(h * self.scale))))
        self._pen = ImageDraw.Draw(self.sheet)
        self.place = (
            (round(x * canvas.k), round(y * canvas.k)),
            (max(2, round(w * canvas.k)), max(2, round(h * canvas.k))),
        )

    def _at(self, x: float, y: float) -> Point:
        return (x - self.origin[0]) * self.scale, (y - self.origin[1]) * self.scale

    def polygon(self, points: Sequence[Point], level: int = 255) -> None:
        self._pen.polygon([self._at(*point) for point in points], fill=level)

    def oval(self, cx: float, cy: float, rx: float, ry: float, level: int = 255) -> None:
        left, top = self._at(cx - rx, cy - ry)
        right, bottom = self._at(cx + rx, cy + ry)
        self._pen.ellipse((left, top, max(left, right), max(top, bottom)), fill=level)

    def line(self, points: Sequence[Point], width: float, level: int = 255) -> None:
        self._pen.line([self._at(*point) for point in points], fill=level, width=max(1, round(width * self.scale)), joint="curve")

    def blurred(self, opacity: float) -> Image.Image:
        sheet = self.sheet.filter(ImageFilter.GaussianBlur(self.blur * self.scale))
        return sheet.point([round(v * opacity) for v in range(256)])
