"""Animals as simple geometry in a place of their own: koi from above, birds before a moon, faces among leaves."""

from math import cos, radians, sin

from providers.simulator.drawing.canvas import Point
from providers.simulator.drawing.colour import RGB, clear, contrast, darker, lighter, mix
from providers.simulator.drawing.shapes import ground, placed, rolling, smooth
from providers.simulator.drawing.stage import Stage

from .caption import caption
from .creatures import Inks
from .marks import mark
from .plants import branch
from .sky import sky, weather


def paint(s: Stage) -> None:
    subject = s.reading.subjects[0] if s.reading.subjects else "fox"
    if subject == "fish":
        _pond(s)
    elif subject in {"bird", "owl"}:
        _perch(s, subject)
    else:
        _portrait(s)
    weather(s)


def _portrait(s: Stage) -> None:
    """The face large in front of hills and a low sun, framed by leaves."""
    c, p = s.canvas, s.palette
    r = min(30.0, c.h * 0.3, c.w * 0.32)
    y = c.h * 0.55
    sky(s, c.h, sun_at=(c.w / 2, y - r * 0.35), size=r * 1.32)
    for i in range(3):
        line = rolling(s.rng, c.w, c.h * (0.66 + 0.09 * i), 6, 0.8, 70)
        c.shaded(ground(line, c.h + 1), ((0, p.layer(0.3 + 0.22 * i)), (1, mix(p.layer(0.3 + 0.22 * i), p.low, 0.2))))
    c.outline = (s.style.outline, darker(p.ink, 0.1)) if s.outlined else None
    main = _coat(s)
    if s.style.shading > 0.3:
        c.soft_oval(c.w / 2, y + r * 1.0, r * 0.95, r * 0.24, darker(p.near, 0.6), 4, 0.6)
    shoulders = placed(smooth([(-0.5, 0.5), (-0.86, 1.3), (-1.0, 2.6), (1.0, 2.6), (0.86, 1.3), (0.5, 0.5)]), c.w / 2, y, r)
    c.shaded(shoulders, ((0, darker(main, 0.3)), (1, darker(main, 0.1))))
    mark(c, s.reading.subjects, c.w / 2, y, r, Inks(main, darker(p.ink, 0.1), lighter(p.paper, 0.4)))
    c.outline = None
    near = darker(p.near, 0.1)
    for x, lean in ((0.03, 16), (0.12, 30), (0.2, 4), (0.8, -6), (0.9, -28), (0.98, -14)):
        branch(s, c.w * x, c.h * 1.04, c.h * s.rng.uniform(0.26, 0.42), lean, mix(near, (70, 120, 90), 0.3), leaves=s.count(4, 7))
    caption(s, mix(p.top, p.low, 0.3), cy=min(11, c.h * 0.1), height=min(15, c.h * 0.14))


def _coat(s: Stage) -> RGB:
    natural: dict[str, RGB] = {
        "fox": (222, 104, 44),
        "cat": (74, 66, 82),
        "dog": (178, 124, 74),
        "bear": (112, 78, 56),
        "rabbit": (206, 190, 176),
        "whale": (58, 98, 142),
        "robot": (120, 152, 168),
    }
    if s.reading.colours:
        return s.palette.accent(0)
    return mix(
        natural.get(s.reading.subjects[0] if s.reading.subjects else "fox", s.palette.accent(0)), s.palette.accent(0), 0.25
    )


def _perch(s: Stage, subject: str) -> None:
    """A bird on a branch in front of a large moon."""
    c, p = s.canvas, s.palette
    r = min(24.0, c.h * 0.24, c.w * 0.26)
    x, y = c.w / 2, c.h * 0.5
    sky(s, c.h, sun_at=(x, y), size=r * 1.5)
    for i in range(2):
        line = rolling(s.rng, c.w, c.h * (0.84 + 0.08 * i), 5, 0.8, 60)
        c.polygon(ground(line, c.h + 1), p.layer(0.35 + 0.3 * i))
    wood = darker(p.near, 0.2)
    limb: list[Point] = smooth(
        [(-5, y + r * 1.35), (x - r * 1.2, y + r * 0.98), (x + r * 0.6, y + r * 0.86), (c.w * 0.86, y + r * 0.5)], closed=False
    )
    c.line(limb, 1.9, wood)
    for i in range(4, len(limb), 5):
        px, py = limb[i]
        for side in (-1, 1):
            leaf = smooth([(0, 0), (-0.24, -0.5), (0, -1), (0.24, -0.5)])
            c.polygon(placed(leaf, px, py, 5.5, turn=side * 50 + 20), mix(p.accent(2), wood, 0.3 + 0.25 * (side > 0)))
    c.outline = (s.style.outline, darker(p.ink, 0.1)) if s.outlined else None
    main = p.accent(0) if contrast(p.accent(0), p.sun) > 1.6 else p.accent(2)
    mark(
        c,
        (subject,),
        x,
        y + r * 0.24,
        r,
        Inks(main, p.accent(4) if contrast(p.accent(4), main) > 1.4 else darker(main, 0.4), p.paper),
    )
    c.outline = None
    caption(s, mix(p.top, p.low, 0.2), cy=min(11, c.h * 0.11), height=min(15, c.h * 0.15))


