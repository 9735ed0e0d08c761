"""What words say, one table per language. Add a line to teach the reader a word.

A table maps a role to phrases between commas. Case, hyphens and spaces do not matter: "High-Res" is "high res". Of two phrases
at one place the longer wins. A phrase may stand under several roles. Phrases in Chinese and Japanese match wherever they stand.
"""

from collections.abc import Sequence

from routing.reading.languages import chinese, english, english_looks, french, german, japanese, spanish
from routing.reading.roles import Vocabulary

VOCABULARIES: Sequence[Vocabulary] = (
    english.WORDS,
    english_looks.WORDS,
    german.WORDS,
    french.WORDS,
    spanish.WORDS,
    chinese.WORDS,
    japanese.WORDS,
)
DENIALS = frozenset().union(*(module.DENIALS for module in (english, german, french, spanish)))
