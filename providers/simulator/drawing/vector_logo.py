"""The drawing of a vector model: a mark and its word as flat shapes, in one of three settings."""

from .colour import RGB, darker, lighter, mix, readable
from .faces import spell
from .lettering import arch_suits, clean
from .marker import svg_marker
from .outlines import arched, family, line, width
from .scenes.creatures import Inks
from .scenes.logo import colours
from .scenes.marks import mark
from .stage import Stage
from .vectors import Sheet, code

_CAPITALS = 0.72  # height of a capital in units of the type's size, about, in all our faces


def draw(s: Stage, sheet: Sheet, *, model: str, prompt: str, seed: int) -> bytes:
    """The whole document, with the simulator's mark in its metadata."""
    inks, text = colours(s), " ".join(s.texts)
    sheet.wash(lighter(inks.ground, 0.06), darker(inks.ground, 0.06))
    if sheet.w > sheet.h * 1.7 and text:
        _beside(s, sheet, inks, text)
    else:
        (_stacked, _badge, _medal)[s.variant(3)](s, sheet, inks, text)
    return sheet.written(text or "A mark", svg_marker(model, prompt, seed))


def _beside(s: Stage, sheet: Sheet, inks: Inks, text: str) -> None:
    """Mark on the left, word on the right."""
    r = 26.0
    room = sheet.w - 3.4 * r - 16
    mark(sheet, s.reading.subjects, 8 + r * 1.2, 50, r, inks)
    _word(s, sheet, text, 8 + r * 2.6 + room / 2, 50, room, 24, _ink(s, inks.ground))


def _stacked(s: Stage, sheet: Sheet, inks: Inks, text: str) -> None:
    """Mark above, word below, and a few arcs behind that more detail makes more of."""
    x, y = sheet.w / 2, sheet.h / 2
    for ring in range(s.count(2, 6)):
        sheet.ring(x, y - (9 if text else 0), 36 + ring * 9, 0.5, mix(inks.ground, inks.second, 0.3))
    mark(sheet, s.reading.subjects, x, y - (13 if text else 0), 22 if text else 30, inks)
    _word(s, sheet, text, x, y + 27, min(sheet.w * 0.8, 96), 15, _ink(s, inks.ground))


def _badge(s: Stage, sheet: Sheet, inks: Inks, text: str) -> None:
    """A plate with the word along its rim, or below it when the word is long."""
    x, y, r = sheet.w / 2, sheet.h / 2, 41.0
    around = bool(text) and arch_suits(text) and width(*_spelled(s, text)) < 13
    below = bool(text) and not around
    y -= 9 if below else 0
    r -= 7 if below else 0
    plate = darker(inks.main, 0.1)
    on = readable(plate, s.palette.paper, s.palette.ink)
    sheet.disc(x, y, r, plate)
    sheet.ring(x, y, r * 0.95, 0.7, on)
    sheet.ring(x, y, r * 0.66, 0.5, on)
    field = mix(plate, s.palette.near, 0.4)
    sheet.disc(x, y, r * 0.63, field)
    second = s.palette.accent(1)
    mark(sheet, s.reading.subjects or ("star",), x, y, r * 0.42, Inks(readable(field, s.palette.paper), second, field))
    if around:
        face, spelled = _spelled(s, text)
        size = min(7.4, 2.7 * r * 0.74 / width(face, spelled))
        sheet.add("path", d=arched(face, spelled, (x, y), r * 0.74, size), fill=code(on))
    elif below:
        _word(s, sheet, text, x, sheet.h / 2 + 36, min(sheet.w * 0.8, 92), 12, _ink(s, inks.ground))


def _medal(s: Stage, sheet: Sheet, inks: Inks, text: str) -> None:
    """A rounded tile cut by a band of colour, with the word on the band."""
    x, y = sheet.w / 2, sheet.h / 2
    half = 38.0
    tile = lighter(inks.main, 0.82) if not s.night else mix(inks.ground, inks.main, 0.35)
    sheet.rect(x - half, y - half, 2 * half, 2 * half, tile, 12)
    for corner in range(s.count(1, 4)):
        side = -1 if corner % 2 else 1
        sheet.disc(x + side * half * 0.78, y - half * 0.78 * (1 if corner < 2 else -1), 3.2, inks.second)
    mark(sheet, s.reading.subjects, x, y - (10 if text else 0), 20 if text else 27, Inks(inks.main, inks.second, tile))
    if text:
        sheet.rect(x - half - 4, y + 16, 2 * half + 8, 17, inks.main, 2.5)
        _word(s, sheet, text, x, y + 24.5, 2 * half, 9, readable(inks.main, s.palette.paper, s.palette.ink))


def _word(s: Stage, sheet: Sheet, text: str, x: float, y: float, room: float, tall: float, paint: RGB) -> None:
    """One line, as large as ``room`` and ``tall`` let it be, with its middle at (x, y)."""
    face, spelled = _spelled(s, text)
    if not spelled:
        return
    size = min(tall / _CAPITALS, room / width(face, spelled))
    baseline = y + size * _CAPITALS / 2
    if all(map(arch_suits, spelled)):
        sheet.add("path", d=line(face, spelled, x, baseline, size), fill=code(paint))
    else:
        sheet.words(spelled, x, baseline, size, family(face), paint)


def _spelled(s: Stage, text: str) -> tuple[str, str]:
    return spell(clean(text), s.face("logo"))


def _ink(s: Stage, ground: RGB) -> RGB:
    return readable(ground, s.palette.ink, s.palette.paper)
