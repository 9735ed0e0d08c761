"""The sentences of the routing slip, worded after the interface direction, section 6.1."""

from collections.abc import Iterator, Sequence

from providers.types import Strength
from routing import rests, wording
from routing.pieces import Piece, Role, names, texts
from routing.types import Cause, Intent, LeftOut, Plan, Reading, Route


def unclosed(reading: Reading) -> Iterator[Piece]:
    if reading.unclosed_quote is None:
        return
    yield Piece("The quote before ")
    yield Piece(f"“{wording.shortened(reading.unclosed_quote)}", Role.TYPESET)
    yield Piece(f" is never closed, so {'it' if reading.texts else 'nothing'} is {'not ' if reading.texts else ''}set as type. ")
    yield Piece("Add the closing mark. ")


def manual(plan: Plan) -> Iterator[Piece]:
    yield Piece("You chose ")
    yield Piece(plan.intent.label, Role.STRONG)
    yield Piece(". Every model that can draws in HD. Auto is off." if plan.intent is Intent.FINAL else ". Auto is off.")


def auto(plan: Plan) -> Iterator[Piece]:
    added = [route for route in plan.routes if route.by_auto]
    missed = [one for one in plan.left_out if one.by_auto]
    if missed:
        yield from _instead(plan, added, missed)
    elif plan.reading.texts or plan.reading.cues or plan.wish:
        yield from _read_as(plan)
        yield from _so(added, plan)
    elif plan.by_reference:
        yield Piece("You gave a reference")
        yield from _so(added, plan)
    else:
        yield from _no_signal(added, plan.routes)


def _read_as(plan: Plan) -> Iterator[Piece]:
    """ "Read as **Logo & type**. Detected quoted text “CyberCafe”" or "Read as **Photoreal** from 35 mm"."""
    reading = plan.reading
    yield Piece("Read as ")
    yield Piece(reading.intent.label, Role.STRONG)
    if reading.texts:
        yield Piece(f". Detected {_text(reading)} ")
        yield from texts(reading.texts)
    else:
        words = [*reading.cues[:3], *([plan.wish.words] if plan.wish else [])]
        yield Piece(f" from {wording.listed(list(dict.fromkeys(words)))}")


def _text(reading: Reading) -> str:
    return "quoted text" if reading.quotes else "text to draw,"


def _so(added: Sequence[Route], plan: Plan) -> Iterator[Piece]:
    if added:
        yield Piece(", so ")
        yield from names(route.model.label for route in added)
        goes = "which goes" if len(added) == 1 else "which go"
        yield Piece(f", {goes} by your reference." if plan.by_reference else ".")
    else:
        yield Piece(f". {_nothing_added(plan.routes)}")


def _no_signal(added: Sequence[Route], routes: Sequence[Route]) -> Iterator[Piece]:
    yield Piece("No strong signal, so ")
    yield Piece(Intent.DRAFT.label, Role.STRONG)
    if added:
        yield Piece(": ")
        yield from names(route.model.label for route in added)
        quick = all(Strength.SPEED in route.model.strengths for route in added)
        yield Piece(" for a cheap first look." if quick else ".")
    else:
        yield Piece(f". {_nothing_added(routes)}")


def _nothing_added(routes: Sequence[Route]) -> str:
    return "Auto adds nothing to your own choice." if routes else "No model is chosen."


def _instead(plan: Plan, added: Sequence[Route], missed: Sequence[LeftOut]) -> Iterator[Piece]:
    """ "**Ideogram 3 Turbo** is down, so **Recraft V4** takes the quoted text “CyberCafe” alone."."""
    down = [one.model.label for one in missed if one.cause is Cause.DOWN]
    over = [one.model.label for one in missed if one.cause is Cause.OVER_CAP]
    yield from _is(down, "down")
    yield Piece(" and " if down and over else "")
    yield from _is(over, "over your cap")
    if not added:
        yield Piece(f". {_nothing_added(plan.routes)}")
        return
    yield Piece(", so ")
    yield from names(route.model.label for route in added)
    yield Piece(" takes " if len(added) == 1 else " take ")
    if plan.reading.texts:
        yield Piece(f"the {_text(plan.reading)} ")
        yield from texts(plan.reading.texts)
    else:
        yield Piece("this one")
    yield Piece(" alone." if len(added) == 1 else ".")


def _is(labels: Sequence[str], what: str) -> Iterator[Piece]:
    if labels:
        yield from names(labels)
        yield Piece(f" {'is' if len(labels) == 1 else 'are'} {what}")


def resting(plan: Plan) -> Iterator[Piece]:
    """What was chosen though it fails just now: " **Ideogram 3 Turbo** has not answered since 14:02; another …"."""
    for route in plan.routes:
        if route.resting:
            yield Piece(" ")
            yield Piece(route.model.label, Role.STRONG)
            then = "another model steps in if it still fails" if route.fallbacks else "no other model can step in for it"
            yield Piece(f" {rests.predicate(route.resting)}; {then}.")


def succession(plan: Plan) -> Iterator[Piece]:
    """Who stands in for the dead: " GPT Image 1.5 was switched off on 1 December 2026, so GPT Image 2.6 Sunburst answers."."""
    yield from (Piece(f" {route.succession}") for route in plan.routes if route.succession)


def left_out(plan: Plan) -> Iterator[Piece]:
    """What the person wanted and does not get: " Left out: **GPT Image 2**, over your cap by 3."."""
    own = [one for one in plan.left_out if not one.by_auto]
    for position, one in enumerate(own):
        yield Piece("; " if position else " Left out: ")
        yield Piece(one.model.label, Role.STRONG)
        yield Piece(f", {one.reason}")
    yield Piece("." if own else "")
