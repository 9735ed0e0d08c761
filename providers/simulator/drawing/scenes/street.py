"""A café by night or day: neon on brick, a painted front, or a wet alley; the texts are its signs."""

from providers.simulator.drawing.colour import RGB, clear, darker, lighter, mix, readable
from providers.simulator.drawing.lettering import fit, neon, plain
from providers.simulator.drawing.stage import Stage

from .facade import awning, buildings, door, shop_window
from .sky import sky, weather


def paint(s: Stage) -> None:
    layouts = (_brick, _front, _alley)
    daylight = s.reading.light in {"day", "dawn"} and not s.reading.neon
    layout = _front if daylight else layouts[s.variant(3)]
    if not s.reading.neon and not s.night:
        layout = _front
    layout(s)
    weather(s)


def _tube(s: Stage) -> RGB:
    """A light strong enough for neon: the prompt's first colour, else the scheme's."""
    colour = s.reading.colours[0] if s.reading.colours else s.palette.accent((0, 2, 4)[s.rng.randrange(3)])
    return mix(colour, (255, 255, 255), 0.12) if min(colour) > 150 else colour


def _bricks(s: Stage, bottom: float, base: RGB, light: RGB) -> None:
    """Courses in running bond; only some bricks differ, so the wall stays quiet."""
    c, (bw, bh) = s.canvas, (6.4, 2.7)
    for row in range(int(bottom / bh) + 1):
        for column in range(-1, int(c.w / bw) + 1):
            roll = s.fine.random()
            if roll < 0.3 + 0.5 * s.detail:
                x, y = column * bw + row % 2 * bw / 2, row * bh
                c.rect(x + 0.14, y + 0.14, bw - 0.28, min(bh - 0.28, bottom - y), mix(base, light, 0.05 + 0.3 * roll), 0.2)


def _brick(s: Stage) -> None:
    c, p = s.canvas, s.palette
    street = c.h * 0.78
    tube, second = _tube(s), p.accent(2)
    wall = mix(darker(p.near, 0.35), (30, 16, 24), 0.5)
    c.wash((0, 0, c.w, street), ((0, darker(wall, 0.25)), (1, wall)))
    _bricks(s, street, wall, mix(lighter(p.far, 0.1), tube, 0.25))
    sign_y, sign_h = street * 0.36, min(street * 0.44, 42)
    c.glow(c.w / 2, sign_y, c.w * 0.62, street * 0.62, tube, 0.5, 1.7)
    warm = mix(p.accent(1), (255, 190, 110), 0.5)
    base = street - 20 if c.h > 70 else street * 0.72
    _row_of_windows(s, base, street, warm)
    c.soft_polygon([(0, 0), (c.w, 0), (c.w, 4), (0, 4)], (0, 0, 0), 6, 0.5)
    _signs(s, c.w / 2, sign_y, c.w * 0.84, sign_h, tube, second)
    _pavement(s, street)


def _row_of_windows(s: Stage, top: float, street: float, warm: RGB) -> None:
    c, tall = s.canvas, street - top
    middle = c.w / 2
    for side in (-1, 1):
        wide = min(26, c.w * 0.29)
        shop_window(s, middle + side * (wide * 0.5 + 11) - wide / 2, top + 1, wide, tall * 0.7, warm)
    door(s, middle - 4.6, top - 1.5, 9.2, tall + 1.5, warm)
    c.glow(middle, street - tall * 0.3, 40, tall * 0.9, warm, 0.22, 1.6)


