"""What decides beside the brief: the models there are, what they cost and how they do just now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from providers import catalogue
from providers.types import ModelSpec
from routing import selection
from routing.allowance import EVERYTHING, Allowance
from routing.candidates import NOBODY_RESTS
from routing.measured import NOTHING_MEASURED, Measured
from routing.pricing import Rates
from routing.rules import NO_RULES, Rules
from routing.types import Brief, Plan, Resting
from workspace.comparisons import breakers, keys, measuring, standing


@dataclass(frozen=True, slots=True)
class Situation:
    """The arguments of ``routing.selection.plan`` beside the brief, the same for everybody but for the ``allowance``."""

    models: Sequence[ModelSpec]
    today: date
    rates: Rates
    max_models: int
    down: Collection[str] = ()
    resting: Mapping[str, Resting] = NOBODY_RESTS
    measured: Mapping[str, Measured] = NOTHING_MEASURED
    allowance: Allowance = EVERYTHING
    rules: Rules = NO_RULES

    def plan(self, brief: Brief, *, chosen: Sequence[str] = (), unchecked: Collection[str] = (), fill: bool = False) -> Plan:
        """Decide. Raises ``UnknownModel`` for an id that is in no catalogue."""
        return selection.plan(
            brief,
            chosen=chosen,
            unchecked=unchecked,
            models=self.models,
            today=self.today,
            rates=self.rates,
            down=self.down,
            resting=self.resting,
            measured=self.measured,
            max_models=self.max_models,
            allowance=self.allowance,
            fill=fill,
            rules=self.rules,
        )


def now(allowance: Allowance = EVERYTHING) -> Situation:
    """As it is in this installation, for somebody with this allowance."""
    return Situation(
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
    return Situation(catalogue.all_models(), keys.today(), keys.rates_of_settings(), settings.MAX_MODELS_PER_COMPARISON)
