"""The money side of failing: who is asked again, who instead, and when it ends."""

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.errors import ErrorKind
from routing.fallback import FallBack, GiveUp, Retry, instead_of_resting, next_step

K = ErrorKind
OTHERS = ("b/two", "c/three")
DOUBT = {"may_have_billed": True}


def step(
    kind,
    *,
    may_have_billed=False,
    retryable=False,
    retry_after=None,
    tries_here=1,
    doubtful_so_far=0,
    remaining=OTHERS,
    resting=MappingProxyType({}),
):
    return next_step(
        kind,
        may_have_billed=may_have_billed,
        retryable=retryable,
        retry_after=retry_after,
        tries_here=tries_here,
        doubtful_so_far=doubtful_so_far,
        remaining=remaining,
        asked="a/one",
        resting=resting,
    )


@pytest.mark.parametrize(
    ("kind", "circumstances", "then"),
    [
        # may help to wait, cannot have been billed
        (K.RATE_LIMITED, {"retryable": True}, Retry(1.0)),
        (K.RATE_LIMITED, {"retryable": True, "tries_here": 2}, Retry(3.0)),
        (K.RATE_LIMITED, {"retryable": True, "tries_here": 3}, FallBack("b/two")),
        (K.RATE_LIMITED, {"retryable": True, "retry_after": 5.0}, Retry(5.0)),
        (K.RATE_LIMITED, {"retryable": True, "retry_after": 0.0}, Retry(1.0)),
        (K.RATE_LIMITED, {"retryable": True, "retry_after": 30.0}, Retry(30.0)),
        (K.RATE_LIMITED, {"retryable": True, "retry_after": 31.0}, FallBack("b/two")),
        (K.PROVIDER_DOWN, {"retryable": True}, Retry(1.0)),
        (K.CONNECTION_FAILED, {"retryable": True, "tries_here": 2}, Retry(3.0)),
        (K.CONNECTION_FAILED, {"retryable": True, "tries_here": 3, "remaining": ()}, GiveUp),
        # in doubt whether it was billed: never the same again, another one once
        (K.TIMED_OUT, DOUBT, FallBack("b/two")),
        (K.PROVIDER_DOWN, {**DOUBT, "retryable": True}, FallBack("b/two")),
        (K.TIMED_OUT, {**DOUBT, "doubtful_so_far": 1}, GiveUp),
        (K.RATE_LIMITED, {"retryable": True, "doubtful_so_far": 1}, Retry(1.0)),
        (K.TIMED_OUT, {}, FallBack("b/two")),
        (K.TIMED_OUT, {**DOUBT, "remaining": ()}, GiveUp),
        # our side is not set up for this model, or it is gone
        (K.BAD_KEY, {}, FallBack("b/two")),
        (K.NO_ACCESS, {}, FallBack("b/two")),
        (K.OUT_OF_QUOTA, {"retryable": True}, FallBack("b/two")),
        (K.MODEL_GONE, {"remaining": ("c/three",)}, FallBack("c/three")),
        (K.MODEL_GONE, {"remaining": ()}, GiveUp),
        # it is about the prompt
        (K.REFUSED, {}, GiveUp),
        (K.INVALID_REQUEST, {}, GiveUp),
        # a damaged picture
        (K.BROKEN_ANSWER, DOUBT, FallBack("b/two")),
        (K.BROKEN_ANSWER, {**DOUBT, "doubtful_so_far": 1}, GiveUp),
        (K.BROKEN_ANSWER, {}, Retry(1.0)),
        (K.BROKEN_ANSWER, {"tries_here": 2}, FallBack("b/two")),
        # who rests is not asked again while somebody else can be
        (K.CONNECTION_FAILED, {"retryable": True, "resting": {"a/one": 10.0}}, FallBack("b/two")),
        (K.RATE_LIMITED, {"retryable": True, "retry_after": 8.0, "resting": {"a/one": 8.0}}, FallBack("b/two")),
        (K.CONNECTION_FAILED, {"retryable": True, "resting": {"b/two": 10.0}}, Retry(1.0)),
        (K.TIMED_OUT, {**DOUBT, "resting": {"a/one": 10.0, "b/two": 10.0}}, FallBack("c/three")),
        # nobody else is left: the end of its pause is waited for
        (K.CONNECTION_FAILED, {"retryable": True, "remaining": (), "resting": {"a/one": 10.0}}, Retry(10.0)),
        (K.CONNECTION_FAILED, {"retryable": True, "resting": {"a/one": 12.0, "b/two": 5.0, "c/three": 5.0}}, Retry(12.0)),
        (K.CONNECTION_FAILED, {"retryable": True, "remaining": (), "resting": {"a/one": 31.0}}, GiveUp),
        (K.TIMED_OUT, {**DOUBT, "resting": {"b/two": 5.0, "c/three": 5.0}}, GiveUp),
        (K.BAD_KEY, {"resting": {"a/one": 9.0, "b/two": 9.0, "c/three": 9.0}}, GiveUp),
    ],
)
def test_what_happens_next(kind, circumstances, then):
    decided = step(kind, **circumstances)
    assert isinstance(decided, GiveUp) if then is GiveUp else decided == then


@pytest.mark.parametrize(
    ("resting", "remaining", "waited", "then"),
    [
        ({"a/one": 8.0}, OTHERS, 0.0, FallBack("b/two")),
        ({"a/one": 8.0, "b/two": 9.0}, OTHERS, 0.0, FallBack("c/three")),
        ({"a/one": 8.0}, (), 0.0, Retry(8.0)),
        ({"a/one": 8.0, "b/two": 1.0}, ("b/two",), 22.0, Retry(8.0)),
        ({"a/one": 8.0}, (), 22.5, GiveUp),
        ({"a/one": 300.0}, (), 0.0, GiveUp),
    ],
)
def test_what_happens_before_a_call_to_one_that_rests(resting, remaining, waited, then):
    decided = instead_of_resting("a/one", remaining=remaining, resting=resting, waited=waited)
    assert isinstance(decided, GiveUp) if then is GiveUp else decided == then


@given(
    kind=st.sampled_from(ErrorKind),
    may_have_billed=st.booleans(),
    retryable=st.booleans(),
    retry_after=st.none() | st.floats(),
    tries_here=st.integers(0, 9),
    doubtful_so_far=st.integers(0, 3),
    remaining=st.lists(st.sampled_from(["a/1", "b/2", "c/3"]), unique=True),
    asked=st.sampled_from(["a/0", ""]),
    resting=st.dictionaries(st.sampled_from(["a/0", "a/1", "b/2", "c/3"]), st.floats(0, 900)),
)
def test_nothing_is_ever_asked_twice_that_may_have_been_billed(**case):
    decided = next_step(case.pop("kind"), **case)
    if case["may_have_billed"]:
        assert not isinstance(decided, Retry)
        assert not (case["doubtful_so_far"] and isinstance(decided, FallBack))
    if isinstance(decided, Retry):
        assert 1.0 <= decided.after_seconds <= 30.0
        assert case["tries_here"] <= 2
    if isinstance(decided, FallBack):
        assert decided.model_id == next(each for each in case["remaining"] if each not in case["resting"])
