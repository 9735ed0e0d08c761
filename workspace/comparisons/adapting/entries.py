"""What one model is sent beside what the person wrote, ready for a template: the differences, counted, and the reasons."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from routing.prompting import Change, differences
from routing.prompting.differences import PIECE
from routing.types import Adaptation, Author

TYPESET = "typeset"
MARKS = "“”\"„«»‹›「」『』‘’'"
AUTHORS = {Author.PERSON: "", Author.RULES: "", Author.LANGUAGE_MODEL: "By the language model"}
OWN = "Your wording"
REWRITTEN = "Rewritten by the provider"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a wording: ``kept``, ``added``, ``removed``, or ``typeset`` for kept words that are to be drawn."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One model's wording. ``name`` is a frame's, "148-3", and empty for a draft. ``stretches`` is empty where nothing changed.

    ``rewritten`` is what the provider says it made of it, if it says so.
    """

    label: str
    adaptation: Adaptation
    stretches: tuple[Stretch, ...]
    counted: str
    by: str
    name: str = ""
    rewritten: str = ""

    @property
    def reasons(self) -> str:
        """In one line."""
        return " ".join(self.adaptation.reasons)


def entry(
    label: str, written: str, adaptation: Adaptation, texts: Iterable[str], *, name: str = "", rewritten: str = ""
) -> Entry:
    """``written`` is the person's prompt, ``texts`` are the words in it that are to be drawn."""
    changes = differences(written, adaptation.prompt) if adaptation.prompt != written else ()
    own = adaptation.author is Author.PERSON and changes
    return Entry(
        label=label,
        adaptation=adaptation,
        stretches=tuple(_stretches(changes, list(texts))),
        counted=_counted(changes),
        by=OWN if own else AUTHORS[adaptation.author],
        name=name,
        rewritten=rewritten if rewritten.strip() != adaptation.prompt.strip() else "",
    )


def _stretches(changes: Iterable, texts: list[str]) -> Iterator[Stretch]:
    drawn = _drawn(texts)
    for change in changes:
        if change.kind is not Change.KEPT or drawn is None:
            yield Stretch(change.kind, change.text)
            continue
        for index, part in enumerate(drawn.split(change.text)):
            if part:
                yield Stretch(TYPESET if index % 2 else Change.KEPT, part)


def _drawn(texts: list[str]) -> re.Pattern[str] | None:
    """Finds the words to be drawn, with their quotation marks; the longest first, since one may begin another."""
    words = "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True) if text)
    return re.compile(rf"([{MARKS}]?(?:{words})[{MARKS}]?)") if words else None


def _counted(changes: Iterable) -> str:
    """ "+9 words", "+5, −7 words", "no change"."""
    added, removed = (
        sum(_words(change.text) for change in changes if change.kind is kind) for kind in (Change.ADDED, Change.REMOVED)
    )
    parts = [f"+{added}"] if added else []
    parts += [f"−{removed}"] if removed else []
    return f"{', '.join(parts)} word{'' if (added, removed) in ((1, 0), (0, 1)) else 's'}" if parts else "no change"


def _words(text: str) -> int:
    return sum(any(letter.isalnum() for letter in piece) for piece in PIECE.findall(text))
