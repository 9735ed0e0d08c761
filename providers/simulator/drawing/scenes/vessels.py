"""Turned forms on a table: a profile, light from one side, a contact shadow and a cast shadow."""

import itertools
from collections.abc import Sequence

import numpy as np
from PIL import Image

from providers.simulator.drawing.canvas import Point
from providers.simulator.drawing.colour import RGB, WHITE, clear, darker, lighter, mix
from providers.simulator.drawing.shapes import arc, smooth
from providers.simulator.drawing.stage import Stage


def cast(s: Stage, x: float, y: float, half: float, length: float) -> None:
    """Contact shadow and the long soft one away from the light."""
    c, side = s.canvas, -1 if s.style.mirrored else 1
    strength = 0.26 + 0.24 * s.style.shading
    c.soft_polygon(
        smooth(
            [
                (x - half * 0.9, y - 1.4),
                (x + side * half, y - 1.9),
                (x + side * (half + length), y + 0.6),
                (x + side * (half + length) * 0.96, y + 2.6),
                (x, y + 2.2),
            ]
        ),
        (14, 10, 24),
        1.7,
        strength,
    )
    c.soft_oval(x, y + 0.2, half * 1.02, 1.1, (10, 8, 18), 0.8, 0.5)


def tones(s: Stage, colour: RGB) -> Sequence[tuple[float, RGB]]:
    """Across a round form: shade, light, core, reflected light; flat hands use two tones."""
    k = s.style.shading
    row = (
        (0, darker(colour, 0.34 * k)),
        (0.2, lighter(colour, 0.14 * k)),
        (0.32, lighter(colour, 0.24 * k)),
        (0.62, colour),
        (0.9, darker(colour, 0.46 * k)),
        (1, darker(colour, 0.3 * k)),
    )
    return tuple((1 - a, b) for a, b in reversed(row)) if s.style.mirrored else row


def body(s: Stage, x: float, base: float, profile: Sequence[Point], colour: RGB) -> list[Point]:
    """``profile``: (height above base, half width) from the foot up; returns the outline."""
    right = smooth([(half, -height) for height, half in profile], closed=False, steps=10)
    foot = arc(0, -profile[0][0], profile[0][1], profile[0][1] * 0.12, 180, 0, 12)
    outline = (
        [(x - px, base + py) for px, py in reversed(right)]
        + [(x + px, base + py) for px, py in foot]
        + [(x + px, base + py) for px, py in right]
    )
    s.canvas.shaded(outline, tones(s, colour), across=True)
    return outline


def mouth(s: Stage, x: float, y: float, half: float, colour: RGB) -> None:
    s.canvas.oval(x, y, half, half * 0.22, lighter(colour, 0.12))
    s.canvas.oval(x, y + half * 0.03, half * 0.84, half * 0.16, darker(colour, 0.55))


def vase(s: Stage, x: float, base: float, tall: float, colour: RGB, kind: int) -> float:
    """One of four silhouettes; returns the half width of its mouth."""
    forms: tuple[tuple[Point, ...], ...] = (
        ((0, 0.2), (0.12, 0.29), (0.36, 0.33), (0.58, 0.22), (0.74, 0.1), (0.9, 0.085), (1, 0.12)),
        ((0, 0.16), (0.2, 0.3), (0.48, 0.36), (0.72, 0.26), (0.84, 0.16), (1, 0.2)),
        ((0, 0.24), (0.3, 0.27), (0.55, 0.2), (0.7, 0.11), (1, 0.09)),
        ((0, 0.2), (0.25, 0.34), (0.6, 0.36), (0.86, 0.28), (1, 0.25)),
    )
    form = [(h * tall, w * tall) for h, w in forms[kind % 4]]
    cast(s, x, base, form[0][1] * 1.2, tall * 0.6)
    body(s, x, base, form, colour)
    if s.detail > 0.35 and s.style.shading > 0.3:
        for share in (0.28, 0.31):
            half = _half(form, share * tall)
            s.canvas.line(arc(x, base - share * tall, half * 0.97, half * 0.12, 172, 8), 0.24, clear(lighter(colour, 0.4), 0.55))
    mouth(s, x, base - tall, form[-1][1], colour)
    return form[-1][1]


def _half(form: Sequence[Point], height: float) -> float:
    for (h0, w0), (h1, w1) in itertools.pairwise(form):
        if h0 <= height <= h1:
            return w0 + (w1 - w0) * (height - h0) / max(0.01, h1 - h0)
    return form[-1][1]


