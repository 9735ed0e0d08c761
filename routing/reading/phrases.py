"""Where words that nobody quoted begin and end: names, runs of capitals, and clauses."""

import re
from collections.abc import Callable, Iterator

from routing.reading.cues import IDEOGRAPHS, phrases
from routing.reading.patterns import STYLED
from routing.reading.roles import Role

TOKEN = re.compile(r"[^\s，。；：、“”「」]+")
BREAKS = tuple("\n，。；：、“”「」")
ENDS = ',.;:)]}"”»*'
WRAPPING = "*_\"“”'()[]{},.;:"
CONNECTORS = phrases(Role.CONNECTS)
STOPS = phrases(Role.STOPS)
VAGUE = phrases(Role.VAGUE)
ABBREVIATIONS = phrases(Role.ABBREVIATES)
PLAIN = phrases(Role.DESCRIBES)
DESCRIBING = PLAIN | ABBREVIATIONS
PHRASAL = frozenset(
    {"game over", "take over", "come on", "come in", "hold on", "hang on", "move on", "carry on", "log in", "sign in"}
)
OWN = frozenset({"my", "your"})
SAYING = re.compile(r"\b(?:with|has|have) ([^\W\d_][\w'’]*(?: [^\W\d_][\w'’]*){1,4}) $")  # "with my family" written
VERBS = frozenset({"is", "are", "was"})
POINTED = frozenset({"Dr.", "Mr.", "Mrs.", "Ms.", "St.", "No.", "Nr.", "vs."})  # these end no clause
MOST, REACH = 14, 160  # words and characters of a text nobody quoted

type Span = tuple[int, int]


def clause(text: str, at: int, *, lower: bool) -> Span | None:
    """Words up to the end of the clause; they begin with a capital or a digit, or with anything if ``lower``.

    Where they begin in capitals, only capitals go on: "the letters NPR stitched in white".
    """
    taken: list[Span] = []
    for start, end, last in _words(text, at):
        one = text[start:end]
        if not taken:
            if not _begins(one, lower=lower):
                return None
            if run := capitals(text, start) or _spaced_letters(text, start):
                return run
            sentence = one.islower()
        elif (
            one.lower() in STOPS
            and not _phrasal(text, taken[-1], end)
            and not _goes_on(text, one, end)
            and not (sentence and _tells_more(text, start))
        ):
            break
        taken.append((start, end))
        if last:
            break
    return (taken[0][0], taken[-1][1]) if taken and not STYLED.search(text, taken[0][0], taken[-1][1]) else None


def word(text: str, at: int) -> Span | None:
    """One word in any case, if the clause ends with it or a small word follows."""
    first, second, *_ = [*_words(text, at), None, None]
    if first is None or not _begins(text[first[0] : first[1]], lower=True):
        return None
    alone = first[2] or second is None or text[second[0] : second[1]].lower() in STOPS
    return first[:2] if alone else None


def words_only(text: str, at: int) -> bool:
    """Two words or more ahead that say nothing of type or layout: not "with text overlays", "with text in bold"."""
    ahead = [text[start:end].lower() for start, end, _ in _words(text, at)][:3]
    return len(ahead) > 1 and PLAIN.isdisjoint(ahead) and ahead[0] not in STOPS and not ahead[0].endswith(("s", "ed", "ing"))


def name(text: str, at: int) -> Span | None:
    """Words with capitals or digits, and the small words between them."""
    return _run(text, at, _named)


def capitals(text: str, at: int) -> Span | None:
    """Words all in capitals, at least one of them no mere abbreviation."""
    span = _run(text, at, _loud) if _loud(text[at : at + 1]) else None
    return _lettered(text, *span) if span else None


def capitals_before(text: str, end: int) -> Span | None:
    """The run of capitals that ends right before ``end``."""
    if not _loud(text[max(0, end - 2) : end].strip()[-1:]):
        return None
    start = end
    for match in reversed(list(TOKEN.finditer(text, max(0, end - 60), end))):
        if not _loud(match.group()) or match.group()[-1] in ENDS:
            break
        start = match.start()
    return _lettered(text, start, end) if start < end else None


def _spaced_letters(text: str, at: int) -> Span | None:
    """ "the letters P A X"."""
    span = _run(text, at, _loud) if text[at : at + 1].isupper() and text[at + 1 : at + 2] == " " else None
    return span if span and span[1] - span[0] > 1 else None


