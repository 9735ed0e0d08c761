"""Photograph, illustration, logo, or nothing said: by the words that ask for each, and where they stand."""

import re
from collections.abc import Mapping, Sequence

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
LEADING = 4.0  # more than that first word weighs than any later one
ENOUGH = 2.0  # two hints, or one plain word
MARK_LEAD, IDEOGRAPHIC_LEAD = 160, 40  # characters in which a logo is asked for, if one is
# What puts a logo on something else, or begins another clause.
APART = re.compile(
    r"\b(?:with|on|of|featuring|showing|has|have|wearing|including|from|at|holding|bearing|uploaded|using|add|for|original|preserve)\b"
    r"|[.!?。！？:：带上戴穿旁或]|有(?!机)|加入"
)
GOES_ON = re.compile(r"\s?[\u4e00-\u9fff](?<![设設计計中])")  # another noun, to which the logo belongs
PICTURES = re.compile(r"illustration|paintings?|photos?|photograph|drawings?|sketch|stickers?|comic(?: book)?|cartoon")
HELD = re.compile(
    r"\b(?:with|holding|showing|displays|displaying|features|featuring|of|on|and|reading|at|taking|has|are|is)\s(?:an?|the|his|her|their|two|three|some)\s(?:[\w-]+\s){0,2}$"
)
SEVERAL = frozenset({"paintings", "illustrations", "drawings", "sketches", "comics", "doodles"})
MANNER = re.compile(r"\b(?:style|manner|series) of\b[^.,;]*$")
FIRST_WORDS = 40  # characters: several pictures named later hang on a wall or lie on a table
VERBAL = frozenset({"drawing", "painting"})
BEFORE_VERB, AFTER_VERB = (
    re.compile(r"(?:,|\b\w+ly|\band)\s(?:\w+ly\s)?$"),
    re.compile(r"\s(?!of\b|by\b|style\b|in\b|with\b)\w"),
)  # ", drawing the eye"
JOINED = re.compile(r"[^.,;:!?。，；：！？\n]{0,24}")  # two words of one noun phrase: "hyper-realistic illustration"
PARTING = re.compile(r"\b(?:of|with|in|on|by|and|or|from|into|showing|featuring|for|as|to|like|meets|x|mixed)\b|[和与及到在]")
BESIDE = re.compile(r"(?:配以|配有|附有|附带|搭配|旁边有|点缀|点缀着|散落着|贴着|挂着)[^，。；]{0,8}$")  # 配以象征性插图
PIECE = re.compile(r"[,;]\s")


def look(text: str, cast: Cast) -> tuple[Look, Sequence[Cue]]:
    """The look asked for, and the cues that say so."""
    if marks := [cue for cue in cast.playing(Role.MARK) if _asked(text, cue)]:
        return Look.LOGO, marks
    weights = {Look.PHOTO: 0.0, Look.ILLUSTRATION: 0.0}
    heard: dict[str, Cue] = {}
    for cue in cast.playing(*WEIGHTS):
        if _slot(text, cue) or _verbal(text, cue):
            continue
        if (word := text[cue.start : cue.end].lower()) not in heard:
            heard[word] = cue
            for kind, weight in (WEIGHTS[role] for role in cue.roles if role in WEIGHTS):
                weights[kind] += 0 if _depicted(text, cue) else weight
    _lead(text, cast, weights)
    best = max(weights, key=lambda kind: weights[kind])
    if weights[best] < ENOUGH:
        return Look.OTHER, ()
    return best, [cue for cue in heard.values() if any(WEIGHTS[role][0] is best for role in cue.roles if role in WEIGHTS)]


def _lead(text: str, cast: Cast, weights: dict[Look, float]) -> None:
    """The first strong word among the first words of a prompt weighs more."""
    first = _head(text, [cue for cue in cast.playing(*STRONG) if cue.start <= LEAD and not _slot(text, cue)])
    if first is not None and not _depicted(text, first):
        weights[next(WEIGHTS[role][0] for role in STRONG if role in first.roles)] += LEADING


def _head(text: str, strong: Sequence[Cue]) -> Cue | None:
    """The noun of the first phrase: "illustration" in "a hyper-realistic illustration of …"."""
    head = None
    for cue in strong:
        if head is not None and (PARTING.search(text, head.end, cue.start) or not JOINED.fullmatch(text, head.end, cue.start)):
            break
        head = cue
    return head


def _slot(text: str, cue: Cue) -> bool:
    """ "[LOGO/EMOJI]" is filled in by somebody."""
    word, before = text[cue.start : cue.end], text[max(0, cue.start - 24) : cue.start]
    return (word.isupper() or cue.roles.isdisjoint(STRONG)) and before.rfind("[") > before.rfind("]")


def _verbal(text: str, cue: Cue) -> bool:
    """ ", drawing the eye" draws nothing."""
    return (
        text[cue.start : cue.end] in VERBAL
        and BEFORE_VERB.search(text, max(0, cue.start - 24), cue.start) is not None
        and AFTER_VERB.match(text, cue.end) is not None
    )


def _depicted(text: str, cue: Cue) -> bool:
    """A picture in the picture: "a wall with a painting of a ship"."""
    if BESIDE.search(text, max(0, cue.start - 10), cue.start) and IDEOGRAPHS.match(text, cue.start):
        return True
    if (
        cue.start > FIRST_WORDS
        and text[cue.start : cue.end].lower() in SEVERAL
        and not MANNER.search(text, max(0, cue.start - 48), cue.start)
    ):
        return True
    return (
        PICTURES.fullmatch(text[cue.start : cue.end].lower()) is not None
        and HELD.search(text, max(0, cue.start - 32), cue.start) is not None
    )


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
