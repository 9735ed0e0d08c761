"""Posters: a strong ground, one motif, a headline that carries, smaller lines under it."""

from providers.simulator.drawing.colour import RGB, contrast, darker, lighter, mix, readable
from providers.simulator.drawing.lettering import fit, plain
from providers.simulator.drawing.shapes import ground, rolling
from providers.simulator.drawing.stage import Stage

from .creatures import Inks
from .marks import mark


def paint(s: Stage) -> None:
    c = s.canvas
    base = _ground(s)
    c.rect(0, 0, c.w, c.h, base)
    wide = c.w > c.h * 1.25
    motif = (c.w * 0.27, c.h * 0.5, min(c.h * 0.36, c.w * 0.22)) if wide else (c.w * 0.5, c.h * 0.34, min(c.w * 0.36, c.h * 0.24))
    (_band, _disc, _rays)[s.variant(3)](s, base, motif)
    _words(s, base, wide)
    inset = 3.2
    if s.variant(2):
        edge = readable(base, s.palette.paper, s.palette.ink)
        for x, y, w, h in (
            (inset, inset, c.w - 2 * inset, 0.5),
            (inset, c.h - inset - 0.5, c.w - 2 * inset, 0.5),
            (inset, inset, 0.5, c.h - 2 * inset),
            (c.w - inset - 0.5, inset, 0.5, c.h - 2 * inset),
        ):
            c.rect(x, y, w, h, edge)


def _ground(s: Stage) -> RGB:
    p = s.palette
    dark = darker(p.top, 0.35)
    if s.night:
        return (dark, darker(p.ink, 0.1), mix(dark, p.accent(0), 0.12))[s.variant(3)]
    return (p.paper, p.accent(1), dark, lighter(p.accent(0), 0.05))[s.variant(4)]


def _inks(s: Stage, base: RGB) -> Inks:
    p = s.palette
    strong = sorted(p.accents, key=lambda each: -contrast(each, base))
    return Inks(
        readable(base, p.ink, p.paper) if not s.night else p.paper, strong[0] if strong[0] != p.paper else strong[1], base
    )


def _subjects(s: Stage) -> tuple[str, ...]:
    return s.reading.subjects or ("sun",)


def _band(s: Stage, base: RGB, motif: tuple[float, float, float]) -> None:
    """A broad diagonal with the motif on it."""
    c, p, (x, y, r) = s.canvas, s.palette, motif
    band = next((each for each in p.accents if contrast(each, base) > 1.6), p.accent(0))
    lean = c.w * 0.4
    c.polygon(
        [
            (-2, y + lean * 0.55),
            (c.w + 2, y - lean * 0.75),
            (c.w + 2, y - lean * 0.75 + r * 1.15),
            (-2, y + lean * 0.55 + r * 1.15),
        ],
        band,
    )
    x = x + c.w * 0.13 if c.w <= c.h * 1.25 else x
    inks = Inks(p.ink if contrast(p.ink, band) > 2.5 else p.paper, p.accent(1) if band != p.accent(1) else p.accent(2), p.paper)
    c.disc(x + 0.9, y + 1.1, r * 0.98, mix(band, (0, 0, 0), 0.3)) if "record" in _subjects(s) else None
    mark(c, _subjects(s), x, y, r, inks)


def _disc(s: Stage, base: RGB, motif: tuple[float, float, float]) -> None:
    """A great disc half sunk in waves, the motif before it."""
    c, p, (x, y, r) = s.canvas, s.palette, motif
    disc = next((each for each in (p.accent(1), p.accent(0), p.sun) if contrast(each, base) > 1.5), p.accent(0))
    c.glow(x, y, r * 2, r * 2, disc, 0.35 * s.style.shading, 1.8)
    c.disc(x, y, r * 1.06, disc)
    inks = Inks(
        p.ink if contrast(p.ink, disc) > contrast(p.paper, disc) else p.paper,
        p.accent(0) if disc != p.accent(0) else p.accent(2),
        disc,
    )
    mark(c, _subjects(s), x, y - r * 0.06, r * 0.64, inks)
    if c.w <= c.h * 1.25:
        tone = mix(base, readable(base, p.paper, p.ink), 0.88)
        line = rolling(s.rng, c.w, y + r * 0.9, 4.5, 1.0, 80)
        c.polygon(ground(line, c.h + 1), tone)
        c.polygon(ground([(px, py + 3.2) for px, py in line], c.h + 1), base)


def _rays(s: Stage, base: RGB, motif: tuple[float, float, float]) -> None:
    """Rays from behind the motif, as on a fairground bill."""
    c, p, (x, y, r) = s.canvas, s.palette, motif
    tint = mix(base, next((each for each in p.accents if contrast(each, base) > 1.3), p.accent(0)), 0.3)
    for i in range(18):
        c.pie(x, y, c.w + c.h, i * 20, i * 20 + 10, tint)
    disc = next((each for each in p.accents if contrast(each, base) > 1.8), p.accent(1))
    for share, paint_ in ((1.12, disc), (1.02, base), (0.94, disc)):
        c.disc(x, y, r * share, paint_)
    inks = Inks(readable(disc, p.ink, p.paper), p.accent(1) if disc != p.accent(1) else p.accent(0), disc)
    mark(c, _subjects(s), x, y, r * 0.62, inks)


def _words(s: Stage, base: RGB, wide: bool) -> None:
    """Headline as large as its room allows, the rest in a third of its size."""
    c, p = s.canvas, s.palette
    if not s.texts:
        return
    x, w = (c.w * 0.73, c.w * 0.44) if wide else (c.w / 2, c.w * 0.8)
    top, h = (c.h * 0.12, c.h * 0.76) if wide else (c.h * 0.64, c.h * 0.29)
    colour = readable(base, p.paper, p.ink)
    rest = s.texts[1:6]
    head = h if not rest else h * 0.64
    long = len(s.texts[0]) > 40
    plate = [fit(c, s.texts[0], s.face("headline"), w, head, lines=6 if long else 3, spacing=1.02 if not long else 1.15)]
    plain(c, plate[0], x, top + head / 2, colour)
    row = (h - head) / max(1, len(rest))
    used = plate[0].height / c.k if plate[0] else 0
    start = top + head / 2 + used / 2 + 2.4
    for i, text in enumerate(rest):
        small = min(row * 0.72, 9)
        plain(c, fit(c, text, s.face("caption"), w, small, lines=2), x, start + row * (i + 0.5), mix(colour, base, 0.12))
