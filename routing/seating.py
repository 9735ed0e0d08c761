"""Who gets a seat in the run: first come, first served, under the cap and the largest number of models."""

from dataclasses import dataclass, field

from providers.types import Quality
from routing import rests, wording
from routing.candidates import Candidate, Judged
from routing.ruling import NOT_ALLOWED
from routing.types import Cause, LeftOut, Reason


@dataclass(frozen=True, slots=True)
class Seat:
    """A model that will be asked, why, and what the person should know about it; ``succession`` says whose place it takes."""

    candidate: Candidate
    reasons: tuple[Reason, ...]
    notes: tuple[str, ...]
    by_auto: bool
    succession: str = ""


@dataclass(slots=True)
class Table:
    """The run being put together. ``cap`` is in credits, None for no limit; ``most`` counts models, ``hd`` HD images, if counted.

    ``by_plan``: it is the person's plan that says how many models.
    """

    cap: int | None
    most: int
    hd: int | None = None
    by_plan: bool = False
    seats: list[Seat] = field(default_factory=list)
    turned_away: list[tuple[Judged, bool]] = field(default_factory=list)

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(seat.candidate.id for seat in self.seats)

    @property
    def room(self) -> int | None:
        """Credits left under the cap."""
        return None if self.cap is None else self.cap - sum(seat.candidate.credits for seat in self.seats)

    def offer(self, guest: Judged, *, reasons: tuple[Reason, ...], note: str | None = None, by_auto: bool = False) -> None:
        """Seat a model if it can serve, fits the cap and a place is free; a cheaper one offered later may still fit.

        First come, first served goes for HD images too: who comes when they are taken draws in less.
        """
        guest = self._within_hd(guest)
        if isinstance(guest, LeftOut) or self._objection(guest, by_auto) is not None:
            self.turn_away(guest, by_auto=by_auto)
            return
        notes = (note, *guest.notes) if note else guest.notes
        self.seats.append(Seat(guest, reasons, notes, by_auto, note or ""))

    def _within_hd(self, guest: Judged) -> Judged:
        if isinstance(guest, LeftOut) or guest.instead is None or self.hd is None:
            return guest
        taken = sum(seat.candidate.quality is Quality.HD for seat in self.seats)
        return guest if taken < self.hd else guest.instead

    def turn_away(self, guest: Judged, *, by_auto: bool) -> None:
        """Remember that somebody wanted this model."""
        self.turned_away.append((guest, by_auto))

    def left_out(self) -> tuple[LeftOut, ...]:
        """Every model turned away with its reason, once all seats are taken: "over your cap by 3" counts the finished run."""
        return tuple(
            guest if isinstance(guest, LeftOut) else self._refusal(guest, by_auto) for guest, by_auto in self.turned_away
        )

    def _objection(self, guest: Candidate, by_auto: bool) -> Cause | None:
        """What speaks against a seat; a model that rests may be insisted on, since another stands in where it does not answer."""
        if guest.verdict.forbidden:
            return Cause.FORBIDDEN
        if guest.down or (by_auto and not guest.up):
            return Cause.DOWN
        if len(self.seats) >= self.most:
            return Cause.TOO_MANY
        return Cause.OVER_CAP if self.room is not None and guest.credits > self.room else None

    def _refusal(self, guest: Candidate, by_auto: bool) -> LeftOut:
        cause = self._objection(guest, by_auto) or Cause.OVER_CAP
        over = guest.credits - (self.room or 0)
        reason = {
            Cause.FORBIDDEN: NOT_ALLOWED,
            Cause.DOWN: rests.reason(guest.resting) if guest.resting and not guest.down else guest.down,
            Cause.TOO_MANY: f"{'your plan' if self.by_plan else 'one run'} takes at most {wording.counted(self.most, 'model')}"
            + (" a run" if self.by_plan else ""),
            Cause.OVER_CAP: f"over your cap by {over}",
        }[cause]
        return LeftOut(guest.model, reason, cause, guest.credits, by_auto)
