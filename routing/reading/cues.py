"""Where the words of the vocabularies stand in a prompt. One pass, in time linear in its length."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from operator import attrgetter
from typing import NamedTuple

from routing.reading.languages import DENIALS, VOCABULARIES
from routing.reading.roles import Role

IDEOGRAPH = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # kana and ideographs: written without spaces
IDEOGRAPHS = re.compile(f"[{IDEOGRAPH}]")
# Runs of digits or of letters, so that "35mm" is two words; a colour such as "#f4f4f4" is one, and no aperture.
WORD = re.compile(rf"\d+|[^\W\d_{IDEOGRAPH}]+|#[0-9a-fA-F]{{6}}\b")
ARTICLES = frozenset({"a", "an", "any", "the", "other", "visible", "le", "la", "de", "d", "l", "der", "die", "das", "el"})
CHAIN = re.compile(  # "no text, logos or any marks"
    r"[\s,/&]*(?:(?:or|and|nor|oder|und|ou|et|o|y|ni)\b\s*(?:(?:any|the|a)\b\s*)?)?|[、或和及与]*"
)
APART = re.compile(r"[\"“”„{}\[\]():;!?\n,]|\.\s")  # parts two words of a text
CHAINED = 12  # characters such a chain may have between two of its words
DENIED = re.compile(r"(?:--no\b|\bnegative[ _-]prompt|\bnegativprompt|负面提示|反向提示|\bnegative:)[^\n]*", re.IGNORECASE)
DENYING = ("--no", "negativ", "负面", "反向")  # without one of these no prompt has a negative part
DENIAL_BEFORE = ("无", "無", "不", "非", "没有", "沒有", "不要", "不是", "避免", "禁止", "没", "任何")
DENIAL_AFTER = ("なし", "無し", "ではな", "は不要", "を入れない", "禁止")
# What is asked by word and has no place among the cues.
BY_WORD = frozenset({Role.SUBJECT, Role.UTTERS, Role.CONNECTS, Role.STOPS, Role.VAGUE, Role.DESCRIBES, Role.ABBREVIATES})
MOST = 1_000  # cues of one prompt: twice as many as the longest of them hold


class Cue(NamedTuple):
    """A phrase found in a prompt, with the parts it plays there. ``denied``: it is said of what is not wanted."""

    roles: frozenset[Role]
    start: int
    end: int
    denied: bool = False


class Cast:
    """The cues of a prompt in order of their place, and by the parts they play. What is denied plays none."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self.cues = tuple(cues)
        self._parts: dict[Role, list[Cue]] = {}
        for cue in self.cues:
            if not cue.denied:
                for role in cue.roles:
                    self._parts.setdefault(role, []).append(cue)

    def playing(self, *roles: Role) -> Sequence[Cue]:
        """The cues with any of the roles, in order."""
        if len(roles) == 1:
            return self._parts.get(roles[0], ())
        found = {cue.start: cue for role in roles for cue in self._parts.get(role, ())}
        return [found[start] for start in sorted(found)]

    def outside(self, spans: Iterable[tuple[int, int]]) -> "Cast":
        """The cast without what stands in the spans, which are in order."""
        ahead = iter(spans)
        span = next(ahead, None)
        kept = []
        for cue in self.cues:
            while span is not None and span[1] <= cue.start:
                span = next(ahead, None)
            if span is None or cue.end <= span[0]:
                kept.append(cue)
        return self if len(kept) == len(self.cues) else Cast(kept)


def phrases(role: Role) -> frozenset[str]:
    """What the vocabularies list under one role, in lower case."""
    tables = (vocabulary.get(role, "") for vocabulary in VOCABULARIES)
    return frozenset(phrase for table in tables for part in table.split(",") if (phrase := " ".join(part.lower().split())))


def _roles() -> dict[str, frozenset[Role]]:
    """Every phrase of every language with all its roles."""
    roles: dict[str, frozenset[Role]] = {}
    for role in Role:
        if role not in BY_WORD:
            for phrase in map(_plain, phrases(role)):
                roles[phrase] = roles.get(phrase, frozenset()) | {role}
    return roles


def _plain(phrase: str) -> str:
    """A phrase as it is looked up: "t-shirt" and "t shirt" are one."""
    return phrase if IDEOGRAPHS.search(phrase) else " ".join(WORD.findall(phrase))


