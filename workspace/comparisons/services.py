"""Writes of the light table: start a run, stop it, ask for a frame again, keep a favourite.

Every verb may be called twice (double click, two tabs, Back): the second call finds what the first one did. Frames are locked
first, then the account, as ``credits.services`` asks.
"""

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.db.models.functions import Now
from django.utils import timezone

from providers import catalogue
from providers.types import Quality, Size
from routing import pricing, prompting, sizing
from routing.ruling import NOT_ALLOWED
from routing.types import Brief, Intent, Plan, Route
from workspace.accounts import terms
from workspace.accounts.models import User
from workspace.accounts.terms import Terms
from workspace.comparisons import allowances, announce, keys, live, shares
from workspace.comparisons.allowances import TooManyUnderWay
from workspace.comparisons.candidates import Candidate, worded
from workspace.comparisons.models import Attempt, Comparison, Generation, Reference
from workspace.comparisons.skipping import Skipped
from workspace.comparisons.tasks import run_comparison
from workspace.comparisons.wording import FrameError
from workspace.comparisons.worker.runtime import ABORTS
from workspace.credits import services as credits
from workspace.credits.errors import HdUsedUp, NotEnoughCredits

REFUSALS = (NotEnoughCredits, HdUsedUp, TooManyUnderWay)  # each with a sentence for people
SEEDS = 2**31  # every provider that takes a seed takes these


class NotAllowed(Exception):
    """A rule of an admin keeps the model out; ``public`` says so."""

    def __init__(self, model: str) -> None:
        super().__init__(model)
        self.public = f"{model} is {NOT_ALLOWED}."


@dataclass(frozen=True, slots=True)
class Order:
    """A run as the form asked for it: the brief, the plan made of it, the shape's name, and the form's idempotency key.

    ``reference`` is the person's own; the brief says that there is one. ``terms`` are those of their plan, if they are known.
    ``skipped`` are the models that were left out.
    """

    brief: Brief
    plan: Plan
    shape: str
    key: uuid.UUID
    reference: Reference | None = None
    terms: Terms | None = None
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Started:
    """A run that has been sent off, and its frames as they were put into rows."""

    comparison: Comparison
    frames: list[Generation]


def start(user: User, order: Order) -> Started:
    """Freeze the plan in rows, hold its price, and send it off once the transaction has committed.

    Raises one of ``REFUSALS`` and changes nothing. The same key again returns the first run as it stands.
    """
    try:
        with transaction.atomic():
            return _start(user, order)
    except IntegrityError:  # another tab was first with this key
        first = Comparison.objects.get(user=user, key=order.key)
        return Started(first, list(first.generations.select_related("image").order_by("position")))


def _start(user: User, order: Order) -> Started:
    account = credits.lock(user)  # one submit at a time for this person: the numbering below is safe
    mine = order.terms or terms.of(user)
    allowances.refuse_one_more(user, mine)
    comparison = _insert_comparison(user, order)
    frames = Generation.objects.bulk_create(generations(comparison, order))
    reason = f"Run {comparison.number}, {len(frames)} frame{'' if len(frames) == 1 else 's'}"
    shares.take_hd(user, mine, frames)
    credits.hold(account, order.plan.credits, key=f"run:{comparison.pk}", comparison=comparison.pk, reason=reason)
    _send(comparison)
    return Started(comparison, frames)


def _insert_comparison(user: User, order: Order) -> Comparison:
    last = Comparison.objects.filter(user=user).aggregate(last=Max("number"))["last"] or 0
    brief, plan = order.brief, order.plan
    return Comparison.objects.create(
        user=user,
        number=last + 1,
        key=order.key,
        prompt=brief.prompt,
        intent=plan.intent,
        auto=plan.auto,
        reading={"texts": [text.text for text in plan.reading.texts], "cues": list(plan.reading.cues)},
        shape=order.shape,
        width=brief.size.width,
        height=brief.size.height,
        quality=brief.quality,
        cap=brief.cap,
        skipped=[each.frozen() for each in order.skipped],
        reference=order.reference,
    )


def generations(comparison: Comparison, order: Order, first: int = 1) -> list[Generation]:
    """The rows of the order's routes, not saved yet; ``first`` is the position of the first of them."""
    seed = secrets.randbelow(SEEDS)  # one for the whole run: differences are the models', not the dice's
    frozen = cache(lambda model, quality: substitute(model, comparison, order, quality).frozen())  # many routes name the same
    routes = enumerate(order.plan.routes, start=first)
    return [
        _generation(comparison, route, position, seed, [frozen(one, route.quality) for one in route.fallbacks])
        for position, route in routes
    ]


def _generation(comparison: Comparison, route: Route, position: int, seed: int, fallbacks: list[dict[str, object]]) -> Generation:
    return Generation(
        comparison=comparison,
        position=position,
        model=route.model.id,
        model_label=route.model.label,
        quality=route.quality,
        width=route.size.width,
        height=route.size.height,
        **worded(route.adaptation),
        by_auto=route.by_auto,
        reasons=[reason.text for reason in route.reasons],
        notes=list(route.notes),
        fallbacks=fallbacks,
        seed=seed,
        expected_seconds=route.expected_seconds,
        price=route.credits,
        estimate_usd=route.usd,
    )


def substitute(model_id: str, comparison: Comparison, order: Order, quality: Quality) -> Candidate:
    """A model that may step in, worded for itself and priced as its route was, quality and reference: within the hold."""
    model = keys.named(catalogue.model(model_id))
    adaptation = prompting.worded(order.brief, model, order.plan.reading, intent=order.plan.intent)
    priced = pricing.price(model, quality, keys.rates(), reference=order.brief.reference)
    size = sizing.nearest(Size(comparison.width, comparison.height), model.sizes)
    facts = (model.id, model.label, priced.quality, size.width, size.height, priced.credits, priced.seconds)
    return Candidate(*facts, **worded(adaptation))


