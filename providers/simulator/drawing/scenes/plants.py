"""Stems, leaves, cacti: growing things for vases, pots and borders."""

from math import cos, radians, sin

from providers.simulator.drawing.colour import RGB, clear, darker, lighter, mix
from providers.simulator.drawing.shapes import placed, smooth
from providers.simulator.drawing.stage import Stage

_LEAF = smooth([(0, 0), (-0.24, -0.42), (-0.12, -0.86), (0, -1), (0.12, -0.86), (0.24, -0.42)])


def branch(
    s: Stage, x: float, y: float, tall: float, lean: float, colour: RGB, *, leaves: int = 7, bloom: RGB | None = None
) -> None:
    """A stem bending by ``lean`` degrees with paired leaves, a bud or blossom at its tip."""
    c = s.canvas
    spine = [(x + sin(radians(lean * t)) * tall * t, y - cos(radians(lean * t)) * tall * t) for t in (i / 12 for i in range(13))]
    c.line(spine, 0.55, darker(colour, 0.2))
    for i in range(leaves):
        t = 0.26 + 0.7 * i / leaves
        px, py = spine[min(12, round(12 * t))]
        size = tall * (0.24 - 0.11 * t)
        for side in (-1, 1):
            tone = mix(colour, lighter(colour, 0.3) if side > 0 else darker(colour, 0.2), 0.6)
            c.polygon(placed(_LEAF, px, py, size, turn=lean * t + side * 52), tone)
    if bloom:
        _blossom(s, *spine[-1], tall * 0.13, bloom)
    else:
        c.polygon(placed(_LEAF, *spine[-1], tall * 0.14, turn=lean), lighter(colour, 0.12))


def _blossom(s: Stage, x: float, y: float, r: float, colour: RGB) -> None:
    c = s.canvas
    for i in range(6):
        a = radians(60 * i + 15)
        c.disc(x + cos(a) * r * 0.55, y + sin(a) * r * 0.55, r * 0.5, mix(colour, darker(colour, 0.25), i % 2 * 0.5))
    c.disc(x, y, r * 0.34, (246, 205, 96))


def bouquet(s: Stage, x: float, y: float, tall: float, colours: tuple[RGB, RGB]) -> None:
    for i, lean in enumerate((-34, 27, -14, 40, 6)):
        branch(
            s,
            x,
            y,
            tall * s.rng.uniform(0.78, 1.05),
            lean,
            colours[i % 2],
            leaves=s.count(4, 7),
            bloom=s.palette.accent(i % 3) if i % 2 == 0 else None,
        )


def houseplant(s: Stage, x: float, y: float, tall: float, colour: RGB) -> None:
    """Broad leaves on long stalks."""
    c = s.canvas
    for i, lean in enumerate((-58, 55, -36, 34, -12, 14)):
        reach = tall * (0.62 + 0.07 * i)
        px, py = x + sin(radians(lean)) * reach * 0.8, y - cos(radians(lean)) * reach * 0.8
        c.line(smooth([(x, y), (x + (px - x) * 0.3, y - (y - py) * 0.6), (px, py)], closed=False), 0.6, darker(colour, 0.25))
        tone = mix(colour, (lighter(colour, 0.25), darker(colour, 0.25))[i % 2], 0.7)
        c.polygon(placed([(px_ * 1.7, py_) for px_, py_ in _LEAF], px, py + tall * 0.06, tall * 0.4, turn=lean * 1.25), tone)
        vein = placed([(0, -0.05), (0, -0.9)], px, py + tall * 0.06, tall * 0.4, turn=lean * 1.25)
        c.line(vein, 0.25, clear(lighter(tone, 0.35), 0.7))


def cactus(s: Stage, x: float, y: float, tall: float, colour: RGB) -> None:
    c, w = s.canvas, tall * 0.13
    for dx, low, high in ((-2.3, 0.34, 0.66), (2.2, 0.44, 0.8)):
        c.line([(x, y - tall * low), (x + dx * w, y - tall * low), (x + dx * w, y - tall * high)], w * 1.15, darker(colour, 0.12))
    c.rect(x - w, y - tall, 2 * w, tall, colour, w)
    for dx in (-0.5, 0.0, 0.5):
        c.rect(x + dx * w - 0.15, y - tall * 0.93, 0.3, tall * 0.88, clear(lighter(colour, 0.4), 0.6))
    c.disc(x, y - tall * 1.01, w * 0.55, s.palette.accent(0))
