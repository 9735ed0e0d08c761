"""Frames that failed and models that were left out, with what is offered in their place."""

from dataclasses import replace

from providers import catalogue
from providers.types import Quality
from routing.types import Spare
from tests.browser import states
from workspace.comparisons.adding import Offers
from workspace.comparisons.sheets import Sheet
from workspace.comparisons.skipping import Skipped, Why

CAP, MONEY = Why.OVER_CAP, Why.NO_CREDITS
MODELS = ("ideogram/v3", "openai/gpt-image-2.6-sunburst", "recraft/v4.1-pro-vector", "fal/flux-schnell")


def sheet() -> Sheet:
    """In the narrowest frames there are."""
    good = (states.frame(position) for position in range(1, 7))
    return states.sheet((*good, states.frame(7, "failed", label="Recraft V4"), states.frame(8, "refused", label="FLUX.2 Pro")))


def sheet_with_left_out() -> Sheet:
    over, fits, short = (
        Skipped(name, catalogue.model(name).label, 5, why) for name, why in zip(MODELS, (CAP, CAP, MONEY), strict=False)
    )
    return replace(states.sheet([states.frame(1), states.frame(2, "failed")]), skipped=(over, fits, short), cap=7)


def offers() -> Offers:
    return Offers("148-7", tuple(Spare(catalogue.model(name), Quality.STANDARD, 12, 5.0) for name in MODELS), "")
