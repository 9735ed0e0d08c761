"""Frames that failed, and the models offered in place of one of them."""

from providers import catalogue
from providers.types import Quality
from routing.types import Spare
from tests.browser import states
from workspace.comparisons.frames import Sheet
from workspace.comparisons.swapping import Offers

MODELS = ("ideogram/v3", "openai/gpt-image-2.6-sunburst", "recraft/v4.1-pro-vector", "fal/flux-schnell")


def sheet() -> Sheet:
    """In the narrowest frames there are."""
    good = (states.frame(position) for position in range(1, 7))
    return states.sheet((*good, states.frame(7, "failed", label="Recraft V4"), states.frame(8, "refused", label="FLUX.2 Pro")))


def offers() -> Offers:
    return Offers("148-7", tuple(Spare(catalogue.model(name), Quality.STANDARD, 12, 5.0) for name in MODELS), "")
