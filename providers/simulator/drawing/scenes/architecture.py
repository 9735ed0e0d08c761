"""Light on plain walls: stairs, arches, and a room with a window, a chair and a plant."""

from providers.simulator.drawing.canvas import Point
from providers.simulator.drawing.colour import RGB, WHITE, clear, darker, lighter, mix
from providers.simulator.drawing.lettering import fit, plain
from providers.simulator.drawing.shapes import arc
from providers.simulator.drawing.stage import Stage

from .caption import caption
from .plants import houseplant
from .vessels import body, cast, mouth


def _walls(s: Stage) -> tuple[RGB, RGB]:
    p = s.palette
    if s.reading.colours:
        return p.accent(0), lighter(p.top, 0.1)
    pairs = (
        (p.accent(0), p.top),
        (mix(p.paper, p.far, 0.25), mix(p.top, p.low, 0.3)),
        (mix(p.accent(2), p.paper, 0.35), p.accent(1)),
        (lighter(p.far, 0.1), p.accent(0)),
    )
    wall, sky = pairs[s.variant(4)]
    return (darker(wall, 0.45), darker(sky, 0.3)) if s.night else (wall, sky)


def paint(s: Stage) -> None:
    c, (wall, sky) = s.canvas, _walls(s)
    k = 0.35 + 0.65 * s.style.shading
    c.wash((0, 0, c.w, c.h), ((0, darker(sky, 0.08)), (1, lighter(sky, 0.35))))
    sun = (c.w * 0.8, c.h * 0.2)
    c.glow(*sun, 34, 34, s.palette.sun, 0.5 * k, 2)
    c.disc(*sun, 7, lighter(s.palette.sun, 0.3))
    c.shaded(
        [(-1, -1), (c.w * 0.56, -1), (c.w * 0.56, c.h + 1), (-1, c.h + 1)], ((0, lighter(wall, 0.1)), (1, darker(wall, 0.12)))
    )
    _beams(s, wall, k)
    _arch(s, c.w * 0.15, c.h * 0.86, min(c.w * 0.2, 26), c.h * 0.5, wall)
    _stairs(s, wall, k)
    if s.style.mirrored:
        c.flip()
    caption(s, wall, cy=c.h * 0.13, height=min(18, c.h * 0.18), width=0.7)


def _beams(s: Stage, wall: RGB, k: float) -> None:
    c = s.canvas
    shade = [(c.w * 0.56, c.h * 0.04), (c.w * 0.56, c.h * 0.52), (-1.0, c.h * 0.98), (-1.0, c.h * 0.34)]
    c.polygon(shade, clear(lighter(wall, 0.55), 0.3 * k))


def _arch(s: Stage, x: float, base: float, w: float, h: float, wall: RGB) -> None:
    """A deep opening: reveal on the light side, dark inside."""
    c = s.canvas
    inside, reveal = darker(wall, 0.62), lighter(wall, 0.2)
    for dx, tone in ((0.0, reveal), (w * 0.12, inside)):
        curve: list[Point] = [
            (x + dx, base),
            *arc(x + dx + (w - dx) / 2, base - h + w / 2, (w - dx) / 2, w / 2, 180, 360),
            (x + w, base),
        ]
        c.polygon(curve, tone)
    c.glow(x + w * 0.6, base - h * 0.22, w * 0.5, h * 0.3, s.palette.accent(1), 0.35, 1.6)


def _stairs(s: Stage, wall: RGB, k: float) -> None:
    """Steps rising to the right; treads catch the light, risers do not; a shadow runs down the wall."""
    c, steps = s.canvas, 9
    left, right, low, high = c.w * 0.12, c.w * 0.94, c.h * 0.97, c.h * 0.4
    step, rise = (right - left) / steps, (low - high) / steps
    outline: list[Point] = [(left, c.h + 1)]
    for i in range(steps):
        outline += [(left + step * i, low - rise * i), (left + step * (i + 1), low - rise * i)]
    side = darker(wall, 0.3)
    c.soft_polygon([(x - 7, y + 3) for x, y in outline] + [(right, c.h + 4)], darker(wall, 0.8), 2.2, 0.45 * k)
    c.shaded([*outline, (c.w + 1, low - rise * (steps - 1)), (c.w + 1, c.h + 1)], ((0, side), (1, darker(side, 0.35 * k))))
    for i in range(steps):
        c.rect(left + step * i - 0.8, low - rise * i - 0.9, (step if i < steps - 1 else c.w) + 0.8, 1.7, lighter(wall, 0.5))
        c.rect(left + step * i - 0.8, low - rise * i + 0.8, step, 0.7, clear(darker(wall, 0.7), 0.4))


