"""The models Auto adds by itself: the specialists a prompt calls for, else the fast and cheap ones."""

from collections.abc import Collection, Iterator

from providers.types import Quality
from routing import wording
from routing.candidates import Candidate, Market
from routing.ranking import AUTO_TAKES, NEEDS, defaults, specialists, take
from routing.seating import Table
from routing.types import Reading

LOWERED = "Made in Draft to stay under your cap."


def join(table: Table, market: Market, reading: Reading, *, refused: Collection[str]) -> None:
    """Seat Auto's choice beside what the person ticked, within the room that is left.

    ``refused`` are models the person unticked: they are not added again, and nothing creeps into their place. What Auto would
    have taken but for a provider that does not answer or for the cap is turned away by name, so that the slip can say so.
    """
    places = table.most - len(table.seats)
    settled = table.ids.union(refused)
    taken = _choice(table, market, reading, settled)
    ideal = _ideal(table, market, reading)
    missed = [one for one in ideal if one.id not in settled.union(other.id for other in taken)]
    for one in [one for one in taken if one.id not in settled][:places]:
        note = LOWERED if one.asked is not market.asked else None
        table.offer(one, reasons=_reasons(one, reading), note=note, by_auto=True)
    for one in missed[:places]:
        table.turn_away(one, by_auto=True)


def _choice(table: Table, market: Market, reading: Reading, settled: Collection[str]) -> list[Candidate]:
    """What an admin has set, else specialists, else the fast ones; when the cap is too low for any, the same once more in Draft.

    A picture says more than a strength: with a reference, those that go by it come before any that would ignore it.
    """
    for ranked, diverse, most in _wishes(table, market, reading):
        if taken := take(ranked, room=table.room, free=settled, diverse=diverse, most=most):
            return taken
    return []


def _wishes(table: Table, market: Market, reading: Reading) -> Iterator[tuple[list[Candidate], bool, int]]:
    """Ranked candidates, one list after another, whether to spread the choice over providers, and how many to take."""
    for quality in dict.fromkeys((market.asked, market.asked if table.cap is None else Quality.DRAFT)):
        up = [one for one in _open(table, market, quality) if one.up]
        for able in (_heeding(up), up):
            chosen = _chosen(able, market)
            yield chosen, False, len(chosen)
            yield specialists(able, reading.intent), diverse_for(reading), AUTO_TAKES
            yield defaults(able), False, AUTO_TAKES


def _ideal(table: Table, market: Market, reading: Reading) -> list[Candidate]:
    """What Auto would take if every provider answered and no cap held it back."""
    able = _heeding(_open(table, market, market.asked))
    return _chosen(able, market) or take(specialists(able, reading.intent), room=None, diverse=diverse_for(reading))


def _chosen(candidates: list[Candidate], market: Market) -> list[Candidate]:
    """Those of an admin's default set, in its order."""
    found = {one.id: one for one in candidates}
    return [found[model] for model in market.ruling.default_set if model in found]


def _open(table: Table, market: Market, quality: Quality) -> list[Candidate]:
    """Candidates the table has not turned away already: those the person ticked are not offered a second time."""
    refused = {guest.model.id for guest, _ in table.turned_away}
    return [one for one in market.candidates(quality) if one.id not in refused]


def _heeding(candidates: list[Candidate]) -> list[Candidate]:
    """Those that go by the reference, if there is one and any of them does; else all."""
    return [one for one in candidates if not one.ignores_reference] or candidates


def diverse_for(reading: Reading) -> bool:
    return NEEDS[reading.intent].diverse


def _reasons(one: Candidate, reading: Reading) -> tuple[str, ...]:
    """Why Auto took a model: what an admin's rule says, what it is good at, and what in the prompt asks for that."""
    need, rule = NEEDS[reading.intent], one.verdict.reason
    if need.strength in one.model.strengths:
        found = [rule, need.merit, _evidence(reading)]
    else:
        found = [rule] if one.verdict.chosen else [rule, "Quick and cheap.", "No specialist can take this one."]
    return tuple(reason for reason in found if reason)


def _evidence(reading: Reading) -> str:
    if reading.texts:
        texts = wording.listed([wording.quoted(text.text) for text in reading.texts[:3]])
        return f"The prompt quotes {texts}." if reading.quotes else f"It is to spell {texts}."
    return f"The prompt says {wording.listed(reading.cues[:3])}." if reading.cues else ""
