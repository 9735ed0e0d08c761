"""Lettering after a colon: "Headline: Spring Sale", on a line or in a clause of its own.

"Title: clean, bold, centred" describes a title and holds none, so words of type and layout rule a value out.
"""

import re

from routing.reading.cues import IDEOGRAPHS, WORD, Cue, phrases
from routing.reading.lettering import Span
from routing.reading.roles import Role

COLON = re.compile(r"(?:\s?[(（][^()（）\n]{1,20})?[)）]?(?:\*\*)?\s{0,3}[:：]\s{0,3}(?:\*\*)?[ \t]*")
OWN_LINE = re.compile(r"(?:^|[\n.;,(>•*#|\-\"”。，；（])[^\w\n]{0,6}(?:the |main |exact |[0-9]{1,2}[.)] )?$", re.IGNORECASE)
VALUE = re.compile(r"[^\n;|]{1,160}")
LINE = re.compile(r"[^\S\n]{0,8}(?:[-–•*·]\s{1,3})?([^\n]{1,100}?)[^\S\n]*(?:\n|$)")
NAMED_ONCE = re.compile(r"\{\s?[a-z]{2,20}\s?\}")  # a word in the braces of a template: "Word: {beautify}"
OPENING = " \n\t{\"'“”:："  # what may stand before the first field
LISTING = frozenset(
    {
        "copy",
        "copy text",
        "text",
        "texts",
        "text content",
        "exact text",
        "wording",
        "poster text",
        "banner text",
        "cover text",
        "card text",
        "these lines",
        "these words",
        "the following lines",
        "the following text",
        "文案",
        "文字",
        "文字内容",
        "テキスト",
        "コピー",
    }
)
MOST_LINES, SHORT = 10, 64
VALUE_END = re.compile(
    r"[.。](?:\s|$)|,\s+(?=[^\W\d_A-Z])|\s[-–—]\s|\s\(|，"
    r"|\s(?:written|placed|set|centred|centered|at the (?:top|bottom|centre|center)|in (?:a|bold|large|small|big|huge|tiny"
    r"|red|white|black|gold|blue|green|serif|sans|script|cursive|handwritten|capital|elegant))\b"
)
DESCRIBES = phrases(Role.DESCRIBES)
MOST_WORDS, MOST_IDEOGRAPHS = 12, 20


def value(text: str, cue: Cue) -> Span | None:
    """The whole value after a cue and a colon, up to the end of its line; None when the cue is no heading."""
    colon = COLON.match(text, cue.end)
    if colon is None or not (_below(text, colon.end()) or OWN_LINE.search(text, max(0, cue.start - 16), cue.start)):
        return None
    found = VALUE.match(text, colon.end())
    if text[: cue.start].strip(OPENING) in {"", "meta"} and text.lstrip().startswith("{"):
        return None  # and so it does in a prompt of fields
    if found is None or (cue.start < 4 and text[found.end() : found.end() + 1] == "\n"):
        return None  # a prompt's own title stands first, on a line of its own
    return found.span()


def lines(text: str, cue: Cue) -> list[Span]:
    """The lines under "Copy text:" and the like, up to an empty one; none when they are few or describe."""
    colon = COLON.match(text, cue.end)
    if colon is None or "\n" not in colon.group() or text[cue.start : cue.end].lower() not in LISTING:
        return []
    found: list[Span] = []
    at = colon.end()
    while len(found) <= MOST_LINES and (line := LINE.match(text, at)) is not None:
        found.append(line.span(1))
        at = line.end()
    shown = [text[start:end] for start, end in found]
    fit = 1 < len(found) <= MOST_LINES and _lettered(shown[0]) and not any(map(_described, shown))
    return found if fit else []


def words(text: str, span: Span) -> Span | None:
    """The words to be drawn in a value, without what is said about them; None when all of it is."""
    cut = None if _below(text, span[0]) else VALUE_END.search(text, *span)
    shown = text[span[0] : cut.start() if cut else span[1]].strip(" *_")
    if not _lettered(shown):
        return None
    start = text.index(shown, span[0])
    return start, start + len(shown)


def _below(text: str, at: int) -> bool:
    """A short line under its heading: it is the lettering as it stands."""
    return text[at - 1 : at] == "\n" and text.find("\n", at, at + SHORT) - at >= 0


def _lettered(shown: str) -> bool:
    if NAMED_ONCE.fullmatch(shown):
        return shown.strip("{} ") not in DESCRIBES
    if not shown or len(shown.split()) > MOST_WORDS or shown[-1] in ")）" or shown[0] in "[{<(\"'“‘":
        return False
    if IDEOGRAPHS.search(shown) and len(shown) > MOST_IDEOGRAPHS:
        return False
    if ord(shown[0]) > 0x2E80:
        return True
    return (shown[0].isupper() or shown[0].isdigit()) and not _described(shown)


def _described(shown: str) -> bool:
    return not shown.isupper() and not DESCRIBES.isdisjoint(map(str.lower, WORD.findall(shown)))