def _pond(s: Stage) -> None:
    """Koi seen from above, lily pads, rings on the water."""
    c, p = s.canvas, s.palette
    water = mix((28, 110, 122), p.top, 0.14) if not s.night else darker((20, 70, 92), 0.4)
    c.wash((0, 0, c.w, c.h), ((0, lighter(water, 0.1)), (1, darker(water, 0.34))))
    c.glow(c.w * 0.4, c.h * 0.3, c.w * 0.7, c.h * 0.6, lighter(water, 0.35), 0.4, 1.3)
    for _ in range(s.count(3, 8)):
        x, y, r = s.fine.uniform(0, c.w), s.fine.uniform(0, c.h), s.fine.uniform(7, 20)
        for n in range(3):
            c.line(
                [
                    (x + r * (1 + 0.4 * n) * cos(radians(a)), y + r * (1 + 0.4 * n) * 0.8 * sin(radians(a)))
                    for a in range(0, 361, 10)
                ],
                0.2,
                clear(lighter(water, 0.5), 0.22 - 0.05 * n),
            )
    tones: list[tuple[RGB, RGB]] = [
        ((246, 238, 226), (228, 84, 44)),
        ((232, 92, 48), (250, 240, 226)),
        ((40, 38, 46), (244, 238, 230)),
    ]
    if s.reading.colours:
        tones[0] = (lighter(p.paper, 0.3), p.accent(0))
    count = 3 if c.w * c.h < 2e4 else 5
    turn = s.rng.uniform(0, 360)
    for i in range(count):
        angle = turn + i * 360 / count
        x, y = c.w / 2 + cos(radians(angle)) * c.w * 0.24, c.h / 2 + sin(radians(angle)) * c.h * 0.24
        _koi(s, x, y, min(25.0, c.h * 0.25), angle + 100 + s.rng.uniform(-20, 20), *tones[i % 3])
    for x, y, r in ((0.9, 0.16, 12), (0.08, 0.1, 9), (0.1, 0.9, 11), (0.93, 0.9, 8)):
        _pad(s, c.w * x, c.h * y, r * s.rng.uniform(0.85, 1.15))
    caption(s, water, cy=c.h * 0.12, height=min(16, c.h * 0.14))


def _koi(s: Stage, x: float, y: float, size: float, angle: float, main: RGB, second: RGB) -> None:
    c = s.canvas
    bend = s.rng.choice((-0.16, 0.16))
    spine = [(t * 1.9 - 1.0, bend * sin(t * 3.1) - bend * 0.4) for t in (0, 0.2, 0.4, 0.6, 0.8, 1.0)]
    half = (0.02, 0.11, 0.2, 0.27, 0.24, 0.03)
    outline = smooth(
        [(px, py - h) for (px, py), h in zip(spine, half, strict=True)]
        + [(px, py + h) for (px, py), h in reversed(list(zip(spine, half, strict=True)))]
    )

    def put(points: list[Point]) -> list[Point]:
        return placed(points, x, y, size, turn=angle)

    c.soft_polygon([(a + 1.5, b + 3.5) for a, b in put(outline)], (6, 26, 34), 1.6, 0.4)
    fin = lighter(mix(main, second, 0.3), 0.25)
    for side in (-1, 1):
        c.polygon(put(smooth([(0.42, side * 0.2), (0.2, side * 0.62), (0.04, side * 0.5), (0.2, side * 0.22)])), clear(fin, 0.85))
    c.polygon(
        put(smooth([(-0.9, spine[0][1]), (-1.42, -0.34 + bend), (-1.22, bend * 0.8), (-1.4, 0.36 + bend)])), clear(fin, 0.85)
    )
    c.polygon(put(outline), main)
    c.polygon(put(smooth([(0.6, spine[4][1] - 0.2), (0.3, -0.3), (0.12, 0.06), (0.4, 0.24), (0.66, 0.12)])), second)
    c.polygon(
        put(
            smooth(
                [(-0.12, spine[2][1] - 0.17), (-0.5, spine[1][1] - 0.08), (-0.4, spine[1][1] + 0.1), (-0.02, spine[2][1] + 0.1)]
            )
        ),
        second,
    )
    c.line(put([(px, py) for px, py in spine[1:5]]), size * 0.02, clear(darker(main, 0.4), 0.35))
    for side in (-1, 1):
        c.disc(*put([(0.78, spine[5][1] + side * 0.13)])[0], size * 0.032, (20, 18, 26))


def _pad(s: Stage, x: float, y: float, r: float) -> None:
    c = s.canvas
    tone, start = (82, 144, 86), s.rng.randrange(0, 360)
    c.soft_oval(x + 1, y + 2, r, r, (6, 26, 34), 1.4, 0.35)
    c.pie(x, y, r, start, start + 328, tone)
    c.pie(x, y, r * 0.86, start + 2, start + 326, lighter(tone, 0.08))
    for n in range(9):
        a = radians(start + 16 + n * 37)
        c.line([(x, y), (x + cos(a) * r * 0.82, y + sin(a) * r * 0.82)], 0.18, clear(darker(tone, 0.3), 0.4))
    if r > 10:
        for n in range(7):
            c.disc(x + cos(n * 0.9) * r * 0.22, y + sin(n * 0.9) * r * 0.22, r * 0.17, (244, 196, 206))
        c.disc(x, y, r * 0.13, (248, 212, 110))
