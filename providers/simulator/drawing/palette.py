"""Colour schemes by time of day, each mixed by eye, then bent by the prompt's colour words and the model's hand."""

from dataclasses import dataclass
from random import Random

from .colour import RGB, darker, lighter, luminance, mix, rgb, tuned
from .reading import Reading
from .style import Style


@dataclass(frozen=True, slots=True)
class Palette:
    """``far`` to ``near`` are the ends of aerial perspective; ``accents`` has at least four colours."""

    top: RGB
    low: RGB
    sun: RGB
    far: RGB
    near: RGB
    paper: RGB
    ink: RGB
    accents: tuple[RGB, ...]
    dark: bool

    def layer(self, share: float) -> RGB:
        """A colour between far (0) and near (1)."""
        return mix(self.far, self.near, share)

    def accent(self, index: int) -> RGB:
        return self.accents[index % len(self.accents)]


# sky top, sky low, sun or moon, far, near, paper, ink, accents
_SCHEMES: dict[str, tuple[str, ...]] = {
    "day": (
        "5fa3cf d9ecef fff3cf a9c6c4 1f5a55 f4eee1 1c2f38 e4572e f2b134 2a8c82 f4e3c1 3b6ea5",
        "f0d9b5 fbf1de ffffff d8b48c 7a3f2b f7f0e3 33241f d9603b e9b44c 4f7f74 f3e2c7 30506b",
        "8fc7c2 eef3e2 fff8dc b8d4b4 2f5d46 f3f1e4 1f3329 ef6f4a f3c04b 3f8f70 f8ead0 276678",
    ),
    "dawn": (
        "8aa3c4 f8d8b8 fff0cf d9aa9a 41314f f6ece0 332a40 e8795a f3b562 7a6c9d f8e4d2 4d7c8a",
        "b3c6d8 fde4d4 fff6e6 d5b5b4 35485e f5efe8 26344a e98a78 f0c078 5f8aa8 fbe9de 8a6f9c",
        "7fa9b8 f4e1c6 fff4d8 b9c3b4 294a52 f2ecdf 203a42 de7f52 ecb95f 4f8a8b f6e6cd 8f5d6b",
    ),
    "sunset": (
        "4a3b72 f7a072 ffe9b0 c9747a 2b1c3d f7e8d6 2b1c3d ef5d4e f9b24d 8e4a8f fbdcb4 3c5a8c",
        "7b3b6b fcb069 fff0b8 d9806a 3b1a3e f9ead8 331a38 e8504a fbc15e 5a4a9c fde0bd 2f6d80",
        "2f4b74 fbc08a fff2c4 bf8a86 1d2b46 f5e9da 1d2b46 f0703e f7bf58 6d5a98 fae2c4 2d7f86",
    ),
    "blue": (
        "12264f 6f86b8 ffe3ae 51699c 0d1730 e9e6ea 111a33 ff7a59 ffc56b 45b6c8 f6dfc2 b56ad0",
        "1b2450 a58bb4 ffdcae 6a6398 131430 ece5e6 181636 ff6a7f ffbd6a 5ad0c4 f5dcc8 7d7ff0",
        "0f2f46 6fa3ae ffe7b4 4a7886 0a1f2e e6ebe8 0d2533 ff8552 ffcb70 57c4b2 f3e4c6 e2719c",
    ),
    "night": (
        "0b0d24 2c2f5e fdf0cf 34386a 070814 eae5ea 0e0f22 ff4f9a ffb74d 39d0e6 f3e2c4 8a5cf6",
        "081a26 1e4a5a f4f2d6 24505e 050f17 e4ebe8 0a1a22 ff6a4d ffc861 3fe0c5 efe6cd 5b8dff",
        "170b25 4a2456 ffe9c9 4b2b5c 0c0614 efe4ea 1a0e28 ff3d7f ffa84c 56c8ff f6dfca c45cff",
    ),
    "pastel": (
        "cfe0f2 fdeee6 fffbe8 d7c9e6 8f86b5 fbf5ef 5a5275 f4a6a0 f8d49a a9d4c5 fdf0e2 a5b8e6",
        "e6d9f0 fdf3e7 fffdf0 c9dccf 7fa295 faf6ee 4b5f5a f2b0b8 f5d7a0 9fcdd6 fdf1e6 c3b1e1",
        "d5ecE6 fdf0ea fffdf2 e2c8cf a37f95 fbf4f0 5e4a5c efa58d f4dc9c 9cc7b4 fcefe4 a9bfe8",
    ),
}  # fmt: skip


def _scheme(reading: Reading, style: Style, rng: Random) -> tuple[str, list[RGB]]:
    light = "pastel" if "pastel" in reading.words else reading.light
    if not light:
        light = "night" if reading.neon else rng.choice(("day", "day", "dawn", "sunset"))
    options = _SCHEMES[light]
    return light, [rgb(code.lower()) for code in options[style.variant % len(options)].split()]


def _lead(colours: list[RGB], named: tuple[RGB, ...]) -> list[RGB]:
    """Let the prompt's own colours lead: accents first, and a tint of the first over distance and sky."""
    if not named:
        return colours
    accents = [*named, *colours[7:]]
    tint = named[0]
    dark = luminance(colours[0]) < 0.12
    colours = [mix(colours[0], darker(tint, 0.55) if dark else tint, 0.34), mix(colours[1], tint, 0.16), *colours[2:7]]
    colours[3], colours[4] = mix(colours[3], tint, 0.4), mix(colours[4], darker(named[-1], 0.6), 0.5)
    return [*colours, *accents]


def palette_for(reading: Reading, style: Style, rng: Random) -> Palette:
    """The scheme of the prompt's light, led by its colour words, bent by the model's hand."""
    light, colours = _scheme(reading, style, rng)
    turn = style.turn * (0.35 if reading.colours else 1)
    colours = [tuned(each, turn=turn, saturation=style.saturation * (0.85 if reading.photoreal else 1)) for each in colours]
    named = tuple(tuned(each, saturation=style.saturation) for each in reading.colours)
    colours = _lead(colours, named)
    if reading.weather & {"fog", "snow"}:
        colours[1], colours[3] = lighter(colours[1], 0.3), mix(colours[3], lighter(colours[1], 0.35), 0.45)
    top, low, sun, far, near, paper, ink, *accents = colours
    return Palette(top, low, sun, far, near, paper, ink, tuple(accents), dark=light in {"night", "blue"})
