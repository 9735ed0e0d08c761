"""When a model or a provider is left alone, for how long, and who finds out that it is well again."""

import pytest

from providers.errors import ErrorKind
from routing.breaker import VERDICTS, Entry
from routing.circuits import State
from tests.routing.breaking import FLUX, V2, V3, Afternoon

K, S = ErrorKind, State
GOOD = None


def test_every_kind_of_error_has_a_verdict():
    assert set(VERDICTS) == set(ErrorKind)


@pytest.mark.parametrize(
    ("kind", "times", "model", "provider"),
    [
        # not their illness
        (K.REFUSED, 50, S.CLOSED, S.CLOSED),
        (K.INVALID_REQUEST, 50, S.CLOSED, S.CLOSED),
        (K.PAUSED, 50, S.CLOSED, S.CLOSED),
        (K.RATE_LIMITED, 50, S.CLOSED, S.CLOSED),
        # the rate decides, from three on
        (K.PROVIDER_DOWN, 2, S.CLOSED, S.CLOSED),
        (K.PROVIDER_DOWN, 3, S.OPEN, S.CLOSED),
        (K.BROKEN_ANSWER, 2, S.CLOSED, S.CLOSED),
        (K.BROKEN_ANSWER, 3, S.OPEN, S.CLOSED),
        # one slow call, then nothing
        (K.TIMED_OUT, 1, S.OPEN, S.CLOSED),
        # this model alone
        (K.MODEL_GONE, 1, S.OPEN, S.CLOSED),
        (K.NO_ACCESS, 1, S.OPEN, S.CLOSED),
        # all models of the provider
        (K.CONNECTION_FAILED, 1, S.CLOSED, S.OPEN),
        (K.BAD_KEY, 1, S.CLOSED, S.OPEN),
        (K.OUT_OF_QUOTA, 1, S.CLOSED, S.OPEN),
    ],
)
def test_what_a_failure_says_and_of_whom(kind, times, model, provider):
    day = Afternoon()
    for _ in range(times):
        day.hears(V3, kind)
    assert (day.state(V3), day.state("ideogram")) == (model, provider)
    assert day.asks(V3) is (Entry.REST if S.OPEN in (model, provider) else Entry.GO)
    assert day.asks(V2) is (Entry.REST if provider is S.OPEN else Entry.GO)
    assert day.asks(FLUX) is Entry.GO


@pytest.mark.parametrize(
    ("outcomes", "seconds_apart", "state"),
    [
        ([K.PROVIDER_DOWN] * 3, 1, S.OPEN),
        ([K.PROVIDER_DOWN] * 3, 20, S.OPEN),  # slow to say no, each time
        ([K.PROVIDER_DOWN] * 3, 60, S.CLOSED),  # one a minute is no storm
        ([K.PROVIDER_DOWN, GOOD, K.PROVIDER_DOWN], 1, S.OPEN),  # two of three
        ([K.PROVIDER_DOWN, GOOD, GOOD] * 9, 1, S.CLOSED),  # every third
        ([GOOD] * 9 + [K.PROVIDER_DOWN] * 2, 1, S.CLOSED),
        ([K.PROVIDER_DOWN, K.BROKEN_ANSWER, K.PROVIDER_DOWN], 1, S.OPEN),
        ([K.PROVIDER_DOWN, K.REFUSED] * 2, 1, S.CLOSED),  # refusals are neither
    ],
)
def test_errors_are_judged_by_their_share_of_what_was_heard_lately(outcomes, seconds_apart, state):
    day = Afternoon()
    for kind in outcomes:
        day.passes(seconds_apart)
        day.hears(V3, kind)
    assert day.state(V3) is state


def test_a_success_is_no_news_while_nothing_is_counted():
    day = Afternoon()
    day.hears(V3, GOOD)
    assert not day.board.circuits
    day.hears(FLUX, K.PROVIDER_DOWN)
    before = day.board
    day.hears(V3, GOOD)
    assert day.board is before


def test_a_provider_that_answers_is_noted_once_in_five_seconds():
    day = Afternoon()
    day.hears(V3, K.PROVIDER_DOWN)
    day.hears(V2, GOOD)
    before = day.board
    day.passes(4)
    day.hears(V2, GOOD)
    assert day.board is before
    day.passes(1)
    day.hears(V2, GOOD)
    assert day.circuit("ideogram").well_at == day.now


def test_a_failure_that_was_outlived_is_forgotten_and_successes_are_no_news_again():
    day = Afternoon()
    day.hears(V3, K.PROVIDER_DOWN)
    for _ in range(40):
        day.passes(10)
        day.hears(V3, GOOD)
    assert day.circuit(V3).failures == day.circuit(V3).successes == 0
    day.passes(301)
    day.hears(V3, GOOD)
    assert not day.board.circuits


def test_pauses_double_from_ten_seconds_to_five_minutes_while_the_probe_fails():
    day, pauses = Afternoon(), []
    day.hears(V3, K.TIMED_OUT)
    for number in range(7):
        pauses.append(day.pause(V3))
        day.passes(day.pause(V3))
        assert day.asks(V3, f"probe {number}") is Entry.PROBE
        day.passes(45)
        day.hears(V3, K.TIMED_OUT, f"probe {number}")
    assert pauses == [10, 20, 40, 80, 160, 300, 300]


@pytest.mark.parametrize(("chance", "pause"), [(0.0, 8), (0.5, 10), (1.0, 12)])
def test_chance_makes_a_pause_longer_or_shorter_by_a_fifth(chance, pause):
    day = Afternoon()
    day.hears(V3, K.TIMED_OUT, chance=chance)
    assert day.pause(V3) == pause


