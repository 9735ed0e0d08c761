"""The breaker: which models and providers are left alone for now, and how that ends.

Two levels. A model's circuit opens by its own failures; a provider's when its host cannot be reached, when it does not take our
key, or when several of its models have fallen ill and none has answered since. A model may be asked when neither circuit rests.

Pure: a board goes in, another comes out. Who keeps it, and whose clock is read, is no business of these steps.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto

from providers.errors import ErrorKind
from routing.circuits import Circuit, Moment, State

SEVERAL = 2  # models that are ill together are taken for their host
SHORT_WAIT = 5.0  # seconds; a frame waits that long by itself, so no model rests for it
LONGEST_REST = 600.0  # seconds; whoever asks for more is asked then whether it is still so
NOTED_FOR = 5.0  # seconds in which a provider that answers is not noted again

HEALTHY = Circuit()


class Verdict(Enum):
    """What a failure says, and of whom."""

    NOTHING = auto()  # it is about the prompt, the request or ourselves
    BUSY = auto()  # too much of ours: the model rests as long as the provider says
    ERROR = auto()  # the model fails: the rate decides
    SILENCE = auto()  # the model made somebody wait for nothing: once is enough
    MODEL_SHUT = auto()  # this model is of no use, however long one waits
    HOST = auto()  # nobody is there: once is enough
    PROVIDER_SHUT = auto()  # no model answers this account


VERDICTS: Mapping[ErrorKind, Verdict] = {
    ErrorKind.REFUSED: Verdict.NOTHING,
    ErrorKind.INVALID_REQUEST: Verdict.NOTHING,
    ErrorKind.PAUSED: Verdict.NOTHING,
    ErrorKind.RESTING: Verdict.NOTHING,
    ErrorKind.RATE_LIMITED: Verdict.BUSY,
    ErrorKind.PROVIDER_DOWN: Verdict.ERROR,
    ErrorKind.BROKEN_ANSWER: Verdict.ERROR,
    ErrorKind.TIMED_OUT: Verdict.SILENCE,
    ErrorKind.MODEL_GONE: Verdict.MODEL_SHUT,
    ErrorKind.NO_ACCESS: Verdict.MODEL_SHUT,
    ErrorKind.CONNECTION_FAILED: Verdict.HOST,
    ErrorKind.BAD_KEY: Verdict.PROVIDER_SHUT,
    ErrorKind.OUT_OF_QUOTA: Verdict.PROVIDER_SHUT,
}
# Models are switched off and held back one by one, also several of them on one day: that says nothing of their host.
NOT_THE_HOST = frozenset({ErrorKind.MODEL_GONE, ErrorKind.RATE_LIMITED})


class Entry(StrEnum):
    """Whether a model may be asked. PROBE: by this call alone, which finds out for everybody."""

    GO = "go"
    PROBE = "probe"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a call ended: ``kind`` None is a picture. ``who`` made it; ``retry_after`` in seconds, when the provider said so."""

    kind: ErrorKind | None
    who: str = ""
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """Every circuit that is not simply healthy, by model id or provider key."""

    circuits: Mapping[str, Circuit] = field(default_factory=dict)

    def of(self, key: str) -> Circuit:
        return self.circuits.get(key, HEALTHY)

    def both(self, model_id: str) -> tuple[Circuit, Circuit]:
        """The circuits that decide about a model: its provider's and its own."""
        return self.of(provider_of(model_id)), self.of(model_id)

    def models(self, provider: str) -> dict[str, Circuit]:
        return {key: one for key, one in self.circuits.items() if "/" in key and provider_of(key) == provider}

    def concerns(self, provider: str) -> bool:
        """Whether a success there may be news."""
        return provider in self.circuits or bool(self.models(provider))


def provider_of(key: str) -> str:
    return key.partition("/")[0]


def enter(board: Board, model_id: str, *, who: str, lease: float, now: float) -> tuple[Entry, Board]:
    """Ask whether a call may be made, and take the permit where there is only one; ``lease``: seconds the call may take."""
    if any(one.rests(now, who) for one in board.both(model_id)):
        return Entry.REST, board
    half_open = [key for key in (provider_of(model_id), model_id) if board.of(key).state(now) is State.HALF_OPEN]
    if not half_open:
        return Entry.GO, board
    taken = {key: board.of(key).probed(who, lease, now) for key in half_open}
    return Entry.PROBE, Board({**board.circuits, **taken})


def leave(board: Board, model_id: str, *, who: str) -> Board:
    """Give a permit back with nothing learned: the call was not made, or was stopped."""
    return _with(board, {key: board.of(key).given_back(who) for key in (provider_of(model_id), model_id)})


def heard(board: Board, model_id: str, outcome: Outcome, moment: Moment) -> Board:
    """Take note of how a call ended. The same board comes back when that is no news."""
    name, board = provider_of(model_id), _of_today(board, moment)
    if outcome.kind is None and not board.concerns(name):
        return board
    model = _model_after(board.of(model_id), outcome, moment)
    provider = _provider_after(board.of(name), {**board.models(name), model_id: model}, outcome, moment)
    return _with(board, {model_id: model, name: provider})


