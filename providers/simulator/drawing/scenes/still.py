"""Things on a table in front of a wall, and the packshot: a bottle with its label on a plinth."""

from providers.simulator.drawing.colour import RGB, WHITE, clear, darker, lighter, mix, readable
from providers.simulator.drawing.lettering import fit, plain
from providers.simulator.drawing.stage import Stage

from .caption import caption
from .plants import bouquet, branch, cactus, houseplant
from .vessels import body, bottle, cast, cup, fruit, glass, mouth, vase

_LEAF: RGB = (84, 130, 92)


def paint(s: Stage) -> None:
    c = s.canvas
    table = c.h * 0.74
    wall = _room(s, table)
    base = c.h * 0.74 + min(9, c.h * 0.1)
    things = [each for each in s.reading.subjects if each in _THINGS][:3] or ["vase"]
    scale = min(1.0, c.h / 100 * 0.98, c.w / 100) * (1.0 if c.h <= 130 else 1.2)
    c.outline = (s.style.outline * 0.8, darker(s.palette.ink, 0.1)) if s.outlined else None
    if len(things) == 1:
        _THINGS[things[0]](s, c.w / 2, base, scale)
    else:
        gap = min(34, c.w * 0.8 / len(things)) * scale
        for i, thing in enumerate(things):
            _THINGS[thing](s, c.w / 2 + (i - (len(things) - 1) / 2) * gap, base + (i % 2) * 3, scale * 0.72)
    c.outline = None
    caption(s, wall, cy=min(14, c.h * 0.14), height=min(18, c.h * 0.17), role="caption")


def _room(s: Stage, table: float) -> RGB:
    """Wall, slanting window light, table edge."""
    c, p = s.canvas, s.palette
    options = (mix(p.paper, p.low, 0.5), mix(p.far, p.paper, 0.35), mix(p.near, p.far, 0.25), mix(p.accent(2), p.paper, 0.45))
    wall = darker(p.top, 0.2) if s.night else options[s.variant(4)]
    top = mix(wall, p.near, 0.5) if not s.night else darker(p.near, 0.1)
    k = s.style.shading
    c.wash((0, 0, c.w, table), ((0, darker(wall, 0.1 * k)), (1, lighter(wall, 0.1 * k))))
    side = -1 if s.style.mirrored else 1
    if k > 0.3:
        x = c.w / 2 - side * c.w * 0.1
        for i in range(2):
            a = x + side * (i * c.w * 0.24 - c.w * 0.2)
            beam = [(a, -5), (a + side * c.w * 0.19, -5), (a + side * c.w * 0.19 + side * 24, table), (a + side * 24, table)]
            c.soft_polygon(beam, lighter(p.sun, 0.2), 1.6, 0.2 if not s.night else 0.1)
    c.wash((0, table, c.w, c.h - table), ((0, lighter(top, 0.1 * k)), (1, darker(top, 0.2 * k))))
    c.rect(0, table, c.w, 0.4, clear(WHITE, 0.22))
    return wall


def _paint_vases(s: Stage, x: float, y: float, k: float) -> None:
    p = s.palette
    spread = min(23.0, s.canvas.w * 0.24) * k
    first = s.rng.randrange(4)
    if s.reading.words & {"flower", "flowers", "bouquet", "eucalyptus", "branch", "plant"} or "plant" in s.reading.subjects:
        bouquet(s, x, y - 36 * k, 34 * k, (_LEAF, mix(_LEAF, p.accent(2), 0.4)))
        vase(s, x, y, 40 * k, p.accent(0), 1)
        return
    for dx, tall, tone, kind in ((-1, 46, p.accent(0), first), (1, 40, p.accent(2), first + 2), (0.06, 24, p.paper, 3)):
        if kind == first and s.detail >= 0:
            branch(s, x + dx * spread, y - tall * k * 0.9, 26 * k, -14, mix(_LEAF, p.near, 0.3), leaves=5)
        vase(s, x + dx * spread, y + (2.5 if dx == 0.06 else 0), tall * k, tone, kind)


def _paint_bottle(s: Stage, x: float, y: float, k: float) -> None:
    bottle(s, x, y, 62 * k, s.palette.accent(0))


def _paint_fruit(s: Stage, x: float, y: float, k: float) -> None:
    p = s.palette
    tones = ((222, 138, 44), (196, 58, 46), (150, 168, 62), (118, 50, 92)) if not s.reading.colours else p.accents
    start = s.rng.randrange(len(tones))
    for i, (dx, dy, r) in enumerate(((-15, 0, 15), (13, 0.5, 13), (0, 5, 10.5))):
        fruit(s, x + dx * k, y + dy, r * k, tones[(start + i) % len(tones)])


def _paint_glass(s: Stage, x: float, y: float, k: float) -> None:
    glass(s, x, y, 54 * k)


def _paint_cup(s: Stage, x: float, y: float, k: float) -> None:
    cup(s, x, y, 26 * k, s.palette.accent(0) if s.reading.colours else (s.palette.paper, s.palette.accent(0))[s.variant(2)])


def _pot(s: Stage, x: float, y: float, k: float) -> None:
    tone = s.palette.accent(0)
    cast(s, x, y, 10 * k, 20 * k)
    body(s, x, y, [(0, 8.5 * k), (9 * k, 10.5 * k), (19 * k, 12 * k)], tone)
    mouth(s, x, y - 19 * k, 12 * k, tone)


def _paint_plant(s: Stage, x: float, y: float, k: float) -> None:
    if s.reading.words & {"flower", "flowers", "bouquet"}:
        bouquet(s, x, y - 17 * k, 46 * k, (_LEAF, darker(_LEAF, 0.2)))
    else:
        houseplant(s, x, y - 17 * k, 50 * k, mix(_LEAF, s.palette.accent(2), 0.3))
    _pot(s, x, y, k)


