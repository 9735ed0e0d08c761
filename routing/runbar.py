"""The run bar: what a press of the button costs, what is left after it, and what the button will do.

The button says what will happen; when it can do nothing it says why. Wording after the interface direction, section 6.3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from providers.types import Quality
from routing import wording
from routing.types import Cause, Plan, Route


class State(StrEnum):
    READY = "ready"
    OVER_CAP = "over_cap"
    SHORT = "short"
    NO_CREDITS = "no_credits"
    NO_MODEL = "no_model"
    NO_PROMPT = "no_prompt"
    PRICE_MOVED = "price_moved"
    HD_SHORT = "hd_short"
    HD_NONE = "hd_none"


@dataclass(frozen=True, slots=True)
class RunBar:
    """``runs`` are the ids a press of the button asks, ``credits`` what it holds for them.

    ``headline``, ``line`` and ``trailing`` stand in one row, ``note`` under it. Not ``enabled`` is ``aria-disabled`` on the page.
    """

    state: State
    headline: str
    line: str
    trailing: str
    note: str
    button: str
    enabled: bool
    credits: int
    runs: tuple[str, ...]

    @property
    def over_cap(self) -> bool:
        return self.state is State.OVER_CAP

    @property
    def short(self) -> bool:
        """There are fewer credits than the whole run needs."""
        return self.state in (State.SHORT, State.NO_CREDITS)


def run_bar(plan: Plan, *, prompt: str, balance: int, cap: int | None, seen_credits: int | None = None) -> RunBar:
    """Say what the button does. ``balance``, ``cap`` and ``seen_credits`` (the price the page showed) are credits."""
    if not plan.routes:
        return _no_model(plan, cap)
    if not prompt.strip():
        return _no_prompt(plan, balance)
    if plan.credits > balance:
        return _short(plan, balance)
    if seen_credits is not None and seen_credits != plan.credits:
        return _price_moved(plan, balance, seen_credits)
    if _skipped(plan):
        return _over_cap(plan, cap)
    return _hd_short(plan) if _held_back(plan) else _ready(plan, balance)


def affordable(routes: Sequence[Route], balance: int) -> tuple[Route, ...]:
    """The routes that fit the balance, taken in order; a cheaper one may still fit after a dear one did not."""
    kept: list[Route] = []
    for route in routes:
        if route.credits <= balance:
            balance -= route.credits
            kept.append(route)
    return tuple(kept)


# --- cases ---------------------------------------------------------------------------------------------------------------------
def _ready(plan: Plan, balance: int) -> RunBar:
    return _bar(State.READY, plan, trailing=_leaves(plan, balance), button="Run comparison")


def _over_cap(plan: Plan, cap: int | None) -> RunBar:
    runs, wanted = len(plan.routes), len(plan.routes) + len(_skipped(plan))
    return _bar(
        State.OVER_CAP,
        plan,
        line=f"{runs} of {wording.counted(wanted, 'image')} · about {wording.seconds(plan.expected_seconds)}",
        trailing=f"cap {cap}",
        note=_line(f"{_skip_note(plan)} {_hd_note(plan)}"),
        button=f"Run {runs} of {wanted} within the cap",
    )


def _price_moved(plan: Plan, balance: int, seen: int) -> RunBar:
    note = f"Prices changed since you opened this page: {plan.credits} instead of {seen}. {_skip_note(plan)} {_hd_note(plan)}"
    return _bar(State.PRICE_MOVED, plan, trailing=_leaves(plan, balance), note=_line(note), button=f"Run for {plan.credits}")


def _hd_short(plan: Plan) -> RunBar:
    """Fewer HD images are left than were asked for: the first of the models get them."""
    fine, rest = len(_in_hd(plan)), len(plan.routes) - len(_in_hd(plan))
    return _bar(
        State.HD_SHORT if fine else State.HD_NONE,
        plan,
        trailing=f"HD {plan.allowance.hd_left} left",
        note=_hd_note(plan),
        button=f"Run {fine} in HD, {rest} in Standard" if fine else f"Run {rest} in Standard",
    )


def _short(plan: Plan, balance: int) -> RunBar:
    kept = affordable(plan.routes, balance)
    price = sum(route.credits for route in kept)
    return RunBar(
        state=State.SHORT if kept else State.NO_CREDITS,
        headline=wording.counted(plan.credits, "credit"),
        line=f"you have {balance}",
        trailing=f"{plan.credits - balance} short",
        note=_line(f"{_too_little(plan, balance)} {_arriving(plan)}"),
        button=f"Run {wording.counted(len(kept), 'model')} for {price}" if kept else "Add credits to run",
        enabled=bool(kept),
        credits=price,
        runs=tuple(route.model.id for route in kept),
    )


def _no_prompt(plan: Plan, balance: int) -> RunBar:
    return _bar(State.NO_PROMPT, plan, trailing=_leaves(plan, balance), button="Write a prompt to run", enabled=False)


def _no_model(plan: Plan, cap: int | None) -> RunBar:
    """Nothing was chosen, or nothing that was chosen can run; then the first reason is told."""
    only_dear = bool(plan.left_out) and all(one.cause is Cause.OVER_CAP for one in plan.left_out)
    first = next(iter(plan.left_out), None)
    return RunBar(
        state=State.NO_MODEL,
        headline="0 credits",
        line="no model fits" if first else "no model chosen",
        trailing=f"cap {cap}" if only_dear else "",
        note=f"{first.model.label}: {first.reason}." if first else "",
        button="Raise the cap to run" if only_dear else "Choose another model to run" if first else "Choose a model to run",
        enabled=False,
        credits=0,
        runs=(),
    )


# --- parts ---------------------------------------------------------------------------------------------------------------------
def _bar(state: State, plan: Plan, *, trailing: str, button: str, line: str = "", note: str = "", enabled: bool = True) -> RunBar:
    """The bar of a button that runs the whole plan."""
    images = wording.counted(len(plan.routes), "image")
    return RunBar(
        state=state,
        headline=wording.counted(plan.credits, "credit"),
        line=line or f"{images} · about {wording.seconds(plan.expected_seconds)}",
        trailing=trailing,
        note=note,
        button=button,
        enabled=enabled,
        credits=plan.credits,
        runs=tuple(route.model.id for route in plan.routes),
    )


def _leaves(plan: Plan, balance: int) -> str:
    return f"leaves {balance - plan.credits}" if balance >= plan.credits else f"{plan.credits - balance} short"


def _too_little(plan: Plan, balance: int) -> str:
    return f"Not enough for {wording.everyone(len(plan.routes))}." if balance else "You are out of credits."


def _arriving(plan: Plan) -> str:
    coming = plan.allowance.arriving
    if coming is None:
        return ""
    return f"{coming.credits} {'arrives' if coming.credits == 1 else 'arrive'} on {wording.day_and_month(coming.day)}."


def _held_back(plan: Plan) -> bool:
    return any(route.held_back for route in plan.routes)


def _in_hd(plan: Plan) -> tuple[Route, ...]:
    return tuple(route for route in plan.routes if route.quality is Quality.HD)


def _hd_note(plan: Plan) -> str:
    """ "Two HD images left this month: A and B get them.", "HD is used up until 1 December."; nothing if there are enough."""
    if not _held_back(plan):
        return ""
    left, allowed = plan.allowance.hd_left or 0, plan.allowance
    if not left:
        return f"{allowed.why_not(Quality.HD)}."
    many = wording.NUMBERS[left].capitalize() if left < len(wording.NUMBERS) else str(left)
    gets = wording.listed([route.model.label for route in _in_hd(plan)])
    when = "today" if allowed.hd_by_day else "this month"
    images, get = ("image", "gets it") if left == 1 else ("images", "get them")
    return f"{many} HD {images} left {when}: {gets} {get}."


def _line(text: str) -> str:
    return " ".join(text.split())


def _skipped(plan: Plan) -> tuple[str, ...]:
    """Labels of the models the person ticked that go over the cap; what Auto merely considered is no promise."""
    return tuple(one.model.label for one in plan.left_out if one.cause is Cause.OVER_CAP and not one.by_auto)


def _skip_note(plan: Plan) -> str:
    skipped = _skipped(plan)
    if not skipped:
        return ""
    return f"{wording.listed(skipped)} would go over. {'It' if len(skipped) == 1 else 'They'} will be skipped."
