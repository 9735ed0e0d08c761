"""The board of the breaker (``routing.breaker``), shared by all workers and the web: one value in Redis, which expires by itself.

Whoever changes it takes a step on what they last saw, and Redis puts it in place if nobody was faster; else the step is taken
again on what they left. So the rules exist once, in Python, and all that Redis does is compare, set and tell the time.

Without Redis, or once it is emptied, everything counts as healthy: no picture waits for a breaker.
"""

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache

import orjson
import redis
from django.conf import settings
from django.utils import timezone
from redis.backoff import NoBackoff
from redis.retry import Retry

from providers.errors import ErrorKind
from routing import breaker, rests
from routing.breaker import Board
from routing.circuits import UNASKED, Circuit, Moment, Numbers, State
from routing.types import Resting

logger = logging.getLogger(__name__)
KEY = "breakers"
KEPT_SECONDS = int(2 * UNASKED)  # after the last change
FRESH_SECONDS = 0.5  # what was read so lately is believed
AWAY_SECONDS = 5.0  # how long a Redis that did not answer is left alone
PATIENCE_SECONDS = 0.5
TRIES = 20  # against others who change the board at the same time

# KEYS: the board. ARGV: what it is taken for, what it shall be, how long that is kept; without them it is only read.
# Answers the time, and the board as it was: the change is made if that is what it was taken for.
SWAP = """
local board = redis.call('GET', KEYS[1]) or ''
if #ARGV > 0 and board == ARGV[1] then
    if ARGV[2] == '' then redis.call('DEL', KEYS[1]) else redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3]) end
end
return {redis.call('TIME'), board}
"""

type Step = Callable[[Board, Moment], Board]
type Answer = tuple[tuple[bytes, bytes], bytes]


@dataclass(frozen=True, slots=True)
class Seen:
    """The board as Redis had it. ``offset`` is Redis's clock minus the monotonic one of this process, both in seconds."""

    raw: bytes = b""
    board: Board = field(default_factory=Board)
    offset: float = field(default_factory=lambda: time.time() - time.monotonic())
    fresh_until: float = float("-inf")

    @property
    def now(self) -> float:
        """Seconds since 1970, by Redis."""
        return time.monotonic() + self.offset

    @property
    def fresh(self) -> bool:
        return time.monotonic() < self.fresh_until

    def moment(self, numbers: Numbers) -> Moment:
        return Moment(self.now, random.random(), numbers)  # noqa: S311 - spreads pauses

    def told(self, answer: Answer) -> "Seen":
        """After an answer of the script; a board that is the same is not read again."""
        (seconds, microseconds), raw = answer
        here = time.monotonic()
        board = self.board if raw == self.raw else decoded(raw)
        return Seen(raw, board, int(seconds) + int(microseconds) / 1_000_000 - here, here + FRESH_SECONDS)

    def swap(self, board: Board) -> tuple[bytes, bytes, int]:
        """Arguments of the script that put ``board`` in the place of this one."""
        return self.raw, encoded(board), KEPT_SECONDS

    def put(self, raw: bytes, board: Board) -> "Seen":
        return replace(self, raw=raw, board=board)


def away() -> Seen:
    """What is seen without Redis."""
    return Seen(fresh_until=time.monotonic() + AWAY_SECONDS)


def encoded(board: Board) -> bytes:
    return orjson.dumps(board.circuits) if board.circuits else b""


def decoded(raw: bytes) -> Board:
    """A board that another version of the product has written is worth no more than an empty one."""
    try:
        facts = orjson.loads(raw) if raw else {}
        return Board(
            {key: Circuit(**each | {"cause": each["cause"] and ErrorKind(each["cause"])}) for key, each in facts.items()}
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        logger.warning("the board of the breaker cannot be read, and counts as empty")
        return Board()


# --- the web --------------------------------------------------------------------------------------------------------------------
@cache
def _client() -> redis.Redis:
    once_more = Retry(NoBackoff(), 1)
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=PATIENCE_SECONDS, socket_connect_timeout=PATIENCE_SECONDS, retry=once_more
    )


@dataclass(slots=True)
class _Held:
    seen: Seen = field(default_factory=Seen)
    reading: threading.Lock = field(default_factory=threading.Lock)


_held = _Held()


def look() -> Seen:
    """The board; one round trip for all models, and none if another request has just made it."""
    if not _held.seen.fresh:
        with _held.reading:
            if not _held.seen.fresh:
                _run()
    return _held.seen


def resting() -> dict[str, Resting]:
    """What is left alone just now, by model id or provider key, for ``routing.selection``."""
    known = look()
    return rests.resting(known.board, now=known.now, zone=timezone.get_current_timezone())


def standing(key: str, label: str) -> tuple[State, str]:
    """The state of one model (by id) or provider (by key), and a sentence for the admins, empty while all is well."""
    known = look()
    circuit, now = known.board.of(key), known.now
    return circuit.state(now), rests.standing(label, circuit, now=now, zone=timezone.get_current_timezone())


def question(who: str, lease: float) -> frozenset[str]:
    """The providers, by key, that ``who`` shall put a question to now, within ``lease`` seconds, and nobody else meanwhile."""
    due: frozenset[str] = frozenset()

    def step(board: Board, moment: Moment) -> Board:
        nonlocal due
        due, after = breaker.question(board, who=who, lease=lease, now=moment.now)
        return after

    return due if _change(step) else frozenset()


def questioned(provider: str, kind: ErrorKind | None, *, who: str = "") -> None:
    """A question has ended, with None if it was answered; also to be called with None when a key or an address was changed.

    ``who`` was sent by ``question``, else somebody wanted to know.
    """
    _change(lambda board, moment: breaker.questioned(board, provider, kind, moment, who=who))


def _change(step: Step) -> bool:
    """Take a step on the board and put it in place if it changes anything; False if that failed."""
    with _held.reading:
        _run()
        for _ in range(TRIES):
            before = _held.seen
            board = step(before.board, before.moment(Numbers()))
            if board is before.board:
                return True
            if not _run(*(arguments := before.swap(board))):
                return False
            if _held.seen.raw == before.raw:
                _held.seen = _held.seen.put(arguments[1], board)
                return True
    return False


def _run(*arguments: bytes | int) -> bool:
    """Ask the script; False when there is no Redis to ask."""
    try:
        _held.seen = _held.seen.told(_client().register_script(SWAP)(keys=[KEY], args=arguments))
    except redis.RedisError as error:
        logger.warning("no breaker without Redis (%s)", type(error).__name__)
        _held.seen = away()
        return False
    return True