def _signs(s: Stage, cx: float, cy: float, width: float, height: float, tube: RGB, second: RGB) -> None:
    """The first text large in tubes, a swash under it, further texts smaller in the second colour."""
    c = s.canvas
    if not s.texts:
        return _emblem(s, cx, cy, min(width, height) * 0.5, tube, second)
    rest = s.texts[1:4]
    main_h = height * (0.98 if not rest else 0.62)
    block = fit(c, s.texts[0], s.face("neon"), width, main_h, lines=3)
    top = cy - height / 2 + main_h / 2
    if block and len(block.lines) == 1 and not rest:
        half, y = block.width / c.k / 2, cy + block.height / c.k / 2 + 3.2
        curve = [(cx - half * 0.8 + half * 1.6 * i / 24, y + 1.1 * (1 - ((i - 12) / 12) ** 2)) for i in range(25)]
        c.soft_line(curve, 1.6, second, 1.6, 0.8)
        c.line(curve, 0.75, lighter(second, 0.55))
    neon(c, block, cx, cy if not rest else top, tube)
    for i, text in enumerate(rest):
        row = height * 0.34 / len(rest)
        small = fit(c, text, s.face("neon"), width * 0.8, row * 0.8, lines=2)
        neon(c, small, cx, cy - height / 2 + main_h + height * 0.05 + row * (i + 0.5), second, power=0.8)
    return None


def _emblem(s: Stage, cx: float, cy: float, r: float, tube: RGB, second: RGB) -> None:
    """A neon cup for a street without words."""
    c = s.canvas
    cup = [
        (cx - r * 0.6, cy - r * 0.2),
        (cx - r * 0.5, cy + r * 0.5),
        (cx - r * 0.2, cy + r * 0.75),
        (cx + r * 0.2, cy + r * 0.75),
        (cx + r * 0.5, cy + r * 0.5),
        (cx + r * 0.6, cy - r * 0.2),
        (cx - r * 0.6, cy - r * 0.2),
    ]
    steam = [
        [(cx + dx + (1.5 if n % 2 else -1.5) * r * 0.05, cy - r * (0.35 + 0.12 * n)) for n in range(5)]
        for dx in (-r * 0.25, 0.0, r * 0.25)
    ]
    for colour, strokes in ((tube, [cup]), (second, steam)):
        for stroke in strokes:
            c.soft_line(stroke, 2.4, colour, 2.2, 0.85)
            c.line(stroke, 1.0, lighter(colour, 0.6))
    c.ring(cx + r * 0.62, cy + r * 0.15, r * 0.22, 1.0, lighter(tube, 0.6), -110, 110)


def _pavement(s: Stage, street: float) -> None:
    """Kerb, and the street below it that mirrors everything when wet (neon streets always are)."""
    c, p = s.canvas, s.palette
    wet = "rain" in s.reading.weather or s.night
    tint = darker(mix(p.near, p.top, 0.3), 0.35 if s.night else 0.0)
    c.reflect(street, c.h - street, opacity=0.72 if wet else 0.18, tint=tint, smear=1.0, squash=0.62)
    c.rect(0, street - 0.5, c.w, 1.1, darker(tint, 0.35))
    for i in range(s.count(3, 9)):
        y = street + (c.h - street) * (0.15 + 0.85 * (i / 9) ** 0.8)
        x, w = s.fine.uniform(0, c.w), s.fine.uniform(8, 30)
        c.rect(x - w / 2, y, w, 0.22, clear(lighter(tint, 0.5), 0.16), 0.1)