def paint_room(s: Stage) -> None:
    """A quiet interior seen from the front."""
    c, p = s.canvas, s.palette
    wall, _ = _walls(s)
    wall = mix(wall, p.paper, 0.35) if not s.night else wall
    floor_y = c.h * 0.76
    floor = mix(p.near, (150, 104, 70), 0.6)
    c.wash((0, 0, c.w, floor_y), ((0, darker(wall, 0.06)), (1, lighter(wall, 0.08))))
    c.wash((0, floor_y, c.w, c.h - floor_y), ((0, lighter(floor, 0.2)), (1, darker(floor, 0.1))))
    for i in range(s.count(4, 9)):
        c.rect(0, floor_y + (c.h - floor_y) * (i + 1) / 9, c.w, 0.2, clear(darker(floor, 0.5), 0.35))
    c.rect(0, floor_y - 2, c.w, 2, lighter(wall, 0.3))
    side = -1 if s.style.mirrored else 1
    wx = c.w / 2 - side * min(c.w * 0.22, 30)
    _window(s, wx, c.h * 0.34, min(34, c.w * 0.32), c.h * 0.42)
    _picture(s, c.w / 2 + side * min(c.w * 0.24, 30), c.h * 0.3)
    _sofa(s, c.w / 2 + side * min(c.w * 0.12, 14), floor_y + 6, min(52, c.w * 0.54), p.accent(0))
    _lamp(s, c.w / 2 + side * min(c.w * 0.42, 46), floor_y + 5, 52)
    px = c.w / 2 - side * min(c.w * 0.36, 40)
    houseplant(s, px, floor_y - 6, min(34, c.h * 0.34), (84, 130, 92))
    cast(s, px, floor_y + 7, 6, 12)
    body(s, px, floor_y + 7, [(0, 5), (6, 6.4), (13, 7)], p.accent(2))
    mouth(s, px, floor_y - 6, 7, p.accent(2))


def _window(s: Stage, x: float, y: float, w: float, h: float) -> None:
    c, p = s.canvas, s.palette
    c.rect(x - w / 2 - 1.4, y - h / 2 - 1.4, w + 2.8, h + 2.8, lighter(p.paper, 0.3))
    c.wash((x - w / 2, y - h / 2, w, h), ((0, p.top), (1, p.low)))
    c.disc(x + w * 0.2, y - h * 0.16, 3.4, p.sun)
    c.polygon(
        [
            (x - w / 2, y + h / 2),
            (x - w / 2, y + h * 0.2),
            (x - w * 0.1, y + h * 0.06),
            (x + w * 0.2, y + h * 0.24),
            (x + w / 2, y + h * 0.12),
            (x + w / 2, y + h / 2),
        ],
        p.layer(0.55),
    )
    c.rect(x - 0.5, y - h / 2, 1, h, lighter(p.paper, 0.3))
    c.rect(x - w / 2, y - 0.5, w, 1, lighter(p.paper, 0.3))
    slant = 22 if not s.style.mirrored else -22
    c.soft_polygon(
        [
            (x - w / 2 + slant, c.h * 0.8),
            (x + w / 2 + slant, c.h * 0.8),
            (x + w / 2 + slant * 1.8, c.h),
            (x - w / 2 + slant * 1.8, c.h),
        ],
        lighter(p.sun, 0.3),
        1.5,
        0.3,
    )


def _picture(s: Stage, x: float, y: float) -> None:
    """A framed print; with texts, a lettered one."""
    c, p = s.canvas, s.palette
    w, h = (min(34.0, c.w * 0.4), 22) if s.texts else (20.0, 25)
    c.rect(x - w / 2 + 0.8, y - h / 2 + 1.2, w, h, clear((10, 8, 20), 0.22))
    c.rect(x - w / 2, y - h / 2, w, h, darker(p.ink, 0.1))
    c.rect(x - w / 2 + 1, y - h / 2 + 1, w - 2, h - 2, p.paper)
    if s.texts:
        plain(c, fit(c, " ".join(s.texts), s.face("label"), w - 7, h - 7), x, y, p.ink)
        return
    c.disc(x + 1, y - 3, 5, p.accent(1))
    c.pie(x - 2, y + 8, 7, 180, 360, p.accent(0))


def _sofa(s: Stage, x: float, base: float, w: float, colour: RGB) -> None:
    c = s.canvas
    cast(s, x, base + 1, w * 0.48, 10)
    c.outline = (s.style.outline * 0.8, darker(s.palette.ink, 0.1)) if s.outlined else None
    for dx in (-0.42, 0.4):
        c.rect(x + dx * w, base - 3, 1.2, 4, darker((110, 74, 48), 0.2))
    c.rect(x - w * 0.46, base - 25, w * 0.92, 20, darker(colour, 0.1), 4)
    for dx in (-0.4, 0.01):
        c.rect(x + dx * w, base - 13.5, w * 0.39, 6.5, lighter(colour, 0.12), 2)
    c.rect(x - w * 0.44, base - 8, w * 0.88, 6, colour, 1.5)
    for dx in (-0.52, 0.42):
        c.rect(x + dx * w, base - 17, w * 0.1, 15, darker(colour, 0.2), 2.4)
    c.outline = None
    c.rect(x - w * 0.36, base - 20, 9, 8, s.palette.accent(1), 1.6)
    c.polygon(
        [(x - w * 0.44, base - 25), (x - w * 0.1, base - 25), (x - w * 0.3, base - 5), (x - w * 0.44, base - 5)],
        clear(WHITE, 0.07),
    )


def _lamp(s: Stage, x: float, base: float, tall: float) -> None:
    c, p = s.canvas, s.palette
    c.glow(x, base - tall + 4, 24, 24, (255, 214, 140), 0.5 if s.night else 0.28, 1.8)
    c.rect(x - 0.4, base - tall + 6, 0.8, tall - 6, darker(p.ink, 0.05))
    c.oval(x, base, 5, 1.1, darker(p.ink, 0.05))
    c.polygon(
        [(x - 3.6, base - tall), (x + 3.6, base - tall), (x + 6.4, base - tall + 9), (x - 6.4, base - tall + 9)],
        mix(p.accent(1), WHITE, 0.4),
    )
