"""Orientation, ratio and size, where the words ask for them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from providers.types import Size
from routing.reading.cues import Cast, Cue
from routing.reading.roles import Role
from routing.reading.script import Script
from routing.reading.types import Orientation, Shape

RATIO = re.compile(r"(\d{1,2})[:：](\d{1,2})(?!\d|[:：.]\d)")
PIXELS = re.compile(r"(\d{3,5})\s?[x×*]\s?(\d{3,5})(?!\d)")
PART_OF_NUMBER = frozenset("0123456789:.")
STATED = re.compile(r"(?:--ar|aspect(?: ratio)?:?|ratio:?)\s*$", re.IGNORECASE)
# Ratios people ask for; any other pair with a colon is more likely a time of day, unless it stands after "--ar".
USUAL = frozenset(
    {
        (1, 1),
        (16, 9),
        (9, 16),
        (4, 3),
        (3, 4),
        (3, 2),
        (2, 3),
        (4, 5),
        (5, 4),
        (21, 9),
        (9, 21),
        (2, 1),
        (1, 2),
        (16, 10),
        (1, 3),
        (3, 1),
    }
)
# Formats that have a name.
NAMED = dict.fromkeys(
    ("widescreen", "wide screen", "letterbox", "desktop wallpaper", "youtube thumbnail", "hero banner", "website header"), (16, 9)
) | dict.fromkeys(
    ("phone wallpaper", "mobile wallpaper", "smartphone wallpaper", "instagram story", "story format", "竖屏"), (9, 16)
)
# A square table and a vertical garden are no shapes of a picture: such a word counts by itself or before what is made.
OF_ANYTHING = frozenset({"square", "horizontal", "vertical"})
BEGINS, ENDS = re.compile(r"(?:^|[,;.(\n])\s*$"), re.compile(r"\s*(?:$|[,;.)\n])")
MADE = re.compile(
    r"[\s-]{1,3}(?:[\w-]{1,30}\s)?(?:logo|icon|poster|banner|label|badge|sticker|card|cover|post|picture|image|photo|photograph|illustration"
    r"|print|infographic|layout|composition|canvas|crop|frame|framing|orientation|ad|flyer|wallpaper|thumbnail|painting|drawing|render)s?\b",
    re.IGNORECASE,
)
WORDS = {Role.SQUARE: Orientation.SQUARE, Role.WIDE: Orientation.LANDSCAPE, Role.TALL: Orientation.PORTRAIT}
SMALLEST, LARGEST = 64, 16_384  # pixels: beyond that two numbers are no size of a picture


def shape(page: Script, cast: Cast) -> Shape | None:
    """What is asked for, the exact before the vague: pixels, a ratio, a word. None when nothing is."""
    asked = next(_shapes(page.text, cast), None)
    if asked is None:
        return None
    start, end = page.origin(asked.start, asked.end)
    return replace(asked, start=start, end=end)


def _shapes(text: str, cast: Cast) -> Iterator[Shape]:
    for match in _whole(PIXELS, text):
        width, height = int(match[1]), int(match[2])
        if min(width, height) >= SMALLEST and max(width, height) <= LARGEST:
            yield Shape(Orientation.of(width, height), match.start(), match.end(), size=Size(width, height))
    for match in _whole(RATIO, text):
        pair = int(match[1]), int(match[2])
        if pair in USUAL or (0 not in pair and STATED.search(text, max(0, match.start() - 14), match.start())):
            yield Shape(Orientation.of(*pair), match.start(), match.end(), ratio=pair)
    for cue in cast.playing(*WORDS):
        said = text[cue.start : cue.end].lower()
        if said not in OF_ANYTHING or _of_the_picture(text, cue):
            orientation = next(orientation for role, orientation in WORDS.items() if role in cue.roles)
            yield Shape(orientation, cue.start, cue.end, ratio=NAMED.get(said))


def _of_the_picture(text: str, cue: Cue) -> bool:
    """Before the name of what is made, or a clause by itself."""
    if MADE.match(text, cue.end):
        return True
    return bool(ENDS.match(text, cue.end) and BEGINS.search(text, max(0, cue.start - 4), cue.start))


def _whole(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches that begin no sooner in the number they begin with: 1:1, but not the end of 11:11:1."""
    return (match for match in pattern.finditer(text) if text[match.start() - 1 : match.start()] not in PART_OF_NUMBER)
