"""What stands behind "Why these?": what was read, what each model's place is made of, what would change it, and who is left out.

Made when somebody opens it, not at every letter: it goes through the whole catalogue and plans a few times more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from routing import rests, wording
from routing.types import Brief, LeftOut, Plan, Reason, Route

MOST_STRETCHES = 12  # shown; more than that nobody reads
LONGEST = 60  # characters of a stretch shown


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the prompt as written, and a sentence that says what it is evidence for."""

    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Part:
    """One reason; ``weight`` is its points as they are shown, "+100" or "−1.5", or empty where it is no part of a score."""

    text: str
    weight: str


@dataclass(frozen=True, slots=True)
class Taken:
    """One model that runs. ``score`` is the sum of its parts, empty for a model that no score has chosen."""

    label: str
    score: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    cost: str


@dataclass(frozen=True, slots=True)
class Why:
    """``missed`` are models that somebody wanted, ``others`` the rest of the catalogue."""

    reading: str
    stretches: tuple[Stretch, ...]
    taken: tuple[Taken, ...]
    changes: tuple[str, ...]
    missed: tuple[LeftOut, ...]
    others: tuple[LeftOut, ...]


def why(plan: Plan, brief: Brief, changes: Sequence[str] = ()) -> Why:
    """Explain a plan made of ``brief``; ``changes`` are the sentences of ``routing.changes``."""
    return Why(
        reading=_reading(plan) if plan.auto else "",
        stretches=tuple(stretches(plan, brief.prompt)),
        taken=tuple(_taken(route) for route in plan.routes),
        changes=tuple(changes),
        missed=plan.left_out,
        others=plan.not_taken,
    )


def stretches(plan: Plan, prompt: str) -> Iterator[Stretch]:
    """The evidence in words, each stretch with its reasons once, in order of its place."""
    reasons: dict[tuple[int, int], list[str]] = {}
    for one in plan.reading.evidence:
        found = reasons.setdefault((one.start, one.end), [])
        if one.reason not in found:
            found.append(one.reason)
    for (start, end), found in list(reasons.items())[:MOST_STRETCHES]:
        yield Stretch(wording.shortened(prompt[start:end], limit=LONGEST), f"{'; '.join(found)}.")


def points(weight: float) -> str:
    """ "+100", "−1.5"; empty for nothing."""
    return f"{round(weight, 2):+g}".replace("-", "−") if weight else ""


def _reading(plan: Plan) -> str:
    reading = plan.reading
    if reading.texts:
        what = "Quoted text" if reading.quotes else "Text to be read"
        return f"{what} is drawn letter by letter, so it goes to {plan.intent.label}."
    if reading.cues:
        return f"The words {wording.listed([wording.quoted(cue) for cue in reading.cues])} speak for {plan.intent.label}."
    if plan.by_reference:
        return "A picture says more than a strength, so models that go by your reference come first."
    return "Nothing in the prompt calls for a specialist, so the quickest models take a first look."


def _taken(route: Route) -> Taken:
    total = sum(reason.weight for reason in route.reasons)
    resting = (rests.sentence(route.model.label, route.resting),) if route.resting else ()
    return Taken(
        label=route.model.label,
        score=points(total).lstrip("+") if route.by_auto else "",
        parts=tuple(_part(reason) for reason in route.reasons),
        notes=(*route.notes, *resting),
        cost=f"{wording.counted(route.credits, 'credit')}, about {wording.seconds(route.expected_seconds)}",
    )


def _part(reason: Reason) -> Part:
    return Part(reason.text, points(reason.weight))
