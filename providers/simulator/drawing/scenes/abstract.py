"""When the prompt names nothing we know: compositions that need no subject."""

from providers.simulator.drawing.colour import clear, darker, lighter, mix
from providers.simulator.drawing.shapes import ground, rolling
from providers.simulator.drawing.stage import Stage

from .caption import caption
from .sky import sky


def paint(s: Stage) -> None:
    (_hills, _tiles, _discs)[s.variant(3)](s)


def _hills(s: Stage) -> None:
    """Layers in the scheme's own accents under a large sun."""
    c, p = s.canvas, s.palette
    sky(s, c.h, sun_at=(c.w * s.rng.uniform(0.3, 0.7), c.h * 0.34), size=min(15, c.h * 0.15))
    for i in range(6):
        share = i / 5
        tone = mix(p.layer(0.15 + 0.85 * share), p.accent(i), 0.55 - 0.3 * share)
        line = rolling(s.rng, c.w, c.h * (0.48 + 0.1 * i), 9 - share * 3, 0.65, 90)
        c.shaded(ground(line, c.h + 1), ((0, lighter(tone, 0.12)), (1, darker(tone, 0.12))))
        if s.detail > 0.3:
            c.line(line, 0.3, clear(lighter(tone, 0.4), 0.5))
    caption(s, mix(p.top, p.low, 0.3), cy=c.h * 0.14, height=min(22, c.h * 0.2))


def _tiles(s: Stage) -> None:
    """Quarter circles, discs and bars on a grid, after the geometric posters of the twenties."""
    c, p = s.canvas, s.palette
    cell = min(c.w, c.h) / (4 if s.detail < 0.6 else 5)
    columns, rows = max(1, round(c.w / cell)), max(1, round(c.h / cell))
    w, h = c.w / columns, c.h / rows
    inks = [p.accent(0), p.accent(1), p.accent(2), p.ink, p.accent(3), p.paper]
    for row in range(rows):
        for column in range(columns):
            base, form = s.rng.sample(inks, 2)
            _tile(s, column * w, row * h, w, h, base, form)
    if s.texts:
        plate = p.paper if not s.night else p.ink
        tall = min(c.h * 0.34, 34)
        c.rect(c.w * 0.1, c.h / 2 - tall / 2, c.w * 0.8, tall, plate)
        caption(s, plate, cy=c.h / 2, height=tall * 0.8, width=0.7)


def _tile(s: Stage, x: float, y: float, w: float, h: float, base: tuple[int, int, int], form: tuple[int, int, int]) -> None:
    c, kind, r = s.canvas, s.rng.randrange(6), min(w, h)
    c.rect(x, y, w + 0.1, h + 0.1, base)
    if kind < 3:
        cx, cy, start = ((x, y, 0), (x + w, y, 90), (x + w, y + h, 180), (x, y + h, 270))[s.rng.randrange(4)]
        c.pie(cx, cy, r, start, start + 90, form)
        if kind == 2:
            c.pie(cx, cy, r * 0.5, start, start + 90, base)
    elif kind == 3:
        c.disc(x + w / 2, y + h / 2, r * 0.36, form)
    elif kind == 4:
        for i in range(4):
            c.rect(x + w * (0.06 + 0.25 * i), y, w * 0.125, h, form)
    else:
        c.polygon([(x, y + h), (x + w, y + h), (x + w, y)], form)


def _discs(s: Stage) -> None:
    """Large translucent discs and one arc, weighed against each other by thirds."""
    c, p = s.canvas, s.palette
    base = darker(p.top, 0.3) if s.night else lighter(p.paper, 0.1)
    c.wash((0, 0, c.w, c.h), ((0, lighter(base, 0.05)), (1, mix(base, p.low, 0.35))))
    for i, (x, y, r) in enumerate(((0.34, 0.42, 34), (0.66, 0.36, 22), (0.6, 0.66, 30), (0.24, 0.76, 13), (0.84, 0.72, 9))):
        cx, cy = c.w * (x + s.rng.uniform(-0.05, 0.05)), c.h * (y + s.rng.uniform(-0.05, 0.05))
        tone = p.accent(i)
        if s.style.shading > 0.3:
            c.soft_oval(cx + 1, cy + 2.6, r, r, (16, 12, 30), 3, 0.3)
        c.disc(cx, cy, r, clear(tone, 0.9))
        for n in range(s.count(0, 4)):
            c.ring(cx, cy, r * (0.9 - 0.12 * n), 0.28, clear(lighter(tone, 0.5), 0.4))
    for n in range(3):
        c.ring(c.w * 0.5, c.h * 1.02, 46 + 5 * n, 2.2, p.accent(n), 180, 360)
    caption(s, base, cy=c.h * 0.12, height=min(18, c.h * 0.18))
