"""The texts to be drawn: what is quoted and what is not, put in order, each once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from routing.reading import unquoted, verdicts, wishes
from routing.reading.cues import Cast
from routing.reading.lettering import Lettering, Span
from routing.reading.roles import Role
from routing.reading.script import Script
from routing.reading.verdicts import Verdict
from routing.types import DrawnText

EDGES = ",，、"  # before a closing mark these belong to the sentence around it
AFTER_WORK = re.compile(r"(?:inspired by|based on|style of|like)\s?$", re.IGNORECASE)  # "inspired by {game title}"
FRAMES = {"{": "}", "*": "*", "“": "”"}


@dataclass(frozen=True, slots=True)
class Texts:
    """``wish``: where lettering is asked for without its words. ``unclosed``: what follows a mark that is never closed."""

    texts: tuple[DrawnText, ...]
    drawn: tuple[Lettering, ...]
    refused: tuple[Verdict, ...]
    wish: Span | None
    unclosed: str | None
    unclosed_at: int | None

    @property
    def wanted(self) -> bool:
        """Lettering is asked for, with its words or without."""
        return bool(self.drawn) or self.wish is not None

    def spans(self, page: Script) -> list[tuple[int, int]]:
        """What is lettering, or is on its way to be: a mark still open holds what follows on its line."""
        spans = [(one.start, one.end) for one in self.drawn]
        if self.unclosed_at is not None:
            end = page.text.find("\n", self.unclosed_at)
            spans.append((self.unclosed_at, end if end >= 0 else len(page.text)))
        return sorted(spans)


def find(page: Script, cast: Cast) -> Texts:
    """All lettering of a prompt."""
    judged, unclosed = verdicts.judge(page, cast)
    quoted = [_lettering(page, verdict) for verdict in judged if verdict.drawn]
    taken = sorted((verdict.passage.start, verdict.passage.end) for verdict in judged)
    filled = list(_filled(page, taken))
    taken = sorted([*taken, *((one.start, one.end) for one in filled)])
    drawn = tuple(
        _apart(sorted([*quoted, *filled, *unquoted.find(page.text, cast, taken)], key=lambda one: (one.start, -one.end)))
    )
    texts = tuple(_each_once(page, drawn))
    return Texts(
        texts,
        drawn,
        tuple(verdict for verdict in judged if not verdict.drawn),
        None if drawn else wishes.wished(page.text, cast),
        None if unclosed is None else page.text[unclosed + 1 :].strip(),
        unclosed,
    )


def _lettering(page: Script, verdict: Verdict) -> Lettering:
    one = verdict.passage
    sure = min(0.99, 0.55 + 0.08 * verdict.score)
    return Lettering(page.text[one.first : one.last], one.start, one.end, verdict.cue, verdict.role, sure, quoted=True)


def _filled(page: Script, taken: Sequence[tuple[int, int]]) -> Iterator[Lettering]:
    """Placeholders called after a text, where nothing quotes them: {argument name="headline" default="Big Sale"}."""
    for one in page.fills:
        text = page.text[one.start : one.end]
        named = "name" in one.name and text.isupper() and not _is_blank(text)
        if (
            (one.is_text or named)
            and one.start < one.end
            and not AFTER_WORK.search(page.text, max(0, one.start - 24), one.start)
            and not any(start < one.end and one.start < end for start, end in taken)
        ):
            yield Lettering(text, one.start, one.end, None, Role.TITLES, 0.8)


def _apart(lettering: Sequence[Lettering]) -> Iterator[Lettering]:
    end = 0
    for one in lettering:
        if one.start >= end and trimmed(one.text):
            yield one
            end = one.end


def trimmed(text: str) -> str:
    """The words themselves, without a comma of the sentence around them and without the braces of a template."""
    text = text.strip().strip(EDGES).strip()
    while len(text) > 2 and FRAMES.get(text[0]) == text[-1]:
        text = text[1:-1].strip()
    return text


def _each_once(page: Script, drawn: Sequence[Lettering]) -> Iterator[DrawnText]:
    """A text said twice is drawn once, where it is quoted rather than where it is not."""
    trims = [trimmed(one.text) for one in drawn]
    quoted = {text for one, text in zip(drawn, trims, strict=True) if one.quoted}
    seen: set[str] = set()
    for one, text in zip(drawn, trims, strict=True):
        if text in seen or _is_blank(text) or (not one.quoted and text in quoted):
            continue
        seen.add(text)
        yield DrawnText(text, *page.origin(one.start, one.end), confidence=round(one.sure, 2), quoted=one.quoted)


def _is_blank(text: str) -> bool:
    """ "[CITY]" leaves its words to be filled in by somebody."""
    return text.startswith("[") and text.endswith("]")
