"""From pixels to the name of a shape, for the providers that take no pixels."""

import math
from collections.abc import Iterable

from providers.types import Size


def nearest(size: Size, names: Iterable[str]) -> str:
    """The name nearest in shape, of names such as ``16:9``. Twice as wide and half as wide are equally far."""
    return min(names, key=lambda name: abs(math.log(size.ratio / _value(name))))


def _value(name: str) -> float:
    width, height = name.split(":")
    return int(width) / int(height)
