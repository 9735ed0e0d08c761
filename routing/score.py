"""What speaks for a model, in points: the sum puts Auto's candidates in order, the parts are the reasons that are shown.

Three conditions are worth 100, 200 and 400 points; all the rest together can never make up for one of them. So a model with a
lower condition met never passes one with a higher, and the sum says by itself in which order they were asked for.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum, auto
from math import inf

from providers.types import Quality, Strength
from routing import wording
from routing.candidates import Candidate
from routing.reading.types import Format
from routing.types import Intent, Reason


class Term(IntEnum):
    """One part of a score; a number, because it is looked up for every model of every decision."""

    REFERENCE = auto()
    FORMAT = auto()
    STRENGTH = auto()
    QUICK = auto()
    FINE = auto()
    ACCURATE = auto()
    PREFERRED = auto()
    PRICE = auto()
    TIME = auto()
    AGE = auto()
    OVERSHOOT = auto()
    RETIRING = auto()
    SHAKEN = auto()
    RULED = auto()


REFERENCE, FORMAT, STRENGTH = CONDITIONS = 400.0, 200.0, 100.0
QUICK = 20.0  # known to be fast, where no specialist is to be had
FINE = 10.0  # has an HD of its own
RETIRING = -15.0  # about to be switched off
SHAKEN = -12.0  # another model of its provider fails just now
OVERSHOOT = -12.0  # would draw in HD unasked: only a choice makes a run several times dearer
LEANING = 70.0  # preferred or avoided by a rule of an admin: more than everything else but the conditions
MOST_PRICE = MOST_TIME = -10.0
MOST_AGE = -5.0
PER_MONTH = -0.25
ACCURACY = 20.0  # points from spelling nothing right to everything; half right is neutral
PREFERENCE = 10.0  # points from losing every vote to winning every one; half is neutral
DAYS_A_MONTH = 30.4

type Terms = list[tuple[Term, float]]


@dataclass(frozen=True, slots=True)
class Need:
    """What an intent asks of a model, and what a credit and a second count there, in points.

    ``merit`` is the sentence for a model that has the strength, ``subject`` completes "no better
    at …", ``shortfall`` is said of one that has it not. ``fidelity``: newer models and those with an HD of their own come
    first, since fidelity is what each generation improves on. ``diverse``: two answers should come from two families of models.
    """

    strength: Strength
    merit: str
    subject: str
    shortfall: str
    per_credit: float = -0.5
    per_second: float = -0.25
    fidelity: bool = False
    spelling: bool = False
    diverse: bool = True


NEEDS: Mapping[Intent, Need] = {
    Intent.DRAFT: Need(
        Strength.SPEED,
        "Quick and cheap.",
        "drafts",
        "not known to be quick",
        per_credit=-0.15,
        per_second=-1.0,
        diverse=False,
    ),
    Intent.FINAL: Need(
        Strength.DETAIL,
        "Draws the finest detail.",
        "fine detail",
        "not known for fine detail",
        per_credit=0,
        per_second=0,
        fidelity=True,
    ),
    Intent.TYPOGRAPHY: Need(Strength.TYPOGRAPHY, "Spells well.", "type", "not known to spell well", spelling=True),
    Intent.PHOTOREAL: Need(Strength.PHOTOREAL, "Good at photographs.", "photographs", "not known for photographs"),
    Intent.ILLUSTRATION: Need(Strength.ILLUSTRATION, "Good at illustration.", "illustration", "not known for illustration"),
}


def terms(one: Candidate, goal: Intent) -> Terms:
    """The parts of a model's score, those that decide most first. A model outside its strength counts as a quick first look."""
    need = NEEDS[goal]
    specialist = need.strength in one.model.strengths
    parts: Terms = list(_conditions(one, specialist=specialist))
    if not specialist:
        need = NEEDS[Intent.DRAFT]
        if Strength.SPEED in one.model.strengths:
            parts.append((Term.QUICK, QUICK))
    parts += _measured(one, need)
    if need.per_credit:
        parts.append((Term.PRICE, max(MOST_PRICE, need.per_credit * one.credits)))
        parts.append((Term.TIME, max(MOST_TIME, need.per_second * one.seconds)))
    if need.fidelity:
        parts += _fidelity(one)
    if one.overshoots:
        parts.append((Term.OVERSHOOT, OVERSHOOT))
    if one.retiring:
        parts.append((Term.RETIRING, RETIRING))
    if one.shaken:
        parts.append((Term.SHAKEN, SHAKEN))
    return [*parts, *_ruled(one)]


