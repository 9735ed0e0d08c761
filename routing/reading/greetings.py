"""What people letter without quoting it: "a happy birthday cake", "a hello world banner", "good morning on a board"."""

import re
from collections.abc import Iterator, Sequence

from routing.reading.cues import Cue
from routing.reading.lettering import Span

PHRASES = re.compile(
    r"\b(?:happy (?:birthday|new year|easter|halloween|holidays|anniversary|(?:mother|father|valentine)['’]?s day)"
    r"|merry (?:christmas|xmas)|hello world|good (?:morning|night)|thank you|welcome home|get well soon|just married"
    r"|season['’]s greetings|for sale|sold out|no smoking)\b(?: to \w+\b)?",
    re.IGNORECASE,
)
BEARERS = frozenset(
    {"banner", "cake", "card", "greeting card", "sign", "board", "chalkboard", "blackboard", "whiteboard", "poster", "balloon"}
    | {"mug", "postcard", "neon sign", "note", "paper", "t shirt", "sticker", "wooden sign"}
)
NEAR, MOST = 16, 20  # characters between the two, and greetings of one prompt


def find(text: str, bearers: Sequence[Cue]) -> Iterator[tuple[Span, Cue]]:
    """Each greeting that stands right beside a thing that bears words, with that thing."""
    named = [cue for cue in bearers if text[cue.start : cue.end].lower().replace("-", " ") in BEARERS][:MOST]
    for _, match in zip(range(MOST), PHRASES.finditer(text) if named else (), strict=False):
        near = (cue for cue in named if -NEAR <= cue.start - match.end() <= NEAR or 0 <= match.start() - cue.end <= NEAR)
        if (beside := next(near, None)) is not None:
            yield match.span(), beside
