"""The rail as the page shows it: what is being composed, what Auto makes of it, and what it will cost."""

import hashlib
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.conf import settings

from providers.types import LifecycleStatus, ModelSpec, Quality
from routing import pricing, sizing, underlining, wording
from routing.allowance import NOT_IN_PLAN
from routing.candidates import NOBODY_RESTS, wanted_quality
from routing.changes import changes
from routing.measured import NOT_MEASURED
from routing.rests import said
from routing.runbar import RunBar, run_bar
from routing.shape_hint import ShapeHint, shape_hint
from routing.slip import Slip, slip
from routing.types import Cause, Intent, Plan, Resting
from routing.why import Why
from routing.why import why as explain
from workspace.comparisons import breakers, keys, measuring, references, situation
from workspace.comparisons.adapting import panel, thinking
from workspace.comparisons.adapting.panel import Panel, Thought
from workspace.comparisons.drafts import Draft
from workspace.comparisons.models import Reference


@dataclass(frozen=True, slots=True)
class Option:
    """One radio of a group; ``ratio`` is width over height, for shapes only.

    ``note`` stands beside the label ("14 left"), ``why`` says more when it is pointed at. A ``locked`` one cannot be chosen.
    """

    value: str
    label: str
    checked: bool
    ratio: float | None = None
    note: str = ""
    locked: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """One model to tick. ``price`` is credits at the chosen quality, ``seconds`` the expected time.

    ``health`` is ``ok``, ``slow`` or ``down``; ``note`` stands beside them when there is something to say
    ("no HD", "until 1 December"); a ``disabled`` chip cannot be ticked.
    """

    id: str
    label: str
    checked: bool
    by_auto: bool
    health: str
    price: int
    seconds: str
    over_cap: bool
    note: str
    disabled: bool


@dataclass(frozen=True, slots=True)
class Picking:
    """Where a picture to go by is chosen: the one that is set, and why another could not take its place."""

    reference: Reference | None = None
    error: str = ""

    @property
    def most(self) -> int:
        """Bytes that a file may have."""
        return settings.MAX_REFERENCE_BYTES

    @property
    def over(self) -> str:
        """What is said of a larger one."""
        return references.too_large()


@dataclass(frozen=True, slots=True)
class Rail:
    """Everything the compose form renders.

    ``auto`` are the ids Auto ticked, ``dropped`` those the person unticked again (Auto never adds them in this draft).
    ``price`` is the total on the button in credits, posted back so that a moved price is asked about. ``key``: a form runs once.
    ``underlines`` are the stretches of the prompt that decided, as ``routing.underlining`` writes them. ``why`` stands behind
    "Why these?", which is ``opened`` or not; None until somebody asks.
    ``shown`` changes when anything in the list of models changes: an answer to a form that has it already leaves the list out.
    ``errors`` maps a field name to its message. ``panel`` is filled where it will be seen, ``thinking`` if it is open; ``worded``
    stands beside it also when it is closed. ``hd`` counts the HD images left, "" where they are not counted. ``hint`` is the
    shape that the prompt asks for, where another is chosen.
    """

    prompt: str
    max_prompt: int
    intents: tuple[Option, ...]
    shapes: tuple[Option, ...]
    qualities: tuple[Option, ...]
    wanted_size: str
    cap: int | None
    chips: tuple[Chip, ...]
    auto: tuple[str, ...]
    dropped: tuple[str, ...]
    slip: Slip
    runbar: RunBar
    price: int
    key: uuid.UUID
    errors: dict[str, str]
    simulated: bool
    shown: str
    picking: Picking = Picking()
    hint: ShapeHint | None = None
    hd: str = ""
    underlines: str = ""
    why: Why | None = None
    opened: bool = False
    panel: Panel | None = None
    thinking: bool = False
    worded: str = ""

    @property
    def chosen_summary(self) -> str:
        """ "6 chosen: 2 by Auto, 4 by you"."""
        chosen = [chip for chip in self.chips if chip.checked]
        by_auto = sum(chip.by_auto for chip in chosen)
        if not chosen:
            return "none chosen"
        return f"{len(chosen)} chosen: {by_auto} by Auto, {len(chosen) - by_auto} by you"

    @property
    def summary(self) -> str:
        """ "Auto: Logo & type · 6 models · 4:3 · Standard", for phones."""
        picked = [
            next(option.label for option in group if option.checked) for group in (self.intents, self.shapes, self.qualities)
        ]
        count = sum(chip.checked for chip in self.chips)
        return f"{picked[0]} · {count} model{'' if count == 1 else 's'} · {picked[1]} · {picked[2]}"

    @property
    def decision(self) -> str:
        """Changes when anything that a preview would show changes: a preview that finds it unchanged says nothing."""
        said = (self.slip, self.shown, self.runbar, self.wanted_size, self.hint, self.summary, self.worded)
        return _digest(*said, self.why if self.opened else None)

    @property
    def length(self) -> str:
        """Characters written, "1,024"."""
        return f"{len(self.prompt):,}"

    @property
    def limit(self) -> str:
        """Characters allowed, "2,000"."""
        return f"{self.max_prompt:,}"


def plan(draft: Draft) -> Plan:
    """What this draft would run. Raises ``UnknownModel`` for an id that is in no catalogue."""
    return thinking.applied(situation.now(draft.allowance)(draft.brief, chosen=draft.chosen, unchecked=draft.unchecked), draft)


def button(draft: Draft, decided: Plan, balance: int) -> RunBar:
    """What pressing the button would run, and whether it may be pressed; ``balance`` is in credits."""
    return run_bar(decided, prompt=draft.prompt, balance=balance, cap=draft.cap, seen_credits=draft.price)


