"""Simple marks drawn around a point in two or three inks: what logos, badges and posters are built on."""

from collections.abc import Callable

from providers.simulator.drawing.colour import mix
from providers.simulator.drawing.pen import Pen
from providers.simulator.drawing.scenes import creatures
from providers.simulator.drawing.scenes.creatures import Inks
from providers.simulator.drawing.shapes import arc, placed, smooth, star


def _mountain(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    c.disc(x + r * 0.4, y - r * 0.42, r * 0.26, k.second)
    c.polygon(placed([(-1.0, 0.66), (-0.2, -0.72), (0.6, 0.66)], x, y, r), k.main)
    c.polygon(
        placed([(-0.2, -0.72), (0.02, -0.34), (-0.12, -0.22), (-0.24, -0.36), (-0.34, -0.2), (-0.44, -0.3)], x, y, r), k.ground
    )
    c.polygon(placed([(0.1, 0.66), (0.5, -0.1), (1.0, 0.66)], x, y, r), mix(k.main, k.ground, 0.25))


def _sun(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    c.pie(x, y + r * 0.2, r * 0.56, 180, 360, k.second)
    for i in range(9):
        angle = 180 + i * 22.5
        inner, outer = (
            arc(x, y + r * 0.2, r * 0.7, r * 0.7, angle, angle, 1)[0],
            arc(x, y + r * 0.2, r * 0.96, r * 0.96, angle, angle, 1)[0],
        )
        c.line([inner, outer], r * 0.06, k.main)
    for i in range(4):
        c.rect(x - r * (0.92 - 0.2 * i), y + r * (0.28 + 0.16 * i), 2 * r * (0.92 - 0.2 * i), r * 0.07, k.main, r * 0.03)


def _wave(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    for row, paint in ((-0.44, k.main), (0.0, k.second), (0.44, k.main)):
        points = smooth([(-0.95 + 0.2375 * i, row + (0.13 if i % 2 else -0.13)) for i in range(9)], closed=False)
        c.line(placed(points, x, y, r), r * 0.13, paint)


def _leaf(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    for turn, paint in ((-34, k.second), (34, k.main)):
        blade = placed(smooth([(0, 0.5), (-0.34, -0.05), (0, -0.98), (0.34, -0.05)]), x, y + r * 0.35, r * 0.92, turn=turn)
        c.polygon(blade, paint)
        c.line(placed([(0, 0.42), (0, -0.7)], x, y + r * 0.35, r * 0.92, turn=turn), r * 0.035, k.ground)
    c.line([(x, y + r * 0.62), (x, y + r * 0.98)], r * 0.07, k.main)


def _cup(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    c.ring(x + r * 0.58, y + r * 0.2, r * 0.32, r * 0.11, k.main)
    c.polygon(
        placed(smooth([(-0.66, -0.2), (0, -0.2), (0.66, -0.2), (0.6, 0.3), (0.3, 0.68), (-0.3, 0.68), (-0.6, 0.3)]), x, y, r),
        k.main,
    )
    c.rect(x - r * 0.68, y - r * 0.24, r * 1.34, r * 0.1, k.main)
    c.rect(x - r * 0.8, y + r * 0.76, r * 1.6, r * 0.09, k.second, r * 0.04)
    for dx in (-0.28, 0.0, 0.28):
        steam = smooth([(dx, -0.34), (dx + 0.09, -0.5), (dx - 0.07, -0.68), (dx + 0.05, -0.88)], closed=False)
        c.line(placed(steam, x, y, r), r * 0.075, k.second)


def _rocket(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    for side in (False, True):
        c.polygon(placed([(-0.3, 0.1), (-0.64, 0.58), (-0.26, 0.46)], x, y, r, mirrored=side), k.second)
    c.polygon(placed(smooth([(-0.17, 0.52), (0, 1.02), (0.17, 0.52)]), x, y, r), k.second)
    c.polygon(
        placed(smooth([(0, -1.0), (0.3, -0.5), (0.34, 0.1), (0.22, 0.54), (-0.22, 0.54), (-0.34, 0.1), (-0.3, -0.5)]), x, y, r),
        k.main,
    )
    c.disc(x, y - r * 0.28, r * 0.17, k.ground)
    c.disc(x, y - r * 0.28, r * 0.1, k.second)


def _planet(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    c.line(placed(arc(0, 0, 1.0, 0.3, 180, 360), x, y, r, turn=-18), r * 0.09, k.second)
    c.disc(x, y, r * 0.58, k.main)
    c.line(placed(arc(0, 0, 1.0, 0.3, 0, 180), x, y, r, turn=-18), r * 0.09, k.second)


def _moon(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    c.disc(x - r * 0.1, y, r * 0.74, k.main)
    c.disc(x + r * 0.26, y - r * 0.16, r * 0.62, k.ground)
    c.polygon(star(x + r * 0.36, y - r * 0.14, r * 0.28, r * 0.11, 5), k.second)


def _star(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    c.polygon(star(x, y + r * 0.06, r * 0.96, r * 0.4, 5), k.main)
    c.polygon(star(x, y + r * 0.06, r * 0.5, r * 0.21, 5), k.second)


def _bolt(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    c.disc(x, y, r * 0.95, k.main)
    c.polygon(
        placed([(0.16, -0.74), (-0.42, 0.12), (-0.06, 0.12), (-0.18, 0.74), (0.42, -0.16), (0.06, -0.16)], x, y, r), k.second
    )


def _heart(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    c.polygon(
        placed(
            smooth(
                [
                    (0, 0.86),
                    (-0.62, 0.26),
                    (-0.88, -0.24),
                    (-0.6, -0.66),
                    (-0.2, -0.62),
                    (0, -0.34),
                    (0.2, -0.62),
                    (0.6, -0.66),
                    (0.88, -0.24),
                    (0.62, 0.26),
                ]
            ),
            x,
            y,
            r,
        ),
        k.main,
    )


def _compass(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    c.ring(x, y, r * 0.95, r * 0.1, k.main)
    for angle in range(0, 360, 90):
        a, b = arc(x, y, r * 0.84, r * 0.84, angle, angle, 1)[0], arc(x, y, r * 0.68, r * 0.68, angle, angle, 1)[0]
        c.line([a, b], r * 0.06, k.main)
    c.polygon(placed([(0, -0.66), (0.17, 0), (-0.17, 0)], x, y, r, turn=24), k.second)
    c.polygon(placed([(0, 0.66), (0.17, 0), (-0.17, 0)], x, y, r, turn=24), k.main)


def _bicycle(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    for dx in (-0.56, 0.56):
        c.ring(x + dx * r, y + r * 0.3, r * 0.42, r * 0.07, k.main)
    for path in (
        [(-0.56, 0.3), (-0.2, -0.26), (0.36, -0.26), (0.0, 0.3), (-0.56, 0.3)],
        [(0.0, 0.3), (-0.26, -0.42)],
        [(0.56, 0.3), (0.3, -0.5), (0.52, -0.56)],
    ):
        c.line(placed(path, x, y, r), r * 0.07, k.second)
    c.line(placed([(-0.42, -0.44), (-0.12, -0.44)], x, y, r), r * 0.1, k.main)


def _record(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    c.disc(x, y, r * 0.96, k.main)
    for share in (0.84, 0.72, 0.6, 0.5):
        c.ring(x, y, r * share, r * 0.012, mix(k.main, k.ground, 0.42))
    c.disc(x, y, r * 0.36, k.second)
    c.disc(x, y, r * 0.07, k.ground)


def _lantern(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    c.line([(x, y - r), (x, y + r * 0.95)], r * 0.04, k.ground)
    c.oval(x, y, r * 0.66, r * 0.58, k.main)
    for share in (0.4, 0.14):
        c.oval(x, y, r * share, r * 0.58, mix(k.main, k.second, 0.55))
        c.oval(x, y, r * (share - 0.05), r * 0.57, k.main)
    for dy in (-0.62, 0.52):
        c.rect(x - r * 0.26, y + r * dy, r * 0.52, r * 0.12, k.second, r * 0.03)


def _geometric(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    """Three quarter circles and a dot: the mark of a firm without a thing."""
    c.pie(x - r * 0.02, y - r * 0.02, r * 0.9, 180, 270, k.main)
    c.pie(x + r * 0.02, y + r * 0.02, r * 0.9, 0, 90, k.main)
    c.pie(x - r * 0.88, y + r * 0.9, r * 0.86, 270, 360, k.second)
    c.disc(x + r * 0.45, y - r * 0.45, r * 0.32, k.second)


MARKS: dict[str, Callable[[Pen, float, float, float, Inks], None]] = {
    "fox": creatures.fox,
    "dog": creatures.fox,
    "cat": creatures.cat,
    "bird": creatures.bird,
    "owl": creatures.owl,
    "fish": creatures.fish,
    "whale": creatures.whale,
    "bear": creatures.bear,
    "rabbit": creatures.rabbit,
    "robot": creatures.robot,
    "mountain": _mountain,
    "hill": _mountain,
    "sun": _sun,
    "dune": _sun,
    "wave": _wave,
    "sea": _wave,
    "lake": _wave,
    "plant": _leaf,
    "forest": _leaf,
    "cactus": _leaf,
    "cup": _cup,
    "bowl": _cup,
    "rocket": _rocket,
    "planet": _planet,
    "moon": _moon,
    "star": _star,
    "bolt": _bolt,
    "heart": _heart,
    "compass": _compass,
    "bicycle": _bicycle,
    "record": _record,
    "lantern": _lantern,
}


def mark(c: Pen, subjects: tuple[str, ...], x: float, y: float, r: float, inks: Inks) -> None:
    """The first subject that has a mark, else the geometric one."""
    drawer = next((MARKS[each] for each in subjects if each in MARKS), _geometric)
    drawer(c, x, y, r, inks)
