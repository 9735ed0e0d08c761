"""What a prompt asks to see: scene, things, colours, light, weather. A word list, not a language model."""

import re
from dataclasses import dataclass

from .colour import NAMED, RGB, rgb
from .vocabulary import LIGHTS, SCENES, SUBJECTS, WEATHER

LONGEST = 4000
_QUOTED = re.compile("[\"“”„«»「」『』][^\"“”„«»「」『』]{0,300}[\"“”„«»「」『』]|(?<!\\w)['‘][^'‘’]{1,300}['’](?!\\w)")
_WORD = re.compile(r"[a-zà-öø-ÿ]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """``subjects`` in the order of the prompt; ``inks`` is the number of colours asked for (0: free)."""

    scene: str
    subjects: tuple[str, ...]
    colours: tuple[RGB, ...]
    light: str
    weather: frozenset[str]
    words: frozenset[str]
    inks: int

    @property
    def mono(self) -> bool:
        return bool(self.words & {"monochrome", "greyscale", "grayscale"}) or {"black", "white"} <= self.words

    @property
    def neon(self) -> bool:
        return bool(self.words & {"neon", "cyberpunk", "synthwave", "vaporwave"})

    @property
    def photoreal(self) -> bool:
        return bool(self.words & {"photo", "photoreal", "photorealistic", "photograph", "realistic", "photography", "cinematic"})


def _matches(words: list[str], table: dict[str, frozenset[str]]) -> list[str]:
    """Keys of the table in the order in which the prompt first names them."""
    index = {word: key for key, group in table.items() for word in group}
    return list(dict.fromkeys(index[word] for word in words if word in index))


def _scene(words: list[str], subjects: list[str]) -> str:
    """The kind of picture by rank in ``SCENES`` (a fox *logo* is a logo first, a fox second)."""
    present = set(words)
    for scene, triggers in SCENES.items():
        if present & triggers:
            return scene
    return (subjects and _HOME.get(subjects[0], "abstract")) or "abstract"


_HOME = {
    **dict.fromkeys(("fox", "cat", "dog", "bird", "owl", "fish", "whale", "bear", "rabbit"), "animal"),
    **dict.fromkeys(("bottle", "vase", "glass", "cup", "fruit", "plant", "candle", "bowl", "lamp", "book"), "still"),
    **dict.fromkeys(("mountain", "sea", "dune", "forest", "lake", "hill", "sun", "wave"), "landscape"),
    **dict.fromkeys(("rocket", "planet", "star", "moon"), "space"),
    "robot": "animal",
}  # fmt: skip


def _inks(text: str) -> int:
    found = re.search(r"\b(one|two|three|1|2|3)[ -]colou?rs?\b", text)
    return {"one": 1, "1": 1, "two": 2, "2": 2, "three": 3, "3": 3}[found.group(1)] if found else 0


def read(prompt: str) -> Reading:
    """Never fails; words in quotation marks are type to be set, and things to be shown only if nothing else is named."""
    text = prompt[:LONGEST].lower()
    quoted = _WORD.findall(" ".join(_QUOTED.findall(text)))
    text = re.sub(r"\b(blue|golden)[ -]hour\b", r"\1hour", _QUOTED.sub(" ", text))
    words = _WORD.findall(text)
    subjects = _matches(words, SUBJECTS) or _matches(quoted, SUBJECTS)
    lights = _matches(words, LIGHTS)
    scene = _scene(words, subjects)
    return Reading(
        scene=scene,
        subjects=tuple(subjects),
        colours=tuple(dict.fromkeys(rgb(NAMED[word]) for word in words if word in NAMED))[:4],
        light=lights[0] if lights else "",
        weather=frozenset(_matches(words, WEATHER)),
        words=frozenset(words),
        inks=_inks(text),
    )
