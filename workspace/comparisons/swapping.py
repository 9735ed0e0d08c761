"""Another model for a frame that failed: who could draw it now, and a new frame by the one that is chosen.

The frame that failed stays as it was, with its place in the ledger: what another model draws is another frame of the same run.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Max

from routing.types import Intent, LeftOut, Plan, Spare
from workspace.accounts.models import User
from workspace.comparisons import compose, drafts, selectors, services, wording
from workspace.comparisons.drafts import Draft
from workspace.comparisons.models import Attempt, Comparison, Generation

MOST = 4  # models offered: they stand as buttons in a small frame


class NotOffered(Exception):
    """The model cannot be asked now; ``public`` says why."""

    def __init__(self, left: LeftOut) -> None:
        super().__init__(left.model.id)
        self.public = f"{left.model.label} cannot be asked: {left.reason}."


@dataclass(frozen=True, slots=True)
class Offers:
    """The models offered in place of ``frame`` ("148-3"), best first; ``none`` is said where there are none."""

    frame: str
    models: tuple[Spare, ...]
    none: str


def offers(generation: Generation, user: User) -> Offers:
    """Who has not been asked in this run, would answer now and fits what is left of its cap; another provider before the same."""
    comparison = generation.comparison
    draft = _draft(comparison, user)
    stepped_in = Attempt.objects.filter(generation__comparison=comparison).values_list("model", flat=True)
    asked = {*comparison.generations.values_list("model", flat=True), *stepped_in}
    able = [spare for spare in compose.plan(draft).spare if spare.model.id not in asked]
    able.sort(key=lambda spare: generation.model.startswith(f"{spare.model.provider}/"))
    within = f" within what is left of the cap, {wording.credits(draft.cap)}" if draft.cap is not None else ""
    return Offers(f"{comparison.number}-{generation.position}", tuple(able[:MOST]), f"No other model can be asked now{within}.")


def swap(generation: Generation, user: User, model: str) -> Generation:
    """A new frame at the end of the sheet, drawn by this model; the one that is under way if it has been asked already.

    A frame that has not failed, or not any more, is returned as it is. Raises one of ``services.REFUSALS``, ``NotOffered``, or
    ``providers.catalogue.UnknownModel``, and changes nothing then.
    """
    with transaction.atomic():
        locked = Generation.objects.select_for_update(of=("self",)).get(pk=generation.pk)
        if locked.state not in Generation.IN_VAIN:
            return locked
        comparison = Comparison.objects.select_for_update().get(pk=generation.comparison_id)
        draft = _draft(comparison, user, [model])
        plan = compose.plan(draft)
        if not plan.routes:
            raise NotOffered(plan.left_out[0])
        taken = plan.routes[0].model.id
        if under_way := comparison.generations.filter(model=taken, state__in=Generation.UNFINISHED).first():
            return under_way
        frame = _frame(comparison, draft, plan)
        services.send_off(user, frame, f"in place of frame {generation.position}")
    return frame


def _draft(comparison: Comparison, user: User, chosen: Sequence[str] = ()) -> Draft:
    """The run's settings once more for these models, with what is left of its cap; nothing is left to Auto."""
    sums, _ = selectors.sums(comparison)
    cap = None if comparison.cap is None else max(0, comparison.cap - sums.spent - sums.held)
    draft = drafts.of_run(comparison, user)
    return replace(draft, intent=Intent(comparison.intent), models=tuple(chosen), auto=(), cap=cap)


def _frame(comparison: Comparison, draft: Draft, plan: Plan) -> Generation:
    order = services.Order(draft.brief, plan, comparison.shape, comparison.key, comparison.reference)
    last = comparison.generations.aggregate(last=Max("position"))["last"]
    [frame] = services.generations(comparison, order, first=last + 1)
    frame.save()
    return frame
