"""A mark and a wordmark on a plain ground."""

from providers.simulator.drawing.colour import RGB, contrast, darker, lighter, mix
from providers.simulator.drawing.lettering import fit, plain
from providers.simulator.drawing.stage import Stage

from .creatures import Inks
from .marks import mark


def colours(s: Stage) -> Inks:
    """Ground, ink and second ink with enough contrast between them; two inks at most when the prompt says so."""
    p = s.palette
    grounds = (p.paper, darker(p.ink, 0.15), lighter(p.accent(1), 0.05), lighter(p.top, 0.72))
    ground = p.paper if s.reading.colours else grounds[s.variant(4)]
    if s.night:
        ground = darker(p.ink, 0.15)
    dark = contrast(ground, (255, 255, 255)) > 6
    main = _against(p.accent(0), ground, p.paper if dark else p.ink)
    second = (p.paper if dark else p.ink) if s.reading.inks != 1 else main
    if s.reading.inks == 0 and contrast(p.accent(1), ground) > 1.8 and s.variant(2):
        second = p.accent(1)
    return Inks(main, second, ground)


def _against(colour: RGB, ground: RGB, fallback: RGB) -> RGB:
    return colour if contrast(colour, ground) > 2.2 else mix(colour, fallback, 0.65)


def paint(s: Stage) -> None:
    c, inks = s.canvas, colours(s)
    c.outline = None
    c.wash((0, 0, c.w, c.h), ((0, lighter(inks.ground, 0.04)), (1, darker(inks.ground, 0.05 * s.style.shading))))
    subjects = s.reading.subjects
    text = " ".join(s.texts)
    wide = c.w > c.h * 1.7 and bool(text)
    r = 27.0 if not text else min(22.0, c.h * 0.22)
    if wide:
        x, y = c.w * 0.5 - r * 2.4 - min(c.w * 0.18, 40), c.h / 2
        x = max(r * 1.4, x)
        mark(c, subjects, x, y, r * 1.2, inks)
        left = x + r * 1.9
        block = fit(c, text, s.face("logo"), c.w - left - 8, c.h * 0.46, lines=2)
        plain(c, block, left + (block.width / c.k / 2 if block else 0), y, _word_ink(s, inks), align="left")
        return
    y = c.h / 2 - (r * 0.62 if text else 0)
    mark(c, subjects, c.w / 2, y, r, inks)
    if text:
        room = min(c.w * 0.76, 92)
        plain(c, fit(c, text, s.face("logo"), room, min(19, c.h * 0.2), lines=2), c.w / 2, y + r + 15, _word_ink(s, inks))


def _word_ink(s: Stage, inks: Inks) -> RGB:
    p = s.palette
    return max((p.ink, p.paper), key=lambda each: contrast(each, inks.ground))
