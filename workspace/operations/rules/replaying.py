"""Try it: the last runs decided once more, with and without a rule that is not kept yet.

An admin sees what a run asked for and what would have been decided, never whose it was nor its words.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import partial

from providers.types import Quality, Size
from routing import wording
from routing.candidates import NOBODY_RESTS
from routing.rules import Rules
from routing.types import Brief, Intent, Plan
from workspace.comparisons import keys, situation
from workspace.comparisons.models import Comparison, Generation

RUNS = 200
SHOWN = 50
FACTS = ("prompt", "intent", "auto", "width", "height", "quality", "cap", "reference")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run asked for: its brief, and the models that its person ticked."""

    brief: Brief
    ticked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A run that would be decided otherwise. ``asked`` is its reading ("Logo & type, 1 text, 143 characters")."""

    asked: str
    was: str
    becomes: str
    was_credits: int
    credits: int


@dataclass(frozen=True, slots=True)
class Replay:
    """How ``runs`` runs would change."""

    runs: int
    changed: tuple[Changed, ...]

    @property
    def sentence(self) -> str:
        """ "18 of 200 runs change, 34 credits less."."""
        if not self.runs:
            return "There are no runs to try it on yet."
        count = len(self.changed)
        which = f"{count or 'None'} of {wording.counted(self.runs, 'run')} {'changes' if count < 2 else 'change'}"
        return f"{which}, {_difference(self.credits)}." if count else f"{which}."

    @property
    def credits(self) -> int:
        """By how much all of them together become dearer."""
        return sum(each.credits - each.was_credits for each in self.changed)

    @property
    def shown(self) -> tuple[Changed, ...]:
        return self.changed[:SHOWN]

    @property
    def more(self) -> int:
        return len(self.changed) - len(self.shown)


def replay(before: Rules, after: Rules) -> Replay:
    """The newest runs of all people, each decided under both sets of rules with the catalogue and the prices of today.

    Whoever rests just now counts as well: a rule is there for longer than an illness.
    """
    found, changed = latest(), []
    known = {model.id for model in keys.known_models()}
    decide = partial(situation.now(), resting=NOBODY_RESTS)
    for asked in found:
        ticked = [model for model in asked.ticked if model in known]
        was = decide(asked.brief, chosen=ticked, rules=before)
        if before.heard(was.intent) == after.heard(was.intent):
            continue
        becomes = decide(asked.brief, chosen=ticked, rules=after)
        if _routes(was) != _routes(becomes):
            changed.append(Changed(_reading(was, asked), _named(was), _named(becomes), was.credits, becomes.credits))
    return Replay(len(found), tuple(changed))


def latest() -> list[Asked]:
    """What the last runs asked for, newest first. Whom Auto added and a person took out again is written nowhere."""
    runs = list(Comparison.objects.only(*FACTS).order_by("-pk")[:RUNS])
    ticked = defaultdict(list)
    frames = Generation.objects.filter(comparison__in=[run.pk for run in runs], by_auto=False).order_by("position")
    for run, model in frames.values_list("comparison_id", "model"):
        ticked[run].append(model)
    return [Asked(_brief(run), tuple(dict.fromkeys(ticked[run.pk]))) for run in runs]


def _brief(run: Comparison) -> Brief:
    intent = None if run.auto else Intent(run.intent)
    size = Size(run.width, run.height)
    return Brief(run.prompt, intent, size, Quality(run.quality), run.cap, reference=run.reference_id is not None)


def _routes(plan: Plan) -> list[tuple[str, int]]:
    return [(route.model.id, route.credits) for route in plan.routes]


def _named(plan: Plan) -> str:
    return wording.listed([route.model.label for route in plan.routes]) or "no model"


def _reading(plan: Plan, asked: Asked) -> str:
    texts = len(plan.reading.texts)
    parts = [
        plan.intent.label,
        wording.counted(texts, "text") if texts else "",
        wording.counted(len(asked.brief.prompt), "character"),
    ]
    return ", ".join(part for part in parts if part)


def _difference(credits: int) -> str:
    if not credits:
        return "at the same price"
    return f"{wording.counted(abs(credits), 'credit')} {'more' if credits > 0 else 'less'}"
