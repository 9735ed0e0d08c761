"""The rail as the page shows it: what is being composed, what Auto makes of it, and what it will cost."""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.conf import settings

from providers.types import Quality
from routing import pricing, sizing, underlining
from routing.candidates import NOBODY_RESTS
from routing.changes import changes
from routing.runbar import RunBar, run_bar
from routing.shape_hint import ShapeHint, shape_hint
from routing.slip import Slip, slip
from routing.types import Intent, Plan
from routing.why import Why
from routing.why import why as explain
from workspace.comparisons import chips, keys, references, situation
from workspace.comparisons.adapting import panel, thinking
from workspace.comparisons.adapting.panel import Panel, Thought
from workspace.comparisons.chips import Chip
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
    listed = chips.chips(draft, decided)
    auto = tuple(chip.id for chip in listed if chip.by_auto)
    bar = button(draft, decided, balance)
    return Rail(
        prompt=draft.prompt,
        max_prompt=settings.MAX_PROMPT_CHARACTERS,
        intents=_intents(draft.intent),
        shapes=_shapes(draft.shape),
        qualities=tuple(_qualities(draft)),
        wanted_size=str(draft.brief.size).replace("×", " × "),
        cap=draft.cap,
        chips=listed,
        auto=auto,
        dropped=draft.unchecked,
        slip=slip(decided),
        runbar=bar,
        price=bar.credits,
        key=draft.key,
        errors=draft.errors,
        simulated=keys.everything_simulated(),
        shown=_digest(listed, auto, draft.unchecked, draft.errors.get("models")),
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
