"""What rests, in words: for the slip, for a frame, for the page of the providers."""

from datetime import datetime, timedelta, tzinfo

from providers.errors import ErrorKind
from routing.breaker import Board
from routing.circuits import Circuit, State
from routing.types import Resting

# What completes "Ideogram …" and what completes "Ideogram 3 Turbo, …"; "since 14:02" follows both.
SAID = {
    ErrorKind.TIMED_OUT: ("has not answered", "no answer"),
    ErrorKind.CONNECTION_FAILED: ("has been out of reach", "out of reach"),
    ErrorKind.PROVIDER_DOWN: ("has returned errors", "errors"),
    ErrorKind.BROKEN_ANSWER: ("has sent damaged files", "damaged files"),
    ErrorKind.RATE_LIMITED: ("has had too many requests", "too many requests"),
    ErrorKind.BAD_KEY: ("has turned our key away", "our key turned away"),
    ErrorKind.NO_ACCESS: ("has been closed to our account", "closed to our account"),
    ErrorKind.OUT_OF_QUOTA: ("has called our account empty", "our account there empty"),
    ErrorKind.MODEL_GONE: ("has been gone", "gone"),
}
MINUTE = timedelta(minutes=1)


def resting(board: Board, *, now: float, zone: tzinfo) -> dict[str, Resting]:
    """Everything that rests ``now`` (seconds since 1970), by model id or provider key, in the hours of ``zone``."""
    found = {key: _resting(one, now, zone) for key, one in board.circuits.items()}
    return {key: one for key, one in found.items() if one is not None}


def said(one: Resting) -> str:
    """The least there is to say: "no answer"."""
    return SAID[one.cause][1]


def reason(one: Resting) -> str:
    """Completes "Ideogram 3 Turbo, …": "no answer since 14:02, tried again at 14:05"."""
    again = "being tried again now" if one.being_tried else f"tried again at {_until(one)}"
    return f"{said(one)} since {_since(one)}, {again}"


def sentence(label: str, one: Resting) -> str:
    """ "Ideogram has not answered since 14:02. It is tried again at 14:05."."""
    again = "It is being tried again now." if one.being_tried else f"It is tried again at {_until(one)}."
    return f"{clause(label, one)}. {again}"


def clause(label: str, one: Resting) -> str:
    """ "Ideogram has not answered since 14:02"."""
    return f"{label} {predicate(one)}"


def predicate(one: Resting) -> str:
    """ "has not answered since 14:02"."""
    return f"{SAID[one.cause][0]} since {_since(one)}"


def standing(label: str, circuit: Circuit, *, now: float, zone: tzinfo) -> str:
    """A sentence for the admins on any circuit, empty while it is closed."""
    if one := _resting(circuit, now, zone):
        return sentence(label, one)
    if circuit.state(now) is not State.HALF_OPEN or circuit.cause is None:
        return ""
    return f"{clause(label, _described(circuit, circuit.cause, now, zone))}. The next picture tries it again."


def _resting(circuit: Circuit, now: float, zone: tzinfo) -> Resting | None:
    return _described(circuit, circuit.cause, now, zone) if circuit.cause and circuit.rests(now) else None


def _described(circuit: Circuit, cause: ErrorKind, now: float, zone: tzinfo) -> Resting:
    being_tried = circuit.state(now) is State.HALF_OPEN
    until = circuit.rests_until if being_tried else circuit.until
    return Resting(cause, datetime.fromtimestamp(circuit.since, zone), datetime.fromtimestamp(until, zone), being_tried)


def _since(one: Resting) -> str:
    """ "14:02", or the day if that was not today."""
    return f"{one.since:%H:%M}" if one.since.date() == one.until.date() else f"{one.since.day} {one.since:%B}"


def _until(one: Resting) -> str:
    """The whole minute by which it will have been tried: a pause of seconds is not over before it began."""
    whole = one.until.replace(second=0, microsecond=0)
    return f"{whole if whole == one.until else whole + MINUTE:%H:%M}"
