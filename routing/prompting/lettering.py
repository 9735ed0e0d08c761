"""What a rule may do about words to be drawn: put them in quotation marks, and name them early. Never touch them."""

import re
from dataclasses import replace

from routing.prompting.draft import HELD, MARKS, Draft, Matter
from routing.prompting.words import table

SURE = 0.6  # of words nobody quoted: below that the reader only supposes that they are lettering
EARLY = 100  # characters: a text named within them is named early
PIECE = re.compile(r"(?<=[,;.!?])\s+")
# Words that begin a piece which can stand before what it followed, and words that need what stood before them.
BEGINS = table("with a an the two three four text title headline sign letters mit ein eine avec un une con una")
LEANS = table(
    """
    it its itself they them their theirs his her hers he she this that these those which who whose there here one other another
    above below underneath beneath beside inside same er sie es ihr sein son sa ses elle il su sus
    """
)
INNER = re.compile(r"[\"“”„«»「」『』(){}\[\]\n]")


def quoted(matter: Matter, draft: Draft) -> Draft:
    """Words nobody quoted get quotation marks; those that hold some themselves, or that the reader is unsure of, do not."""
    texts = sorted(matter.reading.texts, key=lambda one: one.start)
    bare = {text.text for text in texts if not text.quoted and text.confidence >= SURE}
    if not bare:
        return draft
    return replace(draft, held=tuple(f'"{words}"' if words in bare and '"' not in words else words for words in draft.held))


def early(matter: Matter, draft: Draft) -> Draft:
    """Move the pieces of the sentence that name the texts to its front, if they can stand there by themselves."""
    first = HELD.search(draft.body)
    if first is None or first.start() < EARLY or INNER.search(draft.body):
        return draft
    pieces = PIECE.split(draft.body.strip())
    naming = [place for place, piece in enumerate(pieces) if HELD.search(piece)]
    after = [place + 1 for place in naming if place + 1 < len(pieces)]
    if naming[0] == 0 or not all(_stands(pieces[place]) for place in {*naming, *after}):
        return draft
    moved = " ".join(pieces[place] for place in naming)
    rest = " ".join(piece for place, piece in enumerate(pieces) if place not in naming)
    return replace(draft, body=f"{moved.rstrip(' ,;.!?')}: {rest.rstrip(' ,;')}")


def _stands(piece: str) -> bool:
    words = re.findall(r"\w+", piece.lower())
    return (HELD.match(piece) is not None or (bool(words) and words[0] in BEGINS)) and LEANS.isdisjoint(words)


def all_quoted(draft: Draft) -> bool:
    return bool(draft.held) and all(words[:1] in MARKS for words in draft.held)
