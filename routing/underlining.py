"""What the page underlines in the prompt: stretches that do not overlap, in order, each with what it is underlined as."""

from enum import StrEnum
from typing import NamedTuple

from routing.reading.types import EvidenceKind
from routing.types import Reading

MOST = 80  # a prompt with more of them is not easier to read


class Stroke(StrEnum):
    """TEXT: words to be drawn. CUE: a word that decided something. OPEN: a quotation mark that is never closed."""

    TEXT = "text"
    CUE = "cue"
    OPEN = "open"


STROKES = {
    EvidenceKind.TEXT: Stroke.TEXT,
    EvidenceKind.UNCLOSED: Stroke.OPEN,
    EvidenceKind.NO_TEXT: Stroke.CUE,
    EvidenceKind.LOOK: Stroke.CUE,
    EvidenceKind.INTENT: Stroke.CUE,
    EvidenceKind.SHAPE: Stroke.CUE,
    EvidenceKind.FORMAT: Stroke.CUE,
}  # what is quoted and yet not to be drawn stays without


class Underline(NamedTuple):
    """``start`` and ``end`` count characters (code points) of the prompt."""

    start: int
    end: int
    stroke: Stroke


def underlines(reading: Reading) -> tuple[Underline, ...]:
    """Words to be drawn before cues: of two that overlap, the first in that order stays."""
    found = [Underline(one.start, one.end, STROKES[one.kind]) for one in reading.evidence if one.kind in STROKES]
    found.sort(key=lambda each: (each.stroke is Stroke.CUE, each.start, -each.end))
    kept: list[Underline] = []
    for one in found:
        if len(kept) < MOST and all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return tuple(sorted(kept))


def written(strokes: tuple[Underline, ...]) -> str:
    """ "0,9,text 14,18,cue": short enough for a header, and nothing of the prompt in it."""
    return " ".join(f"{one.start},{one.end},{one.stroke}" for one in strokes)
