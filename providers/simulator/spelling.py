"""Which texts a prompt asks to be drawn, and how a model gets them wrong.

Slips are those people see in real pictures: a letter that looks like its neighbour in the alphabet of shapes (CyberCafe ->
CyberCate), signs in place of letters (Cyb3rC@fe), letters doubled, dropped or swapped.
"""

import re
from collections.abc import Callable, Iterable
from random import Random

MARKER = re.compile(r"\[\[.*?\]\]")
QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”')
REFERENCE_LENGTH = len("Launch 2024")
SHORT_TEXT_SHARE = 0.4  # even one letter can go wrong

SIMILAR = (
    "ao bh ce ec ft gq hn il kh li mn nm oc pq rn sz tf uv vu wv yv zs BR CG DO "
    "EF GC HN IL MN NM OQ PR QO RP UV VU 01 17 38 56 65 86"
)
LOOKALIKES = {pair[0]: pair[1] for pair in SIMILAR.split()}
SIGNS = {"a": "@", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7", "A": "4", "E": "3", "I": "1", "O": "0", "S": "$"}


def without_markers(prompt: str) -> str:
    """The prompt as a model would see it: test marks such as ``[[bench-1]]`` are not for it."""
    return MARKER.sub("", prompt).strip()


def quoted_texts(prompt: str) -> tuple[str, ...]:
    """Texts between straight or curly double quotation marks, in order, without the blank ones."""
    found = (straight or curly for straight, curly in QUOTED.findall(without_markers(prompt)))
    return tuple(text.strip() for text in found if text.strip())


def spell_all(texts: Iterable[str], spells_right: float, chance: Random) -> tuple[str, ...]:
    """Each text as this model draws it."""
    return tuple(spell(text, spells_right, chance) for text in texts)


def spell(text: str, spells_right: float, chance: Random) -> str:
    """``spells_right`` holds for a text of eleven characters; longer ones fail more, shorter ones less."""
    share = max(len(text) / REFERENCE_LENGTH, SHORT_TEXT_SHARE)
    return text if chance.random() < spells_right**share else misspell(text, chance)


def misspell(text: str, chance: Random) -> str:
    """One slip, or a few in a long text; never the text itself."""
    wrong = text
    for _ in range(1 + len(text) // 14):
        wrong = chance.choice(SLIPS)(wrong, chance)
    return wrong if wrong != text else _double(text, chance)


def _lookalike(text: str, chance: Random) -> str:
    return _replace_one(text, LOOKALIKES, chance)


def _replace_one(text: str, table: dict[str, str], chance: Random) -> str:
    places = [at for at, letter in enumerate(text) if letter in table]
    if not places:
        return _double(text, chance)
    at = chance.choice(places)
    return text[:at] + table[text[at]] + text[at + 1 :]


def _signs(text: str, chance: Random) -> str:
    """Several letters at once: the look of a model that has seen too many user names."""
    return "".join(SIGNS[letter] if letter in SIGNS and chance.random() < 0.7 else letter for letter in text)


def _double(text: str, chance: Random) -> str:
    at = chance.choice([at for at, letter in enumerate(text) if not letter.isspace()])
    return text[: at + 1] + text[at:]


def _drop(text: str, chance: Random) -> str:
    places = [at for at, letter in enumerate(text) if letter.isalnum()]
    if len(places) < 2:
        return _double(text, chance)
    at = chance.choice(places)
    return text[:at] + text[at + 1 :]


def _swap(text: str, chance: Random) -> str:
    places = [at for at in range(len(text) - 1) if text[at] != text[at + 1] and text[at : at + 2].isalnum()]
    if not places:
        return _double(text, chance)
    at = chance.choice(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


SLIPS: tuple[Callable[[str, Random], str], ...] = (_lookalike, _lookalike, _signs, _double, _drop, _swap)
