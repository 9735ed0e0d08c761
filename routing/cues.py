"""Words that give an intent away, as plain tables. Add a line to teach the router a word.

Case, hyphens and spaces do not matter: "High-Res" is "high res", "35mm" is "35 mm". A phrase counts once per place, the longest
wins, and none counts right after "no" or "without".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from routing.types import Intent

# These settle the matter whatever else the prompt says. Two kinds in one prompt: the upper one wins.
DECISIVE = {
    Intent.TYPOGRAPHY: """
        logo, logos, logotype, wordmark, word mark, monogram, lettermark,
        lettering, hand lettering, hand lettered, typography, typographic, calligraphy
    """,
    Intent.FINAL: """
        final version, final image, final picture, final artwork, final art, final render, final print, final piece, final asset,
        print ready, for print, for printing, print quality, print resolution, production ready, camera ready
    """,
    Intent.DRAFT: """
        quick draft, rough draft, first draft, just a draft, draft version, quick look, rough idea, quick mockup, thumbnail idea
    """,
}

# These are counted; the kind with most of them wins, the upper one of two as strong.
TELLING = {
    Intent.TYPOGRAPHY: """
        badge, badges, emblem, signage, signboard, neon sign, shop sign, slogan, tagline, headline, caption,
        font, fonts, typeface, serif, sans serif, letterhead, business card, title card, name tag,
        the word, the words, the text, the letters, that says, that reads, which says, which reads,
        sign saying, sign reading, text saying, text reading, lettered, spelling out, spelled out
    """,
    Intent.PHOTOREAL: """
        photo, photos, photograph, photographs, photographed, photography, photographic,
        photorealism, photorealistic, photoreal,
        photo realistic, raw photo, hyperrealistic, snapshot, headshot, product shot, close up shot, macro shot, aerial shot,
        dslr, slr, mirrorless, medium format, full frame, viewfinder, telephoto, fisheye, macro lens, wide angle lens, prime lens,
        lens flare, depth of field, shallow focus, bokeh, long exposure, double exposure, shutter speed, motion blur,
        film grain, shot on film, analog film, analogue film,
        polaroid, kodak, portra, fujifilm, leica, hasselblad, canon eos, nikon,
        14 mm, 16 mm, 24 mm, 28 mm, 35 mm, 40 mm, 50 mm, 70 mm, 85 mm, 100 mm, 105 mm, 135 mm, 200 mm, 300 mm, 400 mm,
        f/1.2, f/1.4, f/1.8, f/2, f/2.0, f/2.8, f/4, f/4.0, f/5.6, f/8, f/8.0, f/11, f/16, f/22,
        iso 50, iso 100, iso 200, iso 400, iso 800, iso 1600, iso 3200
    """,
    Intent.ILLUSTRATION: """
        illustration, illustrations, illustrated, drawing, drawings, hand drawn, sketch, sketches, sketched, doodle,
        cartoon, cartoons, comic, comics, comic book, graphic novel, manga, anime, storybook, picture book, children's book,
        watercolour, watercolor, watercolours, watercolors, gouache, oil painting, acrylic painting, painting, fresco,
        pencil drawing, coloured pencil, colored pencil, charcoal drawing, pastel drawing, line drawing, line art, linework,
        ink drawing, ink wash, pen and ink, linocut, woodcut, woodblock, etching, engraving, lithograph, screen print, risograph,
        ukiyo e, art nouveau, art deco poster,
        vector, flat colour, flat color, flat design, clip art, pixel art, concept art, isometric, low poly, cel shaded
    """,
    Intent.FINAL: """
        high res, hi res, high resolution, full resolution
    """,
}

DECISIVE_WEIGHT = 100  # more than a prompt has telling words, in practice
NEGATIONS = frozenset({"no", "not", "without", "never"})
ARTICLES = frozenset({"a", "an", "any", "the"})
WORD = re.compile(r"\d+|[^\W\d_]+")  # runs of digits or of letters, so that "35mm" is two words


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase found in a prompt: ``text`` as written there, ``start`` and ``end`` its span."""

    intent: Intent
    weight: int
    text: str
    start: int
    end: int


type Phrase = tuple[tuple[str, ...], Intent, int]


def _phrases() -> Iterator[Phrase]:
    for table, weight in ((DECISIVE, DECISIVE_WEIGHT), (TELLING, 1)):
        for intent, phrases in table.items():
            for phrase in phrases.split(","):
                yield tuple(WORD.findall(phrase.lower())), intent, weight


def _by_first_word() -> dict[str, tuple[Phrase, ...]]:
    """First word -> its phrases, longest first; so most words of a prompt cost one look-up."""
    index: dict[str, list[Phrase]] = {}
    for phrase in sorted(_phrases(), key=lambda one: -len(one[0])):
        index.setdefault(phrase[0][0], []).append(phrase)
    return {word: tuple(phrases) for word, phrases in index.items()}


PHRASES = _by_first_word()


def find(prompt: str) -> tuple[Cue, ...]:
    """Every cue of the prompt in order."""
    matches = list(WORD.finditer(prompt))
    words = [match.group().lower() for match in matches]
    cues: list[Cue] = []
    free = 0  # words before this one belong to a cue already
    for position, word in enumerate(words):
        if word not in PHRASES or position < free or _negated(words, position):
            continue
        if (phrase := _phrase_at(words, position)) is not None:
            free = position + len(phrase[0])
            start, end = matches[position].start(), matches[free - 1].end()
            cues.append(Cue(phrase[1], phrase[2], prompt[start:end], start, end))
    return tuple(cues)


def _phrase_at(words: list[str], position: int) -> Phrase | None:
    for phrase in PHRASES[words[position]]:
        if tuple(words[position : position + len(phrase[0])]) == phrase[0]:
            return phrase
    return None


def _negated(words: list[str], position: int) -> bool:
    """ "no logo", "not a photo", "without the text"."""
    before = position - 1
    if before > 0 and words[before] in ARTICLES:
        before -= 1
    return before >= 0 and words[before] in NEGATIONS
