"""The shape a prompt asks for in its words, where another one is chosen: said beside the picker, and never chosen by itself."""

from dataclasses import dataclass

from providers.types import Size
from routing import sizing
from routing.reading.types import Orientation, Shape

WITHOUT_A_RATIO = {Orientation.SQUARE: "1:1", Orientation.LANDSCAPE: "4:3", Orientation.PORTRAIT: "3:4"}


@dataclass(frozen=True, slots=True)
class ShapeHint:
    """``said`` are the prompt's own words, ``shape`` is the name in ``sizing.SHAPES`` that comes nearest to them."""

    said: str
    shape: str


def shape_hint(prompt: str, asked: Shape | None, chosen: str) -> ShapeHint | None:
    """What to offer while ``chosen`` (a name in ``sizing.SHAPES``) is picked; None if it is as near as any.

    An orientation alone is content with every shape of that orientation.
    """
    if asked is None:
        return None
    wanted = asked.size or (Size(*asked.ratio) if asked.ratio else None)
    if wanted is None:
        there = sizing.SHAPES[chosen]
        shape = chosen if asked.orientation is Orientation.of(there.width, there.height) else WITHOUT_A_RATIO[asked.orientation]
    else:
        best = sizing.nearest(wanted, tuple(sizing.SHAPES.values()))
        shape = next(name for name, size in sizing.SHAPES.items() if size == best)
    return None if shape == chosen else ShapeHint(prompt[asked.start : asked.end], shape)
