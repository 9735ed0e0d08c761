"""A model's hand: everything about a picture that stays the same from prompt to prompt with one model."""

from dataclasses import dataclass
from hashlib import sha256

# Chosen so that the models shown together by default fall on different treatments.
_SALT = "house style 2428"

TREATMENTS = ("lit", "flat", "print", "gouache", "cinema", "ink")


@dataclass(frozen=True, slots=True)
class Style:
    """``turn`` in degrees of hue; ``variant`` picks among a scene's layouts and palettes; amounts 0..1 unless said."""

    treatment: str
    variant: int
    turn: float
    saturation: float
    mirrored: bool
    vignette: float
    bloom: float
    grain: float
    outline: float
    roundness: float
    type_choice: int

    @property
    def shading(self) -> float:
        """How much form is modelled by light: 0 keeps shapes flat."""
        return {"lit": 1.0, "cinema": 1.0, "gouache": 0.6, "print": 0.45, "flat": 0.12, "ink": 0.2}[self.treatment]


# vignette, bloom, grain, outline (units)
_LOOK: dict[str, tuple[float, float, float, float]] = {
    "lit": (0.22, 0.45, 0.25, 0.0),
    "flat": (0.0, 0.12, 0.0, 0.0),
    "print": (0.0, 0.0, 0.75, 0.0),
    "gouache": (0.06, 0.1, 0.5, 0.0),
    "cinema": (0.5, 0.7, 0.4, 0.0),
    "ink": (0.0, 0.0, 0.3, 0.45),
}


def style_of(model: str) -> Style:
    """The same name always gives the same hand."""
    digest = sha256(f"{_SALT}/{model}".encode(errors="replace")).digest()
    treatment = TREATMENTS[digest[0] % len(TREATMENTS)]
    vignette, bloom, grain, outline = _LOOK[treatment]
    return Style(
        treatment=treatment,
        variant=digest[1],
        turn=(digest[2] / 255 - 0.5) * 22,
        saturation=0.9 + digest[3] / 255 * 0.22,
        mirrored=digest[4] % 2 == 1,
        vignette=vignette,
        bloom=bloom,
        grain=grain,
        outline=outline,
        roundness=digest[5] / 255,
        type_choice=digest[6],
    )