def name_before(text: str, end: int) -> Span | None:
    """The name that ends right before ``end`` and follows "with": "a mug with Carpe Diem written on it"."""
    start, ends = end, end
    for match in reversed(list(TOKEN.finditer(text, max(0, end - 60), end))):
        if match.group().lower() == "with":
            return (start, ends) if start < end and _tells(text[start:ends]) else None
        if not _named(match.group()) or match.group()[-1] in ENDS:
            return None
        start, ends = match.start(), ends if start < end else match.end()
    return None


def saying_before(text: str, end: int) -> Span | None:
    """What ends right before "written" and follows "with" or "has", in any case: "with my family written in crayon"."""
    run = SAYING.search(text, max(0, end - 60), end)
    if run is None or not run[1].islower():
        return None
    first, *_, last = words = run[1].split()
    plain = first not in VAGUE - OWN and last not in VAGUE and PLAIN.isdisjoint(words) and not last.endswith(("s", "text"))
    return run.span(1) if plain else None


def _tells(words: str) -> bool:
    """Not "with Japanese text", "with 8 visible dots"."""
    return any(one.isalpha() and one.lower() not in DESCRIBING for one in re.findall(r"[^\W_]+", words))


def _run(text: str, at: int, fits: Callable[[str], bool]) -> Span | None:
    start = end = -1
    for first, last, ends in _words(text, at):
        one = text[first:last]
        if fits(one):
            start, end = (first if start < 0 else start), last
        elif start < 0 or one.lower() not in CONNECTORS:
            break
        if ends:
            break
    return (start, end) if start >= 0 else None


def _words(text: str, at: int) -> Iterator[tuple[int, int, bool]]:
    """Words without the punctuation around them, and whether one ends its clause."""
    for _, match in zip(range(MOST), TOKEN.finditer(text, at, at + REACH), strict=False):
        raw = match.group()
        if raw in POINTED:
            yield *match.span(), False
            continue
        one = raw.strip(WRAPPING)
        if not one:
            return
        start = match.start() + raw.index(one)
        following = text[match.end() : match.end() + 1]
        yield start, start + len(one), match.end() > start + len(one) or raw[-1] in "!?" or following in BREAKS


def _begins(one: str, *, lower: bool) -> bool:
    return _named(one) or (lower and one.lower() not in VAGUE and one.lower() not in STOPS)


def _goes_on(text: str, small: str, end: int) -> bool:
    """ "Live at Wembley" and "Built in 1903" go on after their small word, "Welcome in gothic letters" does not."""
    following = TOKEN.search(text, end, end + 40)
    if following is None:
        return False
    return following.group()[0].isdigit() or (small.lower() in CONNECTORS and following.group()[0].isupper())


def _phrasal(text: str, before: Span, end: int) -> bool:
    """ "game over" and "do not read the next line" end with no place."""
    pair = " ".join(text[before[0] : end].lower().split())
    return pair in PHRASAL or (pair.endswith(" next") and not text.startswith(" to ", end))


def _tells_more(text: str, start: int) -> bool:
    """ "saying having a dog at the beach was a mistake": a verb further on makes what stands before it one sentence."""
    ahead = TOKEN.finditer(text, start, start + 44)
    return any(match.group() in VERBS for _, match in zip(range(5), ahead, strict=False))


def _named(one: str) -> bool:
    return one[0].isupper() or one[0].isdigit() or one[0] in "#@$€£¥¡¿&"


def _loud(one: str) -> bool:
    if not one:
        return False
    return (one.isupper() and IDEOGRAPHS.search(one) is None) or (one[0].isdigit() and one[-1].isdigit()) or one in "&+!"


def _lettered(text: str, start: int, end: int) -> Span | None:
    """The run without abbreviations in front, if any other word is left: "3D SPLASH" letters SPLASH."""
    while (first := TOKEN.search(text, start, end)) and first.group().lower() in ABBREVIATIONS:
        start = first.end()
    words = re.split(r"[\s-]", text[start:end])
    if first is None or not any(len(one) > 2 and one.isalpha() and one.lower() not in ABBREVIATIONS for one in words):
        return None
    return first.start(), start + len(text[start:end].rstrip())
