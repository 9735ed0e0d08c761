"""Words to be drawn, as the parts of the reader hand them on."""

from dataclasses import dataclass

from routing.reading.cues import Cue
from routing.reading.roles import Role

type Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lettering:
    """The words, where they stand in the script (their marks included), and what gave them away. ``sure`` is 0 to 1."""

    text: str
    start: int
    end: int
    cue: Cue | None
    role: Role | None
    sure: float
    quoted: bool = False