def cancel(generation: Generation) -> Generation:
    """Stop a frame that has not ended and give its credits back; one that has ended meanwhile is left as it is."""
    cancelled = _cancel([generation])
    generation.refresh_from_db()
    _after_cancel(cancelled)
    return generation


def cancel_all(comparison: Comparison) -> None:
    """Stop every frame of a run that has not ended."""
    _after_cancel(_cancel(comparison.generations.filter(state__in=Generation.UNFINISHED)))


def _cancel(generations: Iterable[Generation]) -> list[Generation]:
    """Decided in the database: whichever of stop and result commits first wins, and the other changes nothing."""
    ids = [generation.pk for generation in generations]
    with transaction.atomic():
        stopped = list(
            Generation.objects.select_for_update(of=("self",))
            .select_related("comparison__user")
            .filter(pk__in=ids, state__in=Generation.UNFINISHED)
            .order_by("pk")
        )
        changes = {"state": Generation.State.CANCELLED, "error": FrameError.CANCELLED, "message": "", "cost": 0, "settled": True}
        mine = [generation.pk for generation in stopped]
        Generation.objects.filter(pk__in=mine).update(**changes, finished_at=Now(), version=F("version") + 1)
        open_attempts = Attempt.objects.filter(generation__in=mine, state__in=[Attempt.State.CLAIMED, Attempt.State.SUBMITTED])
        open_attempts.update(state=Attempt.State.FAILED, error=FrameError.CANCELLED, may_have_billed=True, ended_at=Now())
        for generation in stopped:
            shares.give_back(generation, "you stopped it")
    return stopped


def _after_cancel(stopped: list[Generation]) -> None:
    """Tell the workers to drop the calls, and the pages what happened. Losing either does no harm."""
    if not stopped:
        return
    live.publish(ABORTS, *(f"{generation.pk}:{generation.round}" for generation in stopped))
    announce.ended(*stopped)


def retry(generation: Generation, user: User) -> Generation:
    """Ask for a frame again: in its own place if it has no picture, as a new frame at the end of the sheet if it has one.

    Raises one of ``REFUSALS``, and ``NotAllowed`` when a rule has come to forbid the model since. A frame that is under way is
    returned as it is.
    """
    with transaction.atomic():
        locked = Generation.objects.select_for_update(of=("self",)).select_related("comparison").get(pk=generation.pk)
        if locked.state in Generation.UNFINISHED or not locked.settled:
            return locked
        _keep_to_the_rules(locked)
        again = _another(locked) if locked.state == Generation.State.DONE else _next_round(locked)
        send_off(user, again, "asked for again")
    return again


def send_off(user: User, generation: Generation, why: str) -> None:
    """Hold the price of a single frame, in a round of its own, and have it drawn. Raises one of ``REFUSALS``."""
    mine = terms.of(user)
    credits.lock(user)
    allowances.refuse_one_more(user, mine, besides=generation.comparison_id)
    shares.take_hd(user, mine, [generation], f"{why}, in HD")
    credits.hold(
        user,
        generation.price,
        key=f"frame:{generation.pk}:{generation.round}",
        comparison=generation.comparison_id,
        generation=generation.pk,
        round=generation.round,
        reason=shares.named(generation, why),
    )
    _send(generation.comparison)


def _keep_to_the_rules(generation: Generation) -> None:
    forbidden = keys.forbidden(Intent(generation.comparison.intent))
    if generation.model in forbidden:
        raise NotAllowed(generation.model_label)
    generation.fallbacks = [each for each in generation.fallbacks if each["model"] not in forbidden]


def _next_round(generation: Generation) -> Generation:
    generation.round += 1
    generation.version += 1
    generation.state = Generation.State.QUEUED
    generation.settled = False
    generation.error = generation.message = generation.answered_by = generation.answered_label = ""
    generation.cost = generation.cost_usd = generation.started_at = generation.finished_at = generation.image = None
    generation.seed = secrets.randbelow(SEEDS)
    generation.queued_at = timezone.now()
    generation.save()
    return generation


def _another(generation: Generation) -> Generation:
    """A new frame beside the one that has a picture: nothing that was made is ever replaced."""
    comparison = Comparison.objects.select_for_update().get(pk=generation.comparison_id)
    last = comparison.generations.aggregate(last=Max("position"))["last"]
    copied = ("model", "model_label", "quality", "width", "height", "by_auto", "reasons", "fallbacks")
    copied += ("prompt", "negative_prompt", "worded_by", "wording_reasons", "expected_seconds", "price", "estimate_usd")
    facts = {name: getattr(generation, name) for name in copied}
    return Generation.objects.create(comparison=comparison, position=last + 1, seed=secrets.randbelow(SEEDS), **facts)


def set_favourite(generation: Generation, wanted: bool) -> Generation:
    Generation.objects.filter(pk=generation.pk).update(favourite=wanted, version=F("version") + 1)
    generation.favourite = wanted
    announce.changed(generation)
    return generation


def _send(comparison: Comparison) -> None:
    """One message a run, sent when the rows are safe. If the broker is down the sweep sends it later."""
    transaction.on_commit(lambda: _dispatch(comparison.pk), robust=True)


def _dispatch(comparison: int) -> None:
    run_comparison.apply_async((comparison,), retry=False)