def _paint_cactus(s: Stage, x: float, y: float, k: float) -> None:
    cactus(s, x, y - 16 * k, 44 * k, mix(_LEAF, s.palette.accent(2), 0.25))
    _pot(s, x, y, k)


def _paint_candle(s: Stage, x: float, y: float, k: float) -> None:
    c, p = s.canvas, s.palette
    for dx, tall in ((-11, 26), (0, 38), (11, 18)):
        cx, top = x + dx * k, y - tall * k
        c.glow(cx, top - 3 * k, 26 * k, 26 * k, (255, 200, 110), 0.55, 2)
        cast(s, cx, y, 4.4 * k, 8)
        body(s, cx, y, [(0, 4.4 * k), (tall * k, 4.4 * k)], lighter(p.paper, 0.1))
        mouth(s, cx, top, 4.4 * k, p.paper)
        c.polygon([(cx - 1.1 * k, top - 1.6 * k), (cx, top - 7 * k), (cx + 1.1 * k, top - 1.6 * k)], (255, 226, 150))
        c.disc(cx, top - 1.9 * k, 1.15 * k, (255, 178, 80))


def _paint_bowl(s: Stage, x: float, y: float, k: float) -> None:
    c, tone = s.canvas, s.palette.accent(0)
    cast(s, x, y, 16 * k, 20)
    body(s, x, y, [(0, 10 * k), (4 * k, 12 * k), (14 * k, 23 * k), (22 * k, 27 * k)], tone)
    c.oval(x, y - 22 * k, 27 * k, 6.2 * k, lighter(tone, 0.2))
    c.oval(x, y - 21.8 * k, 25 * k, 5.2 * k, (196, 128, 62))
    for i in range(5):
        c.line(
            [(x + (-14 + 5 * i) * k, y - (21 + i % 2 * 2) * k), (x + (-6 + 5 * i) * k, y - (23.4 - i % 2 * 2) * k)],
            0.9 * k,
            (244, 214, 146),
        )
    c.oval(x + 9 * k, y - 22.4 * k, 5.6 * k, 2.3 * k, (252, 246, 232))
    c.oval(x + 9 * k, y - 22.6 * k, 2.8 * k, 1.2 * k, (240, 158, 50))
    for dx in (-16, -12.5):
        c.line([(x + dx * k, y - 23 * k), (x + (dx - 14) * k, y - 46 * k)], 0.9 * k, (120, 62, 44))


_THINGS = {
    "vase": _paint_vases, "bottle": _paint_bottle, "fruit": _paint_fruit, "glass": _paint_glass, "cup": _paint_cup,
    "plant": _paint_plant, "cactus": _paint_cactus, "candle": _paint_candle, "bowl": _paint_bowl,
}  # fmt: skip


def paint_product(s: Stage) -> None:
    """A bottle on a round plinth, lit from the side, its label set in the model's label face."""
    c, p = s.canvas, s.palette
    ground = (
        (mix(p.paper, p.accent(0), 0.24), lighter(p.far, 0.3), mix(p.low, p.paper, 0.4))[s.variant(3)]
        if not s.night
        else darker(p.top, 0.1)
    )
    k = s.style.shading
    floor = c.h * 0.76
    c.wash((0, 0, c.w, floor), ((0, darker(ground, 0.1 * k)), (1, lighter(ground, 0.12 * k))))
    c.wash((0, floor, c.w, c.h - floor), ((0, darker(ground, 0.08)), (1, darker(ground, 0.2))))
    c.glow(c.w / 2, c.h * 0.45, 60, c.h * 0.5, lighter(ground, 0.5), 0.5 * k + 0.15, 1.5)
    tall = min(c.h * 0.68, c.w * 0.95)
    base = c.h * 0.82
    c.outline = (s.style.outline * 0.8, darker(p.ink, 0.1)) if s.outlined else None
    plinth = mix(ground, p.accent(0), 0.3)
    cast(s, c.w / 2, base + 6, tall * 0.36, tall * 0.3)
    body(s, c.w / 2, base + 7, [(0, tall * 0.36), (7, tall * 0.36)], plinth)
    c.oval(c.w / 2, base, tall * 0.36, tall * 0.055, lighter(plinth, 0.16))
    box = bottle(s, c.w / 2, base, tall, p.accent(0))
    c.outline = None
    _label(s, box)


def _label(s: Stage, box: tuple[float, float, float, float]) -> None:
    """Paper round the bottle; three lines at most, then smaller ones under a rule."""
    c, p, (x, y, w, h) = s.canvas, s.palette, box
    paper = p.paper
    c.wash(
        box,
        ((0, darker(paper, 0.14 * s.style.shading)), (0.3, lighter(paper, 0.3)), (1, darker(paper, 0.26 * s.style.shading))),
        across=True,
    )
    c.rect(x + w * 0.07, y + h * 0.06, w * 0.86, 0.3, p.accent(0))
    c.rect(x + w * 0.07, y + h * 0.93, w * 0.86, 0.3, p.accent(0))
    texts = s.texts[:3]
    shares = [2.0] + [1.0] * (len(texts) - 1)
    top, room = y + h * 0.12, h * (0.72 if len(texts) == 1 else 0.78)
    for share, text in zip(shares, texts, strict=False):
        row = room * share / sum(shares)
        plain(c, fit(c, text, s.face("label"), w * 0.8, row * 0.84, lines=4), x + w / 2, top + row / 2, readable(paper, p.ink))
        top += row
    for i in range(2 if len(texts) < 2 else 0):
        c.rect(x + w * (0.3 + 0.06 * i), y + h * (0.84 + 0.045 * i), w * (0.4 - 0.12 * i), 0.35, clear(p.ink, 0.5))
