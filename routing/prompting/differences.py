"""What was added to a prompt and what was taken out, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from operator import itemgetter

from routing.reading.cues import IDEOGRAPH

# A piece is a word with the space after it, or the space before the first word. Ideographs and marks stand alone.
PIECE = re.compile(rf"(?:[{IDEOGRAPH}]|[^\W{IDEOGRAPH}]+(?:['’-][^\W{IDEOGRAPH}]+)*|[^\w\s])\s*|\s+")

MOST = 1_000  # pieces compared one by one


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
    """How to get from the one text to the other, in the order to read it. Pieces are the same if their words are, whatever space
    follows; the space shown is that of the adapted text.
    """
    before, after = PIECE.findall(original), PIECE.findall(adapted)
    old, new = [piece.rstrip() for piece in before], [piece.rstrip() for piece in after]
    first = _alike(old, new)
    last = _alike(old[first:][::-1], new[first:][::-1])
    middle = _changes(before[first : len(old) - last], after[first : len(new) - last])
    changes = [(Change.KEPT, after[:first]), *middle, (Change.KEPT, after[len(new) - last :])]
    joined = (
        (kind, "".join(piece for _, pieces in run for piece in pieces)) for kind, run in groupby(changes, key=itemgetter(0))
    )
    return tuple(Difference(kind, text) for kind, text in joined if text)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many pieces both begin with."""
    return next(
        (place for place, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), min(len(one), len(other))
    )


def _changes(before: list[str], after: list[str]) -> Iterator[tuple[Change, list[str]]]:
    """What lies between the pieces both begin and end with; all of it, where comparing would take too long."""
    if max(len(before), len(after)) > MOST:
        yield from ((Change.REMOVED, before), (Change.ADDED, after))
        return
    matcher = SequenceMatcher(None, [piece.rstrip() for piece in before], [piece.rstrip() for piece in after])
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            yield Change.KEPT, after[start:end]
        else:
            yield from ((Change.REMOVED, before[first:last]), (Change.ADDED, after[start:end]))