@pytest.mark.parametrize(("seconds_apart", "first_counts"), [(10, True), (250, False)])
def test_an_illness_is_dated_from_the_first_failure_that_still_counts(seconds_apart, first_counts):
    day = Afternoon()
    begun = day.now
    day.hears(V3, K.PROVIDER_DOWN)
    day.passes(seconds_apart)
    day.hears(V3, K.TIMED_OUT)
    assert day.circuit(V3).since == (begun if first_counts else day.now)


def test_one_call_finds_out_for_everybody():
    day = Afternoon()
    day.hears(V3, K.TIMED_OUT)
    day.passes(10)
    assert day.state(V3) is S.HALF_OPEN
    assert [day.asks(V3, who) for who in ("a", "b", "a", "c")] == [Entry.PROBE, Entry.REST, Entry.PROBE, Entry.REST]
    day.hears(V3, GOOD, "a")
    assert day.state(V3) is S.CLOSED
    assert day.asks(V3, "b") is Entry.GO


def test_the_probe_of_a_killed_worker_is_somebody_elses_once_its_time_is_over():
    day = Afternoon()
    day.hears(V3, K.TIMED_OUT)
    day.passes(10)
    assert day.asks(V3, "killed", lease=60) is Entry.PROBE
    day.passes(59)
    assert day.asks(V3, "next") is Entry.REST
    day.passes(1)
    assert day.asks(V3, "next") is Entry.PROBE
    assert day.asks(V3, "killed") is Entry.REST


@pytest.mark.parametrize("nothing", [K.REFUSED, K.INVALID_REQUEST, K.PAUSED, K.RATE_LIMITED])
def test_a_probe_that_learns_nothing_leaves_its_turn_to_the_next(nothing):
    day = Afternoon()
    day.hears(V3, K.TIMED_OUT)
    day.hears(V3, K.CONNECTION_FAILED)
    day.passes(10)
    assert day.asks(V3, "a") is Entry.PROBE
    day.hears(V3, nothing, "a")
    assert (day.state(V3), day.state("ideogram")) == (S.HALF_OPEN, S.HALF_OPEN)
    assert day.asks(V3, "b") is Entry.PROBE
    day.leaves(V3, "b")
    assert day.asks(V2, "c") is Entry.PROBE


def test_calls_that_were_under_way_make_no_pause_longer():
    day = Afternoon()
    for _ in range(8):
        day.hears(V3, K.TIMED_OUT)
    assert (day.circuit(V3).pause, day.pause(V3)) == (10, 10)
    day.passes(12)
    day.hears(V3, K.TIMED_OUT)  # it does not answer yet, but nobody has probed
    assert (day.circuit(V3).pause, day.pause(V3)) == (10, 10)
    day.passes(10)
    assert day.asks(V3, "probe") is Entry.PROBE
    day.hears(V3, K.TIMED_OUT)
    assert day.state(V3) is S.HALF_OPEN
    day.hears(V3, GOOD, "probe")
    assert day.state(V3) is S.CLOSED


def test_one_lost_call_among_many_that_are_answered_hardly_counts():
    day = Afternoon()
    day.hears(V3, K.TIMED_OUT)
    assert day.state(V3) is S.OPEN
    day.passes(1)
    day.hears(V3, GOOD)  # asked before, answered after
    assert day.state(V3) is S.CLOSED


def test_one_answer_among_many_failures_is_no_recovery_but_the_probes_is():
    day = Afternoon()
    for _ in range(8):
        day.hears(V3, K.PROVIDER_DOWN)
    day.passes(10)
    assert day.asks(V3, "probe") is Entry.PROBE
    day.hears(V3, GOOD)
    assert day.state(V3) is S.HALF_OPEN
    day.hears(V3, GOOD, "probe")
    assert day.state(V3) is S.CLOSED


def test_the_probe_outweighs_any_number_of_failures():
    day = Afternoon()
    for _ in range(3):
        day.hears(V3, K.PROVIDER_DOWN)
    day.passes(10)
    assert day.asks(V3, "probe") is Entry.PROBE
    day.hears(V3, GOOD, "probe")
    assert day.state(V3) is S.CLOSED


def test_a_relapse_is_given_more_time_than_a_first_illness():
    day = Afternoon()
    day.hears(V3, K.TIMED_OUT)
    day.passes(10)
    day.hears(V3, GOOD)
    day.passes(30)
    day.hears(V3, K.TIMED_OUT)
    assert day.pause(V3) == 20
    day.passes(20)
    day.hears(V3, GOOD)
    day.passes(301)
    day.hears(V3, K.TIMED_OUT)
    assert day.pause(V3) == 10


@pytest.mark.parametrize(("retry_after", "rest"), [(None, 0), (4.9, 0), (5.0, 5), (30.0, 30), (7200.0, 600)])
def test_too_many_requests_rest_as_long_as_the_provider_says_and_need_no_probe(retry_after, rest):
    day = Afternoon()
    day.hears(V3, K.RATE_LIMITED, retry_after=retry_after)
    assert day.wait(V3) == rest
    assert day.asks(V2) is Entry.GO
    day.hears(V3, GOOD)  # of a call that was let in before
    assert day.wait(V3) == rest
    day.passes(rest)
    assert [day.asks(V3, who) for who in "ab"] == [Entry.GO, Entry.GO]


def test_no_request_to_slow_down_shortens_an_illness():
    day = Afternoon()
    day.hears(V3, K.MODEL_GONE)
    day.hears(V3, K.RATE_LIMITED, retry_after=30)
    assert (day.circuit(V3).cause, day.pause(V3)) == (K.MODEL_GONE, 600)
