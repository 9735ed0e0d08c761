"""What was added to a prompt and what was taken out, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from routing.reading.cues import IDEOGRAPH

# A piece is a word with the space after it, or the space before the first word. Ideographs and marks stand alone.
PIECE = re.compile(rf"(?:[{IDEOGRAPH}]|[^\W{IDEOGRAPH}]+(?:['’-][^\W{IDEOGRAPH}]+)*|[^\w\s])\s*|\s+")


class Change(StrEnum):
    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of text with its space. Kept and added ones, joined, are the adapted text; kept and removed ones hold every word
    of the original.
    """

    kind: Change
    text: str


def differences(original: str, adapted: str) -> tuple[Difference, ...]:
    """How to get from the one text to the other, in the order to read it."""
    return tuple(_merged(_changes(PIECE.findall(original), PIECE.findall(adapted))))


def _changes(before: list[str], after: list[str]) -> Iterator[Difference]:
    """Pieces are the same if their words are, whatever space follows; the space shown is that of the adapted text."""
    matcher = SequenceMatcher(None, [piece.rstrip() for piece in before], [piece.rstrip() for piece in after], autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            yield Difference(Change.KEPT, "".join(after[start:end]))
            continue
        yield Difference(Change.REMOVED, "".join(before[first:last]))
        yield Difference(Change.ADDED, "".join(after[start:end]))


def _merged(changes: Iterator[Difference]) -> Iterator[Difference]:
    return (change for change in changes if change.text)
