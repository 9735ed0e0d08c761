"""One module for each kind of picture; ``PAINTERS`` names them as the vocabulary does."""

from collections.abc import Callable

from providers.simulator.drawing.scenes import (
    abstract,
    animal,
    architecture,
    badge,
    city,
    isometric,
    landscape,
    logo,
    poster,
    space,
    still,
    street,
)
from providers.simulator.drawing.stage import Stage

PAINTERS: dict[str, Callable[[Stage], None]] = {
    "abstract": abstract.paint,
    "animal": animal.paint,
    "architecture": architecture.paint,
    "badge": badge.paint,
    "city": city.paint,
    "isometric": isometric.paint,
    "landscape": landscape.paint,
    "logo": logo.paint,
    "poster": poster.paint,
    "product": still.paint_product,
    "room": architecture.paint_room,
    "space": space.paint,
    "still": still.paint,
    "street": street.paint,
}