def _lengths(phrases: Iterable[str], split: Callable[[str], list[str]]) -> dict[str, tuple[int, ...]]:
    """First word, or character, of a phrase -> how many of them the phrases have that begin so, most first."""
    lengths: dict[str, set[int]] = {}
    for words in map(split, phrases):
        lengths.setdefault(words[0], set()).add(len(words))
    return {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}


class Beginning(NamedTuple):
    """What may follow the first word of a phrase: second words, and how many words there are in all, most first."""

    followers: frozenset[str]
    lengths: tuple[int, ...]


def _by_first(phrases: Iterable[str]) -> dict[str, Beginning]:
    followers: dict[str, set[str]] = {}
    for first, *others in map(str.split, phrases):
        followers.setdefault(first, set()).update(others[:1])
    return {first: Beginning(frozenset(followers[first]), lengths) for first, lengths in _lengths(phrases, str.split).items()}


_ALL = _roles()
_UNSPACED = {phrase: roles for phrase, roles in _ALL.items() if IDEOGRAPHS.search(phrase)}
UNSPACED = _UNSPACED | {phrase.upper(): roles for phrase, roles in _UNSPACED.items()}  # "q版" and "Q版"
SPACED = {phrase: roles for phrase, roles in _ALL.items() if phrase not in _UNSPACED}
SPACED_BY_FIRST = _by_first(SPACED)
ONE = (1,)
UNSPACED_LENGTHS = _lengths(UNSPACED, list)
BEGINNING = re.compile(f"[{''.join(map(re.escape, UNSPACED_LENGTHS))}]")


def find(text: str) -> Cast:
    """Every cue of a text."""
    lowered = text.lower()
    spans = [match.span() for match in DENIED.finditer(text)] if any(mark in lowered for mark in DENYING) else []
    found = [*islice(_spaced(text), MOST), *islice(_unspaced(text), MOST)]
    found.sort(key=attrgetter("start"))
    return Cast(_denials_spread(found[:MOST], spans, text))


def _spaced(text: str) -> Iterator[Cue]:
    matches = list(WORD.finditer(text))
    words = [match.group().lower() for match in matches]
    free = 0  # words before this one belong to a cue already
    for position, (word, following) in enumerate(pairwise([*words, ""])):
        entry = SPACED_BY_FIRST.get(word)
        if entry is None or position < free:
            continue
        for length in entry.lengths if following in entry.followers else ONE:
            phrase = word if length == 1 else " ".join(words[position : position + length])
            if (roles := SPACED.get(phrase)) is None:
                continue
            start, end = matches[position].start(), matches[min(position + length, len(words)) - 1].end()
            if length == 1 or _together(text, start, end):
                free = position + length
                yield Cue(roles, start, end, _denied(words, position))
                break


def _together(text: str, start: int, end: int) -> bool:
    """The words belong to one phrase: nothing parts them, and capitals do not begin among them ("spelling OUT OF OFFICE")."""
    if APART.search(text, start, end):
        return False
    last = text[start:end].rpartition(" ")[2]
    return len(last) < 2 or not last.isupper() or text[start:end].isupper()


def _denied(words: list[str], position: int) -> bool:
    """ "no logo", "not a photo", "without the text"."""
    before = position - 1
    if before > 0 and words[before] in ARTICLES:
        before -= 1
    return before >= 0 and words[before] in DENIALS


def _unspaced(text: str) -> Iterator[Cue]:
    if IDEOGRAPHS.search(text) is None:
        return
    free = 0
    for match in BEGINNING.finditer(text):
        start = match.start()
        if start < free:
            continue
        for length in UNSPACED_LENGTHS[text[start]]:
            if (roles := UNSPACED.get(phrase := text[start : start + length])) is not None:
                free = start + len(phrase)
                denied = text.endswith(DENIAL_BEFORE, max(0, start - 2), start) or text.startswith(DENIAL_AFTER, free)
                yield Cue(roles, start, free, denied)
                break


def _denials_spread(found: Sequence[Cue], spans: Sequence[tuple[int, int]], text: str) -> Iterator[Cue]:
    """Carry a denial over a list, "no text, logos or watermarks", and over a negative prompt."""
    denied_to = -CHAINED  # where the last denied cue ends, if nothing came between
    for cue in found:
        chained = cue.start - denied_to < CHAINED and CHAIN.fullmatch(text, denied_to, cue.start) is not None
        if not cue.denied and (chained or any(start <= cue.start < end for start, end in spans)):
            cue = cue._replace(denied=True)
        denied_to = cue.end if cue.denied else -CHAINED
        yield cue
