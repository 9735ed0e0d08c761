"""Rules of an admin: whom Auto prefers, avoids and may never take, at which price, and whom it takes outright.

What they mean for the models of a day is worked out in ``routing.ruling``.
"""

from dataclasses import dataclass
from enum import StrEnum

from routing.types import Intent


class Action(StrEnum):
    """What a rule does to the models it names; ``DEFAULT_SET`` is what Auto takes, in that order."""

    PREFER = "prefer"
    AVOID = "avoid"
    FORBID = "forbid"
    CAP_PRICE = "cap_price"
    DEFAULT_SET = "default_set"


class Scope(StrEnum):
    """What a rule names, from the narrowest to the widest."""

    MODEL = "model"
    FAMILY = "family"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Target:
    """One model by its id, or all of a family or a provider; written "model:openai/gpt-image-2", "family:flux"."""

    scope: Scope
    key: str

    def __str__(self) -> str:
        return f"{self.scope}:{self.key}"


def target(text: str) -> Target:
    """A target as it is written. Raises ValueError."""
    scope, _, key = text.partition(":")
    return Target(Scope(scope), key)


@dataclass(frozen=True, slots=True)
class Rule:
    """``name`` is said to people after a colon, without its full stop: "Brand work goes to Recraft".

    ``intent`` says when it holds, None for every intent; whatever else a rule may depend on one day, such as a person's plan,
    stands beside it and is asked in ``holds``. Without ``targets`` it speaks of every model. ``cap`` is in credits an image.
    """

    name: str
    action: Action
    targets: tuple[Target, ...] = ()
    intent: Intent | None = None
    cap: int | None = None

    def holds(self, intent: Intent) -> bool:
        return self.intent in (None, intent)


@dataclass(frozen=True, slots=True)
class Rules:
    """Every rule that is switched on, the oldest first."""

    rules: tuple[Rule, ...] = ()

    def heard(self, intent: Intent) -> list[Rule]:
        """Those that hold for this intent."""
        return [rule for rule in self.rules if rule.holds(intent)]


NO_RULES = Rules()
