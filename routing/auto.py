"""The models Auto adds by itself: those that meet most of what is asked, else the fast and cheap ones."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from providers.types import Quality
from routing import ranking, score, wording
from routing.candidates import Candidate, Market
from routing.ranking import Tier
from routing.score import NEEDS
from routing.seating import Table
from routing.types import Intent, Reading, Reason

LOWERED = "Made in Draft to stay under your cap."


@dataclass(frozen=True, slots=True)
class Chooser:
    """Auto at one table. ``refused`` are models the person unticked: they are not added again, and nothing takes their place."""

    table: Table
    market: Market
    reading: Reading
    goal: Intent
    refused: Collection[str]

    def join(self) -> None:
        """Seat Auto's choice beside what the person ticked, within the room that is left.

        What Auto would have taken but for a provider that does not answer or for the cap is turned away by name, so that the
        slip can say so.
        """
        table, settled = self.table, self.settled
        places = table.most - len(table.seats)
        best = self._tiers(self.market.asked)
        taken = self._choice(best)
        ideal = ranking.take(best[0], room=None) if best else []
        missed = [one for one in ideal if one.id not in settled.union(other.id for other in taken)]
        for one in [one for one in taken if one.id not in settled][:places]:
            note = LOWERED if one.asked is not self.market.asked else None
            table.offer(one, reasons=self._reasons(one), note=note, by_auto=True)
        for one in missed[:places]:
            table.turn_away(one, by_auto=True)

    @property
    def settled(self) -> frozenset[str]:
        """Ids that are decided already, by the person."""
        return self.table.ids.union(self.refused)

    def _choice(self, best: Sequence[Tier]) -> list[Candidate]:
        """From the best tier of which anything fits; when the cap is too low for any, the same once more in Draft."""
        for tier in chain(best, self._lowered()):
            if taken := ranking.take(tier.answering, room=self.table.room, free=self.settled):
                return taken
        return []

    def _lowered(self) -> Iterator[Tier]:
        if self.table.cap is not None and self.market.asked is not Quality.DRAFT:
            yield from self._tiers(Quality.DRAFT)

    def _tiers(self, quality: Quality) -> list[Tier]:
        """The models that an admin has set for this intent, then the others."""
        able = self._open(quality)
        chosen = _chosen(able, self.market.ruling.default_set)
        return [*([Tier(chosen, diverse=False, most=len(chosen))] if chosen else []), *ranking.tiers(able, self.goal)]

    def _open(self, quality: Quality) -> list[Candidate]:
        """Candidates the table has not turned away already: those the person ticked are not offered a second time."""
        refused = {guest.model.id for guest, _ in self.table.turned_away}
        return [one for one in self.market.candidates(quality) if one.id not in refused]

    def _reasons(self, one: Candidate) -> tuple[Reason, ...]:
        """Why Auto took a model: its score in words, and what in the prompt asks for that."""
        if one.verdict.chosen:
            return (Reason(f"Set by a rule: {one.verdict.chosen.name}."), *score.reasons(one, self.goal))
        specialist = NEEDS[self.goal].strength in one.model.strengths
        said = _evidence(self.reading) if specialist else "No specialist can take this one."
        return score.reasons(one, self.goal) + ((Reason(said),) if said else ())


def _chosen(able: Sequence[Candidate], default_set: Sequence[str]) -> tuple[Candidate, ...]:
    """Those of a default set, in its order; with a reference only those that go by it, if anybody does."""
    heeding = [one for one in able if not one.ignores_reference] or able
    found = {one.id: one for one in heeding}
    return tuple(found[model] for model in default_set if model in found)


def _evidence(reading: Reading) -> str:
    """ "The prompt quotes “A” and is to spell “B”."."""
    if not reading.texts:
        return f"The prompt says {wording.listed(reading.cues[:3])}." if reading.cues else ""
    shown = reading.texts[:3]
    quoted, spelled = (
        wording.listed([wording.quoted(text.text) for text in shown if text.quoted is kind]) for kind in (True, False)
    )
    if not quoted:
        return f"It is to spell {spelled}."
    return f"The prompt quotes {quoted}{f' and asks for {spelled} without quoting it' if spelled else ''}."
