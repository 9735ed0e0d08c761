"""What decides beside the brief: the models there are, what they cost and how they do just now.

A situation is ``routing.selection.plan`` with everything given but the brief; what is to be otherwise is given once more.
"""

from functools import partial

from django.conf import settings

from providers import catalogue
from routing import selection
from routing.allowance import EVERYTHING, Allowance
from routing.types import Plan
from workspace.comparisons import breakers, keys, measuring, standing

type Situation = partial[Plan]


def now(allowance: Allowance = EVERYTHING) -> Situation:
    """As it is in this installation, for somebody with this allowance."""
    return partial(
        selection.plan,
        chosen=(),
        unchecked=(),
        models=keys.known_models(),
        today=keys.today(),
        rates=keys.rates(),
        max_models=settings.MAX_MODELS_PER_COMPARISON,
        down=keys.paused(),
        resting=breakers.resting(),
        measured=measuring.measured(),
        allowance=allowance,
        rules=standing.entered().rules,
    )


def by_the_code() -> Situation:
    """With nothing but the catalogue, as if every provider were configured and well: where there is no database to ask."""
    return partial(
        selection.plan,
        chosen=(),
        unchecked=(),
        models=catalogue.all_models(),
        today=keys.today(),
        rates=keys.rates_of_settings(),
        max_models=settings.MAX_MODELS_PER_COMPARISON,
    )
