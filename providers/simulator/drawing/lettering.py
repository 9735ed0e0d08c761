"""Type: fitting words into a box, straight or along an arc, plain or as neon tubes."""

from dataclasses import dataclass
from functools import lru_cache
from math import cos, degrees, radians, sin

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from . import faces
from .canvas import Canvas, Point
from .colour import RGB, WHITE, lighter, mix

LONGEST = 260
_REFERENCE = 100


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one face and size (working pixels), and the box their ink fills."""

    face: str
    lines: tuple[str, ...]
    size: int
    leading: int
    width: int
    height: int
    top: int


def clean(text: str) -> str:
    """One line without control characters, shortened to what still can be read in a picture."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: LONGEST * 4]).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


@lru_cache(maxsize=2048)
def _advance(face: str, text: str) -> float:
    box = faces.font(face, _REFERENCE).getbbox(text)
    return max(float(box[2]) - min(0.0, float(box[0])), 1.0)


def _pieces(word: str) -> list[str]:
    """A very long word in pieces of 12, so that it can wrap."""
    return [word[i : i + 12] for i in range(0, len(word), 12)] if len(word) > 18 else [word]


def wrap(face: str, text: str, lines: int) -> tuple[str, ...]:
    """The text in at most ``lines`` lines of even width: widen a greedy measure until it fits."""
    words = [(piece, i == 0) for word in text.split() for i, piece in enumerate(_pieces(word) if lines > 1 else [word])]
    measure = max(_advance(face, text) / lines, *(_advance(face, word) for word, _ in words))
    while True:
        rows: list[str] = []
        for word, fresh in words:
            joined = f"{rows[-1]}{' ' if fresh else ''}{word}" if rows else word
            if rows and _advance(face, joined) <= measure:
                rows[-1] = joined
            else:
                rows.append(word)
        if len(rows) <= lines:
            return tuple(rows)
        measure *= 1.06


def fit(
    canvas: Canvas, text: str, wanted: str, width: float, height: float, *, lines: int = 4, spacing: float = 1.08
) -> Block | None:
    """The largest setting of the text in a box of units; None when no face can draw any of it."""
    face, spelled = faces.spell(clean(text), wanted)
    if not spelled:
        return None
    if len(spelled) > 30:
        lines = max(lines, min(12, round((len(spelled) * height / width / 1.6) ** 0.5) + 2))
    best: tuple[float, tuple[str, ...]] = (0.0, (spelled,))
    for count in range(1, lines + 1):
        rows = wrap(face, spelled, count)
        widest = max(_advance(face, row) for row in rows)
        tall = _extent(face, rows, spacing)[1]
        size = min(width * canvas.k / widest, height * canvas.k / tall) * _REFERENCE
        if size > best[0]:
            best = (size, rows)
    size, rows = max(4, int(best[0])), best[1]
    top, tall = _extent(face, rows, spacing)
    scale = size / _REFERENCE
    widest = max(_advance(face, row) for row in rows)
    return Block(
        face,
        rows,
        size,
        round(_line(face, spacing) * scale),
        round(widest * scale) + 1,
        round(tall * scale) + 1,
        round(top * scale),
    )


@lru_cache(maxsize=32)
def _line(face: str, spacing: float) -> float:
    box = faces.font(face, _REFERENCE).getbbox("Hxg国" if face == faces.JAPANESE else "ÉHxg" if face == faces.WORLD else "Hxg")
    return (float(box[3]) - float(box[1])) * spacing


def _extent(face: str, rows: tuple[str, ...], spacing: float) -> tuple[float, float]:
    """Top of the ink below the drawing origin, and height of the ink, at the reference size."""
    boxes = [faces.font(face, _REFERENCE).getbbox(row) for row in rows]
    top = float(boxes[0][1])
    return top, max(float(box[3]) + i * _line(face, spacing) for i, box in enumerate(boxes)) - top


def mask(block: Block, *, align: str = "centre", pad: int = 0) -> Image.Image:
    """The block's ink as a grey image with ``pad`` pixels around."""
    sheet = Image.new("L", (block.width + 2 * pad, block.height + 2 * pad))
    pen = ImageDraw.Draw(sheet)
    type_ = faces.font(block.face, block.size)
    for number, row in enumerate(block.lines):
        box = type_.getbbox(row)
        spare = block.width - (box[2] - box[0])
        x = pad - box[0] + (spare / 2 if align == "centre" else spare if align == "right" else 0)
        pen.text((x, pad - block.top + number * block.leading), row, font=type_, fill=255)
    return sheet


