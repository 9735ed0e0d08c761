"""A frame's share of the hold, in credits and in HD images: charged or given back once per round.

In the caller's transaction, after its rows are locked.
"""

from collections.abc import Sequence

from providers.types import Quality
from workspace.accounts.models import User
from workspace.accounts.terms import Terms
from workspace.comparisons import candidates, keys
from workspace.comparisons.models import Generation
from workspace.credits import services as credits
from workspace.credits.hd import services as hd
from workspace.credits.models import Account


def take_hd(user: User, mine: Terms, generations: Sequence[Generation], why: str = "to be drawn in HD") -> None:
    """One image of the person's HD allowance for each frame that is sold in HD. Raises ``HdUsedUp``."""
    sold = [generation for generation in generations if generation.quality == Quality.HD]
    reasons = [named(generation, why) for generation in sold]
    hd.take(user, [(each.pk, each.round) for each in sold], terms=mine, day=keys.today(), reason=reasons)


def charge(generation: Generation, outcome: str) -> bool:
    """Capture the frame's cost (credits) and return the rest; False if the round was settled before.

    An HD image comes back where another model stepped in and drew in less.
    """
    if candidates.drawn_in(generation) != Quality.HD:
        _give_hd_back(generation, f"{generation.answered_label or generation.model_label} drew it in less than HD")
    return credits.capture(generation.pk, generation.round, charged=generation.cost, **_share(generation, outcome))


def give_back(generation: Generation, outcome: str) -> bool:
    """Return everything that was held for the frame; False if the round was settled before."""
    _give_hd_back(generation, outcome)
    return credits.release(generation.pk, generation.round, **_share(generation, outcome))


def _give_hd_back(generation: Generation, outcome: str) -> None:
    if generation.quality == Quality.HD:
        hd.give_back(generation.pk, generation.round, named(generation, outcome))


def named(generation: Generation, outcome: str) -> str:
    """A line of the ledger: "Run 148, frame 3: picture kept"."""
    return f"Run {generation.comparison.number}, frame {generation.position}: {outcome}"[:300]


def _share(generation: Generation, outcome: str) -> dict[str, object]:
    comparison = generation.comparison
    return {
        "account": Account.objects.values_list("pk", flat=True).get(user=comparison.user_id),  # there: it paid for the hold
        "held": generation.price,
        "comparison": comparison.pk,
        "reason": named(generation, outcome),
    }
