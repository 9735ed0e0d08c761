"""An afternoon with the breaker: calls, outcomes and the time between them, without jitter unless a test wants some."""

from providers.errors import ErrorKind
from routing import breaker
from routing.breaker import Board, Entry, Outcome
from routing.circuits import Circuit, Moment, Numbers, State

NO_QUESTIONS = Numbers(question_wait=0.0)  # nobody puts any, and no call waits for one
V3, V2, FLUX = "ideogram/v3", "ideogram/v2", "bfl/flux"


class Afternoon:
    """Begins at two o'clock UTC of the first day there was; every call has a name of its own unless a test gives it one."""

    def __init__(self, numbers: Numbers | None = None) -> None:
        self.board, self.now = Board(), 14 * 3600.0
        self.numbers = numbers or NO_QUESTIONS
        self._calls = 0

    def moment(self, chance: float = 0.5) -> Moment:
        return Moment(self.now, chance, self.numbers)

    def passes(self, seconds: float) -> None:
        self.now += seconds

    def asks(self, model: str, who: str = "", lease: float = 60.0) -> Entry:
        entry, self.board = breaker.enter(self.board, model, who=who or self.name(), lease=lease, now=self.now)
        return entry

    def hears(
        self, model: str, kind: ErrorKind | None, who: str = "", *, retry_after: float | None = None, chance: float = 0.5
    ) -> None:
        outcome = Outcome(kind, who or self.name(), retry_after)
        self.board = breaker.heard(self.board, model, outcome, self.moment(chance))

    def questions(self, provider: str, kind: ErrorKind | None) -> None:
        """Somebody wants to know."""
        self.board = breaker.questioned(self.board, provider, kind, self.moment())

    def is_sent_to_question(self, who: str, lease: float = 25.0) -> set[str]:
        providers, self.board = breaker.question(self.board, who=who, lease=lease, now=self.now)
        return set(providers)

    def is_told(self, who: str, provider: str, kind: ErrorKind | None) -> None:
        """What came of the question that ``who`` was sent to put."""
        self.board = breaker.questioned(self.board, provider, kind, self.moment(), who=who)

    def leaves(self, model: str, who: str) -> None:
        self.board = breaker.leave(self.board, model, who=who)

    def state(self, key: str) -> State:
        return self.board.of(key).state(self.now)

    def pause(self, key: str) -> float:
        """Seconds until the pause is over."""
        return round(self.board.of(key).until - self.now, 3)

    def circuit(self, key: str) -> Circuit:
        return self.board.of(key)

    def wait(self, model: str) -> float:
        return breaker.waits(self.board, [model], now=self.now).get(model, 0.0)

    def name(self) -> str:
        self._calls += 1
        return f"call {self._calls}"
