"""The words of a prompt that name something: what an adaptation may not lose, and a negative prompt may not hold.

A word counts by its stem, so that "cat's" and "cats" are one. Chinese and Japanese are written without spaces: there every
ideograph counts but particles, and every run of katakana, or of three or more hiragana (shorter ones are grammar). Emoji count,
too.
"""

import re
from collections.abc import Iterable


def table(text: str) -> frozenset[str]:
    """The words of a table, as it is written here."""
    return frozenset(text.split())


# Articles, pronouns, auxiliaries and prepositions: what a sentence may be turned without.
GRAMMAR = table(
    """
    a an the this that these those there here it its he him his she her hers they them their theirs we our us you your i my me
    who whom whose which what where when while as is are was were be been being am do does did has have had will would can
    could shall should may might must of in on at to for from by with within into onto upon over under above below between
    among through during about around against across along behind beside beneath before after near off out up down and or but
    nor so than then also very just too such some any each both s t d ll re ve please der die das den dem des ein eine einen
    einem einer eines und oder ist sind im am zum zur mit von vom auf aus bei für an über unter le la les l un une des du de d
    et ou est sont dans sur sous avec par pour en au aux qui que el los las una unos unas y o es son con por para del al que
    se
    的 了 在 是 和 与 與 及 着 著 也 就 把 被 而
    """
)
FIND = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff]|[\u30a0-\u30ff]+|[\u3041-\u309f]{3,}"
    r"|[^\W_\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
    r"|[\u2600-\u27bf\U0001f000-\U0001faff]"
)


def all_of(text: str) -> set[str]:
    """The stems of every word, grammar included."""
    return {stem(word) for word in FIND.findall(text.lower())}


def naming(text: str) -> set[str]:
    """The stems of the words that name something."""
    return {stem(word) for word in FIND.findall(text.lower()) if word not in GRAMMAR}


def stem(word: str) -> str:
    """A word in lower case without the ending of a plural: "boxes" and "box", "berries" and "berry" are one."""
    if len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("ches", "shes", "sses", "xes", "zes")) else word[:-1]


def roots(stems: Iterable[str]) -> frozenset[str]:
    """The first letters of words, by which "painted" is akin to "painting"."""
    return frozenset(word[:4] for word in stems)