def plain(canvas: Canvas, block: Block | None, cx: float, cy: float, colour: RGB, *, align: str = "centre") -> None:
    """Set the block with its middle at (cx, cy), kept inside the frame."""
    if block:
        left, top = place(canvas, block, cx, cy)
        canvas.stamp(mask(block, align=align), left, top, colour)


def place(canvas: Canvas, block: Block, cx: float, cy: float) -> tuple[int, int]:
    """The block's top left in working pixels, pushed inside the frame."""
    left, top = round(cx * canvas.k - block.width / 2), round(cy * canvas.k - block.height / 2)
    return (
        max(0, min(left, canvas.size[0] - block.width)),
        max(0, min(top, canvas.size[1] - block.height)),
    )


def neon(canvas: Canvas, block: Block | None, cx: float, cy: float, colour: RGB, *, power: float = 1.0) -> None:
    """Glass tubes: a wide and a narrow halo, the coloured tube, a hot core."""
    if not block:
        return
    left, top = place(canvas, block, cx, cy)
    reach = round(min(block.height / max(1, len(block.lines)) * 0.9, 16 * canvas.k))
    tubes = mask(block, pad=reach)
    small = tubes.resize((max(2, tubes.width // 6), max(2, tubes.height // 6)), Image.Resampling.BOX)
    for blur, strength in ((reach / 15, 2.2), (reach / 40, 1.7)):
        halo = small.filter(ImageFilter.GaussianBlur(max(0.8, blur))).point(
            [min(215, round(v * strength * power)) for v in range(256)]
        )
        canvas.stamp(halo.resize(tubes.size, Image.Resampling.BILINEAR), left - reach, top - reach, colour)
    ink = mask(block)
    canvas.stamp(ink, left, top, lighter(colour, 0.4))
    thin = max(1.0, block.size / 34)
    core = ink.filter(ImageFilter.BoxBlur(thin)).point([max(0, min(255, round((v - 150) * 3.2))) for v in range(256)])
    canvas.stamp(core, left, top, mix(colour, WHITE, 0.9))


def arched(canvas: Canvas, text: str, wanted: str, at: Point, radius: float, size: float, colour: RGB) -> None:
    """Letters along the top of a circle (baseline ``radius``), at most ``size`` units high and 165 degrees wide."""
    face, spelled = faces.spell(clean(text), wanted)
    if not spelled:
        return
    room = radians(165) * radius * canvas.k
    pixels = int(min(size * canvas.k / 0.74, room / (_advance(face, spelled) * 1.06) * _REFERENCE))
    type_ = faces.font(face, max(4, pixels))
    gap = pixels * 0.045
    length = type_.getlength(spelled) + gap * (len(spelled) - 1)
    for i, character in enumerate(spelled):
        along = type_.getlength(spelled[:i]) + gap * i + type_.getlength(character) / 2 - length / 2
        _glyph(canvas, character, type_, at, radius, along / (radius * canvas.k), colour)


def _glyph(
    canvas: Canvas, character: str, type_: ImageFont.FreeTypeFont, at: Point, radius: float, angle: float, colour: RGB
) -> None:
    """One letter standing on the circle at an angle (radians) from the top, turned with it."""
    if character.isspace():
        return
    half = int(type_.size * 0.92) + 2
    tile = Image.new("L", (2 * half, 2 * half))
    ImageDraw.Draw(tile).text((half, half), character, font=type_, fill=255, anchor="ms")
    turned = tile.rotate(-degrees(angle), Image.Resampling.BILINEAR)
    x, y = (at[0] + radius * sin(angle)) * canvas.k, (at[1] - radius * cos(angle)) * canvas.k
    canvas.stamp(turned, round(x - half), round(y - half), colour)


def arch_suits(text: str) -> bool:
    """Short texts of letters that stand alone; joined and right-to-left scripts stay straight."""
    return len(text) <= 26 and all(ord(c) < 0x590 or 0x3000 <= ord(c) < 0xA000 for c in text)
