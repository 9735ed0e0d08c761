"""Round emblems, shields and rosettes with lettering along the rim or on a ribbon."""

from providers.simulator.drawing.colour import RGB, clear, contrast, darker, lighter, mix, readable
from providers.simulator.drawing.lettering import arch_suits, arched, fit, plain
from providers.simulator.drawing.shapes import arc, smooth, star
from providers.simulator.drawing.stage import Stage

from .creatures import Inks
from .marks import mark


def paint(s: Stage) -> None:
    c, p = s.canvas, s.palette
    ground = darker(p.ink, 0.2) if s.night else (p.paper, lighter(p.top, 0.55), mix(p.paper, p.accent(1), 0.35))[s.variant(3)]
    c.wash((0, 0, c.w, c.h), ((0, lighter(ground, 0.07)), (1, darker(ground, 0.07))))
    c.glow(c.w / 2, c.h / 2, 62, 62, lighter(ground, 0.35), 0.5, 1.5)
    field = _field(s, ground)
    r = 39.0
    texts = s.texts
    ribbon = len(texts) > 1 or (len(texts) == 1 and (s.variant(2) == 1 or not arch_suits(texts[0])))
    arch = texts[0] if texts and arch_suits(texts[0]) and (len(texts) > 1 or not ribbon) else ""
    _shadow(s, r)
    _plate(s, r, field)
    if arch:
        arched(c, arch, s.face("badge"), (c.w / 2, c.h / 2), r * 0.705, r * 0.165, _on(s, field))
    banner = [text for text in texts if text != arch]
    _heart(s, r, field, lifted=bool(banner), ringed=bool(arch))
    if banner:
        _ribbon(s, banner, r)


def _field(s: Stage, ground: RGB) -> RGB:
    """A plate that stands out from the ground."""
    p = s.palette
    choices = (p.accent(0), darker(p.ink, 0.0), p.accent(2), p.near) if not s.reading.colours else (s.palette.accent(0),)
    first = choices[s.variant(len(choices))]
    return first if contrast(first, ground) > 1.7 else (p.accent(0) if contrast(p.accent(0), ground) > 1.7 else p.ink)


def _on(s: Stage, field: RGB) -> RGB:
    p = s.palette
    return p.paper if contrast(field, p.paper) > 3 else readable(field, p.ink)


def _shadow(s: Stage, r: float) -> None:
    c = s.canvas
    if s.style.shading > 0.1:
        c.soft_oval(c.w / 2 + 0.6, c.h / 2 + 2.6, r * 1.0, r * 1.0, (12, 10, 26), 3.4, 0.4)


def _plate(s: Stage, r: float, field: RGB) -> None:
    """Rosette or disc, an inner ring, stitches or dots."""
    c, p = s.canvas, s.palette
    x, y, light = c.w / 2, c.h / 2, _on(s, field)
    trim = p.accent(1) if contrast(p.accent(1), field) > 1.6 else light
    if s.variant(3) == 1:
        c.polygon(star(x, y, r * 1.07, r * 0.985, 40), field)
    elif s.variant(3) == 2:
        c.disc(x, y, r * 1.04, trim)
        c.disc(x, y, r, field)
    else:
        c.polygon(smooth(star(x, y, r * 1.06, r * 0.98, 16)), field)
    if s.style.shading > 0.4:
        c.glow(x - r * 0.3, y - r * 0.5, r * 0.9, r * 0.8, lighter(field, 0.4), 0.35, 1.6)
    c.ring(x, y, r * 0.955, 0.55, light)
    c.ring(x, y, r * 0.63, 0.55, light)
    for i in range(s.count(0, 1) * 72):
        px, py = star(x, y, r * 0.9, r * 0.9, 36)[i]
        c.disc(px, py, 0.3, clear(light, 0.85))


def _heart(s: Stage, r: float, field: RGB, *, lifted: bool, ringed: bool) -> None:
    """The mark in the middle on its own little sky, and stars along the lower rim."""
    c, p = s.canvas, s.palette
    x, y, light = c.w / 2, c.h / 2, _on(s, field)
    inner = darker(mix(field, p.near, 0.35), 0.12) if contrast(light, field) < 12 else mix(field, p.accent(2), 0.25)
    c.disc(x, y, r * 0.6, inner)
    second = p.accent(1) if contrast(p.accent(1), inner) > 1.8 else p.accent(0)
    inks = Inks(p.paper if contrast(inner, p.paper) > 3 else readable(inner, p.ink), second, inner)
    subjects = s.reading.subjects or (("star", "mountain", "compass", "rocket")[s.rng.randrange(4)],)
    mark(c, subjects, x, y - (r * 0.16 if lifted else 0), r * (0.36 if lifted else 0.42), inks)
    marks = (-44, -22, 0, 22, 44) if ringed else tuple(range(-150, 181, 30))
    for angle in marks:
        px, py = _at(x, y, r * 0.79, 90 + angle)
        c.polygon(
            star(px, py, 1.9 if angle == 0 else 1.35, 0.75 if angle == 0 else 0.55, 5),
            p.accent(1) if contrast(p.accent(1), field) > 1.6 else light,
        )


def _at(x: float, y: float, r: float, angle: float) -> tuple[float, float]:
    return arc(x, y, r, r, angle, angle, 1)[0]


def _ribbon(s: Stage, texts: list[str], r: float) -> None:
    """A banner across the lower half with folded ends; it grows with the number of texts, never past the frame."""
    c, p = s.canvas, s.palette
    x, y = c.w / 2, c.h / 2 + r * 0.42
    half, tall = min(c.w * 0.47, r * 1.22), r * (0.36 + 0.16 * (len(texts) - 1)) * (1.35 if max(map(len, texts)) > 30 else 1)
    cloth = p.accent(1) if contrast(p.accent(1), p.accent(0)) > 1.5 else p.paper
    for side in (-1, 1):
        end = [
            (x + side * half * 0.8, y - tall * 0.34),
            (x + side * half, y - tall * 0.34),
            (x + side * half * 0.93, y + tall * 0.16),
            (x + side * half, y + tall * 0.68),
            (x + side * half * 0.8, y + tall * 0.68),
        ]
        c.polygon(end, darker(cloth, 0.22))
        c.polygon(
            [
                (x + side * half * 0.88, y + tall / 2),
                (x + side * half * 0.8, y + tall * 0.68),
                (x + side * half * 0.8, y + tall / 2),
            ],
            darker(cloth, 0.45),
        )
    c.rect(x - half * 0.88, y - tall / 2, half * 1.76, tall, cloth, 0.5)
    for level in (-0.42, 0.4):
        c.rect(x - half * 0.86, y + tall * level, half * 1.72, 0.22, clear(p.ink, 0.35))
    row = tall * 0.74 / len(texts)
    for i, text in enumerate(texts):
        plain(
            c,
            fit(c, text, s.face("badge"), half * 1.62, row * 0.92, lines=2),
            x,
            y - tall * 0.37 + row * (i + 0.5),
            readable(cloth, p.ink, p.paper),
        )
