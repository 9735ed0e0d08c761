"""Stars, nebulae, a ringed planet, a rocket under way."""

from math import cos, radians, sin

from providers.simulator.drawing.canvas import Point
from providers.simulator.drawing.colour import RGB, clear, darker, lighter, mix
from providers.simulator.drawing.shapes import arc, placed, smooth
from providers.simulator.drawing.stage import Stage

from .caption import caption
from .sky import stars


def paint(s: Stage) -> None:
    c, p = s.canvas, s.palette
    deep = darker(p.top, 0.72 if not s.night else 0.4)
    c.wash((0, 0, c.w, c.h), ((0, deep), (1, mix(deep, p.accent(4), 0.22))))
    for i in range(3):
        x, y = c.w * s.rng.uniform(0.1, 0.9), c.h * s.rng.uniform(0.1, 0.9)
        c.glow(x, y, c.w * 0.5, c.h * 0.42, mix(p.accent((0, 4, 2)[i]), deep, 0.4), 0.34, 1.5)
    stars(s, c.h)
    rocket = "rocket" in s.reading.subjects
    side = -1 if s.style.mirrored else 1
    r = min(25.0, c.h * 0.26, c.w * 0.26)
    x, y = (c.w / 2 - side * c.w * 0.14, c.h * 0.64) if rocket else (c.w / 2, c.h * 0.54)
    _planet(s, x, y, r * (0.86 if rocket else 1.05), p.accent(0))
    _moonlet(s, c.w / 2 + side * min(c.w * 0.3, 34), c.h * 0.24, r * 0.22)
    if rocket:
        _rocket(s, c.w / 2 + side * c.w * 0.12, c.h * 0.42, min(22.0, c.h * 0.22), side * 32)
    caption(s, deep, cy=c.h * 0.13, height=min(20, c.h * 0.18))


def ball(s: Stage, x: float, y: float, r: float, colour: RGB, bands: int) -> None:
    """A planet: bands inside the disc, night side as a crescent of shade."""
    c, side = s.canvas, -1 if s.style.mirrored else 1
    c.glow(x, y, r * 1.55, r * 1.55, lighter(colour, 0.3), 0.5, 1.6)
    c.disc(x, y, r, colour)
    for i in range(bands):
        level = -0.8 + 1.6 * (i + 0.5) / bands
        thick = s.rng.uniform(0.3, 0.75) * 1.6 / bands
        rows = [level - thick / 2 + thick * n / 6 for n in range(7)]
        left = [(x - r * (max(0.0, 1 - v * v)) ** 0.5, y + r * (v + 0.05 * sin(n))) for n, v in enumerate(rows)]
        right = [(x + r * (max(0.0, 1 - v * v)) ** 0.5, y + r * (v + 0.05 * sin(n + 2))) for n, v in enumerate(rows)]
        c.polygon([*left, *reversed(right)], clear((lighter(colour, 0.3), darker(colour, 0.25), s.palette.accent(1))[i % 3], 0.5))
    steps = 16 if s.style.shading > 0.3 else 1
    for i in range(steps):
        t = (i + 1) / steps if steps > 1 else 0.42
        inner = [(x + side * r * cos(radians(a)) * (0.95 - 1.1 * t), y + r * sin(radians(a))) for a in range(90, -91, -10)]
        c.polygon([*placed_arc(x, y, r, side), *inner], clear(darker(colour, 0.85), 0.5 / steps + 0.04 if steps > 1 else 0.34))


def placed_arc(x: float, y: float, r: float, side: int) -> list[Point]:
    return [(x + side * r * cos(radians(a)), y + r * sin(radians(a))) for a in range(-90, 91, 6)]


def _planet(s: Stage, x: float, y: float, r: float, colour: RGB) -> None:
    c, tone = s.canvas, mix(lighter(s.palette.accent(1), 0.3), s.palette.paper, 0.4)
    tilt = -17 if not s.style.mirrored else 17
    for share, width, opacity in ((1.72, 0.09, 1.0), (1.5, 0.05, 0.65)):
        c.line(
            placed(arc(0, 0, share, share * 0.27, 180, 360), x, y, r, turn=tilt),
            r * width,
            mix(darker(tone, 0.35), tone, opacity),
        )
    ball(s, x, y, r, colour, s.count(4, 9))
    for share, width, opacity in ((1.72, 0.09, 1.0), (1.5, 0.05, 0.65)):
        c.line(
            placed(arc(0, 0, share, share * 0.27, 0, 180), x, y, r, turn=tilt), r * width, mix(darker(tone, 0.35), tone, opacity)
        )


def _moonlet(s: Stage, x: float, y: float, r: float) -> None:
    c, tone = s.canvas, mix(s.palette.paper, s.palette.far, 0.35)
    ball(s, x, y, r, tone, 0 + 2)
    for dx, dy, size in ((-0.3, -0.2, 0.2), (0.1, 0.3, 0.14), (-0.1, -0.55, 0.1)):
        c.disc(x + dx * r, y + dy * r, size * r, clear(darker(tone, 0.4), 0.4))


def _rocket(s: Stage, x: float, y: float, size: float, lean: float) -> None:
    c, p = s.canvas, s.palette

    def put(points: list[Point]) -> list[Point]:
        return placed(points, x, y, size, turn=lean)

    flame = put([(0, 1.5)])[0]
    c.glow(*flame, size * 0.9, size * 0.9, p.accent(1), 0.7, 1.8)
    for width, long, tone in ((0.3, 2.3, p.accent(0)), (0.2, 1.75, p.accent(1)), (0.1, 1.3, (255, 248, 220))):
        c.polygon(put(smooth([(-width, 0.62), (-width * 0.8, 0.95), (0, long), (width * 0.8, 0.95), (width, 0.62)])), tone)
    c.outline = (s.style.outline * 0.8, darker(p.ink, 0.1)) if s.outlined else None
    for side in (-1, 1):
        c.polygon(put(smooth([(side * 0.26, 0.0), (side * 0.62, 0.42), (side * 0.64, 0.86), (side * 0.24, 0.6)])), p.accent(0))
    hull = smooth(
        [
            (0, -1.0),
            (0.27, -0.62),
            (0.36, -0.1),
            (0.3, 0.42),
            (0.2, 0.68),
            (-0.2, 0.68),
            (-0.3, 0.42),
            (-0.36, -0.1),
            (-0.27, -0.62),
        ]
    )
    c.polygon(put(hull), lighter(p.paper, 0.3))
    c.outline = None
    c.polygon(
        put([(px * (1 if px > 0 else 0.1), py) for px, py in hull]), clear(darker(p.far, 0.3), 0.28 + 0.2 * s.style.shading)
    )
    c.polygon(put([(px, py) for px, py in hull if py < -0.5]), p.accent(0))
    c.polygon(put([(-0.32, 0.3), (0.32, 0.3), (0.29, 0.44), (-0.29, 0.44)]), p.accent(2))
    for radius, tone in ((0.2, p.accent(2)), (0.14, darker(p.top, 0.3))):
        c.disc(*put([(0, -0.2)])[0], size * radius, tone)
    c.disc(*put([(-0.05, -0.26)])[0], size * 0.04, (255, 255, 255))
