"""A provider that may be well again is asked a question before anybody's picture finds out."""

import pytest

from providers.errors import ErrorKind
from routing.breaker import Entry
from routing.circuits import Numbers, State
from tests.routing.breaking import FLUX, V2, V3, Afternoon

K, S = ErrorKind, State
ANSWER = None


def ill(*models: str, kind: ErrorKind = K.TIMED_OUT) -> Afternoon:
    """Just when the pause is over."""
    day = Afternoon(Numbers())
    for model in models or (V3,):
        day.hears(model, kind)
    day.passes(10)
    return day


def test_nobody_is_sent_there_until_a_question_is_answered():
    day = ill()
    assert day.asks(V3) is Entry.REST
    assert day.is_sent_to_question("clock") == {"ideogram"}
    assert day.asks(V3) is Entry.REST
    day.is_told("clock", "ideogram", ANSWER)
    assert [day.asks(V3, who) for who in "ab"] == [Entry.PROBE, Entry.REST]


def test_an_answer_says_nothing_of_drawing_so_the_probe_decides():
    day = ill()
    day.is_sent_to_question("clock")
    day.is_told("clock", "ideogram", ANSWER)
    assert day.state(V3) is S.HALF_OPEN
    assert day.is_sent_to_question("clock") == set()
    assert day.asks(V3, "probe") is Entry.PROBE
    day.hears(V3, K.TIMED_OUT, "probe")
    assert day.pause(V3) == 20
    day.passes(20)
    assert day.asks(V3) is Entry.REST
    assert day.is_sent_to_question("clock") == {"ideogram"}


def test_without_an_answer_it_rests_on_and_is_asked_again_within_half_a_minute():
    day, pauses = ill(), []
    for _ in range(3):
        day.is_sent_to_question("clock")
        day.is_told("clock", "ideogram", K.PROVIDER_DOWN)
        pauses.append(day.pause(V3))
        assert day.asks(V3) is Entry.REST
        day.passes(day.pause(V3))
    assert pauses == [10, 10, 10]
    day.passes(8)
    assert day.asks(V3, "probe") is Entry.PROBE
    for _ in range(3):
        day.hears(V3, K.TIMED_OUT, "probe")
        day.passes(day.pause(V3) + 8)
        day.asks(V3, "probe")
    day.leaves(V3, "probe")
    assert day.circuit(V3).pause == 80
    assert day.is_sent_to_question("clock") == {"ideogram"}
    day.is_told("clock", "ideogram", K.PROVIDER_DOWN)
    assert day.pause(V3) == 30


def test_one_asks_for_everybody_and_somebody_else_when_that_one_is_killed():
    day = ill()
    assert day.is_sent_to_question("killed", lease=30) == {"ideogram"}
    day.passes(29)
    assert day.is_sent_to_question("next") == set()
    assert day.asks(V3) is Entry.REST
    day.passes(1)
    assert day.is_sent_to_question("next") == {"ideogram"}
    day.is_told("killed", "ideogram", ANSWER)  # it was only slow, and its question is another's now
    assert day.asks(V3) is Entry.REST


@pytest.mark.parametrize(("seconds", "entry"), [(7.9, Entry.REST), (8, Entry.PROBE)])
def test_if_nobody_asks_the_next_call_finds_out(seconds, entry):
    day = ill()
    day.passes(seconds)
    assert day.wait(V3) == pytest.approx(8 - seconds)
    assert day.asks(V3) is entry


def test_what_still_has_to_rest_is_not_woken_by_the_answer_for_another():
    day = ill()
    day.hears(V2, K.MODEL_GONE)
    day.is_sent_to_question("clock")
    day.is_told("clock", "ideogram", ANSWER)
    assert [day.asks(each) for each in (V3, V2)] == [Entry.PROBE, Entry.REST]


def test_a_host_that_rests_is_not_asked_for_its_models():
    day = ill()
    day.hears(V2, K.OUT_OF_QUOTA)
    assert day.is_sent_to_question("clock") == set()


def test_one_question_does_for_a_host_and_all_its_models():
    day = ill(V3, V2, FLUX)
    assert (day.state("ideogram"), day.state("bfl")) == (S.HALF_OPEN, S.CLOSED)
    assert day.is_sent_to_question("clock") == {"ideogram", "bfl"}
    day.is_told("clock", "bfl", K.PROVIDER_DOWN)
    day.is_told("clock", "ideogram", ANSWER)
    assert [day.asks(each, each) for each in (V3, V2, FLUX)] == [Entry.PROBE, Entry.REST, Entry.REST]


@pytest.mark.parametrize(("kind", "host"), [(K.BAD_KEY, 600), (K.CONNECTION_FAILED, 10)])
def test_a_question_finds_what_is_wrong_with_the_host(kind, host):
    day = ill()
    day.is_sent_to_question("clock")
    day.is_told("clock", "ideogram", kind)
    assert (day.pause("ideogram"), day.pause(V3)) == (host, 10)
    assert day.asks(V2) is Entry.REST


def test_a_question_by_an_admin_leaves_the_probe_under_way_alone():
    day = ill()
    day.passes(8)
    assert day.asks(V3, "probe") is Entry.PROBE
    day.questions("ideogram", ANSWER)
    assert day.asks(V3) is Entry.REST
    day.hears(V3, ANSWER, "probe")
    assert day.state(V3) is S.CLOSED


def test_too_many_requests_are_no_illness_and_no_question():
    day = Afternoon(Numbers())
    day.hears(V3, K.RATE_LIMITED, retry_after=20)
    day.passes(20)
    assert day.is_sent_to_question("clock") == set()
    assert day.asks(V3) is Entry.GO


@pytest.mark.parametrize(("hosts_answer", "probes"), [(K.CONNECTION_FAILED, 0), (ANSWER, 14)])
def test_an_hour_without_the_provider_costs_what_was_under_way_and_probes_only_if_it_says_that_it_lives(hosts_answer, probes):
    """Two frames a second over eight models for an hour; the clock asks every five seconds."""
    day, begun, under_way = Afternoon(Numbers()), [], []
    for turn in range(7200):
        day.passes(0.5)
        while under_way and begun[-len(under_way)] + 45 <= day.now:
            model, who = under_way.pop(0)
            day.hears(model, K.TIMED_OUT, who)
        if turn % 10 == 0:
            for provider in day.is_sent_to_question("clock"):
                day.is_told("clock", provider, hosts_answer)
        model, who = f"ideogram/{turn % 8}", day.name()
        if day.asks(model, who, lease=50) is not Entry.REST:
            begun.append(day.now)
            under_way.append((model, who))
    unknowing = [at for at in begun if at < begun[0] + 45]
    assert len(unknowing) == 90
    assert abs(len(begun) - len(unknowing) - probes) <= 2