def bottle(s: Stage, x: float, base: float, tall: float, colour: RGB) -> tuple[float, float, float, float]:
    """Shoulders, neck and cap; returns the box (x, y, w, h) its label may take."""
    c, p, half = s.canvas, s.palette, tall * 0.16
    cast(s, x, base, half, tall * 0.5)
    body(
        s,
        x,
        base,
        [
            (0, half),
            (tall * 0.03, half),
            (tall * 0.52, half),
            (tall * 0.62, half * 0.86),
            (tall * 0.7, half * 0.42),
            (tall * 0.78, half * 0.36),
            (tall * 0.9, half * 0.36),
        ],
        colour,
    )
    cap = p.paper if sum(colour) < 330 else p.ink
    c.shaded(
        [
            (x - half * 0.43, base - tall),
            (x + half * 0.43, base - tall),
            (x + half * 0.43, base - tall * 0.85),
            (x - half * 0.43, base - tall * 0.85),
        ],
        tones(s, cap),
        across=True,
    )
    if s.style.shading > 0.3:
        side = 1 if s.style.mirrored else -1
        c.rect(x + side * half * 0.66 - 0.5, base - tall * 0.54, 1.0, tall * 0.5, clear(WHITE, 0.34), 0.5)
    return x - half * 0.98, base - tall * 0.47, half * 1.96, tall * 0.36


def cup(s: Stage, x: float, base: float, size: float, colour: RGB) -> None:
    """Saucer, cup, coffee, steam."""
    c = s.canvas
    cast(s, x, base + size * 0.06, size * 0.86, size * 0.6)
    c.oval(x, base, size * 0.9, size * 0.19, darker(colour, 0.12))
    c.oval(x, base - size * 0.03, size * 0.88, size * 0.17, lighter(colour, 0.1))
    side = -1 if s.style.mirrored else 1
    c.ring(x + side * size * 0.56, base - size * 0.42, size * 0.25, size * 0.085, darker(colour, 0.12))
    body(
        s,
        x,
        base - size * 0.02,
        [(0, size * 0.26), (size * 0.1, size * 0.38), (size * 0.4, size * 0.52), (size * 0.76, size * 0.56)],
        colour,
    )
    c.oval(x, base - size * 0.78, size * 0.56, size * 0.14, lighter(colour, 0.2))
    c.oval(x, base - size * 0.77, size * 0.5, size * 0.115, (58, 34, 22))
    c.oval(x - size * 0.06, base - size * 0.765, size * 0.3, size * 0.06, (146, 98, 62))
    for i in range(3):
        dx = (i - 1) * size * 0.2
        steam = smooth(
            [
                (x + dx, base - size * 0.95),
                (x + dx + size * 0.08, base - size * 1.2),
                (x + dx - size * 0.07, base - size * 1.45),
                (x + dx + size * 0.05, base - size * 1.75),
            ],
            closed=False,
        )
        c.soft_line(steam, size * 0.06, WHITE, size * 0.05, 0.42)


def sphere(s: Stage, x: float, y: float, r: float, colour: RGB) -> None:
    """A round fruit: shade inside its own outline only."""
    c, side = s.canvas, 1 if s.style.mirrored else -1
    outline, steps, k = c.outline, 14 if s.style.shading > 0.3 else 2, s.style.shading
    c.disc(x, y, r, darker(colour, 0.42 * k))
    c.outline = None
    for i in range(1, steps + 1):
        t = i / steps
        c.disc(
            x + side * r * 0.28 * t,
            y - r * 0.3 * t,
            r * (1 - 0.66 * t) * 0.985,
            mix(darker(colour, 0.42 * k * (1 - t)), lighter(colour, 0.22 * k), t),
        )
    if k > 0.3:
        c.glow(x + side * r * 0.36, y - r * 0.4, r * 0.34, r * 0.28, WHITE, 0.8, 1.5)
    c.outline = outline


def fruit(s: Stage, x: float, base: float, r: float, colour: RGB) -> None:
    c = s.canvas
    cast(s, x, base, r * 0.8, r * 1.5)
    sphere(s, x, base - r * 0.97, r, colour)
    c.line(
        smooth([(x, base - r * 1.86), (x + 0.3, base - r * 2.06), (x + r * 0.16, base - r * 2.2)], closed=False),
        max(0.5, r * 0.07),
        darker((92, 62, 36), 0.2),
    )
    leaf = smooth(
        [
            (x + r * 0.06, base - r * 2.0),
            (x + r * 0.34, base - r * 2.26),
            (x + r * 0.62, base - r * 2.12),
            (x + r * 0.34, base - r * 1.96),
        ]
    )
    c.polygon(leaf, (86, 130, 74))


