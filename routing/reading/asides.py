"""Words for a look that ask for none: pictures in the picture, verbs, and places somebody fills in."""

import re

from routing.reading.cues import IDEOGRAPHS, Cue
from routing.reading.roles import Role

PLAIN = (Role.PHOTO, Role.DRAWN)
PICTURES = re.compile(r"illustration|paintings?|photos?|photograph|drawings?|sketch|stickers?|comic(?: book)?|cartoon")
HELD = re.compile(
    r"\b(?:with|holding|showing|displays|displaying|features|featuring|of|on|and|reading|at|taking|has|are|is)\s"
    r"(?:an?|the|his|her|their|two|three|some)\s(?:[\w-]+\s){0,2}$"
)
SEVERAL = frozenset({"paintings", "illustrations", "drawings", "sketches", "comics", "doodles"})
MANNER = re.compile(r"\b(?:style|manner|series) of\b[^.,;]*$")
AMONG = re.compile(
    r"\b(?:hall|wall|walls|room|gallery|shop|stack|pile|row)s? (?:of|with|full of) (?:\w+ )?$"
)  # "a hall of modern paintings"
FIRST_WORDS = 40  # characters: several pictures named later hang on a wall or lie on a table
VERBAL = frozenset({"drawing", "painting"})
BEFORE_VERB = re.compile(r"(?:,|\b\w+ly|\band)\s(?:\w+ly\s)?$")
AFTER_VERB = re.compile(r"\s(?!of\b|by\b|style\b|in\b|with\b)\w")
BESIDE = re.compile(r"(?:配以|配有|附有|附带|搭配|旁边有|点缀|点缀着|散落着|贴着|挂着)[^，。；]{0,8}$")  # 配以象征性插图


def slot(text: str, cue: Cue) -> bool:
    """ "[LOGO/EMOJI]" is filled in by somebody."""
    word, before = text[cue.start : cue.end], text[max(0, cue.start - 24) : cue.start]
    return (word.isupper() or cue.roles.isdisjoint(PLAIN)) and before.rfind("[") > before.rfind("]")


def verbal(text: str, cue: Cue) -> bool:
    """ ", drawing the eye" draws nothing."""
    return (
        text[cue.start : cue.end] in VERBAL
        and BEFORE_VERB.search(text, max(0, cue.start - 24), cue.start) is not None
        and AFTER_VERB.match(text, cue.end) is not None
    )


def depicted(text: str, cue: Cue) -> bool:
    """A picture in the picture: "a wall with a painting of a ship"."""
    if BESIDE.search(text, max(0, cue.start - 10), cue.start) and IDEOGRAPHS.match(text, cue.start):
        return True
    if (
        (cue.start > FIRST_WORDS or AMONG.search(text, max(0, cue.start - 32), cue.start))
        and text[cue.start : cue.end].lower() in SEVERAL
        and not MANNER.search(text, max(0, cue.start - 48), cue.start)
    ):
        return True
    return (
        PICTURES.fullmatch(text[cue.start : cue.end].lower()) is not None
        and HELD.search(text, max(0, cue.start - 32), cue.start) is not None
    )
