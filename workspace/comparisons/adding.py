"""One more frame for a run: by another model in place of one that failed, or by one that was left out when it started.

What stands on the sheet stays as it was, with its place in the ledger; what comes is a frame of its own, held by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from routing.types import Intent, Plan, Spare
from workspace.accounts.models import User
from workspace.comparisons import compose, drafts, selectors, services, wording
from workspace.comparisons.drafts import Draft
from workspace.comparisons.models import Attempt, Comparison, Generation

MOST = 4  # models offered: they stand as buttons in a small frame


class NotOffered(Exception):
    """The model cannot be asked now; ``public`` says why."""

    def __init__(self, public: str) -> None:
        super().__init__(public)
        self.public = public


@dataclass(frozen=True, slots=True)
class Offers:
    """The models offered in place of ``frame`` ("148-3"), best first; ``none`` is said where there are none."""

    frame: str
    models: tuple[Spare, ...]
    none: str


def offers(generation: Generation, user: User) -> Offers:
    """Who has not been asked in this run, would answer now and fits what is left of its cap; another provider before the same."""
    comparison = generation.comparison
    draft = _draft(comparison, user, cap=_left(comparison))
    stepped_in = Attempt.objects.filter(generation__comparison=comparison).values_list("model", flat=True)
    asked = {*comparison.generations.values_list("model", flat=True), *stepped_in}
    able = [spare for spare in compose.plan(draft).spare if spare.model.id not in asked]
    able.sort(key=lambda spare: generation.model.startswith(f"{spare.model.provider}/"))
    within = f" within what is left of the cap, {wording.credits(draft.cap)}" if draft.cap is not None else ""
    return Offers(f"{comparison.number}-{generation.position}", tuple(able[:MOST]), f"No other model can be asked now{within}.")


def swap(generation: Generation, user: User, model: str, said: int | None = None) -> Generation:
    """A new frame at the end of the sheet, drawn by this model; the one that is under way if it has been asked already.

    It takes no more credits than ``said``, if a price was. A frame that has not failed, or not any more, is returned as it is.
    Raises one of ``services.REFUSALS``, ``NotOffered``, or ``providers.catalogue.UnknownModel``, and changes nothing then.
    """
    with transaction.atomic():
        locked = Generation.objects.select_for_update(of=("self",)).get(pk=generation.pk)
        if locked.state not in Generation.IN_VAIN:
            return locked
        comparison = Comparison.objects.select_for_update().get(pk=generation.comparison_id)
        draft = _draft(comparison, user, [model], cap=_left(comparison))
        plan = _planned(draft, said)
        taken = plan.routes[0].model.id
        if under_way := comparison.generations.filter(model=taken, state__in=Generation.UNFINISHED).first():
            return under_way
        frame = _one_more(comparison, draft, plan)
        services.send_off(user, frame, f"in place of frame {generation.position}")
    return frame


def take_up(comparison: Comparison, user: User, model: str) -> None:
    """Run a model that was left out when the run started, for the price that was said then, and raise the run's cap to fit it.

    One that is not left out, or not any more, changes nothing. Raises like ``swap``.
    """
    with transaction.atomic():
        locked = Comparison.objects.select_for_update().get(pk=comparison.pk)
        skipped = next((each for each in locked.skipped if each["model"] == model), None)
        if skipped is None:
            return
        draft = _draft(locked, user, [model])
        frame = _one_more(locked, draft, _planned(draft, skipped["credits"]))
        locked.skipped.remove(skipped)
        locked.cap = None if locked.cap is None else max(locked.cap, _taken(locked))
        locked.save(update_fields=["skipped", "cap"])
        services.send_off(user, frame, "added to the run")


def _left(comparison: Comparison) -> int | None:
    """Credits that the run may still take under its cap; None if it has none."""
    return None if comparison.cap is None else max(0, comparison.cap - _taken(comparison))


def _taken(comparison: Comparison) -> int:
    """Credits that the run has spent and holds."""
    sums, _ = selectors.sums(comparison)
    return sums.spent + sums.held


def _draft(comparison: Comparison, user: User, chosen: Sequence[str] = (), cap: int | None = None) -> Draft:
    """The run's settings once more for these models; nothing is left to Auto."""
    draft = drafts.of_run(comparison, user)
    return replace(draft, intent=Intent(comparison.intent), models=tuple(chosen), auto=(), cap=cap)


def _planned(draft: Draft, said: int | None) -> Plan:
    """The plan for the one model that the draft has chosen, if it takes no more credits than were said."""
    plan = compose.plan(draft)
    if not plan.routes:
        [left] = plan.left_out
        raise NotOffered(f"{left.model.label} cannot be asked: {left.reason}.")
    if said is not None and plan.credits > said:
        raise NotOffered(f"{plan.routes[0].model.label} takes {wording.credits(plan.credits)} by now. Start a new run to use it.")
    return plan


def _one_more(comparison: Comparison, draft: Draft, plan: Plan) -> Generation:
    most = min(settings.MAX_MODELS_PER_COMPARISON, draft.allowance.most_models or settings.MAX_MODELS_PER_COMPARISON)
    drawn = comparison.generations.filter(state__in=(*Generation.UNFINISHED, Generation.State.DONE))
    if drawn.values("model").distinct().count() >= most:
        raise NotOffered(f"This run has as many models as one may have, {most}.")
    order = services.Order(draft.brief, plan, comparison.shape, comparison.key, comparison.reference)
    last = comparison.generations.aggregate(last=Max("position"))["last"]
    [frame] = services.generations(comparison, order, first=last + 1)
    frame.save()
    return frame
