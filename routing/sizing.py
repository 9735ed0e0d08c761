"""From the shape a person picks to the size a model can draw. Sizes are pixels."""

from collections.abc import Sequence
from functools import lru_cache
from math import log
from types import MappingProxyType

from providers.types import Size

# About one megapixel each, exact in ratio; sides are multiples of 16, which is what GPT Image and FLUX ask for.
SHAPES = MappingProxyType(
    {
        "1:1": Size(1024, 1024),
        "4:3": Size(1152, 864),
        "3:4": Size(864, 1152),
        "3:2": Size(1248, 832),
        "16:9": Size(1280, 720),
        "9:16": Size(720, 1280),
    }
)


def nearest(wanted: Size, offered: Sequence[Size]) -> Size:
    """The offered size nearest in ratio; of those, nearest in area; of those, the smaller. Raises ValueError if there is none.

    Distances are logarithms, so that twice as wide and half as wide are equally far.
    """
    return wanted if wanted in offered else _nearest(wanted, tuple(offered))


@lru_cache(maxsize=2_048)
def _nearest(wanted: Size, offered: tuple[Size, ...]) -> Size:
    """The same few shapes are asked of the same models again and again, and logarithms take their time."""
    return min(offered, key=lambda size: (_ratio_distance(wanted, size), _area_distance(wanted, size), size.width, size.height))


def note(wanted: Size, made: Size) -> str | None:
    """What to tell the person when the size differs, or None."""
    return None if wanted == made else f"Asked for {made}. This model has no {wanted}."


def _ratio_distance(one: Size, other: Size) -> float:
    """Nine digits: 4:3 spelled in different pixels must compare as equal."""
    return round(abs(log(one.width * other.height) - log(one.height * other.width)), 9)


def _area_distance(one: Size, other: Size) -> float:
    return round(abs(log(one.width * one.height) - log(other.width * other.height)), 9)
