"""What a scene gets to work with."""

from dataclasses import dataclass
from random import Random

from .canvas import Canvas
from .faces import ROLES
from .palette import Palette
from .reading import Reading
from .style import Style


@dataclass(frozen=True, slots=True)
class Stage:
    """``rng`` decides the composition; ``fine`` only the detail, so that draft and HD show the same picture.

    ``layout`` comes from prompt and seed alone: another seed turns every model to another of its layouts.
    """

    canvas: Canvas
    reading: Reading
    palette: Palette
    style: Style
    rng: Random
    fine: Random
    layout: int
    texts: tuple[str, ...]
    detail: float

    def face(self, role: str) -> str:
        row = ROLES[role]
        return row[self.style.type_choice % len(row)]

    def variant(self, count: int) -> int:
        """The layout for this model and seed."""
        return (self.style.variant + self.layout) % count

    def count(self, low: int, high: int) -> int:
        """More things at higher detail."""
        return round(low + (high - low) * self.detail)

    @property
    def outlined(self) -> bool:
        return self.style.outline > 0

    @property
    def night(self) -> bool:
        return self.palette.dark
