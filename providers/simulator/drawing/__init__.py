"""The pictures the simulator answers with: composed from the prompt's words, in a hand that belongs to the model."""

from .compose import draw
from .marker import is_simulated
from .preview import draw_preview

__all__ = ["draw", "draw_preview", "is_simulated"]
