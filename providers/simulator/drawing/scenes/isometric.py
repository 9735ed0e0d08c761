"""Isometric rooms and little cities: three tones for three faces, drawn from back to front."""

from dataclasses import dataclass

from providers.simulator.drawing.canvas import Canvas, Point
from providers.simulator.drawing.colour import RGB, clear, darker, lighter, mix, readable
from providers.simulator.drawing.lettering import fit, plain
from providers.simulator.drawing.stage import Stage


@dataclass(frozen=True, slots=True)
class Grid:
    """Turns (x to the right front, y to the left front, z up) into canvas units; one cell is ``unit`` wide."""

    cx: float
    cy: float
    unit: float

    def at(self, x: float, y: float, z: float = 0) -> Point:
        return self.cx + (x - y) * 0.866 * self.unit, self.cy + (x + y) * 0.5 * self.unit - z * self.unit


def block(s: Stage, g: Grid, box: tuple[float, float, float, float, float, float], colour: RGB) -> None:
    """A cuboid at (x, y, z) of size (w, d, h): light top, mid left, dark right."""
    x, y, z, w, d, h = box
    c, k = s.canvas, 0.6 + 0.4 * s.style.shading
    c.polygon(
        [g.at(x, y + d, z + h), g.at(x + w, y + d, z + h), g.at(x + w, y + d, z), g.at(x, y + d, z)], darker(colour, 0.14 * k)
    )
    c.polygon(
        [g.at(x + w, y, z + h), g.at(x + w, y + d, z + h), g.at(x + w, y + d, z), g.at(x + w, y, z)], darker(colour, 0.36 * k)
    )
    c.polygon([g.at(x, y, z + h), g.at(x + w, y, z + h), g.at(x + w, y + d, z + h), g.at(x, y + d, z + h)], lighter(colour, 0.16))


def paint(s: Stage) -> None:
    c, p = s.canvas, s.palette
    ground = (
        darker(p.top, 0.3)
        if s.night
        else (lighter(p.top, 0.6), p.paper, mix(p.accent(1), p.paper, 0.55), lighter(p.accent(3), 0.5))[s.variant(4)]
    )
    c.wash((0, 0, c.w, c.h), ((0, lighter(ground, 0.08)), (1, darker(ground, 0.05))))
    c.outline = (s.style.outline * 0.6, darker(p.ink, 0.1)) if s.outlined else None
    city = bool(s.reading.words & {"city", "town", "buildings", "skyline", "village", "street", "skyscrapers", "downtown"})
    lift = 8 if s.texts else 0
    unit = min(c.w / 16.5, (c.h - 2 * lift) / 16.2)
    g = Grid(c.w / 2, c.h / 2 + unit * (1.1 if city else 2.6) - lift, unit)
    _shade(s, g)
    (_city if city else _room)(s, g)
    c.outline = None
    if s.texts:
        _title(s, ground)


def _shade(s: Stage, g: Grid) -> None:
    corners = [g.at(-4, -4, -1.6), g.at(5.4, -4, -1.6), g.at(5.4, 5.4, -1.6), g.at(-4, 5.4, -1.6)]
    s.canvas.soft_polygon(corners, (20, 14, 40), 3.2, 0.3)


def _title(s: Stage, ground: RGB) -> None:
    c = s.canvas
    plain(
        c,
        fit(c, " · ".join(s.texts), s.face("headline"), c.w * 0.8, min(11, c.h * 0.1), lines=2),
        c.w / 2,
        c.h * 0.915,
        readable(ground, s.palette.ink, s.palette.paper),
    )


def _city(s: Stage, g: Grid) -> None:
    """Blocks on a board of streets, trees in the gaps, windows by night."""
    p = s.palette
    block(s, g, (-4.4, -4.4, -0.5, 8.8, 8.8, 0.5), mix(p.near, p.far, 0.5))
    tones = (
        [mix(each, p.paper, 0.2) for each in p.accents[:4]] if not s.night else [mix(p.far, each, 0.18) for each in p.accents[:4]]
    )
    for total in range(10):
        for i in range(5):
            j = total - i
            if 0 <= j < 5:
                _lot(s, g, -4 + i * 1.72, -4 + j * 1.72, tones)


