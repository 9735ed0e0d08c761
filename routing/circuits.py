"""What was heard of one model or one provider lately, and whether it rests because of that.

    closed ──proof of illness──▶ open ──the pause is over──▶ half open ──a question is answered──▶ one call may probe ──▶ closed
                                  ▲                            │                                     │
                                  ├──no answer to a question───┘                                     │
                                  └──the probe fails: longer─────────────────────────────────────────┘

A question draws nothing and costs nothing, and nobody waits for it; a probe is a call for somebody's picture. If no question has
been put soon after the pause, the probe is made without.

Pure steps from one circuit to the next. Times are seconds since 1970, pauses are seconds. Why the numbers are what they are:
docs/decisions/0013-breaker.md.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from providers.errors import ErrorKind

FORGOTTEN = 0.25  # a failure that has faded to this counts no more: two half-lives
UNASKED = 3600.0  # seconds after which an illness that nobody has asked about since is no longer believed


@dataclass(frozen=True, slots=True)
class Numbers:
    """``half_life``: what was heard counts half as much after so many seconds. A circuit opens when ``share`` of at least
    ``enough`` answers were failures. ``jitter`` is the share by which a pause is longer or shorter than its name. After a pause a
    question may come first for ``question_wait`` seconds; not answered, it makes another pause of at most ``question_pause``.
    """

    half_life: float = 120.0
    enough: float = 2.5  # three within a minute: as often as one frame tries
    share: float = 0.6
    first_pause: float = 10.0
    longest_pause: float = 300.0
    shut_pause: float = 600.0
    question_wait: float = 8.0
    question_pause: float = 30.0
    jitter: float = 0.2


@dataclass(frozen=True, slots=True)
class Moment:
    """``now`` by the clock that everybody shares; ``chance`` from 0 to 1 is the luck of this moment."""

    now: float
    chance: float = 0.5
    numbers: Numbers = Numbers()

    def spread(self, pause: float) -> float:
        """Longer or shorter by chance, so that what failed together is not asked again together."""
        return pause * (1 + self.numbers.jitter * (2 * self.chance - 1))


class State(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(frozen=True, slots=True)
class Circuit:
    """``failures`` and ``successes`` are what they were worth ``at`` the last change.

    ``cause`` is why it opened, ``since`` the first failure of this illness, ``until`` the end of its pause. ``pause`` is what the
    last one was before jitter, kept after recovery for a relapse. ``prober`` has the one permit, until ``probed_until``.
    ``question_until`` is until when a question comes first, 0 once it is answered. ``well_at``, of a provider: when one of its
    models last answered.
    """

    failures: float = 0.0
    successes: float = 0.0
    at: float = 0.0
    since: float = 0.0
    cause: ErrorKind | None = None
    until: float = 0.0
    pause: float = 0.0
    prober: str = ""
    probed_until: float = 0.0
    question_until: float = 0.0
    well_at: float = 0.0

    def state(self, now: float) -> State:
        """A rest that the provider asked for ends by itself; after an illness somebody has to see whether it is over."""
        if self.cause is None:
            return State.CLOSED
        if now < self.until:
            return State.OPEN
        return State.CLOSED if self.cause is ErrorKind.RATE_LIMITED else State.HALF_OPEN

    def is_probed_by(self, who: str) -> bool:
        return bool(who) and self.prober == who

    def rests(self, now: float, who: str = "") -> bool:
        """Whether ``who`` has to leave it alone: it is open, or is to be questioned first, or somebody else finds out."""
        state = self.state(now)
        if state is not State.HALF_OPEN:
            return state is State.OPEN
        return now < self.question_until or (self._is_taken(now) and not self.is_probed_by(who))

    @property
    def rests_until(self) -> float:
        """When it may be probed, unless a question ends that sooner, or the time that whoever finds out may take."""
        return max(self.until, self.question_until, self.probed_until)

    def is_to_be_questioned(self, now: float) -> bool:
        return self.state(now) is State.HALF_OPEN and self.question_until > 0 and not self._is_taken(now)

    def is_stale(self, moment: Moment) -> bool:
        """Whether it says nothing of today: closed for longer than any pause, or ill when it was last asked, long ago."""
        kept = moment.numbers.longest_pause if self.state(moment.now) is State.CLOSED else UNASKED
        return moment.now - max(self.at, self.until) > kept

    def failed(self, cause: ErrorKind, moment: Moment, *, who: str, at_once: bool) -> "Circuit":
        """After a failure; ``at_once``: it is proof enough by itself.

        Calls that were under way when the circuit opened fail later: they never make a pause longer, only the probe does.
        """
        state = self.state(moment.now)
        if state is State.CLOSED or (state is State.HALF_OPEN and self.is_probed_by(who)):
            heard = self._heard(moment, failure=1.0)
            ill = at_once or state is State.HALF_OPEN or heard._is_ill(moment.numbers)
            return heard._opened(cause, moment) if ill else heard
        if state is State.HALF_OPEN and not self._is_taken(moment.now):
            return self._paused(self.pause or moment.numbers.first_pause, moment)
        return self

    def answered(self, moment: Moment, *, who: str) -> "Circuit":
        """After a success. The probe's closes the circuit; another's does too, unless failures still outweigh it."""
        if self.state(moment.now) is State.CLOSED:
            return self._doing_well(moment) if self.failures else self
        if self.cause is ErrorKind.RATE_LIMITED:
            return self
        heard = self._heard(moment, success=1.0)
        return heard if heard._is_ill(moment.numbers) and not self.is_probed_by(who) else self.recovered(moment)

    def recovered(self, moment: Moment) -> "Circuit":
        """Closed, with nothing counted against it."""
        return Circuit(at=moment.now, pause=self.pause, well_at=self.well_at)

    def shut(self, cause: ErrorKind, moment: Moment) -> "Circuit":
        """After an answer that waiting does not mend: somebody has to do something first."""
        if self.cause is cause and self.state(moment.now) is State.OPEN:
            return self
        since = self.since if self.cause is cause else moment.now
        ill = Circuit(since=since, cause=cause, well_at=self.well_at)
        return ill._paused(moment.numbers.shut_pause, moment)

    def rested(self, seconds: float, moment: Moment) -> "Circuit":
        """For as long as the provider asked. An illness is not shortened by it."""
        if self.state(moment.now) is not State.CLOSED:
            return self
        now = moment.now
        return replace(self, at=now, since=now, cause=ErrorKind.RATE_LIMITED, until=now + seconds)

    def probed(self, who: str, lease: float, now: float) -> "Circuit":
        """With the permit in one hand, for ``lease`` seconds: as long as the call may take."""
        return replace(self, prober=who, probed_until=now + lease)

    def given_back(self, who: str) -> "Circuit":
        """Without the permit of somebody who has learned nothing."""
        return replace(self, prober="", probed_until=0.0) if self.is_probed_by(who) else self

    def vouched_for(self, moment: Moment, who: str) -> "Circuit":
        """With its pause over, since it has answered a question that ``who`` put: the next call may see whether it draws."""
        if self.state(moment.now) is State.CLOSED:
            return self
        return replace(self.given_back(who), at=moment.now, until=min(self.until, moment.now), question_until=0.0)

    def put_off(self, moment: Moment) -> "Circuit":
        """After a question that was not answered: another one soon, and no call before."""
        pause = min(max(self.pause, moment.numbers.first_pause), moment.numbers.question_pause)
        return self.given_back(self.prober)._paused(pause, moment)

    def _is_taken(self, now: float) -> bool:
        return bool(self.prober) and now < self.probed_until

    def _heard(self, moment: Moment, *, failure: float = 0.0, success: float = 0.0) -> "Circuit":
        faded = 0.5 ** (max(0.0, moment.now - self.at) / moment.numbers.half_life)
        failures, successes = self.failures * faded, self.successes * faded
        begins = failure > 0 and failures < FORGOTTEN and self.state(moment.now) is State.CLOSED
        since = moment.now if begins else self.since
        return replace(self, failures=failures + failure, successes=successes + success, at=moment.now, since=since)

    def _doing_well(self, moment: Moment) -> "Circuit":
        """Counted beside the failures until they have faded, after which there is nothing to count."""
        heard = self._heard(moment, success=1.0)
        return heard if heard.failures >= FORGOTTEN else self.recovered(moment)

    def _is_ill(self, numbers: Numbers) -> bool:
        heard = self.failures + self.successes
        return heard >= numbers.enough and self.failures >= numbers.share * heard

    def _opened(self, cause: ErrorKind, moment: Moment) -> "Circuit":
        pause = min(max(moment.numbers.first_pause, 2 * self.pause), moment.numbers.longest_pause)
        return replace(self.given_back(self.prober), cause=cause, pause=pause)._paused(pause, moment)

    def _paused(self, seconds: float, moment: Moment) -> "Circuit":
        until = moment.now + moment.spread(seconds)
        return replace(self, at=moment.now, until=until, question_until=until + moment.numbers.question_wait)
