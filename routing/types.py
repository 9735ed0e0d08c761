"""What routing reads and what it decides. Prices are whole credits, times are seconds, sizes are pixels."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from providers.errors import ErrorKind
from providers.types import ModelSpec, Quality, Size
from routing.allowance import EVERYTHING, Allowance
from routing.reading.types import Complexity, Evidence, FormatWish, Look, Shape


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
    ``evidence`` is in order of its place and may overlap. ``wish`` is a kind of file asked for, or None.
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
    wish: FormatWish | None = None

    @property
    def quotes(self) -> bool:
        """Whether every text to be drawn stands in quotation marks."""
        return all(text.quoted for text in self.texts)


class Wording(StrEnum):
    """Whether a prompt may be worded for the model it goes to, or goes out letter for letter."""

    ADAPTED = "adapted"
    AS_WRITTEN = "as_written"


class Author(StrEnum):
    """Who worded what a model is sent."""

    PERSON = "person"
    RULES = "rules"
    LANGUAGE_MODEL = "language_model"


AS_WRITTEN = "Sent as written."


@dataclass(frozen=True, slots=True)
class Adaptation:
    """The wording sent to one model. ``reasons`` say what changed and why, or that nothing did."""

    prompt: str
    negative_prompt: str = ""
    reasons: tuple[str, ...] = (AS_WRITTEN,)
    author: Author = Author.PERSON


NOTHING_OWN: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Brief:
    """What the person asked for. ``intent`` None means Auto. ``cap`` is the most credits a run may hold, or None.

    ``reference``: a picture to go by comes with the prompt. ``own`` is the person's own wording by model id: it wins over
    ``wording`` and is never changed.
    """

    prompt: str
    intent: Intent | None
    size: Size
    quality: Quality
    cap: int | None = None
    reference: bool = False
    wording: Wording = Wording.ADAPTED
    own: Mapping[str, str] = NOTHING_OWN

    def prompt_for(self, model_id: str) -> str:
        """What the person wrote for this model: their own wording for it, or the prompt."""
        return self.own.get(model_id, self.prompt)


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
class Reason:
    """Why a model was taken, a sentence. ``weight``: its part, in points, of the score that put the models in order, or 0."""

    text: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Route:
    """One model chosen, with everything needed to ask it. ``quality`` is the nearest the model offers.

    ``usd`` is what the provider is expected to charge us, for the reference too if there is one.
    ``by_auto`` tells Auto's choice from the person's own. ``fallbacks`` are model ids, best first, none dearer than this route.
    ``resting``: it was chosen all the same, and a fallback will most likely answer. ``succession`` is the one of the notes that
    says in whose place it stands, or empty. ``held_back``: it would
    draw in HD, as it was asked, if the person's allowance had an HD image for it.
    """

    model: ModelSpec
    quality: Quality
    size: Size
    usd: Decimal
    credits: int
    expected_seconds: float
    adaptation: Adaptation
    reasons: tuple[Reason, ...]
    notes: tuple[str, ...]
    fallbacks: tuple[str, ...]
    by_auto: bool = False
    resting: Resting | None = None
    succession: str = ""
    held_back: bool = False

    @property
    def prompt(self) -> str:
        """The prompt as it is sent."""
        return self.adaptation.prompt


class Cause(StrEnum):
    """Why a model is not in the plan."""

    OVER_CAP = "over_cap"
    DOWN = "down"
    RETIRED = "retired"
    PROMPT_TOO_LONG = "prompt_too_long"
    TOO_MANY = "too_many"
    NOT_TAKEN = "not_taken"
    NOT_IN_PLAN = "not_in_plan"
    HD_USED_UP = "hd_used_up"
    FORBIDDEN = "forbidden"
    RULED_OUT = "ruled_out"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A model that is not in the plan. ``reason`` completes "GPT Image 2, …": "over your cap by 3".

    ``credits`` is what it would have cost. ``by_auto``: Auto would have taken it, the person did not tick it.
    """

    model: ModelSpec
    reason: str
    cause: Cause
    credits: int = 0
    by_auto: bool = False


@dataclass(frozen=True, slots=True)
class Spare:
    """A model that is not in the plan and would answer now, in the nearest quality it offers."""

    model: ModelSpec
    quality: Quality
    credits: int
    expected_seconds: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole decision, ready to be frozen in rows.

    ``left_out`` are models that somebody wanted, the person or Auto. ``by_reference``: Auto chose among models that go by the
    picture which came with the prompt. ``wish`` is the kind of file it looked for, or None. ``forbidden`` are the ids of all
    models that a rule of an admin keeps out of this intent; ``allowance`` is what the plan keeps to.
    """

    reading: Reading
    intent: Intent
    auto: bool
    routes: tuple[Route, ...]
    left_out: tuple[LeftOut, ...]
    by_reference: bool = False
    wish: FormatWish | None = None
    allowance: Allowance = EVERYTHING
    forbidden: frozenset[str] = frozenset()
    explain: Callable[[], tuple[LeftOut, ...]] = field(default=tuple, compare=False, repr=False)
    stand_by: Callable[[], tuple[Spare, ...]] = field(default=tuple, compare=False, repr=False)

    @property
    def not_taken(self) -> tuple[LeftOut, ...]:
        """Every other model of the catalogue with its reason, found out when asked: it takes longer than the decision."""
        return self.explain()

    @property
    def spare(self) -> tuple[Spare, ...]:
        """Who could be asked beside or instead, best first, within what the routes leave of the cap; found out when asked too."""
        return self.stand_by()

    @property
    def credits(self) -> int:
        return sum(route.credits for route in self.routes)

    @property
    def expected_seconds(self) -> float:
        """Routes run side by side, so the slowest one sets the time."""
        return max((route.expected_seconds for route in self.routes), default=0.0)