def _lot(s: Stage, g: Grid, x: float, y: float, tones: list[RGB]) -> None:
    if s.rng.random() < 0.16:
        block(s, g, (x, y, 0, 1.2, 1.2, 0.08), (118, 158, 110))
        for dx, dy in ((0.3, 0.3), (0.8, 0.7)):
            px, py = g.at(x + dx, y + dy)
            s.canvas.oval(px, py - g.unit * 0.4, g.unit * 0.24, g.unit * 0.38, (74, 128, 88))
        return
    tall = s.rng.choice((0.8, 1.2, 1.7, 2.3, 3.1)) * s.rng.uniform(0.85, 1.15)
    tone = s.rng.choice(tones)
    block(s, g, (x, y, 0, 1.24, 1.24, tall), tone)
    for side in (0, 1):
        for i in range(3):
            for level in range(int(tall / 0.42)):
                _pane(s, g, (x, y), 0.16 + i * 0.36, 0.22 + level * 0.42, side, tone)
    if s.rng.random() < 0.4:
        block(s, g, (x + 0.3, y + 0.3, tall, 0.5, 0.5, 0.25), lighter(tone, 0.1))


def _pane(s: Stage, g: Grid, at: tuple[float, float], along: float, z: float, side: int, tone: RGB) -> None:
    lit = s.fine.random() < (0.4 if s.night else 0.16)
    colour = mix(s.palette.accent(1), (255, 226, 160), 0.5) if lit else darker(tone, 0.3 if side else 0.24)
    x, y = at

    def corner(a: float, b: float) -> Point:
        return g.at(x + 1.24, y + a, b) if side else g.at(x + a, y + 1.24, b)

    pen, s.canvas.outline = s.canvas.outline, None
    s.canvas.polygon([corner(along, z), corner(along + 0.2, z), corner(along + 0.2, z + 0.22), corner(along, z + 0.22)], colour)
    s.canvas.outline = pen


def _room(s: Stage, g: Grid) -> None:
    """Two walls and a floor cut open, furnished: rug, bed or desk, shelf, lamp, plant."""
    c, p = s.canvas, s.palette
    wall, wood = mix(p.accent(2), p.paper, 0.5 if not s.night else 0.0), mix((196, 148, 104), p.paper, 0.15)
    if s.night:
        wall = mix(p.far, p.accent(2), 0.25)
    block(s, g, (-4.2, -4.2, -0.45, 8.4, 8.4, 0.45), wood)
    _floorboards(s, g, wood)
    c.polygon([g.at(-4, -4, 0), g.at(4.2, -4, 0), g.at(4.2, -4, 5.4), g.at(-4, -4, 5.4)], darker(wall, 0.12))
    c.polygon([g.at(-4, -4, 0), g.at(-4, 4.2, 0), g.at(-4, 4.2, 5.4), g.at(-4, -4, 5.4)], lighter(wall, 0.1))
    for box in ((-4.2, -4.2, 5.4, 8.4, 0.24, 0.18), (-4.2, -4.2, 5.4, 0.24, 8.4, 0.18)):
        block(s, g, box, lighter(wall, 0.2))
    _window(s, g)
    c.polygon(
        [g.at(-1.6, -1.4, 0.02), g.at(3.2, -1.4, 0.02), g.at(3.2, 3.0, 0.02), g.at(-1.6, 3.0, 0.02)],
        mix(p.accent(1), p.paper, 0.35),
    )
    c.polygon(
        [g.at(-1.2, -1.0, 0.03), g.at(2.8, -1.0, 0.03), g.at(2.8, 2.6, 0.03), g.at(-1.2, 2.6, 0.03)],
        mix(p.accent(1), p.paper, 0.6),
    )
    _shelf(s, g, wood)
    _bed(s, g, wood)
    _desk(s, g, wood)
    _pot(s, g, -3.4, 3.4)
    warm = g.at(0.4, -3.4, 3.0)
    c.glow(*warm, g.unit * 3.4, g.unit * 3.4, (255, 214, 140), 0.42 if s.night else 0.22, 1.7)


