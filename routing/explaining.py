"""Why the rest of the catalogue is not asked: one reason for each model, the one that settles it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import attrgetter

from providers.types import ModelSpec
from routing import rests, score, wording
from routing.auto import Chooser
from routing.candidates import Candidate
from routing.reading.types import Format
from routing.score import NEEDS, Term
from routing.types import Cause, LeftOut

LACKS = {Format.VECTOR: "no SVG", Format.TRANSPARENT: "no transparent background"}
WORSE = {
    Term.ACCURATE: "worse at spelling",
    Term.PREFERRED: "less liked",
    Term.PRICE: "dearer",
    Term.TIME: "slower",
    Term.AGE: "older",
    Term.FINE: "has no HD of its own",
    Term.QUICK: "not known to be quick",
    Term.OVERSHOOT: "draws in HD, which nobody asked for",
    Term.RETIRING: "about to be switched off",
    Term.SHAKEN: "another model of its provider fails just now",
    Term.RULED: "a rule prefers another",
}
# Say it all; no comparison follows.
ALONE = frozenset({Term.FINE, Term.QUICK, Term.OVERSHOOT, Term.RETIRING, Term.SHAKEN, Term.RULED})
JUDGED = frozenset({Term.ACCURATE, Term.PREFERRED})  # as good a specialist it is not, then


def others(chooser: Chooser, gone: Collection[LeftOut], *, automatic: bool) -> tuple[LeftOut, ...]:
    """Every model that neither has a seat nor was turned away from one nor is among the ``gone``, in the catalogue's order."""
    table, market = chooser.table, chooser.market
    told = table.ids.union([guest.model.id for guest, _ in table.turned_away], [one.model.id for one in gone])
    taken = [seat.candidate for seat in table.seats if seat.by_auto]
    teller = _Teller(chooser, taken)
    return tuple(
        judged if isinstance(judged, LeftOut) else teller.tell(judged, automatic=automatic)
        for judged in market.at(taken[0].asked if taken else market.asked).values()
        if judged.model.id not in told
    )


class _Teller:
    """Compares a model with those that Auto took."""

    def __init__(self, chooser: Chooser, taken: Sequence[Candidate]) -> None:
        self._chooser, self._taken, self._goal = chooser, taken, chooser.goal
        terms = [(score.total(parts), dict(parts)) for parts in (score.terms(one, self._goal) for one in taken)]
        self._last = min(terms, key=lambda each: each[0], default=None)

    def tell(self, one: Candidate, *, automatic: bool) -> LeftOut:
        cause, reason = next(self._reasons(one, automatic=automatic))
        return LeftOut(one.model, reason, cause, one.credits)

    def _reasons(self, one: Candidate, *, automatic: bool) -> Iterator[tuple[Cause, str]]:
        """What speaks against it, what settles it first."""
        if one.id in self._chooser.refused:
            yield Cause.NOT_TAKEN, "you took it out"
        if one.verdict.forbidden:
            yield Cause.RULED_OUT, one.verdict.objection(one.credits)
        if not one.up:
            yield Cause.DOWN, rests.reason(one.resting) if one.resting and not one.down else one.down
        if not automatic:
            yield Cause.NOT_TAKEN, "not chosen"
        if ruled := one.verdict.objection(one.credits) or self._set_aside():
            yield Cause.RULED_OUT, ruled
        for lacking in self._lacking(one):
            yield Cause.NOT_TAKEN, lacking
        room, own = self._chooser.table.room, score.terms(one, self._goal)
        wins = self._last is None or score.total(own) > self._last[0]
        if room is not None and one.credits > room and wins:
            yield Cause.OVER_CAP, f"over your cap by {one.credits - room}"
        yield Cause.NOT_TAKEN, self._passed_over(one) if wins else self._compared(one, dict(own))

    def _lacking(self, one: Candidate) -> Iterator[str]:
        """Conditions it does not meet that those taken do."""
        if self._last is None:
            return
        met = self._last[1]
        if Term.REFERENCE in met and not one.heeds_reference:
            yield "takes no reference"
        if Term.FORMAT in met and one.lacks is not None:
            yield LACKS[one.lacks]
        if Term.STRENGTH in met and not self._is_specialist(one.model):
            yield NEEDS[self._goal].shortfall

    def _set_aside(self) -> str:
        """Said of all others where a default set was taken."""
        return next((f"a rule sets others: {each.verdict.chosen.name}" for each in self._taken if each.verdict.chosen), "")

    def _compared(self, one: Candidate, own: Mapping[Term, float]) -> str:
        """ "slower and dearer than those taken": the parts in which it falls behind the last of them, the largest first."""
        last = self._last[1] if self._last else {}
        behind = {term: last.get(term, 0.0) - own.get(term, 0.0) for term in WORSE}
        worse = sorted((term for term, points in behind.items() if points > 1e-9), key=lambda term: -behind[term])
        if not worse:
            return "as good as those taken, which are enough"
        if worse[0] in ALONE:
            return WORSE[worse[0]]
        more = wording.listed([WORSE[term] for term in worse if term not in ALONE][:2])
        if worse[0] in JUDGED or not self._is_specialist(one.model):
            return f"{more} than those taken"
        return f"no better at {NEEDS[self._goal].subject} than those taken, and {more}"

    def _passed_over(self, one: Candidate) -> str:
        """It has more points than the last of those taken: two answers come from two providers, and of two families."""
        for kin, said in ((attrgetter("provider"), "from the same provider as"), (attrgetter("family"), "of the same family as")):
            for other in self._taken:
                if kin(other.model) == kin(one.model):
                    return f"{said} {other.model.label}"
        return "there is no place for it"

    def _is_specialist(self, model: ModelSpec) -> bool:
        return NEEDS[self._goal].strength in model.strengths
