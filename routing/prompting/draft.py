"""A prompt while it is being worded: what may be looked at, what may be changed, and how it is put together again.

Words to be drawn are out of reach meanwhile: each is held aside, and a placeholder stands for it in the body.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from providers.types import Capabilities
from routing.prompting import denials, language, vocabulary, words
from routing.reading.types import Level, Look
from routing.types import Intent, Reading

HELD = re.compile("[\ue000-\uf8ff]")  # characters Unicode gives no meaning
MOST_HELD = 0xF8FF - 0xE000
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:mm)?")
# What other tools append: nothing may follow it.
PARAMETERS = re.compile(r"\s--[a-z].*|[\s.,;]{0,4}\bnegative[ _-]prompt\s*:.*", re.DOTALL | re.IGNORECASE)
ENDED = (".", "!", "?", "…", ":", "。", "！", "？")
PHOTOREALISTIC = "Photorealistic"  # of what is called a photograph already
ENOUGH = 600  # characters: who writes more has said what there is to say


class Voice(StrEnum):
    """How a family likes to be spoken to."""

    SENTENCES = "sentences"
    TAGS = "tags"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the words around the drawn texts say. ``said`` is every word in lower case, and the parts of those with a hyphen.

    ``denies``: something is not wanted. ``asked`` are the stems of the naming words that are not denied, ``akin`` their roots.
    """

    said: frozenset[str]
    english: bool
    denies: bool
    asked: frozenset[str]
    akin: frozenset[str]


@lru_cache(maxsize=32)  # the models of one plan are worded from one body
def spoken(body: str) -> Spoken:
    """Listen to a body."""
    found = WORD.findall(body.lower())
    said = frozenset(found).union(*(word.split("-") for word in found if "-" in word))
    denies = not denials.WORDS.isdisjoint(said)
    wanted = denials.parted(body)[0] if denies else body
    asked = frozenset(words.naming(wanted))
    return Spoken(said, language.is_english(found, body), denies, asked, words.roots(asked))


@dataclass(frozen=True)
class Matter:
    """What a rule may look at. ``body`` is the prompt with its drawn texts held aside."""

    body: str
    reading: Reading
    intent: Intent
    capabilities: Capabilities

    @cached_property
    def spoken(self) -> Spoken:
        return spoken(self.body)

    @property
    def brief(self) -> bool:
        """Whether there is room for a word more: a long or detailed prompt has said enough."""
        return len(self.body) <= ENOUGH and self.reading.complexity.level is not Level.COMPLEX

    @property
    def photographic(self) -> bool:
        """Whether it is to be a photograph: by its words, or by the person's choice where no word speaks against one."""
        chosen = self.intent is Intent.PHOTOREAL and self.reading.look is Look.OTHER
        return self.reading.look is Look.PHOTO or (chosen and not self.says(vocabulary.DRAWN))

    def says(self, vocabulary: frozenset[str]) -> bool:
        """Whether any of these words is said around the drawn texts."""
        return not vocabulary.isdisjoint(self.spoken.said)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rule may change. ``medium``, ``light`` and ``lens`` become one sentence; ``closing`` holds whole ones."""

    body: str
    held: tuple[str, ...]
    medium: str = ""
    light: str = ""
    lens: str = ""
    closing: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()


def begin(prompt: str, reading: Reading) -> Draft:
    """A draft with every drawn text held aside, the same words in the same marks each time they stand there.

    Raises ValueError where the prompt uses the placeholders' characters itself, or has more texts than there are of them.
    """
    if HELD.search(prompt) or len(reading.texts) > MOST_HELD:
        raise ValueError("nothing can be held aside")
    pieces: list[str] = []
    held: list[str] = []
    end = 0
    for text in sorted(reading.texts, key=lambda one: one.start):
        if text.start >= end:
            pieces += [prompt[end : text.start], chr(0xE000 + len(held))]
            held.append(prompt[text.start : text.end])
            end = text.end
    body = "".join([*pieces, prompt[end:]])
    for place, literal in enumerate(held):
        if literal[:1] in MARKS and literal in body:
            body = body.replace(literal, chr(0xE000 + place))
    return Draft(body, tuple(held))


MARKS = frozenset("\"“”„«»「『〝＂'‘‚‹`")


def finished(draft: Draft, voice: Voice) -> str:
    """The prompt as it is sent."""
    match = PARAMETERS.search(draft.body) if "--" in draft.body or "prompt" in draft.body.lower() else None
    body, parameters = (draft.body[: match.start()], match.group()) if match else (draft.body, "")
    body = _tagged(body, draft) if voice is Voice.TAGS else _told(body, draft)
    return HELD.sub(lambda found: draft.held[ord(found.group()) - 0xE000], body) + parameters


def _told(body: str, draft: Draft) -> str:
    added = [f"{sentence}." for sentence in (_photograph(draft), *draft.closing) if sentence]
    if not added:
        return body
    body = body.rstrip().rstrip(",;")
    if "\n" in body:
        return "\n".join([body, " ".join(added)])
    return " ".join([body if body.endswith(ENDED) else f"{body}.", *added])


def _photograph(draft: Draft) -> str:
    """ "A photorealistic photograph in natural light with a 50 mm lens"."""
    manner = " ".join(
        part for part in (f"in {draft.light}" if draft.light else "", f"with {draft.lens}" if draft.lens else "") if part
    )
    if not manner:
        return draft.medium
    return (
        f"{draft.medium}{', ' if draft.medium == PHOTOREALISTIC else ' '}{manner}" if draft.medium else f"Photographed {manner}"
    )


def _tagged(body: str, draft: Draft) -> str:
    tags = [draft.medium, draft.light, draft.lens, *draft.closing]
    added = [tag.removeprefix("A ").removeprefix("An ").removeprefix("a ").removeprefix("an ") for tag in tags if tag]
    return ", ".join([body.rstrip().rstrip(".,;"), *added]) if added else body
