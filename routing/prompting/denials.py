"""What a prompt says it does not want: "no people", "without letters", "--no text", "Negative prompt: blur"."""

import re
from typing import NamedTuple

from routing.prompting import words
from routing.reading.cues import DENIED

# One of these is said wherever something is denied.
WORDS = words.table(
    """
    no not without never avoid exclude omit zero don't don’t kein keine keinen keinem keiner keinerlei ohne nicht sans pas aucun
    aucune sin ningún ninguna ningun negative negativprompt
    """
)
# From a word that denies to the end of its clause.
CLAUSE = re.compile(
    r"(?<![\w-])(?:no|not|without|never|avoid|exclude|omit|zero|don't|don’t|kein\w*|ohne|nicht|sans|pas|aucune?|sin|ning[uú]na?)"
    r"(?![\w-])[^,.;:!?()\n]*",
    re.IGNORECASE,
)
# A clause that does nothing but deny a thing or two, with what joins it to the rest: ", no people", " without people".
BARE = re.compile(
    r"(?:(?:^|[,;.]\s{1,4}|\s{1,4}and\s)(?:with\s+)?no|(?:^|[,;.]?\s{1,4})(?:with\s+no|without))"
    r"\s+(?:any\s+|visible\s+)?(?P<things>[a-z-]+(?:\s[a-z-]+){0,2})(?=\s*(?:[,;.]|$))",
    re.IGNORECASE,
)
MARKED = re.compile(  # the ways of other tools to say it, up to the next of their parameters
    r"[\s,;.]{0,4}(?:--no\s+|\bnegative[ _-]prompt\s*:\s*)(?P<things>(?:(?!\s--\w)[^\n])+)", re.IGNORECASE
)
# "no one", "no longer", "no other text": these say something else, or something about what is wanted.
OTHERWISE = words.table(
    "one longer more other matter doubt extra additional less idea end hurry man way need and or but than only"
)


class Denied(NamedTuple):
    """Where a prompt denies something, with what joins it to the rest, and what: "people"."""

    start: int
    end: int
    things: str


def parted(text: str) -> tuple[str, str]:
    """What is asked for and what is not wanted, the words that deny among the latter."""
    unwanted = [match.group() for pattern in (DENIED, CLAUSE) for match in pattern.finditer(text)]
    if not unwanted:
        return text, ""
    return CLAUSE.sub(" ", DENIED.sub(" ", text)), " ".join(unwanted)


def plain(text: str) -> list[Denied]:
    """The denials that can be taken out of a prompt without touching anything else, in order."""
    marked = [Denied(match.start(), match.end(), match["things"].strip(" ,.;")) for match in MARKED.finditer(text)]
    end = marked[0].start if marked else len(text)
    bare = [Denied(*match.span(), match["things"]) for match in BARE.finditer(text, 0, end)]
    return [one for one in bare if OTHERWISE.isdisjoint(one.things.lower().split())] + marked