def rail(
    draft: Draft,
    decided: Plan,
    balance: int,
    *,
    filled: bool = False,
    explained: bool = False,
    thought: Thought | None = None,
) -> Rail:
    """The rail for a draft and the plan made of it; ``balance`` is in credits.

    ``filled``: the wordings are there though the panel is closed, for a page on which nothing may fetch them. ``explained``: so
    is ``Rail.why``. ``thought``: how the language model stands, where that is more than being on offer.
    """
    chips = tuple(_chips(draft, decided))
    auto = tuple(chip.id for chip in chips if chip.by_auto)
    bar = button(draft, decided, balance)
    return Rail(
        prompt=draft.prompt,
        max_prompt=settings.MAX_PROMPT_CHARACTERS,
        intents=_intents(draft.intent),
        shapes=_shapes(draft.shape),
        qualities=tuple(_qualities(draft)),
        wanted_size=str(draft.brief.size).replace("×", " × "),
        cap=draft.cap,
        chips=chips,
        auto=auto,
        dropped=draft.unchecked,
        slip=slip(decided),
        runbar=bar,
        price=bar.credits,
        key=draft.key,
        errors=draft.errors,
        simulated=keys.everything_simulated(),
        shown=_digest(chips, auto, draft.unchecked, draft.errors.get("models")),
        picking=Picking(draft.reference, draft.errors.get("reference", "")),
        hint=shape_hint(draft.prompt, decided.reading.shape, draft.shape),
        hd=str(draft.allowance.hd_left) if draft.allowance.counts_hd else "",
        underlines=underlining.written(underlining.underlines(decided.reading)),
        why=why(draft, decided) if explained else None,
        opened=draft.asks_why,
        panel=panel.panel(draft, decided, thought or Thought(thinking.offered(draft))) if filled or draft.thinking else None,
        thinking=draft.thinking,
        worded=panel.note(draft, decided),
    )


def why(draft: Draft, decided: Plan) -> Why:
    """What stands behind "Why these?": many times the work of the decision itself."""
    replan = partial(situation.now(draft.allowance), chosen=draft.chosen, unchecked=draft.unchecked)
    well = partial(replan, draft.brief, resting=NOBODY_RESTS)
    return explain(decided, draft.brief, changes(draft.brief, decided, replan, if_all_were_well=well))


def _digest(*parts: object) -> str:
    return hashlib.blake2s(repr(parts).encode(), digest_size=8).hexdigest()


def _intents(chosen: Intent | None) -> tuple[Option, ...]:
    return (Option("auto", "Auto", chosen is None), *(Option(intent, intent.label, intent is chosen) for intent in Intent))


def _shapes(chosen: str) -> tuple[Option, ...]:
    return tuple(Option(name, name, name == chosen, size.ratio) for name, size in sizing.SHAPES.items())


def _qualities(draft: Draft) -> Iterable[Option]:
    """The steps of quality; what the plan has none of, or none left, is locked and says so."""
    allowed = draft.allowance
    for step, label in pricing.QUALITY_LABELS.items():
        note = f"{allowed.hd_left} left" if step is Quality.HD and allowed.counts_hd else ""
        locked = pricing.RANK[step] > pricing.RANK[allowed.ceiling]
        why = allowed.why_not(step) if locked else f"{allowed.hd_left} of {allowed.hd_most} HD images left" if note else ""
        yield Option(step, label, step is draft.quality, note=note, locked=locked, why=why[:1].upper() + why[1:])


def _chips(draft: Draft, decided: Plan) -> Iterable[Chip]:
    routes = {route.model.id: route for route in decided.routes}
    asked = wanted_quality(draft.brief)
    over = {left.model.id for left in decided.left_out if left.cause is Cause.OVER_CAP}
    kept = over | decided.forbidden  # while one writes, the intent may turn to one that allows it
    today, rates, paused, resting = keys.today(), keys.rates(), keys.paused(), breakers.resting()
    measured = measuring.measured()
    for model in keys.models():
        route, rests = routes.get(model.id), resting.get(model.provider) or resting.get(model.id)
        priced = pricing.price(model, route.quality if route else asked, rates, reference=draft.brief.reference)
        out = _kept_out(draft, model, paused, decided.forbidden)
        seconds = measured.get(model.id, NOT_MEASURED).seconds.get(priced.quality, priced.seconds)
        stays = model.id in kept and model.id in draft.models  # ticked by whom it was: posted back, the form decides the same
        yield Chip(
            id=model.id,
            label=model.label,
            checked=route is not None or stays,
            by_auto=route.by_auto if route else stays and model.id not in draft.chosen,
            health=keys.health(model, rests=rests is not None),
            price=priced.credits,
            seconds=wording.seconds(seconds),
            over_cap=model.id in over,
            note=out or ("in Standard" if route and route.held_back else _note(draft, model, priced, today, rests)),
            disabled=model.provider in paused or not draft.allowance.permits(model),
        )


def _kept_out(draft: Draft, model: ModelSpec, paused: Collection[str], forbidden: Collection[str]) -> str:
    """What an admin or the person's plan has decided on it."""
    if model.provider in paused:
        return "paused"
    if not draft.allowance.permits(model):
        return NOT_IN_PLAN
    return "not allowed" if model.id in forbidden else ""


def _note(draft: Draft, model: ModelSpec, priced: pricing.Priced, today: date, rests: Resting | None) -> str:
    """What keeps it from answering, else that it would ignore the reference, else the day it retires, else how it differs
    from the quality that was asked.
    """
    if rests:
        return said(rests)
    if draft.reference and not model.capabilities.reference:
        return "no reference"
    if model.lifecycle.status(today) is LifecycleStatus.RETIRING and model.lifecycle.shutdown:
        return f"until {model.lifecycle.shutdown:%-d %B}"
    return priced.note or ""
