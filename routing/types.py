"""What routing reads and what it decides. Prices are whole credits, times are seconds, sizes are pixels."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from providers.errors import ErrorKind
from providers.types import ModelSpec, Quality, Size
from routing.reading.types import Complexity, Evidence, Look, Shape


class Intent(StrEnum):
    DRAFT = "draft"
    FINAL = "final"
    TYPOGRAPHY = "typography"
    PHOTOREAL = "photoreal"
    ILLUSTRATION = "illustration"

    @property
    def label(self) -> str:
        return INTENT_LABELS[self]


INTENT_LABELS = {
    Intent.DRAFT: "Draft",
    Intent.FINAL: "Final HD",
    Intent.TYPOGRAPHY: "Logo & type",
    Intent.PHOTOREAL: "Photoreal",
    Intent.ILLUSTRATION: "Illustration",
}


@dataclass(frozen=True, slots=True)
class DrawnText:
    """Words to be drawn exactly. ``start`` and ``end`` span the words in the prompt, quotation marks included.

    ``confidence`` is how sure the reader is, above 0 and at most 1; ``quoted`` tells words in marks from words in the open.
    """

    text: str
    start: int
    end: int
    confidence: float = 1.0
    quoted: bool = True


NOTHING_TOLD = Complexity()


@dataclass(frozen=True, slots=True)
class Reading:
    """What the prompt says: the intent, the texts to be drawn, the words that gave it away.

    ``cues`` are the words for the intent as written, each once. ``unclosed_quote`` is the text after an opening quotation mark
    that is never closed, or None. ``wants_text`` also holds where lettering is asked for whose words are a placeholder: "[CITY]".
    ``evidence`` is in order of its place and may overlap.
    """

    intent: Intent
    texts: tuple[DrawnText, ...] = ()
    cues: tuple[str, ...] = ()
    unclosed_quote: str | None = None
    wants_text: bool = False
    look: Look = Look.OTHER
    shape: Shape | None = None
    complexity: Complexity = NOTHING_TOLD
    evidence: tuple[Evidence, ...] = ()

    @property
    def quotes(self) -> bool:
        """Whether every text to be drawn stands in quotation marks."""
        return all(text.quoted for text in self.texts)


@dataclass(frozen=True, slots=True)
class Brief:
    """What the person asked for. ``intent`` None means Auto. ``cap`` is the most credits a run may hold, or None.

    ``reference``: a picture to go by comes with the prompt.
    """

    prompt: str
    intent: Intent | None
    size: Size
    quality: Quality
    cap: int | None = None
    reference: bool = False


@dataclass(frozen=True, slots=True)
class Resting:
    """Why a model or a provider is left alone for now, ``since`` when and ``until`` when, in the hours people read.

    ``being_tried``: one call is finding out at this moment; ``until`` is how long that may take.
    """

    cause: ErrorKind
    since: datetime
    until: datetime
    being_tried: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """One model chosen, with everything needed to ask it. ``quality`` is the nearest the model offers.

    ``usd`` is what the provider is expected to charge us, for the reference too if there is one.
    ``by_auto`` tells Auto's choice from the person's own. ``fallbacks`` are model ids, best first, none dearer than this route.
    ``resting``: it was chosen all the same, and a fallback will most likely answer. ``succession`` is the one of the notes that
    says in whose place it stands, or empty.
    """

    model: ModelSpec
    quality: Quality
    size: Size
    usd: Decimal
    credits: int
    expected_seconds: float
    prompt: str
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    fallbacks: tuple[str, ...]
    by_auto: bool = False
    resting: Resting | None = None
    succession: str = ""


class Cause(StrEnum):
    """Why a model is not in the plan."""

    OVER_CAP = "over_cap"
    DOWN = "down"
    RETIRED = "retired"
    PROMPT_TOO_LONG = "prompt_too_long"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A model somebody wanted that is not in the plan. ``reason`` completes "GPT Image 2, …": "over your cap by 3".

    ``credits`` is what it would have cost. ``by_auto``: Auto would have taken it, the person did not tick it.
    """

    model: ModelSpec
    reason: str
    cause: Cause
    credits: int = 0
    by_auto: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole decision, ready to be frozen in rows."""

    reading: Reading
    intent: Intent
    auto: bool
    routes: tuple[Route, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def credits(self) -> int:
        return sum(route.credits for route in self.routes)

    @property
    def expected_seconds(self) -> float:
        """Routes run side by side, so the slowest one sets the time."""
        return max((route.expected_seconds for route in self.routes), default=0.0)
