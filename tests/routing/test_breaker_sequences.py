"""Any sequence of calls, outcomes, deaths and pauses, against a model of the breaker that is too simple to be wrong.

One model at one provider, and failures that need no rate: a state is then no more than "ill, again at, tried by".
"""

from dataclasses import dataclass

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from providers.errors import ErrorKind
from routing.breaker import Entry
from routing.circuits import Numbers, State
from tests.routing.breaking import V3, Afternoon

LEASE = 60.0
NO_NEWS = (ErrorKind.REFUSED, ErrorKind.RATE_LIMITED)


@dataclass
class Simple:
    """``again`` None: well. ``first`` is until when a question comes first. ``last`` is when it was last spoken of."""

    again: float | None = None
    first: float = 0.0
    pause: float = 0.0
    prober: str = ""
    until: float = 0.0
    last: float = 0.0

    def rests(self, who: str, now: float) -> bool:
        found_out = self.prober not in ("", who) and now < self.until
        return self.again is not None and (now < max(self.again, self.first) or found_out)

    def probe(self, who: str, now: float) -> bool:
        if self.again is None:
            return False
        self.prober, self.until = who, now + LEASE
        return True

    def fails(self, who: str, now: float) -> None:
        tried = self.again is not None and now >= self.again
        if self.again is None or (tried and self.prober == who):
            relapse = self.again is not None or now - self.last <= 300
            self.pause = min(max(10, 2 * self.pause), 300) if relapse else 10
            self.prober = ""
            self.waits(self.pause, now)
        elif tried and not (self.prober and now < self.until):
            self.waits(self.pause, now)
        self.last = now

    def waits(self, seconds: float, now: float) -> None:
        self.again, self.first = now + seconds, now + seconds + 8

    def to_question(self, now: float) -> bool:
        return self.again is not None and now >= self.again and self.first > 0 and not (self.prober and now < self.until)

    def questioned(self, who: str, now: float, *, answers: bool) -> None:
        if self.again is None or self.prober != who:
            return
        self.prober = ""
        if answers:
            self.first = 0.0
        else:
            self.waits(min(max(self.pause, 10), 30), now)

    def answers(self, now: float) -> None:
        if self.again is not None:
            self.again, self.prober, self.first, self.last = None, "", 0.0, now

    def leaves(self, who: str) -> None:
        if self.prober == who:
            self.prober = ""


class Calls(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.day = Afternoon(Numbers())
        self.model, self.host = Simple(), Simple()
        self.under_way: list[str] = []
        self.questions: list[str] = []

    @rule(seconds=st.sampled_from([0.0, 1.0, 9.0, 10.0, 20.0, 59.0, 61.0, 301.0]))
    def time_passes(self, seconds):
        self.day.passes(seconds)

    @rule()
    def a_call_is_asked_for(self):
        who, now = self.day.name(), self.day.now
        entry = self.day.asks(V3, who, lease=LEASE)
        if self.model.rests(who, now) or self.host.rests(who, now):
            assert entry is Entry.REST
            return
        probes = [each.probe(who, now) for each in (self.model, self.host)]
        assert entry is (Entry.PROBE if any(probes) else Entry.GO)
        self.under_way.append(who)

    @precondition(lambda self: self.under_way)
    @rule(data=st.data(), kind=st.sampled_from([None, ErrorKind.TIMED_OUT, ErrorKind.CONNECTION_FAILED, *NO_NEWS]))
    def a_call_ends(self, data, kind):
        who, now = self._one_of(data), self.day.now
        self.day.hears(V3, kind, who)
        match kind:
            case None:
                self.model.answers(now)
                self.host.answers(now)
            case ErrorKind.TIMED_OUT:
                self.model.fails(who, now)
                if self.host.prober == who:
                    self.host.fails(who, now)
            case ErrorKind.CONNECTION_FAILED:
                self.host.fails(who, now)
                self.model.leaves(who)
            case _:
                self.model.leaves(who)
                self.host.leaves(who)

    @precondition(lambda self: self.under_way)
    @rule(data=st.data())
    def a_worker_is_killed(self, data):
        self._one_of(data)

    @precondition(lambda self: self.under_way)
    @rule(data=st.data())
    def a_call_is_stopped(self, data):
        who = self._one_of(data)
        self.day.leaves(V3, who)
        self.model.leaves(who)
        self.host.leaves(who)

    @rule()
    def the_clock_sends_somebody_to_ask(self):
        who, now = self.day.name(), self.day.now
        host_rests = self.host.again is not None and now < self.host.again
        due = [each for each in (self.model, self.host) if each.to_question(now) and not host_rests]
        assert self.day.is_sent_to_question(who, lease=LEASE) == ({"ideogram"} if due else set())
        for each in due:
            each.probe(who, now)
            self.questions.append(who)

    @precondition(lambda self: self.questions)
    @rule(data=st.data(), answers=st.booleans())
    def a_question_ends(self, data, answers):
        who, now = data.draw(st.sampled_from(self.questions)), self.day.now
        self.questions.remove(who)
        self.day.is_told(who, "ideogram", None if answers else ErrorKind.PROVIDER_DOWN)
        for each in (self.model, self.host):
            each.questioned(who, now, answers=answers)

    @rule()
    def redis_is_emptied(self):
        self.day.board = Afternoon().board
        self.model, self.host = Simple(), Simple()

    @invariant()
    def both_tell_the_same(self):
        for key, simple in ((V3, self.model), ("ideogram", self.host)):
            ill = simple.again is not None
            expected = State.CLOSED if not ill else State.OPEN if self.day.now < simple.again else State.HALF_OPEN
            assert self.day.state(key) is expected
            assert not ill or self.day.pause(key) == round(simple.again - self.day.now, 3)

    @invariant()
    def whoever_rests_is_asked_again_in_the_end(self):
        wait = self.day.wait(V3)
        assert wait <= 308 + LEASE
        later = Afternoon(Numbers())
        later.board, later.now = self.day.board, self.day.now + wait
        assert later.asks(V3, "patient") is not Entry.REST

    def _one_of(self, data) -> str:
        who = data.draw(st.sampled_from(self.under_way))
        self.under_way.remove(who)
        return who


TestCalls = Calls.TestCase
TestCalls.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
