"""The routing slip: what was read, why, which models, seconds and credits, in one or two sentences.

Structured, not HTML: a sentence is a row of pieces, each with the part it plays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from routing import sentences, wording
from routing.pieces import Piece
from routing.types import Plan


class Kind(StrEnum):
    """The edge: blue for a decision on quoted text, grey for any other, amber when something needs the person."""

    QUOTED = "quoted"
    PLAIN = "plain"
    WARN = "warn"


class Action(StrEnum):
    """The one link of the slip."""

    WHY = "Why these?"
    BACK_TO_AUTO = "Back to Auto"
    CLOSE_QUOTE = "Close it"


@dataclass(frozen=True, slots=True)
class Slip:
    """``seconds`` and ``credits`` are of the models the sentence names. ``has_reasons``: ``routing.why`` has something to say."""

    kind: Kind
    sentence: tuple[Piece, ...]
    seconds: float
    credits: int
    action: Action
    has_reasons: bool

    @property
    def text(self) -> str:
        """The sentence without its setting, for a screen reader or to see whether it changed."""
        return "".join(piece.text for piece in self.sentence)

    @property
    def estimate(self) -> tuple[str, ...]:
        """ "est. 3 s" and "6 credits"; nothing when no model runs."""
        return (f"est. {wording.seconds(self.seconds)}", wording.counted(self.credits, "credit")) if self.seconds else ()


def slip(plan: Plan) -> Slip:
    """Say a plan in plain words."""
    named = tuple(route for route in plan.routes if route.by_auto) or plan.routes
    return Slip(
        kind=_kind(plan),
        sentence=tuple(piece for piece in _sentence(plan) if piece.text),
        seconds=max((route.expected_seconds for route in named), default=0.0),
        credits=sum(route.credits for route in named),
        action=_action(plan),
        has_reasons=plan.auto or bool(plan.routes or plan.left_out),
    )


def _sentence(plan: Plan) -> Iterator[Piece]:
    yield from sentences.unclosed(plan.reading)
    yield from sentences.auto(plan) if plan.auto else sentences.manual(plan)
    yield from sentences.succession(plan)
    yield from sentences.resting(plan)
    yield from sentences.left_out(plan)


def _kind(plan: Plan) -> Kind:
    if plan.left_out or plan.reading.unclosed_quote is not None or any(route.resting for route in plan.routes):
        return Kind.WARN
    return Kind.QUOTED if plan.auto and plan.reading.texts else Kind.PLAIN


def _action(plan: Plan) -> Action:
    if plan.reading.unclosed_quote is not None:
        return Action.CLOSE_QUOTE
    return Action.WHY if plan.auto else Action.BACK_TO_AUTO