def _front(s: Stage) -> None:
    """A painted front: signboard, awning, window, door, between silhouettes."""
    c, p = s.canvas, s.palette
    street = c.h * 0.82
    sky(s, street, sun_at=(c.w * 0.84, c.h * 0.15), size=min(5.5, c.h * 0.07))
    buildings(s, street, c.h * 0.42, p.layer(0.35), lit=s.night)
    buildings(s, street, c.h * 0.26, p.layer(0.6), lit=s.night)
    wide, tall = min(c.w * 0.86, 96), min(street * 0.84, 92)
    left, top = c.w / 2 - wide / 2, street - tall
    wall = mix(p.accent(0), p.near, 0.16 if not s.night else 0.32)
    if s.style.shading > 0.4:
        shade = [(left + 3, top + 3), (left + wide + 4, top + 3), (left + wide + 4, street), (left + 3, street)]
        c.soft_polygon(shade, (0, 0, 0), 3, 0.35)
    c.shaded(
        [(left, top), (left + wide, top), (left + wide, street), (left, street)],
        ((0, lighter(wall, 0.06)), (1, darker(wall, 0.16 * s.style.shading))),
    )
    c.rect(left - 2, top - 2.4, wide + 4, 3.6, darker(wall, 0.28))
    _board(s, left + wide * 0.05, top + 4, wide * 0.9, tall * 0.34)
    warm = mix(p.accent(1), (255, 214, 140), 0.4) if s.night else mix(p.top, (255, 255, 255), 0.45)
    floor = top + 4 + tall * 0.34 + 3
    split = left + wide * (0.62 if not s.style.mirrored else 0.06)
    glass_x = left + wide * (0.06 if not s.style.mirrored else 0.36)
    shop_window(s, glass_x, floor + 7, wide * 0.54, max(6, street - floor - 14), warm)
    door(s, split + wide * 0.06, floor + 7, wide * 0.2, street - floor - 7, warm)
    awning(s, left + wide * 0.02, floor, wide * 0.96, 8.5, p.accent(2), p.paper)
    if s.night:
        c.glow(c.w / 2, street - 6, wide * 0.6, 24, warm, 0.3, 1.6)
    _pavement(s, street)


def _board(s: Stage, x: float, y: float, w: float, h: float) -> None:
    """The signboard; glowing letters by night when neon is asked for, painted ones otherwise."""
    c, p = s.canvas, s.palette
    board = darker(mix(p.ink, p.near, 0.4), 0.15)
    c.rect(x, y, w, h, board, 1.2)
    c.rect(x + 0.8, y + 0.8, w - 1.6, h - 1.6, mix(board, p.accent(1), 0.5), 0.9)
    c.rect(x + 1.3, y + 1.3, w - 2.6, h - 2.6, board, 0.7)
    texts = s.texts[:3]
    shares = [2.0] + [1.0] * (len(texts) - 1)
    top = y + 2.2
    for share, text in zip(shares, texts, strict=False):
        row = (h - 4.4) * share / sum(shares)
        if s.reading.neon:
            neon(c, fit(c, text, s.face("neon"), w - 9, row * 0.82, lines=2), x + w / 2, top + row / 2, _tube(s), power=0.8)
        else:
            plain(c, fit(c, text, s.face("sign"), w - 8, row * 0.84, lines=2), x + w / 2, top + row / 2, readable(board, p.paper))
        top += row
    if not texts:
        _emblem(s, x + w / 2, y + h / 2, h * 0.36, p.accent(1), p.accent(2))


def _alley(s: Stage) -> None:
    """One-point perspective between dark walls, a lit slot of sky, the sign hung across."""
    c, p = s.canvas, s.palette
    vx, street = c.w * 0.5, c.h * 0.74
    c.wash((0, 0, c.w, street), ((0, p.top), (1, lighter(mix(p.low, p.accent(4), 0.2), 0.12))))
    buildings(s, street, c.h * 0.36, p.layer(0.3), lit=True)
    gap = min(15, c.w * 0.14)
    for side in (-1, 1):
        near, far = vx + side * (c.w / 2 + 1), vx + side * gap
        wall = [(near, -1), (far, c.h * 0.12), (far, street), (near, c.h * 1.02)]
        tones = ((0, mix(p.near, p.far, 0.1)), (1, mix(p.near, p.far, 0.7)))
        c.shaded(wall, tones if side < 0 else tuple((1 - a, b) for a, b in reversed(tones)), across=True)
        _wall_windows(s, near, far, street)
        if (side > 0) != s.style.mirrored:
            _wall_shop(s, near, far, street)
    floor = [(vx - gap, street - 0.5), (vx + gap, street - 0.5), (c.w + 1, c.h), (c.w + 1, c.h + 1), (-1, c.h + 1), (-1, c.h)]
    c.polygon(floor, mix(p.near, p.low, 0.18))
    tube = _tube(s)
    c.glow(vx, c.h * 0.3, c.w * 0.5, c.h * 0.42, tube, 0.4, 1.8)
    _signs(s, vx, c.h * 0.3, c.w * 0.84, min(c.h * 0.3, 40), tube, p.accent(2))
    c.glow(vx, street - 5, gap * 1.5, 20, lighter(p.low, 0.2), 0.7, 1.3)
    _wanderer(s, vx + gap * 0.25, street + 4, 15)
    _pavement(s, street + 3)


