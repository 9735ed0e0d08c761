"""Mountains, hills, dunes, forest, lake and sea, built from far to near with aerial perspective."""

from providers.simulator.drawing.canvas import Point
from providers.simulator.drawing.colour import WHITE, clear, darker, lighter, mix
from providers.simulator.drawing.shapes import craggy, ground, rolling, smooth
from providers.simulator.drawing.stage import Stage

from .caption import caption
from .sky import birds, clouds, sky, weather


def paint(s: Stage) -> None:
    c, kind = s.canvas, _kind(s)
    water = kind in {"sea", "lake"}
    horizon = c.h * (0.56 if water else 0.74)
    sun = sky(s, horizon if water else c.h, sun_at=(c.w * s.rng.uniform(0.6, 0.78), c.h * s.rng.uniform(0.2, 0.3)))
    clouds(s, horizon)
    if kind == "sea":
        _sea(s, horizon, sun)
    else:
        _relief(s, kind, horizon)
    if kind == "lake":
        c.reflect(horizon, c.h - horizon, opacity=0.78, tint=mix(s.palette.near, s.palette.top, 0.35), smear=0.7, squash=0.9)
        _glitter(s, horizon, sun[0], 0.3)
        _shore(s)
    if s.detail > 0.25:
        birds(s, c.w * s.rng.uniform(0.12, 0.4), c.h * s.rng.uniform(0.2, 0.3))
    if s.style.mirrored:
        c.flip()
    weather(s)
    caption(s, mix(s.palette.top, s.palette.low, 0.4), cy=c.h * 0.16, height=min(24, c.h * 0.22))


def _kind(s: Stage) -> str:
    order = ("lake", "sea", "dune", "forest", "mountain", "hill")
    found = [kind for kind in order if kind in s.reading.subjects or (kind == "sea" and "wave" in s.reading.subjects)]
    return found[0] if found else ("mountain", "hill", "dune")[s.variant(3)]


def _relief(s: Stage, kind: str, horizon: float) -> None:
    """Five or six layers; with a lake the last ones stop at the water line."""
    c, p = s.canvas, s.palette
    layers = 4 if kind == "lake" else 6
    for i in range(layers):
        share = i / (layers - 1)
        base = horizon * 0.98 if kind == "lake" else c.h * (0.6 + 0.42 * share)
        line = _line(s, kind, i, share, base)
        tone = p.layer(0.08 + 0.92 * share**1.15)
        mist = mix(tone, p.low, 0.34 * (1 - share) * s.style.shading + 0.05)
        bottom = horizon if kind == "lake" else c.h + 1
        peak = min(y for _, y in line)
        stops = (
            (0, lighter(tone, 0.05 * s.style.shading)),
            (min(0.95, 26 / max(27, bottom - peak)), mix(tone, mist, 0.6)),
            (1, mist),
        )
        c.shaded(ground(line, bottom), stops)
        if kind in {"mountain", "lake"} and i < 2:
            _snow(s, line, i)
        if kind in {"dune"}:
            _crest(s, line, tone)
        if kind in {"forest", "lake", "mountain"} and share > (0.3 if kind == "forest" else 0.6):
            _pines(s, line, tone, share, dense=kind == "forest")


def _line(s: Stage, kind: str, number: int, share: float, base: float) -> list[Point]:
    c = s.canvas
    if kind in {"mountain", "lake"} and share < 0.7:
        return craggy(s.rng, c.w, base + 4, 40 - 24 * share, 0.13, 5)
    if kind == "dune":
        return _dune_line(s, base, 13 - 5 * share)
    return rolling(
        s.rng, c.w, base - (6 if kind == "lake" else 0), (6 if kind == "lake" else 8) - 2.5 * share, 0.8 + 0.35 * share, 90
    )


def _dune_line(s: Stage, base: float, height: float) -> list[Point]:
    """Long slopes to windward, short ones to leeward."""
    x, points = -30 + s.rng.uniform(-10, 0), []
    while x < s.canvas.w + 40:
        span = s.rng.uniform(42, 74)
        points += [(x, base), (x + span * 0.42, base - height * 0.55), (x + span * 0.68, base - height * s.rng.uniform(0.8, 1.1))]
        x += span
    return smooth(points, closed=False, steps=10)


def _crest(s: Stage, line: list[Point], tone: tuple[int, int, int]) -> None:
    lee = [(x + 1.5, y + 0.4 + 5 * (i % 2)) for i, (x, y) in enumerate(line) if i % 5 == 0]
    if s.style.shading > 0.3 and len(lee) > 3:
        s.canvas.line([(x, y + 0.25) for x, y in line], 0.35, clear(lighter(tone, 0.4), 0.5))


