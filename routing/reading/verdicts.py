"""Which quoted passages are lettering. Each is weighed by what stands around it, like a reader would:

    says, titled, the word      just before it   for        "a sign that says 'Open'"
    sign, poster, mug           just before it   for        "a mug with 'Monday'"
    written, in bold letters    just after it    for        "'Open' written in chalk"
    style, vibe, film           right beside it  against    "in a 'Blade Runner' mood", "so-called 'cozy'"
    capitals, digits            inside it        for        "LAST CALL", "50% off"
    lower case, very long       inside it        against    emphasis, or a whole prompt in quotation marks

Passages in a list share what speaks for any of them. The sum decides, and tells how sure the reader is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from routing.reading import fields, ideographs, marks
from routing.reading.cues import IDEOGRAPHS, Cast, Cue
from routing.reading.marks import Passage
from routing.reading.patterns import ADDRESS, GLUE, LETTERS, STYLED
from routing.reading.roles import Role
from routing.reading.script import Script
from routing.reading.voices import SILENCE, Voice, Voices

SURE = 2.0  # what stands around a passage says at least this much
ANNOUNCED = 3.0  # as much is said of words to be drawn, not of a thing that bears them
LONG, VERY_LONG = 160, 400  # characters
MANY_KEYS = 4  # and more make a prompt one of fields, in which nothing is quoted for its own sake
BRIEF = 72  # characters of a prompt too short to quote a name in passing: "a 'Harbour' hat"
UNSPACED_PROSE = 8  # characters of a phrase without spaces that may hold a quotation of its own
FRAME = 12  # characters there may be around a prompt that is quoted as a whole
NEVER = -9.0
EMPHASIS = 3.0  # what words in lower case that the sentence goes through weigh against lettering, unless plainly announced
PLAIN = frozenset({Role.OPENS, Role.SAYS, Role.TITLES})
BORNE = frozenset({Role.BEARS, Role.WRITTEN})  # of several words on a thing none is in passing
PASSED = re.compile(r"\b(?:an?|the|this|that|these|is|are|was|were|be|being|more|very|workers|or|and)\s$")
EXAMPLE = re.compile(r"\[[^\[\]]{0,60}(?:e\.g\.|insert|such as|like |for example)[^\[\]]{0,60}$")  # a hint to whoever fills it in
ENDED = "。！？!?"  # a sentence that ends inside its marks qualifies nothing
SHAPED = re.compile("[型形状]")  # “L”型
BEFORE_NICKNAME, AFTER_NICKNAME = re.compile(r"\b[A-Z][a-z]+ $"), re.compile(r" [A-Z][a-z]+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """``score`` above 0: drawn. ``cue`` is what spoke loudest, if anything did."""

    passage: Passage
    score: float
    cue: Cue | None = None
    role: Role | None = None

    @property
    def drawn(self) -> bool:
        return self.score > 0


def judge(page: Script, cast: Cast) -> tuple[tuple[Verdict, ...], int | None]:
    """A verdict on every passage, in order, and where a mark is left open."""
    passages, unclosed = marks.find(page.text)
    return tuple(_Court(page, cast).verdicts(passages)), unclosed


class _Court:
    """One prompt before its judge."""

    def __init__(self, page: Script, cast: Cast) -> None:
        self.text = page.text
        self.fills = {one.start: one for one in page.fills}
        self.voices = Voices(page.text, cast)
        self.general = _general(cast)
        self.fielded = False  # whether the prompt is written as fields
        self.lettered = False  # whether any passage is lettering by what stands around it

    def verdicts(self, passages: Sequence[Passage]) -> Iterator[Verdict]:
        groups = [self._heard(group) for group in self._lists(passages)]
        keys = sum(kind is fields.Kind.KEY for _, kinds, _ in groups for kind in kinds)
        self.fielded = self.fielded or keys >= MANY_KEYS
        self.lettered = self.lettered or any(voice.weight > SURE for _, _, voice in groups)
        for group, kinds, voice in groups:
            key: Voice | None = None  # what the key says, from the first value of a list on
            for one, kind in zip(group, kinds, strict=True):
                key = self._key(one) if kind is fields.Kind.VALUE else key
                verdict = self._verdict(one, kind, voice, key, listed=one is not group[0])
                yield from self._opened(verdict, kind) if self._prose(one) else [verdict]

    def _lists(self, passages: Sequence[Passage]) -> Iterator[list[Passage]]:
        """Runs of passages with nothing but commas and the like between them."""
        run: list[Passage] = []
        for one in passages:
            if run and not (one.start - run[-1].end < 16 and GLUE.fullmatch(self.text, run[-1].end, one.start)):
                yield run
                run = []
            run.append(one)
        if run:
            yield run

    def _heard(self, group: list[Passage]) -> tuple[list[Passage], list[fields.Kind], Voice]:
        """A list with what each of it is, and the loudest voice around any of it."""
        kinds = [fields.kind(self.text, one) for one in group]
        prose = (one for one, kind in zip(group, kinds, strict=True) if kind is fields.Kind.PROSE)
        voices = (self.voices.around(one.start, one.end) for one in prose)
        return group, kinds, max(voices, key=lambda voice: voice.loudness, default=SILENCE)

    def _opened(self, outer: Verdict, kind: fields.Kind) -> Sequence[Verdict]:
        """What is no lettering may hold some; so may a field of lettering: {"header": "Serif type reading 'OPEN'"}."""
        if outer.drawn and kind is not fields.Kind.VALUE:
            return [outer]
        inner = list(self._inside(outer))
        return inner if not outer.drawn or any(one.drawn for one in inner) else [outer]

    def _inside(self, outer: Verdict) -> Iterator[Verdict]:
        """A whole prompt, or a field of one, in quotation marks: what is quoted inside it counts by itself."""
        inner, _ = marks.find(self.text, outer.passage.first, outer.passage.last)
        yield from self.verdicts(inner) if inner else [outer]

    def _prose(self, one: Passage) -> bool:
        if IDEOGRAPHS.search(self.text, one.first, one.last):
            return one.last - one.first > UNSPACED_PROSE
        return one.last - one.first > LONG // 4 or self.text.count(" ", one.first, one.last) > 2

    def _verdict(self, one: Passage, kind: fields.Kind, voice: Voice, key: Voice | None, *, listed: bool) -> Verdict:
        if kind is fields.Kind.KEY:
            return Verdict(one, NEVER)
        if key is not None:
            return Verdict(one, key.weight + self._length(one) - 1, key.cue, key.role)
        text = self.text[one.first : one.last].strip(" \t\n,，")
        around = voice.weight or self._unheard(one, text) - (4.0 if self._nickname(one) else 0.0)
        around -= 9.0 if EXAMPLE.search(self.text, max(0, one.start - 80), one.start) else 0.0
        around -= 9.0 if self._in_description(one) else 0.0
        around -= 9.0 if len(text) == 1 and SHAPED.match(self.text, one.end) else 0.0
        said = voice.role in PLAIN or (listed and voice.role in BORNE)
        around -= EMPHASIS if not said and self._emphatic(one, text) else 0.0
        score = around + self._filled(one, around) + self._length(one) + _form(text, one) + self.general
        return Verdict(one, score, voice.cue, voice.role)

    def _key(self, one: Passage) -> Voice:
        """What the key of a field says of its value: "headline" speaks for it, "headline_color" does not."""
        start, end = fields.key(self.text, one)
        if fields.holds(self.text[start:end]):
            start, end = fields.enclosing(self.text, start) or (start, end)
        if self._of_prompt(start, end) or fields.describes(self.text[start:end]):
            return SILENCE
        voice = self.voices.inside(start, end)
        around = fields.enclosing(self.text, start) if voice.weight else None
        return SILENCE if around and fields.files(self.text[slice(*around)]) else voice

    def _of_prompt(self, start: int, end: int) -> bool:
        """A name or a title that stands first is that of the prompt: not {"poster": {"title": …}}."""
        if not fields.names(self.text[start:end]) or not fields.leads(self.text, start):
            return False
        around = fields.enclosing(self.text, start)
        return around is None or not self.voices.borne(*around)

    def _filled(self, one: Passage, around: float) -> float:
        """A quoted placeholder tells by its name: "headline" is lettering, "label style" a description."""
        fill = self.fills.get(one.first)
        if fill is None or fill.end != one.last or fill.is_text:
            return 0.0
        if around >= ANNOUNCED and not fill.describes:
            return 0.0
        return -1.0 if "name" in fill.name else -4.0

    def _emphatic(self, one: Passage, text: str) -> bool:
        """ "an airport “limo” bus", "all elements are “stitched”": said in passing, in lower case."""
        if not (text.isascii() and text.islower() and text.replace(" ", "").replace("-", "").isalpha()):
            return False
        return PASSED.search(self.text, max(0, one.start - 12), one.start) is not None

    def _in_description(self, one: Passage) -> bool:
        """Inside a placeholder that asks how: {argument name="sticker style" default="a “mini me”"}."""
        return any(fill.describes and fill.start < one.start and one.end <= fill.end for fill in self.fills.values())

    def _nickname(self, one: Passage) -> bool:
        """ "John “Duke” Smith"."""
        return BEFORE_NICKNAME.search(self.text, max(0, one.start - 24), one.start) is not None and (
            AFTER_NICKNAME.match(self.text, one.end) is not None
        )

    def _unheard(self, one: Passage, text: str) -> float:
        """Nothing around it speaks: lettering keeps company, and emphasis looks like a phrase."""
        if not any(map(str.isalnum, text[:40])):
            return -2.0
        weight = (1.0 if self.lettered else -0.4) + (1.0 if self.voices.bubbles else 0.0)
        weight -= 1.0 if text[0].islower() else 0.0
        weight += 1.5 if len(self.text) < BRIEF and text[0].isupper() else 0.0
        weight -= 2.0 if self.fielded else 0.0
        if IDEOGRAPHS.search(text[:20]):
            weight -= 3.0 if self._in_passing(one, text) else 0.7
        weight -= 2.0 if text[0] == "{" and text[-1] == "}" else 0.0
        return weight - (0.8 if _phrase(text) else 0.0)

    def _in_passing(self, one: Passage, text: str) -> bool:
        """Ideographs that the sentence goes through, or that name a thing of some sort."""
        if text[-1] in ENDED or ideographs.WIELDING.search(self.text, max(0, one.start - 2), one.start):
            return False
        passing = ideographs.PASSING.search(self.text, max(0, one.start - 3), one.start)
        return passing is not None or ideographs.QUALIFIED.match(self.text, one.end) is not None

    def _length(self, one: Passage) -> float:
        if one.last - one.first > VERY_LONG or self._whole(one):
            return NEVER
        long = LONG // 2 if IDEOGRAPHS.search(self.text, one.first, one.first + 20) else LONG
        return -1.5 if one.last - one.first > long else 0.0

    def _whole(self, one: Passage) -> bool:
        """The whole prompt is quoted, and it reads like a prompt."""
        if len(self.text) - (one.end - one.start) > FRAME or not self._prose(one):
            return False
        return (self.text[: one.start] + self.text[one.end :]).strip(" \n.,:").lower() in {"", "prompt"}


def _general(cast: Cast) -> float:
    """A prompt that says "no text" quotes for other reasons; one that names things with words on them, for this one."""
    if any(Role.LETTERLESS in cue.roles for cue in cast.cues):
        return -1.5
    return 0.5 if any(map(cast.playing, (Role.OPENS, Role.SAYS, Role.TITLES, Role.BEARS, Role.WRITTEN))) else 0.0


def _form(text: str, one: Passage) -> float:
    """What the words look like: capitals speak for lettering, lower case for emphasis."""
    weight = -1.0 if one.single else 0.5
    weight -= 3.5 if one.mark in marks.TITLES_OF_WORKS else 0.0
    weight -= 1.5 if text[:1].islower() and not ADDRESS.search(text[:60]) else 0.0
    weight -= 6.0 if STYLED.search(text) else 0.0
    weight += 1.5 if len(text) == 1 and (text.isupper() or text.isdigit()) else 0.0
    return weight + (1.5 if text.isupper() and len(LETTERS.findall(text[:40])) > 1 else 0.0)


def _phrase(text: str) -> bool:
    """Several words of which only the first has a capital: said in passing, unless it calls out."""
    rest = text[1:].replace(" ", "")
    return " " in text and text[0].isupper() and rest.isalpha() and rest.islower()
