"""Animals and a robot as marks of a few flat shapes."""

from dataclasses import dataclass

from providers.simulator.drawing.canvas import Point
from providers.simulator.drawing.colour import RGB, contrast
from providers.simulator.drawing.pen import Pen
from providers.simulator.drawing.shapes import placed, smooth


@dataclass(frozen=True, slots=True)
class Inks:
    """``main`` for the form, ``second`` for what stands out in it, ``ground`` for what is cut away."""

    main: RGB
    second: RGB
    ground: RGB


def fox(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    def part(points: list[Point], paint: RGB) -> None:
        c.polygon(placed(points, x, y, r), paint)
        c.polygon(placed(points, x, y, r, mirrored=True), paint)

    part([(0, 0.96), (-0.46, 0.44), (-0.94, 0.1), (-0.72, -0.2), (-0.84, -0.98), (-0.3, -0.5), (0, -0.44)], k.main)
    part([(-0.76, -0.8), (-0.4, -0.46), (-0.66, -0.26)], k.second)
    white = k.ground if contrast(k.ground, k.main) > 1.9 else k.second
    part([(0, 0.8), (-0.4, 0.4), (-0.82, 0.1), (-0.36, 0.12), (-0.14, 0.36), (0, 0.42)], white)
    part([(-0.5, -0.1), (-0.2, 0.06), (-0.3, 0.1), (-0.46, 0.02)], k.second)
    c.polygon(placed([(-0.15, 0.72), (0, 0.66), (0.15, 0.72), (0, 0.96)], x, y, r), k.second)


def cat(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    head = [
        (-0.78, -0.9),
        (-0.34, -0.56),
        (0.34, -0.56),
        (0.78, -0.9),
        (0.86, 0.1),
        (0.5, 0.66),
        (0, 0.82),
        (-0.5, 0.66),
        (-0.86, 0.1),
    ]
    c.polygon(placed(head, x, y, r), k.main)
    for mirrored in (False, True):
        c.polygon(placed([(-0.68, -0.66), (-0.42, -0.48), (-0.64, -0.26)], x, y, r, mirrored=mirrored), k.second)
        c.polygon(
            placed(smooth([(-0.56, 0.06), (-0.36, -0.12), (-0.16, 0.06), (-0.36, 0.18)]), x, y, r, mirrored=mirrored), k.ground
        )
        c.polygon(placed(smooth([(-0.4, -0.1), (-0.32, 0.04), (-0.37, 0.17), (-0.42, 0.04)]), x, y, r, mirrored=mirrored), k.main)
        for n in range(3):
            c.line(placed([(-0.28, 0.42 + 0.05 * n), (-1.0, 0.28 + 0.16 * n)], x, y, r, mirrored=mirrored), r * 0.022, k.second)
    c.polygon(placed([(-0.1, 0.32), (0.1, 0.32), (0, 0.44)], x, y, r), k.second)


def bird(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    c.polygon(
        placed(
            smooth(
                [(-0.95, 0.3), (-0.3, 0.62), (0.34, 0.4), (0.62, -0.12), (0.5, -0.46), (0.26, -0.42), (0.02, -0.1), (-0.4, 0.16)]
            ),
            x,
            y,
            r,
        ),
        k.main,
    )
    c.polygon(placed(smooth([(0.16, 0.2), (-0.28, -0.1), (-0.66, -0.82), (0.0, -0.56), (0.34, -0.06)]), x, y, r), k.second)
    c.polygon(placed([(0.56, -0.38), (0.98, -0.26), (0.6, -0.18)], x, y, r), k.second)
    c.disc(x + r * 0.46, y - r * 0.27, r * 0.055, k.ground)


def owl(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    c.polygon(
        placed(
            smooth([(-0.6, -0.84), (0, -0.66), (0.6, -0.84), (0.74, 0.1), (0.46, 0.78), (0, 0.94), (-0.46, 0.78), (-0.74, 0.1)]),
            x,
            y,
            r,
        ),
        k.main,
    )
    c.polygon(placed(smooth([(0, 0.0), (0.42, 0.3), (0.26, 0.76), (0, 0.86), (-0.26, 0.76), (-0.42, 0.3)]), x, y, r), k.second)
    for side in (-1, 1):
        c.disc(x + side * r * 0.3, y - r * 0.28, r * 0.29, k.ground)
        c.disc(x + side * r * 0.28, y - r * 0.28, r * 0.13, k.main)
    c.polygon(placed([(-0.1, -0.14), (0.1, -0.14), (0, 0.1)], x, y, r), k.second)


def fish(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    c.polygon(placed(smooth([(0.95, 0), (0.5, -0.4), (-0.1, -0.44), (-0.6, 0), (-0.1, 0.44), (0.5, 0.4)]), x, y, r), k.main)
    c.polygon(placed([(-0.46, 0), (-1.0, -0.46), (-0.84, 0), (-1.0, 0.46)], x, y, r), k.main)
    c.polygon(placed(smooth([(0.1, -0.36), (-0.2, -0.72), (0.42, -0.34)]), x, y, r), k.second)
    c.polygon(placed(smooth([(0.2, -0.4), (0.34, 0), (0.2, 0.4), (-0.02, 0.42), (0.08, 0), (-0.02, -0.42)]), x, y, r), k.second)
    c.disc(x + r * 0.64, y - r * 0.1, r * 0.075, k.ground)


def whale(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    c.polygon(
        placed(
            smooth(
                [(-0.95, 0.1), (-0.8, -0.4), (-0.1, -0.5), (0.5, -0.05), (0.9, -0.34), (0.86, 0.2), (0.3, 0.55), (-0.5, 0.56)]
            ),
            x,
            y,
            r,
        ),
        k.main,
    )
    c.polygon(placed(smooth([(0.82, -0.16), (0.66, -0.72), (0.94, -0.5), (1.1, -0.76), (1.0, -0.2)]), x, y, r), k.main)
    c.polygon(placed(smooth([(-0.92, 0.22), (-0.3, 0.34), (0.2, 0.36), (0.1, 0.54), (-0.5, 0.56)]), x, y, r), k.second)
    c.disc(x - r * 0.62, y + r * 0.02, r * 0.055, k.ground)


def bear(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    for side in (-1, 1):
        c.disc(x + side * r * 0.6, y - r * 0.58, r * 0.28, k.main)
        c.disc(x + side * r * 0.6, y - r * 0.58, r * 0.14, k.second)
    c.oval(x, y, r * 0.86, r * 0.78, k.main)
    c.oval(x, y + r * 0.3, r * 0.38, r * 0.32, k.ground)
    c.oval(x, y + r * 0.18, r * 0.14, r * 0.1, k.second)
    for side in (-1, 1):
        c.disc(x + side * r * 0.32, y - r * 0.14, r * 0.075, k.second)


def rabbit(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    for mirrored in (False, True):
        c.polygon(
            placed(
                smooth([(-0.14, -0.1), (-0.5, -0.7), (-0.4, -1.0), (-0.16, -0.84), (-0.02, -0.2)]), x, y, r, mirrored=mirrored
            ),
            k.main,
        )
        c.polygon(
            placed(smooth([(-0.17, -0.3), (-0.38, -0.72), (-0.34, -0.86), (-0.2, -0.7)]), x, y, r, mirrored=mirrored), k.second
        )
    c.oval(x, y + r * 0.3, r * 0.56, r * 0.52, k.main)
    for side in (-1, 1):
        c.disc(x + side * r * 0.22, y + r * 0.2, r * 0.07, k.ground)
    c.polygon(placed([(-0.08, 0.38), (0.08, 0.38), (0, 0.48)], x, y, r), k.second)


def robot(c: Pen, x: float, y: float, r: float, k: Inks) -> None:
    c.rect(x - r * 0.03, y - r * 0.95, r * 0.06, r * 0.3, k.main)
    c.disc(x, y - r * 0.92, r * 0.11, k.second)
    c.rect(x - r * 0.7, y - r * 0.66, r * 1.4, r * 1.05, k.main, r * 0.26)
    c.rect(x - r * 0.54, y - r * 0.46, r * 1.08, r * 0.6, k.ground, r * 0.2)
    for side in (-1, 1):
        c.disc(x + side * r * 0.24, y - r * 0.16, r * 0.12, k.second)
        c.rect(x + side * r * 0.78 - r * 0.08, y - r * 0.34, r * 0.16, r * 0.4, k.second, r * 0.06)
    c.rect(x - r * 0.42, y + r * 0.46, r * 0.84, r * 0.46, k.main, r * 0.14)
    c.disc(x, y + r * 0.66, r * 0.11, k.second)
