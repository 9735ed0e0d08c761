"""A sentence for people as a row of pieces, each with the part it plays; how it looks is the page's business."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from routing import wording
from routing.types import DrawnText


class Role(StrEnum):
    """How a piece is set: as running text, as a name, or as the blue of words to be drawn."""

    TEXT = "text"
    STRONG = "strong"
    TYPESET = "typeset"


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    role: Role = Role.TEXT


def names(labels: Iterable[str]) -> Iterator[Piece]:
    """ "**A**, **B** and **C**"."""
    yield from row([Piece(label, Role.STRONG) for label in labels])


def texts(drawn: Sequence[DrawnText], *, most: int = 3) -> Iterator[Piece]:
    """The texts to be drawn, in quotes; beyond ``most`` of them only how many more."""
    shown = [Piece(wording.quoted(text.text), Role.TYPESET) for text in drawn[:most]]
    more = len(drawn) - len(shown)
    yield from row([*shown, Piece(f"{more} more")] if more else shown)


def row(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces with commas and a last "and" between them."""
    for position, piece in enumerate(pieces):
        if position:
            yield Piece(" and " if position == len(pieces) - 1 else ", ")
        yield piece
