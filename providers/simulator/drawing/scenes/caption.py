"""Words in a scene that has no sign to carry them: a quiet title in the calmest part."""

from providers.simulator.drawing.colour import RGB, readable
from providers.simulator.drawing.lettering import fit, plain
from providers.simulator.drawing.stage import Stage


def caption(s: Stage, ground: RGB, *, cy: float, height: float, width: float = 0.8, role: str = "headline") -> None:
    """All texts stacked around ``cy`` within ``height`` units; the first one largest."""
    if not s.texts:
        return
    c, texts = s.canvas, s.texts
    colour = readable(ground, s.palette.paper, s.palette.ink)
    shares = [2.2] + [1.0] * (len(texts) - 1)
    unit, y = height / sum(shares), cy - height / 2
    for share, text in zip(shares, texts, strict=True):
        block = fit(c, text, s.face(role), c.w * width, share * unit * 0.86)
        plain(c, block, c.w / 2, y + share * unit / 2, colour)
        y += share * unit
