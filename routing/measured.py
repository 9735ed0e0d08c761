"""What experience says of the models: how long they take, how well they spell, what people prefer.

Whoever gathers it decides how much is enough (``ENOUGH`` answers of the last thirty days for a median); what is not here has not
been measured, and then the catalogue's expectation holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from providers.types import Quality

ENOUGH = 20
NO_TIMES: Mapping[Quality, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Measured:
    """One model. ``seconds``: the median answer by quality. ``text_accuracy``: the share of texts spelled right, 0 to 1.

    ``preference``: the share of blind votes won, 0 to 1. None where there is too little to go by.
    """

    seconds: Mapping[Quality, float] = NO_TIMES
    text_accuracy: float | None = None
    preference: float | None = None


NOT_MEASURED = Measured()
NOTHING_MEASURED: Mapping[str, Measured] = MappingProxyType({})