def _snow(s: Stage, line: list[Point], number: int) -> None:
    """Caps on every summit: the lit flank light, its torn lower edge following the slope."""
    c, p = s.canvas, s.palette
    cap = mix(lighter(p.low, 0.55), WHITE, 0.3) if not s.night else lighter(p.far, 0.35)
    summits = [i for i in range(12, len(line) - 12) if line[i][1] == min(y for _, y in line[i - 12 : i + 13])]
    for i in summits:
        x, y = line[i]
        low = y + (9 if number == 0 else 6)
        left = [pt for pt in line[max(0, i - 30) : i] if pt[1] < low][-16:]
        right = [pt for pt in line[i : i + 30] if pt[1] < low][:16]
        if len(left) < 2 or len(right) < 2:
            continue
        zigzag: list[Point] = []
        steps = 6
        for n in range(1, steps):
            t = n / steps
            zigzag.append(
                (
                    right[-1][0] + (left[0][0] - right[-1][0]) * t,
                    right[-1][1] + (left[0][1] - right[-1][1]) * t - (2.6 if n % 2 else -0.6),
                )
            )
        c.polygon([*left, *right, *zigzag], clear(cap, 0.92 if number == 0 else 0.6))
        if s.style.shading > 0.3:
            c.polygon([(x, y), *right, *zigzag[: steps // 2]], clear(mix(p.far, p.near, 0.45), 0.34))


def _pines(s: Stage, line: list[Point], tone: tuple[int, int, int], share: float, *, dense: bool) -> None:
    """Trees on a ridge, three skirts each."""
    c = s.canvas
    colour = darker(tone, 0.28 if dense else 0.35)
    step = max(1, round((3 if dense else 5) - 2 * s.detail))
    for x, y in line[::step]:
        if s.rng.random() < (0.85 if dense else 0.5):
            tall = s.rng.uniform(3.4, 6.6) * (0.5 + share) * (1.3 if dense else 0.8)
            _pine(s, x + s.rng.uniform(-0.8, 0.8), y + 1.2, tall, colour)
    c.outline = None


def _pine(s: Stage, x: float, y: float, tall: float, colour: tuple[int, int, int]) -> None:
    for i, wide in enumerate((0.22, 0.17, 0.11)):
        top = y - tall * (0.5 + 0.25 * i)
        s.canvas.polygon(
            [(x - tall * wide, y - tall * (0.1 + 0.24 * i)), (x, top), (x + tall * wide, y - tall * (0.1 + 0.24 * i))], colour
        )
    s.canvas.rect(x - tall * 0.025, y - tall * 0.14, tall * 0.05, tall * 0.16, colour)


def _glitter(s: Stage, horizon: float, x: float, strength: float) -> None:
    """Broken light on water under the sun."""
    c, depth = s.canvas, s.canvas.h - horizon
    for _ in range(s.count(26, 80)):
        t = s.fine.random() ** 1.4
        wide = (1 + 6 * t) * s.fine.uniform(0.4, 1.2)
        cx = x + s.fine.gauss(0, 1.6 + 7 * t)
        c.rect(
            cx - wide,
            horizon + 0.8 + depth * 0.94 * t,
            2 * wide,
            0.22 + 0.5 * t,
            clear(s.palette.sun, strength * (1 - 0.5 * t)),
            0.4,
        )


def _shore(s: Stage) -> None:
    """A dark near bank with reeds and pines, framing one corner."""
    c, p = s.canvas, s.palette
    tone = darker(p.near, 0.25)
    bank = smooth([(-6, c.h * 0.86), (c.w * 0.16, c.h * 0.9), (c.w * 0.36, c.h * 0.955), (c.w * 0.58, c.h * 1.01)], closed=False)
    c.polygon([*bank, (-6, c.h + 6)], tone)
    for _ in range(s.count(4, 7)):
        x = s.rng.uniform(-2, c.w * 0.24)
        _pine(s, x, c.h * 0.9 + x * 0.05, s.rng.uniform(16, 30), tone)


def _sea(s: Stage, horizon: float, sun: tuple[float, float]) -> None:
    """Water bands, a headland, light on the water, a boat."""
    c, p = s.canvas, s.palette
    deep = mix(p.near, p.top, 0.25)
    c.wash((0, horizon, c.w, c.h - horizon), ((0, mix(p.low, deep, 0.35)), (0.35, mix(p.top, deep, 0.55)), (1, deep)))
    headland = rolling(s.rng, c.w * 0.5, horizon - 2, 5, 0.7, 40)
    c.polygon([*[(x, min(horizon, y * 0.98 + 0.02 * horizon + x * 0.1)) for x, y in headland], (-3, horizon)], p.layer(0.35))
    _glitter(s, horizon, sun[0], 0.75)
    for i in range(4):
        y = horizon + (c.h - horizon) * (0.5 + 0.15 * i)
        line = rolling(s.rng, c.w, y, 1.1 + 0.7 * i, 2.2 - 0.25 * i, 120)
        c.polygon(ground(line, c.h + 1), clear(darker(deep, 0.1 + 0.13 * i), 0.72))
        c.line(line, 0.2 + 0.07 * i, clear(lighter(p.low, 0.3), 0.4))
    _boat(s, c.w * s.rng.uniform(0.24, 0.42), horizon + 3.4, 7)


def _boat(s: Stage, x: float, y: float, size: float) -> None:
    c, p = s.canvas, s.palette
    c.polygon(
        [(x - size * 0.5, y), (x + size * 0.55, y), (x + size * 0.32, y + size * 0.2), (x - size * 0.36, y + size * 0.2)],
        darker(p.ink, 0.1),
    )
    c.polygon([(x + 0.1, y - size * 1.3), (x + 0.1, y - size * 0.1), (x + size * 0.52, y - size * 0.1)], p.accent(0))
    c.polygon([(x - 0.3, y - size * 1.1), (x - 0.3, y - size * 0.1), (x - size * 0.4, y - size * 0.1)], lighter(p.paper, 0.2))
    c.rect(x - size * 0.34, y + size * 0.26, size * 0.7, 0.5, clear(p.ink, 0.35), 0.3)
