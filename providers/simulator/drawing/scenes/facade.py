"""Parts of streets: windows, doors, awnings, rows of buildings."""

from providers.simulator.drawing.colour import RGB, clear, darker, lighter, mix
from providers.simulator.drawing.stage import Stage


def shop_window(s: Stage, x: float, y: float, w: float, h: float, light: RGB) -> None:
    """A lit window with mullions, people or plants behind the glass."""
    c, p = s.canvas, s.palette
    frame = darker(p.near, 0.3)
    c.rect(x - 0.8, y - 0.8, w + 1.6, h + 1.6, frame, 0.5)
    c.wash((x, y, w, h), ((0, lighter(light, 0.25)), (1, mix(light, p.accent(0), 0.25))))
    inside = mix(light, darker(p.near, 0.2), 0.62)
    c.rect(x, y + h * 0.86, w, h * 0.14, inside)
    for i in range(max(1, int(w / 8))):
        px = x + 4 + i * 8 + s.rng.uniform(-1, 1)
        if px + 2 < x + w:
            _guest(s, px, y + h * 0.88, h * s.rng.uniform(0.42, 0.58), inside)
    for i in range(1, max(2, round(w / 9))):
        c.rect(x + w * i / max(2, round(w / 9)) - 0.25, y, 0.5, h, frame)
    c.rect(x, y + h * 0.2, w, 0.45, frame)
    if s.style.shading > 0.3:
        c.polygon(
            [(x + w * 0.08, y), (x + w * 0.24, y), (x + w * 0.08, y + h), (x, y + h), (x, y + h * 0.5)],
            clear((255, 255, 255), 0.13),
        )


def _guest(s: Stage, x: float, y: float, tall: float, colour: RGB) -> None:
    """Head and shoulders, or a hanging lamp, in silhouette."""
    c = s.canvas
    if s.rng.random() < 0.7:
        c.disc(x, y - tall * 0.8, tall * 0.17, colour)
        c.pie(x, y, tall * 0.42, 180, 360, colour)
        c.rect(x - tall * 0.3, y - tall * 0.3, tall * 0.6, tall * 0.3, colour, tall * 0.12)
    else:
        c.rect(x - 1.4, y - tall * 0.2, 2.8, tall * 0.2, colour)
        c.oval(x, y - tall * 0.45, 1.7, tall * 0.3, colour)


def door(s: Stage, x: float, y: float, w: float, h: float, light: RGB) -> None:
    c, p = s.canvas, s.palette
    c.rect(x - 0.7, y - 0.7, w + 1.4, h + 0.7, darker(p.near, 0.35))
    leaf = mix(p.accent(2), p.near, 0.45)
    c.rect(x, y, w, h, leaf)
    c.wash((x + w * 0.16, y + h * 0.08, w * 0.68, h * 0.56), ((0, lighter(light, 0.2)), (1, light)))
    c.rect(x + w * 0.16, y + h * 0.72, w * 0.68, h * 0.18, darker(leaf, 0.18))
    c.disc(x + w * 0.86, y + h * 0.68, 0.5, p.accent(1))


def awning(s: Stage, x: float, y: float, w: float, h: float, first: RGB, second: RGB) -> None:
    """Stripes ending in scallops, with a shadow under them."""
    c = s.canvas
    count = max(5, round(w / 7)) | 1
    step = w / count
    c.rect(x + 0.6, y + h * 0.7, w - 1.2, h * 0.75, clear((10, 8, 20), 0.22))
    for i in range(count):
        tone = first if i % 2 == 0 else second
        c.polygon(
            [
                (x + step * i + 0.7 * (1 - 2 * i / count), y),
                (x + step * (i + 1) + 0.7 * (1 - 2 * (i + 1) / count), y),
                (x + step * (i + 1), y + h * 0.72),
                (x + step * i, y + h * 0.72),
            ],
            tone,
        )
        c.pie(x + step * (i + 0.5), y + h * 0.72, step / 2, 0, 180, darker(tone, 0.08))


def buildings(s: Stage, base: float, height: float, tone: RGB, *, lit: bool) -> None:
    """A row of houses as silhouettes, some of their windows lit."""
    c, p, x = s.canvas, s.palette, -3.0
    while x < c.w + 3:
        w, h = s.rng.uniform(9, 19), height * s.rng.uniform(0.55, 1.15)
        c.rect(x, base - h, w, h + 0.5, mix(tone, p.low, s.rng.uniform(0, 0.12)))
        _panes(s, x, base - h, w, h, tone, lit)
        if s.rng.random() < 0.3:
            c.rect(x + w * 0.4, base - h - 4, 0.5, 4, tone)
        x += w + s.rng.choice((0.0, 0.0, 0.6))


def _panes(s: Stage, x: float, y: float, w: float, h: float, tone: RGB, lit: bool) -> None:
    c, p = s.canvas, s.palette
    columns, rows = max(1, int(w / 3.4)), int(h / 4.6)
    glow = mix(p.accent(1), (255, 220, 150), 0.4) if lit else lighter(tone, 0.16)
    for i in range(columns):
        for j in range(rows):
            if s.fine.random() < (0.22 if lit else 0.55) * (0.5 + s.detail):
                c.rect(x + 1.2 + i * (w - 1.4) / columns, y + 1.8 + j * 4.6, 1.3, 2.1, mix(glow, tone, s.fine.uniform(0, 0.45)))
