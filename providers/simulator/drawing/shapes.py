"""Outlines: curves through points, ridges, stars, turned and mirrored shapes. Units are the caller's."""

import itertools
from collections.abc import Sequence
from math import cos, pi, radians, sin
from random import Random

from .canvas import Point


def smooth(points: Sequence[Point], *, closed: bool = True, steps: int = 8) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    count = len(points)
    curve: list[Point] = []
    for i in range(count if closed else count - 1):
        a, b, c, d = (points[_index(i + offset, count, closed)] for offset in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            curve.append((_blend(a[0], b[0], c[0], d[0], t), _blend(a[1], b[1], c[1], d[1], t)))
    return curve if closed else [*curve, points[-1]]


def _index(i: int, count: int, closed: bool) -> int:
    return i % count if closed else max(0, min(count - 1, i))


def _blend(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t)


def turned(points: Sequence[Point], degrees: float, cx: float = 0, cy: float = 0) -> list[Point]:
    """Turned clockwise about (cx, cy)."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return [(cx + (x - cx) * c - (y - cy) * s, cy + (x - cx) * s + (y - cy) * c) for x, y in points]


def placed(
    points: Sequence[Point], cx: float, cy: float, scale: float, *, mirrored: bool = False, turn: float = 0
) -> list[Point]:
    """A shape drawn around the origin, brought to its place."""
    flip = -1 if mirrored else 1
    return [(cx + x * scale * flip, cy + y * scale) for x, y in (turned(points, turn) if turn else points)]


def star(cx: float, cy: float, outer: float, inner: float, rays: int, start: float = -90) -> list[Point]:
    angles = [radians(start + 180 * i / rays) for i in range(2 * rays)]
    return [(cx + cos(a) * (outer, inner)[i % 2], cy + sin(a) * (outer, inner)[i % 2]) for i, a in enumerate(angles)]


def arc(cx: float, cy: float, rx: float, ry: float, start: float, end: float, steps: int = 40) -> list[Point]:
    """Points from one angle to another (degrees, clockwise from three o'clock)."""
    angles = [radians(start + (end - start) * i / steps) for i in range(steps + 1)]
    return [(cx + rx * cos(a), cy + ry * sin(a)) for a in angles]


def rolling(rng: Random, width: float, y: float, height: float, waves: float, steps: int) -> list[Point]:
    """Soft hills: a few sines with random phases, from left to right beyond both edges."""
    tones = [(rng.uniform(0.6, 1.4) * waves * n, rng.uniform(0, 2 * pi), 1 / n) for n in (1, 2.1, 4.3)]
    line = []
    for i in range(steps + 1):
        x = -2 + (width + 4) * i / steps
        line.append((x, y - height * sum(a * sin(2 * pi * f * x / 150 + p) for f, p, a in tones) / 1.7))
    return line


def craggy(rng: Random, width: float, y: float, height: float, rough: float, levels: int) -> list[Point]:
    """Mountains: midpoint displacement between peaks and saddles."""
    peaks = max(2, round(width / rng.uniform(38, 60)))
    line: list[Point] = []
    for i in range(peaks * 2 + 1):
        lift = rng.uniform(0.65, 1.0) if i % 2 else rng.uniform(0.0, 0.28)
        line.append(
            (-4 + (width + 8) * (i + (rng.uniform(-0.25, 0.25) if 0 < i < 2 * peaks else 0)) / (2 * peaks), y - height * lift)
        )
    for level in range(levels):
        finer: list[Point] = []
        for (ax, ay), (bx, by) in itertools.pairwise(line):
            finer += [(ax, ay), ((ax + bx) / 2, (ay + by) / 2 + rng.uniform(-1, 1) * height * rough / 2**level)]
        line = [*finer, line[-1]]
    return line


def ground(line: Sequence[Point], bottom: float) -> list[Point]:
    """A ridge line closed down to the bottom edge."""
    return [*line, (line[-1][0], bottom), (line[0][0], bottom)]
