"""The open typefaces that ship with the simulator, and which of them can spell a given text."""

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

FOLDER = Path(__file__).resolve().parent.parent / "fonts"

SCRIPT, GROTESQUE, SERIF, DECO = "Pacifico", "ArchivoBlack", "BodoniModa", "PoiretOne"
ROUNDED, CONDENSED, SLAB = "Fredoka", "Oswald", "Bevan"
WORLD, JAPANESE = "Rubik", "MPlusRounded"
_FALLBACKS = (GROTESQUE, CONDENSED, WORLD, JAPANESE)

# Roles a scene asks for; the model's hand picks one of each row.
ROLES: dict[str, tuple[str, ...]] = {
    "neon": (SCRIPT, ROUNDED, SCRIPT, CONDENSED, GROTESQUE),
    "sign": (SLAB, CONDENSED, ROUNDED, SCRIPT, SERIF),
    "badge": (CONDENSED, GROTESQUE, SLAB, ROUNDED),
    "logo": (SERIF, GROTESQUE, ROUNDED, CONDENSED, SLAB, DECO),
    "headline": (CONDENSED, GROTESQUE, SERIF, SLAB),
    "label": (SERIF, CONDENSED, GROTESQUE, SLAB),
    "caption": (SERIF, CONDENSED, ROUNDED, GROTESQUE),
}


@lru_cache(maxsize=128)
def font(face: str, size: int) -> ImageFont.FreeTypeFont:
    """A face at a size in pixels."""
    return ImageFont.truetype(FOLDER / f"{face}.ttf", max(1, size))


@lru_cache(maxsize=4096)
def has(face: str, character: str) -> bool:
    """Whether the face draws this character: something other than its "missing" box."""
    if character.isspace():
        return True
    type_ = font(face, 24)
    drawn, missing = type_.getmask(character), type_.getmask("\uffff")
    return drawn.getbbox() is not None and (drawn.size, bytes(drawn)) != (missing.size, bytes(missing))


def spell(text: str, wanted: str) -> tuple[str, str]:
    """The face to use and what of the text it can draw: the wanted face, else the one that misses least."""
    characters = {c for c in text if not c.isspace()}
    faces = (wanted, *_FALLBACKS)
    best = max(faces, key=lambda face: (sum(has(face, c) for c in characters), -faces.index(face)))
    return best, " ".join("".join(c for c in text if has(best, c)).split())