def glass(s: Stage, x: float, base: float, tall: float) -> None:
    """A tumbler of water: what is behind it shows through, light gathers on the table."""
    c, p, half = s.canvas, s.palette, tall * 0.27
    side = -1 if s.style.mirrored else 1
    caustics(s, x + side * half * 1.9, base + tall * 0.05, half * 1.9, tall * 0.13)
    cast(s, x, base, half * 0.84, tall * 0.7)
    foot, top = half * 0.8, base - tall
    deep = darker(mix(p.near, p.far, 0.4), 0.1)
    wall = [(x - half, top), (x - foot, base), *arc(x, base, foot, foot * 0.16, 180, 0, 16), (x + foot, base), (x + half, top)]
    c.polygon(wall, clear(lighter(p.low, 0.5), 0.22))
    level = base - tall * 0.68
    wide = foot + (half - foot) * 0.68
    water = [
        (x - wide + 0.6, level),
        (x - foot + 0.7, base - tall * 0.06),
        *arc(x, base - tall * 0.06, foot - 0.7, foot * 0.13, 180, 0, 16),
        (x + wide - 0.6, level),
    ]
    tint = mix(p.top, (150, 205, 225), 0.5)
    c.polygon(water, clear(tint, 0.3))
    for sign in (-1, 1):
        rim = [
            (x + sign * (half - 0.4), top + 2),
            (x + sign * (foot - 0.4), base),
            (x + sign * foot * 0.72, base),
            (x + sign * half * 0.88, top + 2),
        ]
        c.polygon(rim, clear(deep, 0.2))
        c.line([(x + sign * (half - 0.3), top), (x + sign * (foot - 0.3), base)], 0.55, clear(deep, 0.55))
    c.polygon(
        [
            (x - wide + 0.6, level),
            (x + wide - 0.6, level),
            (x + foot * 0.9, base - tall * 0.32),
            (x - foot * 0.9, base - tall * 0.42),
        ],
        clear(lighter(tint, 0.4), 0.3),
    )
    for share, opacity in ((0.82, 0.5), (-0.86, 0.32), (0.62, 0.14)):
        c.polygon(
            [
                (x + share * (half - 1), top + 1.5),
                (x + share * (half - 1) + 1.1, top + 1.5),
                (x + share * (foot - 1) + 0.8, base - tall * 0.1),
                (x + share * (foot - 1), base - tall * 0.1),
            ],
            clear(WHITE, opacity),
        )
    c.polygon([*arc(x, base - tall * 0.02, foot * 0.94, foot * 0.15, 0, 360)], clear(WHITE, 0.3))
    c.soft_oval(x + side * foot * 0.3, base - tall * 0.09, foot * 0.5, tall * 0.035, WHITE, 1.1, 0.7)
    c.oval(x, level, wide - 0.6, (wide - 0.6) * 0.16, clear(lighter(tint, 0.55), 0.6))
    c.line(arc(x, level, wide - 0.6, (wide - 0.6) * 0.16, 0, 180), 0.3, clear(WHITE, 0.8))
    c.line(arc(x, top, half, half * 0.17, 0, 360), 0.42, clear(WHITE, 0.85))
    c.line(arc(x, top, half, half * 0.17, 180, 360), 0.3, clear(deep, 0.6))
    c.line(arc(x, base, foot, foot * 0.16, 0, 180), 0.5, clear(deep, 0.55))


def caustics(s: Stage, x: float, y: float, rx: float, ry: float) -> None:
    """A net of refracted light on the table, from folded sine waves; finer and brighter in HD, a mere gleam in a draft."""
    c, size = s.canvas, (round(2 * rx * s.canvas.k), round(2 * ry * s.canvas.k))
    c.glow(x, y, rx * 1.15, ry * 1.2, (255, 246, 214), 0.3 + 0.2 * (1 - s.detail), 1.3)
    across, down = np.meshgrid(np.linspace(-1, 1, 220), np.linspace(-1, 1, 96))
    turn, net = s.rng.uniform(0, 6), np.zeros_like(across)
    for i in range(s.count(1, 4)):
        u = across * (3.1 + i) + np.sin(down * 3.3 + turn + i) * 0.7
        v = down * (2.3 + i) + np.sin(across * 4.1 + turn * 1.7 + 2 * i) * 0.8
        net += np.clip(1 - np.abs(np.sin(u + turn + np.sin(v + i))) * 1.5, 0, 1) ** 4 / (1 + 0.4 * i)
    edge = np.clip(1 - np.sqrt(across**2 + down**2), 0, 1) ** 0.7
    core = np.clip(1 - np.abs(np.sqrt((across * 1.2) ** 2 + (down * 1.1) ** 2) - 0.72) * 9, 0, 1) * 0.7
    mask = Image.fromarray((np.clip((net * 0.95 + core) * edge, 0, 1) * 235).astype(np.uint8))
    left, top = round(x * c.k) - size[0] // 2, round(y * c.k) - size[1] // 2
    c.stamp(mask.resize(size, Image.Resampling.BICUBIC), left, top, (255, 252, 236))
