"""Prompts written as fields: JSON, or what looks like it. Keys are no lettering, and values only if their key says so."""

import re
from enum import Enum, auto

from routing.reading.marks import Passage

AFTER_KEY = re.compile(r"\s{0,4}[:：]")
BEFORE_VALUE = re.compile(
    r"\n[ \t]{0,16}[a-z][\w-]{0,28}:[ \t]$|[\"”'’]\s{0,4}[:：][\s\[]{0,40}$|=\s?$|\{\s{0,8}[\u4e00-\u9fff]{1,8}[:：]\s?$"
)
REACH = 96  # characters a key may stand before its value
DESCRIBING = re.compile(
    r"style|colou?r|font|typeface|size|position|placement|layout|alignment|language|description|effect|quality|weight|type$|prompt|^full|样式|颜色|字体|位置|风格"
)
FILING = re.compile(r"meta")  # how a prompt is filed: its title, tags and date
HOLDING = re.compile(r"(?:content|value|string|line|words)s?")  # says only that something is in it
HEADED = re.compile(r"[\"“]([\w -]{1,40})[\"”]\s{0,4}[:：]\s{0,8}$")
FIRST, HEAD = 20, 120  # characters in which a title or a name that stands first is that of the prompt, and its objects are named
BRACKET = re.compile(r"[][{}]")
OBJECT, NESTED = 240, 3  # characters an object may begin before its value, and objects without a name looked at
NAMING = re.compile(r"title|(?<!brand.)(?<!shop.)(?<!store.)name|theme|标题|名称|主题|タイトル")


class Kind(Enum):
    """What a passage is in a prompt of fields; prose has neither."""

    PROSE = auto()
    KEY = auto()
    VALUE = auto()


def kind(text: str, one: Passage) -> Kind:
    if one.single and one.mark != "'":
        return Kind.PROSE
    if AFTER_KEY.match(text, one.end) and one.last - one.first < 48 and _begins_field(text, one.start):
        return Kind.KEY
    return Kind.VALUE if BEFORE_VALUE.search(text, max(0, one.start - 48), one.start) else Kind.PROSE


def key(text: str, value: Passage) -> tuple[int, int]:
    """Where the key of a value stands."""
    near = max(0, value.start - 48)
    end = max(text.rfind(":", near, value.start), text.rfind("：", near, value.start))
    start = max(text.rfind(mark, max(0, end - REACH), end - 1) for mark in "\"“'‘\n")
    return max(start, 0), end


def describes(key_text: str) -> bool:
    """A key such as "text_color" speaks of how, not of what."""
    return DESCRIBING.search(key_text.lower().strip("\"“”' ")) is not None


def holds(key_text: str) -> bool:
    """A key such as "content", which leaves it to the object around to say of what."""
    return HOLDING.fullmatch(key_text.lower().strip("\"“”' ")) is not None


def files(key_text: str) -> bool:
    """A key such as "metadata", under which a prompt is filed."""
    return FILING.search(key_text.lower()) is not None


def enclosing(text: str, at: int) -> tuple[int, int] | None:
    """Where the key of the object or list around a place stands; None when it has none near by."""
    depth = outer = 0
    for mark in reversed(list(BRACKET.finditer(text, max(0, at - OBJECT), at))):
        if mark.group() in "}]":
            depth += 1
        elif depth:
            depth -= 1
        elif head := HEADED.search(text, max(0, mark.start() - 60), mark.start()):
            return head.span(1)
        elif (outer := outer + 1) == NESTED:
            break
    return None


def leads(text: str, at: int) -> bool:
    """Whether a key is the first of its prompt, or nothing but the keys of the objects around it stands before."""
    first = max(0, text.find("{"))
    return at - first < FIRST or ("," not in text[first : min(at, first + HEAD)] and at - first < HEAD)


def names(key_text: str) -> bool:
    """A key such as "title", which at the head of a prompt names the prompt."""
    return NAMING.search(key_text.lower()) is not None


def _begins_field(text: str, start: int) -> bool:
    before = text[max(0, start - 12) : start].rstrip(" \t\r")
    return not before or before[-1] in "{[,，}]\n"
