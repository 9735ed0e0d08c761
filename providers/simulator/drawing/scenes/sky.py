"""Sky, its light, and weather: shared by every scene that happens outdoors."""

from providers.simulator.drawing.colour import WHITE, clear, lighter, mix
from providers.simulator.drawing.stage import Stage


def sky(s: Stage, horizon: float, *, sun_at: tuple[float, float] | None = None, size: float = 8) -> tuple[float, float]:
    """Gradient, stars at night, sun or moon with its glow. Returns where the light stands."""
    c, p = s.canvas, s.palette
    c.wash((0, 0, c.w, horizon + 1), ((0, p.top), (0.62, mix(p.top, p.low, 0.7)), (1, p.low)))
    if s.night:
        stars(s, horizon * 0.8)
    x, y = sun_at or (c.w * s.rng.uniform(0.58, 0.8), horizon * s.rng.uniform(0.32, 0.55))
    reach = size * (5.5 if s.style.shading > 0.4 else 3.6)
    c.glow(x, y, reach, reach, p.sun, 0.34 + 0.3 * s.style.shading, 2.2)
    c.disc(x, y, size, p.sun)
    if s.night and size < 10 and s.variant(2):
        c.disc(x + size * 0.42, y - size * 0.22, size * 0.86, mix(p.top, p.low, 0.3))
    return x, y


def stars(s: Stage, depth: float) -> None:
    c = s.canvas
    for _ in range(round(s.count(40, 130) * c.w * c.h / 1e4)):
        x, y, light = s.fine.uniform(0, c.w), s.fine.uniform(0, depth) ** 1.0, s.fine.random()
        c.disc(x, y, 0.12 + 0.26 * light**3, clear(WHITE, 0.35 + 0.6 * light))


def clouds(s: Stage, horizon: float) -> None:
    """Long flat banks, crisp or soft after the model's hand."""
    c, p = s.canvas, s.palette
    tone = lighter(p.low, 0.35) if not s.night else mix(p.low, p.far, 0.4)
    for _ in range(s.rng.choice((2, 3))):
        x, y, span = s.rng.uniform(0, c.w), horizon * s.rng.uniform(0.12, 0.62), s.rng.uniform(16, 34)
        for i in range(4):
            dx, w = (i - 1.5) * span * 0.24, span * (0.5 - 0.09 * abs(i - 1.5))
            c.rect(x + dx - w / 2, y - i % 2 * 2.2, w, 2.6, clear(tone, 0.42), 1.3)


def birds(s: Stage, x: float, y: float) -> None:
    c, p = s.canvas, s.palette
    for i in range(s.count(3, 7)):
        bx, by, span = x + i * 3.4 + s.fine.uniform(-1, 1), y + s.fine.uniform(-3, 3), s.fine.uniform(0.9, 1.5)
        c.line([(bx - span, by - span * 0.4), (bx, by), (bx + span, by - span * 0.4)], 0.28, p.layer(0.85))


def weather(s: Stage, *, over: float = 1.0) -> None:
    """Rain streaks, snowflakes or a fog bank over the lower part, as the prompt asks."""
    c, p = s.canvas, s.palette
    area = c.w * c.h / 1e4
    if "rain" in s.reading.weather:
        for _ in range(round(s.count(60, 240) * area)):
            x, y, long = s.fine.uniform(-5, c.w), s.fine.uniform(-5, c.h * over), s.fine.uniform(2.5, 6.5)
            c.line([(x, y), (x - long * 0.16, y + long)], 0.13, clear(lighter(p.low, 0.45), s.fine.uniform(0.12, 0.36)))
    if "snow" in s.reading.weather:
        for _ in range(round(s.count(70, 260) * area)):
            size = s.fine.random() ** 3 * 0.75 + 0.16
            c.disc(s.fine.uniform(0, c.w), s.fine.uniform(0, c.h), size, clear(WHITE, 0.85))
    if "fog" in s.reading.weather:
        for level in (0.45, 0.62, 0.8):
            c.glow(c.w * s.rng.uniform(0.2, 0.8), c.h * level, c.w * 0.8, 13, lighter(p.low, 0.3), 0.5, 1.4)
