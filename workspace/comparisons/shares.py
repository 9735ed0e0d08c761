"""A frame's share of the hold: charged or given back once per round, in the caller's transaction, after its rows are locked."""

from workspace.comparisons.models import Generation
from workspace.credits import services as credits
from workspace.credits.models import Account


def charge(generation: Generation, outcome: str) -> bool:
    """Capture the frame's cost (credits) and return the rest; False if the round was settled before."""
    return credits.capture(generation.pk, generation.round, charged=generation.cost, **_share(generation, outcome))


def give_back(generation: Generation, outcome: str) -> bool:
    """Return everything that was held for the frame; False if the round was settled before."""
    return credits.release(generation.pk, generation.round, **_share(generation, outcome))


def _share(generation: Generation, outcome: str) -> dict[str, object]:
    comparison = generation.comparison
    return {
        "account": Account.objects.values_list("pk", flat=True).get(user=comparison.user_id),  # there: it paid for the hold
        "held": generation.price,
        "comparison": comparison.pk,
        "reason": f"Run {comparison.number}, frame {generation.position}: {outcome}",
    }
