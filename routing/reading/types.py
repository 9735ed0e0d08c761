"""What a reading says beyond its intent and texts. Spans count characters of the prompt as it was written."""

from dataclasses import dataclass
from enum import StrEnum

from providers.types import Size


class Look(StrEnum):
    """What the picture should look like; OTHER when nothing is said."""

    PHOTO = "photo"
    ILLUSTRATION = "illustration"
    LOGO = "logo"
    OTHER = "other"


class Orientation(StrEnum):
    SQUARE = "square"
    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"

    @classmethod
    def of(cls, width: int, height: int) -> "Orientation":
        if width == height:
            return cls.SQUARE
        return cls.LANDSCAPE if width > height else cls.PORTRAIT


class EvidenceKind(StrEnum):
    """What a stretch of the prompt is evidence for. NOT_TEXT: quoted, and yet not to be drawn."""

    TEXT = "text"
    NOT_TEXT = "not_text"
    NO_TEXT = "no_text"
    UNCLOSED = "unclosed"
    LOOK = "look"
    INTENT = "intent"
    SHAPE = "shape"
    FORMAT = "format"


class Level(StrEnum):
    SIMPLE = "simple"
    MODERATE = "moderate"
    COMPLEX = "complex"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch to underline, and a reason that completes its words: "“says” announces the words to be drawn"."""

    start: int
    end: int
    kind: EvidenceKind
    reason: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A size or an orientation asked in words. ``ratio`` and ``size`` are None where the words do not say as much."""

    orientation: Orientation
    start: int
    end: int
    ratio: tuple[int, int] | None = None
    size: Size | None = None


class Format(StrEnum):
    """What kind of file is asked for, where it is not simply pixels."""

    VECTOR = "vector"
    TRANSPARENT = "transparent"


@dataclass(frozen=True, slots=True)
class FormatWish:
    """A kind of file asked for in ``words``, which stand from ``start`` to ``end``."""

    format: Format
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Complexity:
    """How much there is to get right, as counts of words."""

    subjects: int = 0
    light: int = 0
    material: int = 0
    composition: int = 0

    @property
    def level(self) -> Level:
        details = min(self.subjects, 6) + self.light + self.material + self.composition
        if details < 5:
            return Level.SIMPLE
        return Level.MODERATE if details < 14 else Level.COMPLEX
