"""What would change the choice: a few small steps, each tried by planning again, so that only what is true is said."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from providers.types import Quality
from routing import wording
from routing.types import Brief, Cause, Plan, Route

MOST = 3
MOST_CAPS = 4  # raised caps that are tried

type Replan = Callable[[Brief], Plan]


def changes(brief: Brief, plan: Plan, replan: Replan, *, if_all_were_well: Callable[[], Plan] | None = None) -> tuple[str, ...]:
    """At most three sentences, the likeliest to be wanted first.

    ``replan`` makes the plan of another brief with everything else as it was; ``if_all_were_well`` that of the same brief if
    no model rested.
    """
    found = _found(brief, plan, replan)
    if if_all_were_well is not None and any(one.cause is Cause.DOWN for one in plan.left_out):
        found = _recovered(plan, if_all_were_well(), found)
    return tuple(islice(found, MOST))


def _found(brief: Brief, plan: Plan, replan: Replan) -> Iterator[str]:
    yield from _cap(brief, plan, replan)
    if not plan.auto:
        yield from _automatic(brief, plan, replan)
        return
    yield from _words(brief, plan, replan)
    yield from _quality(brief, plan, replan)
    yield from _reference(brief, plan, replan)


def _recovered(plan: Plan, well: Plan, rest: Iterator[str]) -> Iterator[str]:
    new, gone = _difference(plan, well)
    if new:
        yield f"Once {wording.listed(new)} {'answers' if len(new) == 1 else 'answer'} again, {_it(new)} {_would(gone)}."
    yield from rest


def _cap(brief: Brief, plan: Plan, replan: Replan) -> Iterator[str]:
    """The smallest raise of the cap that lets another model in."""
    if brief.cap is None:
        return
    own = sum(route.credits for route in plan.routes if not route.by_auto)
    missed = [one.credits for one in plan.left_out if one.cause is Cause.OVER_CAP]
    needed = {spent + credits - brief.cap for credits in missed for spent in (own, plan.credits)}
    for more in sorted(each for each in needed if each > 0)[:MOST_CAPS]:
        new, gone = _difference(plan, replan(replace(brief, cap=brief.cap + more)))
        if new:
            instead = f" instead of {wording.listed(gone)}" if gone else ""
            yield f"{wording.counted(more, 'more credit')} would add {wording.listed(new)}{instead}."
            return


def _words(brief: Brief, plan: Plan, replan: Replan) -> Iterator[str]:
    """The same prompt without its quotation marks, or without the words that gave the intent away."""
    reading = plan.reading
    if reading.texts and reading.quotes:
        spans, what = [(one.start, one.start + 1) for one in reading.texts], "Without the quotation marks"
        spans += [(one.end - 1, one.end) for one in reading.texts]
    elif reading.cues and not reading.texts:
        spans = [(one.start, one.end) for one in reading.evidence if one.kind in ("intent", "look")]
        what = f"Without {wording.listed([wording.quoted(cue) for cue in reading.cues[:3]])}"
    else:
        return
    other = replan(replace(brief, prompt=_without(brief.prompt, spans)))
    new, _ = _difference(plan, other)
    if other.intent is not plan.intent:
        yield f"{what} it would be read as {other.intent.label}{f', which brings {wording.listed(new)}' if new else ''}."


def _quality(brief: Brief, plan: Plan, replan: Replan) -> Iterator[str]:
    if brief.quality is Quality.HD:
        return
    other = replan(replace(brief, quality=Quality.HD))
    new, gone = _difference(plan, other)
    if new:
        instead = f" instead of {wording.listed(gone)}" if gone else ""
        yield f"Ticking HD would bring {wording.listed(new)}{instead}, for {wording.counted(other.credits, 'credit')} in all."


def _reference(brief: Brief, plan: Plan, replan: Replan) -> Iterator[str]:
    if plan.by_reference:
        new, gone = _difference(plan, replan(replace(brief, reference=False)))
        if new:
            yield f"Without the reference {wording.listed(new)} {_would(gone)}."


def _automatic(brief: Brief, plan: Plan, replan: Replan) -> Iterator[str]:
    other = replan(replace(brief, intent=None))
    new, _ = _difference(plan, other)
    if new:
        yield f"With Auto it would be read as {other.intent.label}, which adds {wording.listed(new)}."


def _difference(before: Plan, after: Plan) -> tuple[list[str], list[str]]:
    """Labels of the models that come and of those that go."""
    return _beyond(after.routes, before.routes), _beyond(before.routes, after.routes)


def _beyond(routes: tuple[Route, ...], others: tuple[Route, ...]) -> list[str]:
    known = {route.model.id for route in others}
    return [route.model.label for route in routes if route.model.id not in known]


def _it(labels: list[str]) -> str:
    return "it" if len(labels) == 1 else "they"


def _would(gone: list[str]) -> str:
    return f"would be taken instead of {wording.listed(gone)}" if gone else "would be taken, too"


def _without(prompt: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        prompt = prompt[:start] + prompt[end:]
    return prompt
