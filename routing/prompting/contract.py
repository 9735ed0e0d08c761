"""The contract every adaptation keeps, whoever words it: rules, or a language model whose answer nobody trusts.

    the drawn texts stand in it verbatim, in quotation marks if they stood in them, and no other words do
    nothing that is named is dropped, and nothing denied is asked for: what is not wanted may only move to the negative prompt
    no brand, studio or artist is added, and no other name
    the negative prompt is one the model takes, and holds no word that is asked for
    both are within the model's length

Words count by their stems (``routing.prompting.words``); it is enough that a word is there, or a longer one that begins with it:
"photo" in "photograph". Small words of grammar may go.
"""

import re
from collections.abc import Iterator

from providers.types import ModelSpec
from routing import wording
from routing.prompting import denials, names, words
from routing.reading import marks
from routing.types import Adaptation, DrawnText, Reading

OPENING, CLOSING = "\"“”„«»「『〝＂'‘‚‹`《〈", "\"”“»«」』〞〟＂'’‘›`》〉"
QUOTED = re.compile(rf"[{CLOSING}]|[,，、.]\s?[{CLOSING}]")
SPOKEN = frozenset('"“„«「『〝＂')  # marks that say "draw this" wherever they stand
LETTER = "[0-9A-Za-zÀ-ɏ]"  # of a script that parts its words
SHOWN = 5  # words listed in a sentence


def breaches(original: str, adaptation: Adaptation, reading: Reading, model: ModelSpec) -> tuple[str, ...]:
    """Every way in which an adaptation of ``original`` breaks the contract, in plain sentences; empty if it is kept."""
    return (
        *_length(adaptation, model),
        *_texts(original, adaptation.prompt, reading),
        *_named(original, adaptation, reading),
        *_added(original, adaptation.prompt),
        *_negative(original, adaptation, reading, model),
    )


def _length(adaptation: Adaptation, model: ModelSpec) -> Iterator[str]:
    limit = model.capabilities.max_prompt_characters
    for what, text in (("prompt", adaptation.prompt), ("negative prompt", adaptation.negative_prompt)):
        if len(text) > limit:
            yield f"The {what} has {len(text):,} characters and this model takes {limit:,}."


def _texts(original: str, adapted: str, reading: Reading) -> Iterator[str]:
    for text in reading.texts:
        words_drawn = _literal(original, text)
        if words_drawn not in adapted:
            yield f"{wording.quoted(words_drawn)} is to be drawn and is missing."
        elif text.quoted and _in_marks(words_drawn, original) and not _in_marks(words_drawn, adapted):
            yield f"{wording.quoted(words_drawn)} is to be drawn and lost its quotation marks."
    passages, _ = marks.find(adapted)
    for passage in passages:
        inside = adapted[passage.first : passage.last].strip(" ,，、.")
        if passage.mark in SPOKEN and inside not in original:
            yield f"{wording.quoted(inside)} stands in quotation marks and is not yours."


def _literal(original: str, text: DrawnText) -> str:
    """What must stand in the adaptation: the text, or what spells it where that is written another way: "L-A-U-N-C-H"."""
    return text.text if text.text in original else original[text.start : text.end]


def _in_marks(text: str, adapted: str) -> bool:
    at = adapted.find(text)
    while at >= 0:
        if adapted[at - 1 : at] and adapted[at - 1] in OPENING and QUOTED.match(adapted, at + len(text)):
            return True
        at = adapted.find(text, at + 1)
    return False


def _named(original: str, adaptation: Adaptation, reading: Reading) -> Iterator[str]:
    drawn = [_literal(original, text) for text in reading.texts]
    wanted, unwanted = denials.parted(_without(original, drawn))
    wanted_now, unwanted_now = denials.parted(_without(adaptation.prompt, drawn))
    asked = words.naming(wanted)
    if lost := _lost(asked, words.all_of(wanted_now)):
        yield f"It drops {_shown(lost)}."
    refused = words.naming(unwanted) - asked - DENYING
    if kept_out := _lost(refused, words.all_of(unwanted_now) | words.all_of(adaptation.negative_prompt)):
        yield f"It no longer keeps out {_shown(kept_out)}."
    if turned := refused & words.naming(wanted_now):
        yield f"It asks for {_shown(turned)}, which you do not want."


DENYING = words.table("no not without never avoid exclude omit zero don negative prompt ohne nicht sans pas aucun aucune sin")


def _without(text: str, drawn: list[str]) -> str:
    """The text with a gap where drawn words stand: letters in them are not words around them."""
    for words_drawn in sorted(drawn, key=len, reverse=True):
        text = re.sub(rf"(?<!{LETTER}){re.escape(words_drawn)}(?!{LETTER})", " ", text)
    return text


def _lost(stems: set[str], kept: set[str]) -> list[str]:
    missing = stems - kept
    return sorted(stem for stem in missing if len(stem) < 4 or not any(word.startswith(stem) for word in kept))


def _shown(stems: list[str] | set[str]) -> str:
    listed = [wording.quoted(stem) for stem in sorted(stems)]
    more = len(listed) - SHOWN
    return wording.listed([*listed[:SHOWN], f"{more} more"] if more > 0 else listed)


def _added(original: str, adapted: str) -> Iterator[str]:
    if added := names.added(original, adapted):
        yield f"It adds {_shown(added)}."


def _negative(original: str, adaptation: Adaptation, reading: Reading, model: ModelSpec) -> Iterator[str]:
    if not adaptation.negative_prompt:
        return
    if not model.capabilities.negative_prompt:
        yield "This model takes no negative prompt."
    wanted, _ = denials.parted(_without(original, [_literal(original, text) for text in reading.texts]))
    asked = words.naming(" ".join([wanted, *(text.text for text in reading.texts)]))
    if against := asked & words.naming(adaptation.negative_prompt):
        yield f"The negative prompt keeps out {_shown(against)}, which you ask for."
