"""Whether a prompt is in English. Words are added to a prompt only in its own language, and English is the one the rules know."""

import re
from collections.abc import Iterable, Sequence

from routing.reading.cues import IDEOGRAPHS
from routing.reading.languages import english, english_looks, french, german, spanish
from routing.reading.roles import Vocabulary

WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
SMALL_ENGLISH = "a an and are at by for from her his in into is it its no of off on or over some that the their to under up with"
SMALL_OTHER = """
    auf aus bei das dem den der des die ein eine einem einen einer im mit nach oder ohne und vom von vor zu zum zur
    au aux avec ce ces dans de du elle en est et la le les leur où par pas pour qui sans son sous sur un une
    al como con del dos el ella entre es hay junto las los más muy para por que sin sobre su una uno y
    che di gli il nel nella per senza met een het van op com da do dos em na no uma och ett med på
"""


def _words(vocabularies: Iterable[Vocabulary]) -> frozenset[str]:
    return frozenset(
        word.lower() for vocabulary in vocabularies for phrases in vocabulary.values() for word in WORD.findall(phrases)
    )


_ENGLISH = _words([english.WORDS, english_looks.WORDS]).union(SMALL_ENGLISH.split())
_OTHER = _words([german.WORDS, french.WORDS, spanish.WORDS]).union(SMALL_OTHER.split())
# A word of one side only, and its weight: the small words tell more, for nouns are borrowed.
VOICES = {word: 2 if word in SMALL_ENGLISH.split() else 1 for word in _ENGLISH - _OTHER}
VOICES |= {word: -2 if word in SMALL_OTHER.split() else -1 for word in _OTHER - _ENGLISH}


def is_english(words: Sequence[str], text: str) -> bool:
    """Whether ``text``, with these ``words`` in lower case, speaks English; False where the words do not tell."""
    if IDEOGRAPHS.search(text):
        return False
    return sum(VOICES.get(word, 0) for word in words) > 0
