"""What stands in quotation marks, of whatever kind, and where a mark is never closed.

Straight and curly double quotes, single quotes, guillemets, German low quotes, CJK brackets and backticks. Not every such mark
quotes: apostrophes (it's, dogs' bowls, '90s, rock 'n' roll), inches and feet (24", 6'2") are left alone. Every mark looks ahead
only as far as another one of its kind has not looked in vain, so time grows with the length of the text and nothing else.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple


class Passage(NamedTuple):
    """A stretch in quotation marks. ``start`` and ``end`` span the marks, ``first`` and ``last`` what is between them."""

    mark: str
    start: int
    end: int
    first: int
    last: int

    @property
    def single(self) -> bool:
        return self.mark in SINGLE


# Opening mark -> what may close it, or the place where looking for that ends: a blank line for those easily mistaken, or a line.
CLOSING = {
    '"': re.compile(r'"|\n[^\S\n]*\n'),
    "“": re.compile("”"),
    "”": re.compile("”|\n"),  # as in Swedish and Finnish, and where keyboards help too little
    "„": re.compile("[“”]"),
    "«": re.compile("»"),
    "»": re.compile("«|\n"),  # as in German books
    "「": re.compile("」"),
    "『": re.compile("』"),
    "《": re.compile("》"),
    "〈": re.compile("〉"),
    "〝": re.compile("[〞〟]"),
    "＂": re.compile("＂"),
    "'": re.compile(r"(?<=\S)'(?!\w)|\n"),
    "‘": re.compile(r"(?<=\S)’(?!\w)|\n\n"),
    "‚": re.compile("[‘’]|\n"),
    "‹": re.compile("›"),
    "`": re.compile("`|\n"),
}
SINGLE = frozenset("'‘‚‹`")
TITLES_OF_WORKS = frozenset("《〈")
UNTOLD = frozenset("'‘‚‹`”»〈《")  # left open without a word to the person: more often something else than a quotation
NESTED = {"«": re.compile("[«»]"), "「": re.compile("[「」]"), "“": re.compile("[“”]"), "《": re.compile("[《》]")}
DEEPEST = 8  # marks looked at for one that closes an outer quotation
MOST, MOST_MARKS = 400, 2_000  # passages read, one in ten characters at most, and marks looked at: more than prompts hold
OPENING = re.compile(f"[{''.join(CLOSING)}]")
STRAY = re.compile(r"\s?[,:}\]]")  # what follows a mark that closes, where its opening one was lost
ELIDED = re.compile(r"(?:\d0s|n\b|tis\b|twas\b|til\b|cause\b|em\b|round\b)", re.IGNORECASE)  # words that begin with an apostrophe


def find(text: str, start: int = 0, end: int | None = None) -> tuple[tuple[Passage, ...], int | None]:
    """The passages in order, none inside another, and where the first mark stands that is never closed, or None."""
    scan = _Scan(text, len(text) if end is None else end)
    return tuple(islice(scan.passages(start), min(MOST, len(text) // 10 + 12))), scan.unclosed


class _Scan:
    def __init__(self, text: str, end: int) -> None:
        self.text = text
        self.end = end
        self.vain: dict[str, int] = {}  # mark -> up to where nothing closes it
        self.unclosed: int | None = None

    def passages(self, at: int) -> Iterator[Passage]:
        for _ in range(MOST_MARKS):
            opening = OPENING.search(self.text, at, self.end)
            if opening is None:
                return
            at = opening.end()
            mark = opening.group()
            if not self._opens(mark, opening.start()):
                continue
            closing = self._closing(mark, at)
            if closing is None:
                if self.unclosed is None and mark not in UNTOLD:
                    self.unclosed = opening.start()
                continue
            if closing[0] > at:
                yield Passage(mark, opening.start(), closing[1], at, closing[0])
            at = closing[1]

    def _closing(self, mark: str, at: int) -> tuple[int, int] | None:
        if at <= self.vain.get(mark, -1):
            return None
        found = CLOSING[mark].search(self.text, at, self.end)
        if found is None or found.group()[0] == "\n":
            self.vain[mark] = found.start() if found else self.end
            return None
        return self._outer(mark, at) or found.span()

    def _outer(self, mark: str, at: int) -> tuple[int, int] | None:
        """Where a quotation ends that holds others of its kind; None if it holds none, or they do not close."""
        depth = 1
        for found in islice(NESTED[mark].finditer(self.text, at, self.end) if mark in NESTED else (), DEEPEST):
            depth += 1 if found.group() == mark else -1
            if depth == 0:
                return found.span()
        return None

    def _opens(self, mark: str, at: int) -> bool:
        before = self.text[at - 1] if at else " "
        after = self.text[at + 1] if at + 1 < self.end else " "
        if mark == '"':
            return not before.isdigit() and STRAY.match(self.text, at + 1) is None  # 24" across
        if mark in "'‘":
            apart = not before.isalnum() or ord(before) > 0x2E80
            return apart and not after.isspace() and ELIDED.match(self.text, at + 1) is None
        return not (mark in "”»`" and (before.isalnum() or after.isspace()))