def question(board: Board, *, who: str, lease: float, now: float) -> tuple[frozenset[str], Board]:
    """The providers, by key, that ``who`` shall put a question to now that a pause is over, within ``lease`` seconds.

    A question is no order for a picture and costs nothing. Until it is answered nobody is sent there to find out.
    """
    due = {key: one for key, one in board.circuits.items() if one.is_to_be_questioned(now)}
    due = {key: one for key, one in due.items() if board.of(provider_of(key)).state(now) is not State.OPEN}
    return frozenset(map(provider_of, due)), _with(board, {key: one.probed(who, lease, now) for key, one in due.items()})


def questioned(board: Board, provider: str, kind: ErrorKind | None, moment: Moment, *, who: str = "") -> Board:
    """After a question to the provider; ``kind`` None: it answered, or has another key now.

    An answer tells nothing of drawing, so it closes nothing: it ends the pauses, and the next call is the probe. ``who`` was sent
    by ``question``: then only what it was sent for is changed, and no answer puts that off.
    """
    mine = {key: one for key, one in board.circuits.items() if provider_of(key) == provider}
    asked = {key: one for key, one in mine.items() if one.is_probed_by(who)}
    if kind is None:
        return _with(board, {key: one.vouched_for(moment, who) for key, one in (asked if who else mine).items()})
    later = {key: one.put_off(moment) for key, one in asked.items()}
    host = later.get(provider, board.of(provider))
    return _with(board, later | {provider: _provider_after(host, {}, Outcome(kind), moment)})


def waits(board: Board, model_ids: Iterable[str], *, now: float, who: str = "") -> dict[str, float]:
    """Seconds until each resting model may be asked, at most; those that do not rest are not named."""
    resting = {each: [one for one in board.both(each) if one.rests(now, who)] for each in model_ids}
    return {each: max(one.rests_until for one in those) - now for each, those in resting.items() if those}


def _model_after(model: Circuit, outcome: Outcome, moment: Moment) -> Circuit:
    kind, who = outcome.kind, outcome.who
    if kind is None:
        return model.answered(moment, who=who)
    match VERDICTS[kind]:
        case Verdict.ERROR | Verdict.SILENCE as verdict:
            return model.failed(kind, moment, who=who, at_once=verdict is Verdict.SILENCE)
        case Verdict.MODEL_SHUT:
            return model.shut(kind, moment)
        case Verdict.BUSY if outcome.retry_after is not None and outcome.retry_after >= SHORT_WAIT:
            return model.given_back(who).rested(min(outcome.retry_after, LONGEST_REST), moment)
    return model.given_back(who)


def _provider_after(provider: Circuit, models: Mapping[str, Circuit], outcome: Outcome, moment: Moment) -> Circuit:
    """``models`` are the circuits of its models, as they are after the outcome."""
    kind, who = outcome.kind, outcome.who
    if kind is None:
        return _well(provider, moment)
    match VERDICTS[kind]:
        case Verdict.HOST:
            return provider.failed(kind, moment, who=who, at_once=True)
        case Verdict.PROVIDER_SHUT:
            return provider.shut(kind, moment)
        case Verdict.ERROR | Verdict.SILENCE if provider.is_probed_by(who) or _several(provider, models, moment.now):
            return provider.failed(kind, moment, who=who, at_once=True)
        case Verdict.MODEL_SHUT if kind not in NOT_THE_HOST and _several(provider, models, moment.now):
            return provider.failed(kind, moment, who=who, at_once=True)
    return provider.given_back(who)


def _well(provider: Circuit, moment: Moment) -> Circuit:
    """One of its models has answered: that ends whatever was said of the host."""
    noted = provider.state(moment.now) is State.CLOSED and moment.now - provider.well_at < NOTED_FOR
    return provider if noted else Circuit(at=moment.now, pause=provider.pause, well_at=moment.now)


def _several(provider: Circuit, models: Mapping[str, Circuit], now: float) -> bool:
    """Whether too many models fell ill since the provider was last well: what others outlived is a model's own illness."""
    ill = [one for one in models.values() if one.state(now) is not State.CLOSED and one.cause not in NOT_THE_HOST]
    return sum(one.since > provider.well_at for one in ill) >= SEVERAL


def _with(board: Board, changed: Mapping[str, Circuit]) -> Board:
    """The board with these circuits; the same board if nothing changed."""
    if all(board.of(key) == one for key, one in changed.items()):
        return board
    return Board({key: one for key, one in {**board.circuits, **changed}.items() if one != HEALTHY})


def _of_today(board: Board, moment: Moment) -> Board:
    """The board without what says nothing any more; the same board if there is nothing of the kind."""
    if not any(one.is_stale(moment) for one in board.circuits.values()):
        return board
    return Board({key: one for key, one in board.circuits.items() if not one.is_stale(moment)})