def _wall_windows(s: Stage, near: float, far: float, street: float) -> None:
    """Lit panes shrinking towards the vanishing point."""
    c, p = s.canvas, s.palette
    for column in range(5):
        a, b = 0.06 + 0.19 * column, 0.06 + 0.19 * column + 0.09
        for row in range(3):
            if s.rng.random() > 0.62:
                continue
            warm = mix(p.accent(s.rng.randrange(1, 3)), (255, 205, 130), 0.5)
            corners = [
                (t, level)
                for t, level in ((a, 0.12 + row * 0.19), (b, 0.12 + row * 0.19), (b, 0.22 + row * 0.19), (a, 0.22 + row * 0.19))
            ]
            c.polygon(
                [(near + (far - near) * t, _slant(level, t, street, c.h)) for t, level in corners],
                mix(warm, p.near, s.rng.uniform(0.15, 0.6)),
            )


def _wall_shop(s: Stage, near: float, far: float, street: float) -> None:
    """A lit front along one wall, its awning towards us, warm light in the air before it."""
    c, p = s.canvas, s.palette
    warm = mix(p.accent(1), (255, 196, 116), 0.5)

    def strip_at(a: float, b: float, low: float, high: float) -> list[tuple[float, float]]:
        return [
            (near + (far - near) * t, _slant(level, t, street, c.h)) for t, level in ((a, low), (b, low), (b, high), (a, high))
        ]

    c.polygon(strip_at(0.0, 0.94, 0.62, 0.98), darker(p.near, 0.35))
    for i in range(4):
        c.polygon(strip_at(0.03 + 0.23 * i, 0.22 + 0.23 * i, 0.68, 0.92), mix(warm, p.accent(0), 0.12 * i))
        c.polygon(strip_at(0.08 + 0.23 * i, 0.12 + 0.23 * i, 0.79, 0.92), mix(warm, p.near, 0.6))
    c.polygon(strip_at(0.0, 0.95, 0.6, 0.665), p.accent(0))
    middle = near + (far - near) * 0.4
    c.glow(middle, c.h * 0.76, abs(far - near) * 0.9, c.h * 0.3, warm, 0.4, 1.6)


def _slant(level: float, t: float, street: float, height: float) -> float:
    top, bottom = height * 0.12 * t, height * 1.02 + (street - height * 1.02) * t
    return top + (bottom - top) * level


def _wanderer(s: Stage, x: float, y: float, tall: float) -> None:
    """Someone under an umbrella, seen from behind."""
    c, dark = s.canvas, darker(s.palette.near, 0.5)
    c.polygon(
        [
            (x - tall * 0.12, y - tall * 0.56),
            (x + tall * 0.12, y - tall * 0.56),
            (x + tall * 0.17, y - tall * 0.12),
            (x - tall * 0.17, y - tall * 0.12),
        ],
        dark,
    )
    c.rect(x - tall * 0.1, y - tall * 0.16, tall * 0.07, tall * 0.17, dark)
    c.rect(x + tall * 0.03, y - tall * 0.16, tall * 0.07, tall * 0.17, dark)
    c.disc(x, y - tall * 0.63, tall * 0.08, dark)
    c.pie(x, y - tall * 0.68, tall * 0.33, 180, 360, mix(s.palette.accent(0), dark, 0.35))
    c.rect(x - 0.2, y - tall * 0.7, 0.4, tall * 0.3, dark)
