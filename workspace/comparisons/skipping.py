"""Models that somebody chose and that were left out when the run started: over its cap, or more than was on the account."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from enum import StrEnum

from routing.types import Cause, Plan


class Why(StrEnum):
    OVER_CAP = "over_cap"
    NO_CREDITS = "no_credits"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A model that was not run, what it would have cost (credits), and why."""

    model: str
    label: str
    credits: int
    why: str

    def frozen(self) -> dict[str, object]:
        """As it is kept in ``Comparison.skipped``."""
        return asdict(self)


def of(plan: Plan, runs: Collection[str]) -> tuple[Skipped, ...]:
    """Of what the person chose, and of the routes those that are not among the ids that ``runs``."""
    over = [left for left in plan.left_out if left.cause is Cause.OVER_CAP and not left.by_auto]
    short = [route for route in plan.routes if route.model.id not in runs]
    return (
        *(Skipped(route.model.id, route.model.label, route.credits, Why.NO_CREDITS) for route in short),
        *(Skipped(left.model.id, left.model.label, left.credits, Why.OVER_CAP) for left in over),
    )
