"""What is the provider's illness, and what is a model's own."""

import pytest

from providers.errors import ErrorKind
from routing.breaker import Entry
from routing.circuits import State
from tests.routing.breaking import FLUX, V2, V3, Afternoon

K, S = ErrorKind, State
V1, TURBO = "ideogram/v1", "ideogram/turbo"
GOOD = None


@pytest.mark.parametrize(
    ("heard", "state"),
    [
        ([(V3, K.TIMED_OUT)], S.CLOSED),
        ([(V3, K.TIMED_OUT), (V3, K.TIMED_OUT)], S.CLOSED),
        ([(V3, K.TIMED_OUT), (V2, K.TIMED_OUT)], S.OPEN),
        ([(V3, K.TIMED_OUT), (FLUX, K.TIMED_OUT)], S.CLOSED),
        ([(V3, K.PROVIDER_DOWN)] * 3 + [(V2, K.PROVIDER_DOWN)] * 2, S.CLOSED),
        ([(V3, K.PROVIDER_DOWN)] * 3 + [(V2, K.PROVIDER_DOWN)] * 3, S.OPEN),
        ([(V3, K.TIMED_OUT)] + [(V2, K.PROVIDER_DOWN)] * 3, S.OPEN),
        # another model has answered between: the two have nothing in common
        ([(V3, K.TIMED_OUT), (V1, GOOD), (V2, K.TIMED_OUT)], S.CLOSED),
        ([(V3, K.TIMED_OUT), (V1, GOOD), (V2, K.TIMED_OUT), (TURBO, K.TIMED_OUT)], S.OPEN),
        # one by one, by their nature
        ([(V3, K.MODEL_GONE), (V2, K.MODEL_GONE), (V1, K.MODEL_GONE)], S.CLOSED),
        ([(V3, K.MODEL_GONE), (V2, K.TIMED_OUT)], S.CLOSED),
        ([(V3, K.NO_ACCESS)], S.CLOSED),
        ([(V3, K.NO_ACCESS), (V2, K.NO_ACCESS)], S.OPEN),
        # an answer after it is worth more than silence before it
        ([(V3, K.CONNECTION_FAILED), (V2, GOOD)], S.CLOSED),
        ([(V3, K.BAD_KEY), (V2, GOOD)], S.CLOSED),
    ],
)
def test_several_ill_models_are_taken_for_their_host(heard, state):
    day = Afternoon()
    for model, kind in heard:
        day.passes(1)
        day.hears(model, kind)
    assert day.state("ideogram") is state


def test_while_the_host_is_ill_one_probe_is_let_through_for_all_its_models():
    day = Afternoon()
    day.hears(V3, K.TIMED_OUT)
    day.hears(V2, K.TIMED_OUT)
    assert [day.asks(each) for each in (V1, V2, V3, FLUX)] == [Entry.REST] * 3 + [Entry.GO]
    day.passes(10)
    assert [day.asks(each, each) for each in (V1, V2, V3)] == [Entry.PROBE, Entry.REST, Entry.REST]
    day.hears(V1, GOOD, V1)
    assert day.state("ideogram") is S.CLOSED
    assert [day.asks(each, each) for each in (V1, V2, V3)] == [Entry.GO, Entry.PROBE, Entry.PROBE]
    day.hears(V2, K.TIMED_OUT, V2)
    day.hears(V3, K.TIMED_OUT, V3)  # still ill, but the host has shown that it lives
    assert (day.state("ideogram"), day.state(V2), day.state(V3)) == (S.CLOSED, S.OPEN, S.OPEN)


def test_a_probe_that_fails_keeps_the_host_closed_for_longer():
    day = Afternoon()
    day.hears(V3, K.CONNECTION_FAILED)
    day.passes(10)
    assert day.asks(V2, "probe") is Entry.PROBE
    day.hears(V2, K.TIMED_OUT, "probe")
    assert (day.state(V2), day.pause("ideogram")) == (S.OPEN, 20)


@pytest.mark.parametrize("kind", [K.BAD_KEY, K.OUT_OF_QUOTA])
def test_a_key_that_does_not_work_is_tried_again_after_ten_minutes_or_when_somebody_has_seen_to_it(kind):
    day = Afternoon()
    day.hears(V3, kind)
    day.passes(5)
    day.hears(V2, kind)  # asked before, refused after
    assert day.pause("ideogram") == 595
    day.questions("ideogram", GOOD)
    assert [day.asks(V3, who) for who in "ab"] == [Entry.PROBE, Entry.REST]
    day.hears(V3, kind, "a")
    assert day.pause("ideogram") == 600
    day.questions("bfl", GOOD)
    assert day.pause("ideogram") == 600


def test_a_probe_by_an_admin_finds_a_wrong_key_before_a_designer_does():
    day = Afternoon()
    day.questions("ideogram", K.BAD_KEY)
    assert day.asks(V3) is Entry.REST


@pytest.mark.parametrize("kind", [K.TIMED_OUT, K.PROVIDER_DOWN, K.RATE_LIMITED, K.BROKEN_ANSWER])
def test_a_question_that_goes_wrong_says_nothing_of_drawing(kind):
    day = Afternoon()
    day.questions("ideogram", kind)
    assert day.asks(V3) is Entry.GO


def test_illness_of_this_morning_is_not_added_to_that_of_the_afternoon():
    day = Afternoon()
    day.hears(V3, K.TIMED_OUT)
    day.passes(3 * 3600)
    day.hears(V2, K.TIMED_OUT)
    assert (day.state("ideogram"), day.state(V3)) == (S.CLOSED, S.CLOSED)
