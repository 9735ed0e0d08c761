"""A skyline in three depths, mirrored in the water before it when there is room."""

from providers.simulator.drawing.colour import clear, darker, lighter, mix
from providers.simulator.drawing.shapes import smooth
from providers.simulator.drawing.stage import Stage

from .caption import caption
from .sky import clouds, sky, weather


def paint(s: Stage) -> None:
    c, p = s.canvas, s.palette
    shore = c.h * 0.76
    sky(s, shore, sun_at=(c.w * s.rng.uniform(0.3, 0.7), shore * 0.5), size=min(13, c.h * 0.13))
    clouds(s, shore * 0.7)
    for depth, (height, share) in enumerate(((0.46, 0.25), (0.4, 0.55), (0.3, 0.9))):
        _row(s, shore, shore * height, share, depth)
    c.reflect(shore, c.h - shore, opacity=0.62, tint=mix(p.near, p.top, 0.3), smear=0.9, squash=0.6)
    c.rect(0, shore - 0.4, c.w, 0.8, darker(p.near, 0.2))
    for i in range(s.count(4, 16)):
        y = shore + (c.h - shore) * s.fine.uniform(0.1, 0.95)
        w = s.fine.uniform(4, 18)
        c.rect(s.fine.uniform(0, c.w) - w / 2, y, w, 0.25, clear(lighter(p.low, 0.3), 0.22 + 0.01 * i), 0.1)
    if s.style.mirrored:
        c.flip()
    weather(s)
    caption(s, mix(p.top, p.low, 0.3), cy=c.h * 0.15, height=min(24, c.h * 0.2))


def _row(s: Stage, base: float, height: float, share: float, depth: int) -> None:
    c, p, x = s.canvas, s.palette, s.rng.uniform(-8, -1)
    tone = mix(p.layer(share), p.low, 0.25 * (1 - share))
    while x < c.w + 2:
        w = s.rng.uniform(5.5, 13) * (1 + 0.15 * depth)
        h = height * s.rng.uniform(0.45, 1.0) * (1.45 if s.rng.random() < 0.16 else 1.0)
        _tower(s, x, base, w, h, mix(tone, p.accent(s.rng.randrange(4)), 0.16), share)
        x += w + s.rng.choice((-0.8, 0.0, 0.5, 2.0))


def _tower(s: Stage, x: float, base: float, w: float, h: float, tone: tuple[int, int, int], share: float) -> None:
    """A block with one of five tops; lit side, windows."""
    c, p, top = s.canvas, s.palette, base - h
    kind = s.rng.choice((0, 1, 1, 2, 3, 3, 4, 4, 4))
    c.outline = (s.style.outline * 0.5, darker(tone, 0.5)) if s.outlined and share > 0.5 else None
    c.shaded([(x, top), (x + w, top), (x + w, base), (x, base)], ((0, tone), (1, mix(tone, p.low, 0.3 * (1 - share)))))
    if kind == 0:
        c.polygon([(x, top), (x + w / 2, top - w * 0.45), (x + w, top)], tone)
    elif kind == 1:
        c.rect(x + w * 0.2, top - 3, w * 0.6, 3.2, tone)
        c.rect(x + w * 0.47, top - 9, 0.5, 6.2, tone)
    elif kind == 2:
        c.polygon([*smooth([(x, top + 0.2), (x + w * 0.5, top - w * 0.42), (x + w, top + 0.2)], closed=False)], tone)
    elif kind == 3:
        c.polygon([(x, top), (x + w, top - w * 0.5), (x + w, top)], tone)
    c.outline = None
    if s.style.shading > 0.3:
        c.rect(x + w * 0.64, top, w * 0.36, h, clear(darker(tone, 0.5), 0.25))
    _windows(s, x, top, w, h, tone)


def _windows(s: Stage, x: float, top: float, w: float, h: float, tone: tuple[int, int, int]) -> None:
    c, p = s.canvas, s.palette
    glow = mix(p.accent(1), (255, 224, 160), 0.45) if s.night else lighter(tone, 0.32)
    columns, rows = max(2, int(w / 2.1)), int(h / 3.1)
    for i in range(columns):
        for j in range(rows):
            if s.fine.random() < (0.34 if s.night else 0.5) * (0.35 + s.detail):
                c.rect(
                    x + 0.8 + i * (w - 1.2) / columns, top + 1.5 + j * 3.1, 0.85, 1.5, mix(glow, tone, s.fine.uniform(0.05, 0.6))
                )
