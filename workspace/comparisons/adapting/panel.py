"""The prompt-thinking panel of a draft: what each model of its plan would be sent, and what can be done about it."""

import hashlib
from dataclasses import dataclass, replace

from routing import prompting
from routing.types import Author, Brief, Plan, Route, Wording
from workspace.comparisons.adapting import seals
from workspace.comparisons.adapting.edits import Edit, digest
from workspace.comparisons.adapting.entries import Entry, entry
from workspace.comparisons.drafts import Draft

SWITCH = {Wording.ADAPTED: "Adapted for each model", Wording.AS_WRITTEN: "As written"}


@dataclass(frozen=True, slots=True)
class Field:
    """A wording that can be written over, and what the form says of it beside the words: see ``edits``.

    ``own``: the person has done so. ``aside`` is their wording for another prompt.
    """

    model: str
    entry: Entry
    shown: str
    made_for: str
    seal: str
    own: bool
    aside: Edit | None


@dataclass(frozen=True, slots=True)
class Option:
    """One half of the switch."""

    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Thought:
    """How the language model stands: ``offered`` at all, being ``asked`` right now, and what is ``said`` of how that went."""

    offered: bool = False
    asked: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """``carried`` are edits that no field shows but the form keeps: of models that are not in the plan, and those laid aside."""

    wording: Wording
    fields: tuple[Field, ...]
    carried: tuple[Edit, ...]
    thought: Thought

    @property
    def can_think(self) -> bool:
        """Whether a language model could still say something: it is not at it, and a wording is the rules'."""
        rules = any(not field.own and not field.seal for field in self.fields)
        return self.thought.offered and not self.thought.asked and rules

    @property
    def options(self) -> tuple[Option, ...]:
        """The switch for the whole draft."""
        return tuple(Option(choice, label, choice is self.wording) for choice, label in SWITCH.items())

    @property
    def stamp(self) -> str:
        """Changes when a wording does, or the switch."""
        return hashlib.blake2s(repr((self.wording, self.fields, self.carried)).encode(), digest_size=8).hexdigest()


def panel(draft: Draft, plan: Plan, thought: Thought) -> Panel:
    """The panel of a draft and the plan made of it."""
    fields = tuple(_field(draft, plan, route) for route in plan.routes)
    shown = {field.model for field in fields}
    hidden = tuple(edit for edit in draft.wordings.edits if edit.model not in shown)
    return Panel(draft.wording, fields, hidden + draft.wordings.aside, thought)


def note(draft: Draft, plan: Plan) -> str:
    """What stands beside the closed panel, since it is sent all the same: "1 by you", "as written"."""
    own = sum(route.model.id in draft.wordings.own for route in plan.routes)
    said = [f"{own} worded by you"] if own else []
    said += ["as written"] if draft.wording is Wording.AS_WRITTEN else []
    return ", ".join(said)


def _field(draft: Draft, plan: Plan, route: Route) -> Field:
    model, adaptation = route.model.id, route.adaptation
    own = model in draft.wordings.own
    suggested = _suggested(draft.brief, plan, route) if own else adaptation.prompt
    thought = adaptation.author is Author.LANGUAGE_MODEL
    return Field(
        model=model,
        entry=entry(route.model.label, draft.prompt, adaptation, [text.text for text in plan.reading.texts]),
        shown=digest(suggested),
        made_for=digest(draft.prompt),
        seal=seals.sealed(adaptation, user_id=draft.user_id, model=model, prompt=draft.prompt) if thought else "",
        own=own,
        aside=next((edit for edit in draft.wordings.aside if edit.model == model and not own), None),
    )


def _suggested(brief: Brief, plan: Plan, route: Route) -> str:
    """What would be sent without the person's own wording: writing exactly that is no wording of one's own."""
    return prompting.worded(replace(brief, own={}), route.model, plan.reading, intent=plan.intent).prompt