def _floorboards(s: Stage, g: Grid, wood: RGB) -> None:
    for i in range(1, 8):
        s.canvas.line([g.at(-4.2 + i * 1.05, -4.2, 0.0), g.at(-4.2 + i * 1.05, 4.2, 0.0)], 0.14, darker(wood, 0.12))


def _window(s: Stage, g: Grid) -> None:
    c, p = s.canvas, s.palette
    c.polygon([g.at(-4, -1.6, 2.0), g.at(-4, 1.8, 2.0), g.at(-4, 1.8, 4.6), g.at(-4, -1.6, 4.6)], lighter(p.paper, 0.4))
    c.polygon([g.at(-4, -1.4, 2.2), g.at(-4, 0.0, 2.2), g.at(-4, 0.0, 4.4), g.at(-4, -1.4, 4.4)], p.top)
    c.polygon([g.at(-4, 0.2, 2.2), g.at(-4, 1.6, 2.2), g.at(-4, 1.6, 4.4), g.at(-4, 0.2, 4.4)], mix(p.top, p.low, 0.5))
    light = lighter(p.sun, 0.3)
    for a, b in ((-1.4, 0.0), (0.2, 1.6)):
        c.polygon(
            [g.at(-2.4, a, 0.04), g.at(-2.4, b, 0.04), g.at(0.4, b + 0.5, 0.04), g.at(0.4, a + 0.5, 0.04)], clear(light, 0.3)
        )


def _shelf(s: Stage, g: Grid, wood: RGB) -> None:
    p = s.palette
    for z in (2.3, 3.5):
        block(s, g, (-3.6, -4, z, 2.9, 0.6, 0.14), wood)
        x = -3.5
        while x < -1.1:
            w = s.rng.uniform(0.16, 0.3)
            block(s, g, (x, -3.95, z + 0.14, w, 0.4, s.rng.uniform(0.55, 0.9)), s.rng.choice(p.accents[:4]))
            x += w + s.rng.choice((0.02, 0.02, 0.3))


def _bed(s: Stage, g: Grid, wood: RGB) -> None:
    p = s.palette
    block(s, g, (1.0, -3.9, 0, 2.9, 0.22, 1.7), wood)
    block(s, g, (1.0, -3.7, 0, 2.9, 4.5, 0.5), darker(wood, 0.1))
    block(s, g, (1.06, -3.66, 0.5, 2.78, 4.4, 0.4), lighter(p.paper, 0.4))
    block(s, g, (1.02, -2.1, 0.5, 2.86, 2.9, 0.46), p.accent(0))
    for x in (1.2, 2.55):
        block(s, g, (x, -3.5, 0.9, 1.15, 0.8, 0.26), lighter(p.paper, 0.6))


def _desk(s: Stage, g: Grid, wood: RGB) -> None:
    p = s.palette
    for x, y in ((-3.8, -2.9), (-2.3, -2.9), (-3.8, -0.1), (-2.3, -0.1)):
        block(s, g, (x, y, 0, 0.16, 0.16, 1.3), darker(wood, 0.2))
    block(s, g, (-3.9, -3.0, 1.3, 1.8, 3.1, 0.16), wood)
    block(s, g, (-3.7, -1.9, 1.46, 0.16, 1.3, 0.9), darker(p.ink, 0.0))
    block(s, g, (-2.9, -2.6, 1.46, 0.5, 0.4, 0.12), p.accent(0))
    block(s, g, (-1.7, -1.6, 0, 0.9, 0.9, 0.7), p.accent(3))


def _pot(s: Stage, g: Grid, x: float, y: float) -> None:
    c: Canvas = s.canvas
    block(s, g, (x, y, 0, 0.7, 0.7, 0.7), s.palette.accent(0))
    px, py = g.at(x + 0.35, y + 0.35, 0.7)
    u = g.unit
    for dx, dy, r in ((-0.34, -0.5, 0.4), (0.36, -0.55, 0.38), (0, -1.0, 0.46), (0.02, -0.4, 0.34)):
        c.oval(px + dx * u, py + dy * u, r * u * 0.72, r * u * 1.1, mix((78, 132, 92), (150, 186, 120), abs(dx)))
