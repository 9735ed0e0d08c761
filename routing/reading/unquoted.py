"""Lettering that nobody quoted: "a window lettered Fresh Bread Daily", "Headline: Spring Sale", "an OPEN sign", "L-A-U-N-C-H".

Without marks the words themselves have to show where they end: capitals and digits go on, a clause or a small word ends them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from routing.reading import greetings, headings, ideographs, listed
from routing.reading.cues import Cast, Cue, phrases
from routing.reading.lettering import Lettering, Span
from routing.reading.patterns import after_picture
from routing.reading.phrases import capitals, capitals_before, clause, name, name_before, saying_before, word, words_only
from routing.reading.roles import Role

SPACE = re.compile(r"[ \t]+")
SPELLED = re.compile(r"(?<![\w-])(?:[^\W\d_][-–·.]){3,30}[^\W\d_](?![\w-])")
BLANK = re.compile(r"\[[^\[\]\n]{1,60}\]")  # a text that somebody fills in later
BLANK_BEFORE = re.compile(rf"{BLANK.pattern}\s?$")
SEVERAL = frozenset(
    {"is written", "with text", "with the text", "the words", "with the words", "the phrase", "with the phrase"}
    | {"with the headline", "with the slogan", "with the message", "with the caption", "captioned"}
)
CALLED, ENTITLED = frozenset({"called", "named"}), frozenset({"titled", "entitled"})
LOGOS = frozenset({"logo", "logos"})
UTTERS = phrases(Role.UTTERS)
FIRST, SHOUT = 400, 40  # characters looked at for how capitals are used, and the least that tell
OPENERS = (Role.OPENS, Role.SAYS, Role.TITLES, Role.NAMES, Role.BEARS, Role.WRITTEN)
MOST = 300  # cues that are asked for a text, one in twelve characters at most: more than any prompt announces


def find(text: str, cast: Cast, taken: Sequence[Span]) -> Iterator[Lettering]:
    """Lettering outside the ``taken`` spans (everything quoted), in no order."""
    page = _Page(text, cast, taken)
    for cue in cast.playing(*OPENERS)[: min(MOST, len(text) // 12 + 8)]:
        if page.free(cue.start, cue.end):
            yield from page.at(cue)
    yield from page.greeted()
    yield from page.spelled()


class _Page:
    def __init__(self, text: str, cast: Cast, taken: Sequence[Span]) -> None:
        self.text = text
        self.bearers = cast.playing(Role.BEARS)
        self.marks = cast.playing(Role.MARK)
        self.taken = taken
        upper, lower = sum(map(str.isupper, text[:FIRST])), sum(map(str.islower, text[:FIRST]))
        self.shouting = len(text) > SHOUT and upper > lower

    def free(self, start: int, end: int) -> bool:
        after = bisect_right(self.taken, (end, -1))
        return all(last <= start or first >= end for first, last in self.taken[max(0, after - 1) : after + 1])

    def at(self, cue: Cue) -> Iterator[Lettering]:
        """What one cue opens; the first reading that fits."""
        lines = headings.lines(self.text, cue) if Role.TITLES in cue.roles else []
        lines = lines or listed.row(self.text, cue)
        if lines and all(self.free(*line) for line in lines):
            yield from (Lettering(self.text[slice(*line)], *line, cue, Role.TITLES, 0.7) for line in lines)
            return
        for role, reading in (
            (Role.TITLES, self._titled),
            (Role.OPENS, self._announced),
            (Role.NAMES, self._named),
            (Role.BEARS, self._borne),
            (Role.SAYS, self._borne),
            (Role.WRITTEN, self._written),
        ):
            if role in cue.roles and (found := reading(cue)) is not None and self.free(found.start, found.end):
                yield found
                return

    def _titled(self, cue: Cue) -> Lettering | None:
        """ "Headline: Spring Sale"."""
        value = headings.value(self.text, cue)
        return self._lettering(headings.words(self.text, value), cue, Role.TITLES, 0.8) if value and self.free(*value) else None

    def _announced(self, cue: Cue) -> Lettering | None:
        """ "that says Happy Birthday Tom", "the word LAUNCH"."""
        if self._quoted_soon(cue.end):
            return None
        if ord(self.text[cue.end - 1]) > 0x2E80:
            return self._lettering(ideographs.after(self.text, cue), cue, Role.OPENS, 0.7)
        at = headings.COLON.match(self.text, cue.end) or SPACE.match(self.text, cue.end)
        if at is None or self.text.startswith("(", at.end()):
            return None  # an aside: "the meaning of the word (dissolving, cracked)"
        if blank := BLANK.match(self.text, at.end()):
            return Lettering(blank.group(), *blank.span(), cue, Role.OPENS, 0.7)
        if letter := self._letter(cue, at.end()):
            return self._lettering(letter, cue, Role.OPENS, 0.75)
        if self._said(cue) in ENTITLED and after_picture(self.text, cue.start):
            return None
        span = clause(self.text, at.end(), lower=self._on_something(cue)) or self._one_word(cue, at.end())
        if span and self._reader(cue) and not self.text[slice(*span)].isupper():
            return None
        return self._lettering(span, cue, Role.OPENS, 0.75)

    def _letter(self, cue: Cue, at: int) -> Span | None:
        """ "the letter B beautifully decorated"."""
        alone = self.text[at : at + 1].isupper() and not self.text[at + 1 : at + 2].isalnum()
        return (at, at + 1) if alone and self._said(cue) == "the letter" else None

    def _one_word(self, cue: Cue, at: int) -> Span | None:
        """ "the word hello, made of moss", "with the text good old days on a screen"."""
        if self._said(cue).endswith(" word"):
            return word(self.text, at) or (clause(self.text, at, lower=True) if words_only(self.text, at) else None)
        return clause(self.text, at, lower=True) if self._said(cue) in SEVERAL and words_only(self.text, at) else None

    def _reader(self, cue: Cue) -> bool:
        """ "a man reading Moby Dick": somebody reads, and nothing that bears words stands before it."""
        return self._said(cue) == "reading" and not self._on_something(cue)

    def _named(self, cue: Cue) -> Lettering | None:
        """ "a logo for a bakery called Golden Crust": a name is drawn if something bears it."""
        space, bearer = SPACE.match(self.text, cue.end), _before(self.marks, cue, 70)
        if space is None or self._quoted_soon(cue.end):
            return None
        if bearer is None:
            return self._entitled(cue, space.end())
        if self._said(cue) == "for" and cue.start - bearer.end > 2:
            return None
        return self._lettering(name(self.text, space.end()), cue, Role.NAMES, 0.65)

    def _entitled(self, cue: Cue, at: int) -> Lettering | None:
        """ "a book called summer rain": what bears words bears its own name."""
        bearer = _before(self.bearers, cue, 24)
        if bearer is None or self._said(cue) not in CALLED or cue.start - bearer.end > 1:
            return None
        return self._lettering(name(self.text, at) or clause(self.text, at, lower=True), cue, Role.NAMES, 0.6)

    def _borne(self, cue: Cue) -> Lettering | None:
        """ "a neon sign OPEN LATE" or "an OPEN sign"."""
        if self._shouted(cue):
            return None
        space = SPACE.match(self.text, cue.end)
        after = capitals(self.text, space.end()) if space else None
        span = after or (capitals_before(self.text, cue.start) if Role.BEARS in cue.roles else None)
        if span and not after and self._said(cue) in LOGOS and self.text.startswith("the ", max(0, span[0] - 4)):
            return None  # "the NASA logo" is a picture that exists
        return self._lettering(span, cue, Role.BEARS, 0.6)

    def _written(self, cue: Cue) -> Lettering | None:
        """ "LAST CALL painted on the wall", "stamped FRAGILE", 「OPENと書かれた」 without its brackets."""
        if self._shouted(cue):
            return None
        if (
            Role.PLACES not in cue.roles
            and not self._said(cue).startswith("appear")
            and (blank := BLANK_BEFORE.search(self.text, max(0, cue.start - 60), cue.start))
        ):
            return Lettering(blank.group().strip(), *blank.span(), cue, Role.WRITTEN, 0.6)
        if self.text[cue.start] == "と" or self.text.startswith("の文字", cue.start):
            return self._lettering(ideographs.before(self.text, cue), cue, Role.WRITTEN, 0.65)
        before = capitals_before(self.text, cue.start) or name_before(self.text, cue.start)
        if before is None and self._said(cue).startswith("written"):
            before = saying_before(self.text, cue.start)
        return self._lettering(before, cue, Role.WRITTEN, 0.6) if before else self._borne(cue)

    def greeted(self) -> Iterator[Lettering]:
        """ "a hello world banner"."""
        for span, bearer in greetings.find(self.text, self.bearers):
            if self.free(*span):
                yield Lettering(self.text[slice(*span)], *span, bearer, Role.BEARS, 0.6)

    def spelled(self) -> Iterator[Lettering]:
        """ "L-A-U-N-C-H" spells LAUNCH."""
        for match in SPELLED.finditer(self.text):
            if match.group().isupper() and self.free(*match.span()):
                yield Lettering(re.sub(r"\W", "", match.group()), *match.span(), None, None, 0.7)

    def _lettering(self, span: Span | None, cue: Cue, role: Role, sure: float) -> Lettering | None:
        if span is None or self._in_brackets(span[0]):
            return None
        return Lettering(self.text[slice(*span)], *span, cue, role, sure)

    def _said(self, cue: Cue) -> str:
        return self.text[cue.start : cue.end].lower()

    def _in_brackets(self, at: int) -> bool:
        """ "[BRAND NAME]" is filled in by somebody."""
        near = max(0, at - 60)
        return self.text.rfind("[", near, at + 1) > self.text.rfind("]", near, at)

    def _shouted(self, cue: Cue) -> bool:
        """Where everything is in capitals, capitals say nothing."""
        return self.shouting or self.text[cue.start : cue.end].isupper()

    def _on_something(self, cue: Cue) -> bool:
        """Whether a thing that bears words is named just before: then they may be in lower case."""
        said = self._said(cue)
        return said in UTTERS and (said in {"says", "lettered"} or _before(self.bearers, cue, 40) is not None)

    def _quoted_soon(self, end: int) -> bool:
        """A quotation follows in the same clause: it says the words, not what stands before it."""
        return not self.free(end, min(len(self.text), end + 24))


def _before(cues: Sequence[Cue], cue: Cue, reach: int) -> Cue | None:
    """The last of the cues that stands before one, within so many characters."""
    before = bisect_left(cues, cue.start, key=attrgetter("start")) - 1
    return cues[before] if before >= 0 and cue.start - cues[before].start <= reach else None