def total(parts: Terms) -> float:
    """The whole score; nine digits, so that sums made in another order are equal."""
    return round(sum(points for _, points in parts), 9)


def tier(parts: Terms) -> float:
    """The points for conditions alone: models of one tier compete with each other."""
    return sum(points for _, points in parts if points in CONDITIONS)


def reasons(one: Candidate, goal: Intent) -> tuple[Reason, ...]:
    """The same in words, each with its weight."""
    return tuple(Reason(SAID[term](one, goal), points) for term, points in terms(one, goal))


def _conditions(one: Candidate, *, specialist: bool) -> Iterator[tuple[Term, float]]:
    if one.heeds_reference:
        yield Term.REFERENCE, REFERENCE
    if one.format is not None:
        yield Term.FORMAT, FORMAT
    if specialist:
        yield Term.STRENGTH, STRENGTH


def _ruled(one: Candidate) -> Iterator[tuple[Term, float]]:
    """A rule that prefers makes no run several times dearer, and keeps no model in use that is about to go."""
    leaning = one.verdict.leaning
    if leaning < 0 or (leaning > 0 and not one.overshoots and not one.retiring):
        yield Term.RULED, leaning * LEANING


def _measured(one: Candidate, need: Need) -> Iterator[tuple[Term, float]]:
    if need.spelling and one.measured.text_accuracy is not None:
        yield Term.ACCURATE, ACCURACY * (one.measured.text_accuracy - 0.5)
    if one.measured.preference is not None:
        yield Term.PREFERRED, PREFERENCE * (one.measured.preference - 0.5)


def _fidelity(one: Candidate) -> Iterator[tuple[Term, float]]:
    if Quality.HD in one.model.offers and not one.overshoots:
        yield Term.FINE, FINE
    yield Term.AGE, max(MOST_AGE, PER_MONTH * (inf if one.age is None else one.age / DAYS_A_MONTH))


def _age(one: Candidate, _: Intent) -> str:
    released = one.model.lifecycle.released
    return f"Out since {wording.day(released)}." if released else "Nobody says since when it is out."


def _format(one: Candidate, _: Intent) -> str:
    return "Answers with a drawing (SVG)." if one.format is Format.VECTOR else "Can leave the background transparent."


SAID: Mapping[Term, Callable[[Candidate, Intent], str]] = {
    Term.REFERENCE: lambda one, goal: "It goes by your reference.",
    Term.FORMAT: _format,
    Term.STRENGTH: lambda one, goal: NEEDS[goal].merit,
    Term.QUICK: lambda one, goal: NEEDS[Intent.DRAFT].merit,
    Term.FINE: lambda one, goal: "Has an HD of its own.",
    Term.ACCURATE: lambda one, goal: f"Spelled {100 * (one.measured.text_accuracy or 0):.0f}% of texts right so far.",
    Term.PREFERRED: lambda one, goal: f"Won {100 * (one.measured.preference or 0):.0f}% of its votes.",
    Term.PRICE: lambda one, goal: f"{wording.counted(one.credits, 'credit')}.".capitalize(),
    Term.TIME: lambda one, goal: f"About {wording.seconds(one.seconds)}.",
    Term.AGE: _age,
    Term.OVERSHOOT: lambda one, goal: "Draws in HD only, which nobody asked for.",
    Term.RETIRING: lambda one, goal: "Is about to be switched off.",
    Term.SHAKEN: lambda one, goal: "Another model of its provider fails just now.",
    Term.RULED: lambda one, goal: one.verdict.leans_because,
}
