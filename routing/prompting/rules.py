"""What can be done to a prompt, one function a rule: each returns the draft changed, or the same where it has nothing to do.

A rule adds only what follows from what was read, and nothing where the prompt speaks of it already.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from routing.prompting import denials, vocabulary, words
from routing.prompting.draft import HELD, PHOTOREALISTIC, Draft, Matter
from routing.reading.types import Look
from routing.types import Intent

type Change = Callable[[Matter, Draft], Draft]


@dataclass(frozen=True, slots=True)
class Rule:
    """A change, why it is made (a plain sentence for people), and where its maker says so.

    ``english``: it adds words, so it is for English prompts. ``brief``: it is for prompts that leave something open.
    """

    change: Change
    reason: str
    source: str
    english: bool = True
    brief: bool = True

    def apply(self, matter: Matter, draft: Draft) -> Draft:
        if (self.brief and not matter.brief) or (self.english and not matter.spoken.english):
            return draft
        return self.change(matter, draft)


# --- what the picture is -------------------------------------------------------------------------------------------------------
def say_intent(matter: Matter, draft: Draft) -> Draft:
    """Photoreal or Illustration, where the person chose it and the words leave the look open."""
    if matter.reading.look is not Look.OTHER:
        return draft
    if matter.photographic:
        return replace(draft, medium="A photograph")
    other = any(matter.says(said) for said in (vocabulary.RENDERED, vocabulary.REALISTIC, vocabulary.PHOTOGRAPHED))
    return draft if other or matter.intent is not Intent.ILLUSTRATION else replace(draft, medium="An illustration")


def say_photograph(matter: Matter, draft: Draft) -> Draft:
    """The word itself, where only a lens or a light spoke of one."""
    if matter.reading.look is not Look.PHOTO or draft.medium or matter.says(vocabulary.PHOTOGRAPHED):
        return draft
    return replace(draft, medium="A photograph")


def say_photorealistic(matter: Matter, draft: Draft) -> Draft:
    if not matter.photographic or matter.says(vocabulary.REALISTIC):
        return draft
    named = not draft.medium and matter.says(vocabulary.PHOTOGRAPHED)
    return replace(draft, medium=PHOTOREALISTIC if named else "A photorealistic photograph")


def name_light(matter: Matter, draft: Draft) -> Draft:
    if not matter.photographic or matter.reading.complexity.light or matter.says(vocabulary.LIT):
        return draft
    return replace(draft, light="natural light")


def name_lens(matter: Matter, draft: Draft) -> Draft:
    """A lens for what is shown: 85 mm for a face, 24 mm for a place, 50 mm for the rest."""
    if not matter.photographic or matter.reading.complexity.composition or matter.says(vocabulary.FRAMED):
        return draft
    if any(word.endswith("mm") for word in matter.spoken.said):
        return draft
    if matter.says(vocabulary.PORTRAITS):
        return replace(draft, lens="an 85 mm lens")
    return replace(draft, lens="a 50 mm lens" if not matter.says(vocabulary.SCENERY) else "a 24 mm lens")


# --- how it is designed --------------------------------------------------------------------------------------------------------
def design(matter: Matter, draft: Draft) -> Draft:
    """Shapes, colours and ground of a logo, each unless the prompt has its own; nothing for one that is made of something."""
    tangible = matter.reading.complexity.material or matter.says(vocabulary.TANGIBLE)
    if matter.reading.look is not Look.LOGO or tangible:
        return draft
    parts = [
        "flat shapes with clean edges" if not matter.says(vocabulary.STYLED) else "",
        "a palette of two or three colours" if not matter.says(vocabulary.COLOURED) else "",
        "a plain background" if not matter.says(vocabulary.GROUNDED) else "",
    ]
    sentence = ", ".join(part for part in parts if part)
    return replace(draft, closing=(*draft.closing, sentence[0].upper() + sentence[1:])) if sentence else draft


def draw_flat(matter: Matter, draft: Draft) -> Draft:
    """Shapes that are easy to edit, from a model that answers with a drawing."""
    if not matter.capabilities.svg or _look(matter) is not Look.OTHER:
        return draft
    if matter.reading.complexity.material or matter.says(vocabulary.STYLED) or matter.says(vocabulary.TANGIBLE):
        return draft
    return replace(draft, closing=(*draft.closing, "Flat vector shapes with clean edges"))


def part_by_commas(matter: Matter, draft: Draft) -> Draft:
    return replace(draft, body=STOPS.sub(",", draft.body)) if "." in draft.body else draft


STOPS = re.compile(r"(?:(?<=[a-z]{2})|(?<=[\ue000-\uf8ff]))\.(?=\s+[A-Z\ue000-\uf8ff])")  # but not in "No. 5"


# --- what it is not ------------------------------------------------------------------------------------------------------------
def move_denials(matter: Matter, draft: Draft) -> Draft:
    """ ", no people" leaves the prompt and "people" joins the negative prompt, unless something of the kind is asked for."""
    if not matter.capabilities.negative_prompt or not matter.spoken.denies:
        return draft
    asked, body, moved = _asked(matter, draft), draft.body, []
    for one in reversed(denials.plain(draft.body)):
        if asked.isdisjoint(words.naming(one.things)) and not HELD.search(one.things):
            body = f"{body[: one.start]}{body[one.end :]}"
            moved.append(one.things)
    if not moved or not words.naming(HELD.sub("text", body)):
        return draft
    return replace(draft, body=body.lstrip(" ,.;"), negative=(*draft.negative, *reversed(moved)))


OPPOSITES: Mapping[Look, tuple[str, ...]] = {
    Look.PHOTO: ("illustration", "painting", "drawing", "cartoon", "3D render"),
    Look.ILLUSTRATION: ("photograph", "photorealistic"),
    Look.LOGO: ("photograph", "photorealistic", "3D render"),
}
FLAWS = ("blurry", "low quality", "watermark", "signature")
ROOTS = {thing: words.roots(words.naming(thing)) for things in (*OPPOSITES.values(), FLAWS) for thing in things}


def keep_out_other_looks(matter: Matter, draft: Draft) -> Draft:
    """Nothing drawn in a photograph, unless one of a drawing; no photograph in what is drawn, unless it should look like one."""
    look = _look(matter)
    mixed = vocabulary.DEPICTED if look is Look.PHOTO else vocabulary.REALISTIC
    return draft if matter.says(mixed) else _refuse(matter, draft, OPPOSITES.get(look, ()))


def keep_out_flaws(matter: Matter, draft: Draft) -> Draft:
    return _refuse(matter, draft, FLAWS)


def _look(matter: Matter) -> Look:
    """The look the picture should have: the one read, or where none was, the one the intent stands for."""
    if matter.reading.look is not Look.OTHER:
        return matter.reading.look
    return {Intent.PHOTOREAL: Look.PHOTO, Intent.ILLUSTRATION: Look.ILLUSTRATION}.get(matter.intent, Look.OTHER)


def _refuse(matter: Matter, draft: Draft, things: tuple[str, ...]) -> Draft:
    """Add things to the negative prompt, without any that is akin to a word of either prompt."""
    if not matter.capabilities.negative_prompt or not things:
        return draft
    others = words.roots(words.naming(" ".join([*draft.held, *draft.negative])))
    kept = tuple(thing for thing in things if ROOTS[thing].isdisjoint(matter.spoken.akin) and ROOTS[thing].isdisjoint(others))
    return replace(draft, negative=(*draft.negative, *kept)) if kept else draft


def _asked(matter: Matter, draft: Draft) -> frozenset[str]:
    """The naming words that are asked for, those of the drawn texts among them."""
    return matter.spoken.asked.union(words.naming(" ".join(draft.held)))
