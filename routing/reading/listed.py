"""Several short texts in a row that nobody quoted: "Visible labels: Start Dial, Fix Clip, Proof Well", "标签：起点，终点，出口".

A row is three or more items with commas between them, each in capitals at its head or in ideographs, up to the end of the clause.
"""

import re
from collections.abc import Iterator

from routing.reading.cues import IDEOGRAPH, Cue, phrases
from routing.reading.lettering import Span
from routing.reading.roles import Role

# What may stand between "labels" and the first of them: "labels on the mat: ", "labels should include ", "labels read ".
BETWEEN = re.compile(
    r"(?: [a-z-]+){1,8}: "
    r"|(?:\s(?:must|should|to|that|may|each|only|exactly|be|are|is|read|say|include|including|legible|readable|visible|as|follows"
    r"|in (?:english|chinese|capitals))){0,5}(?:要|为|是|有|必须|清晰|可读|分别|包括|依次|如下)*\s?[:：]?\s?",
    re.IGNORECASE,
)
JOINS = frozenset({"labeled", "labelled", "marked", "lettered", "the letters", "the words"})  # "labelled A, B and C"
NAME = re.compile(r"[A-Z0-9][\w'’-]*(?: [A-Z0-9][\w'’-]*){0,2}")
JOINED = re.compile(rf" (?:as |with )?({NAME.pattern}(?:, {NAME.pattern}){{1,12}},? (?:and|&) {NAME.pattern})")
NUMBERED = re.compile(r"\(?(\d{1,2})[.)] ?([A-Z][^:;,.\n]{0,40}?)(?=[:;,.\n]|\s\(?\d{1,2}[.)]|$)")
REACH = 200  # characters from one number to the next
WORD = r"[^\s,，、.;:\n\"“()]+"
ITEM = re.compile(rf"(?:and |以及|和)?([A-Z0-9](?:{WORD})?(?: {WORD}){{0,4}}|[{IDEOGRAPH}]{{1,6}}(?![^\s,，、.。;；\n]))")
COMMA = re.compile(r"\s?[,，、]\s{0,2}")
CALLS = frozenset({"label", "labels", "text labels", "captions", "words", "text", "texts", "标签", "文字", "文字标签", "ラベル"})
FEWEST, MOST = 3, 24
DESCRIBES = phrases(Role.DESCRIBES)


def row(text: str, cue: Cue) -> list[Span]:
    """The items that a cue such as "labels" announces; none when fewer than three follow."""
    if text[cue.start : cue.end].lower() in JOINS:
        return _joined(text, cue)
    if text[cue.start : cue.end].lower() not in CALLS or (between := BETWEEN.match(text, cue.end)) is None:
        return []
    found = list(_numbered(text, between.end()) or _items(text, between.end()))
    shown = [text[slice(*one)] for one in found]
    said = between.group().strip().lower()
    announced = said.endswith((":", "：", "include", "including", "read", "say")) or all(map(str.isupper, shown))
    return found if announced and len(found) >= FEWEST and 3 * sum(map(_described, shown)) < len(shown) else []


def _joined(text: str, cue: Cue) -> list[Span]:
    """ "Start, Stop and Reset": what stands between commas, if the last of it is joined by "and"."""
    run = JOINED.match(text, cue.end)
    return [name.span() for name in NAME.finditer(text, *run.span(1))] if run else []


def _numbered(text: str, at: int) -> list[Span]:
    """ "1) Ferry: boats at dawn; 2) Dock: ropes": what follows each number, up to what is said of it."""
    found: list[Span] = []
    if NUMBERED.match(text, at) is None:
        return found
    for item in NUMBERED.finditer(text, at, at + REACH * MOST):
        if item.start() - at > REACH or int(item[1]) != len(found) + 1:
            break
        found.append(item.span(2))
        at = item.end()
    return found


def _items(text: str, at: int) -> Iterator[Span]:
    for _ in range(MOST):
        item = ITEM.match(text, at)
        if item is None:
            return
        yield item.span(1)
        comma = COMMA.match(text, item.end())
        if comma is None:
            return
        at = comma.end()


def _described(item: str) -> bool:
    return not DESCRIBES.isdisjoint(item.lower().split())
