"""Photograph, illustration, logo, or nothing said: by the words that ask for each, and where they stand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from routing.reading import asides
from routing.reading.cues import IDEOGRAPHS, Cast, Cue
from routing.reading.roles import Role
from routing.reading.types import Look

WEIGHTS: Mapping[Role, tuple[Look, float]] = {
    Role.PHOTO: (Look.PHOTO, 3),
    Role.PHOTO_HINT: (Look.PHOTO, 1),
    Role.DRAWN: (Look.ILLUSTRATION, 3),
    Role.DRAWN_HINT: (Look.ILLUSTRATION, 1),
}
STRONG = (Role.PHOTO, Role.DRAWN)
LEAD = 90  # characters in which a prompt says what it is: "a watercolour of …"
LEADING = 3.5  # more than that first word weighs than any later one
ENOUGH = 2.0  # two hints, or one plain word
MARK_LEAD, IDEOGRAPHIC_LEAD = 160, 40  # characters in which a logo is asked for, if one is
# What puts a logo on something else, or begins another clause.
APART = re.compile(
    r"\b(?:with|on|of|featuring|showing|has|have|wearing|including|from|at|holding|bearing|uploaded|using|add|for|original|preserve)\b"
    r"|[.!?。！？:：带上戴穿旁或]|有(?!机)|加入"
)
GOES_ON = re.compile(r"\s?[\u4e00-\u9fff](?<![设設计計中])")  # another noun, to which the logo belongs
JOINED = re.compile(r"[^.,;:!?。，；：！？\n]{0,24}")  # two words of one noun phrase: "hyper-realistic illustration"
PARTING = re.compile(r"\b(?:of|with|in|on|by|and|or|from|into|showing|featuring|for|as|to|like|meets|x|mixed)\b|[和与及到在]")
PIECE = re.compile(r"[,;]\s|^(?:an?|the) (?:picture|image|drawing|design|render(?:ing)?) of ", re.IGNORECASE)


def look(text: str, cast: Cast) -> tuple[Look, Sequence[Cue]]:
    """The look asked for, and the cues that say so."""
    if marks := [cue for cue in cast.playing(Role.MARK) if _asked(text, cue)]:
        return Look.LOGO, marks
    weights = {Look.PHOTO: 0.0, Look.ILLUSTRATION: 0.0}
    heard: dict[str, Cue] = {}
    for cue in cast.playing(*WEIGHTS):
        if (
            (word := text[cue.start : cue.end].lower()) not in heard
            and not asides.slot(text, cue)
            and not asides.verbal(text, cue)
        ):
            heard[word] = cue
            for kind, weight in (WEIGHTS[role] for role in cue.roles if role in WEIGHTS):
                weights[kind] += 0 if asides.depicted(text, cue) else weight
    _lead(text, cast, weights)
    best = max(weights, key=lambda kind: weights[kind])
    if weights[best] < ENOUGH:
        return Look.OTHER, ()
    return best, [cue for cue in heard.values() if any(WEIGHTS[role][0] is best for role in cue.roles if role in WEIGHTS)]


def _lead(text: str, cast: Cast, weights: dict[Look, float]) -> None:
    """The first strong word among the first words of a prompt weighs more."""
    first = _head(text, takewhile(lambda cue: cue.start <= LEAD, cast.playing(*STRONG)))
    if first is not None and not asides.depicted(text, first):
        weights[next(WEIGHTS[role][0] for role in STRONG if role in first.roles)] += LEADING


def _head(text: str, strong: Iterable[Cue]) -> Cue | None:
    """The noun of the first phrase: "illustration" in "a hyper-realistic illustration of …"."""
    head = None
    for cue in strong:
        if asides.slot(text, cue) or asides.verbal(text, cue):
            continue
        if head is not None and (PARTING.search(text, head.end, cue.start) or not JOINED.fullmatch(text, head.end, cue.start)):
            break
        head = cue
    return head


def _asked(text: str, cue: Cue) -> bool:
    """The logo is what is asked for, not a thing in the picture: nothing before it in its clause puts it on something else."""
    unspaced = IDEOGRAPHS.search(text[:MARK_LEAD]) is not None
    if cue.start > (IDEOGRAPHIC_LEAD if unspaced else MARK_LEAD) or text[max(0, cue.start - 1) : cue.start] == "[":
        return False
    if unspaced and GOES_ON.match(text, cue.end):
        return False  # "标志亚克力钥匙扣" is no logo
    piece = max((match.end() for match in PIECE.finditer(text, 0, cue.start)), default=0)
    if piece and len(text[piece : cue.end].split()) < 2:
        return False  # one of a list of things: "keep label, logo, colours"
    return APART.search(text, piece, cue.start) is None
