"""A brief out of plain values: what is taken, and what is refused in one sentence."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.types import Quality, Size
from routing.asked import FIELDS, brief
from routing.errors import UnreadableBrief
from routing.types import Intent


def test_everything_but_the_prompt_may_be_missing():
    asked = brief({"prompt": "a cat"})
    assert (asked.prompt, asked.intent, asked.cap, asked.quality) == ("a cat", None, None, Quality.STANDARD)
    assert asked.size == Size(1152, 864)


def test_everything_may_be_said():
    asked = brief({"prompt": "a\r\ncat\x00", "intent": "final", "budget": 0, "quality": "hd", "shape": "16:9"})
    assert (asked.prompt, asked.intent, asked.cap, asked.quality) == ("a\ncat", Intent.FINAL, 0, Quality.HD)
    assert asked.size == Size(1280, 720)


@pytest.mark.parametrize("nothing", ["auto", None])
def test_auto_is_the_same_as_no_intent(nothing):
    assert brief({"prompt": "a", "intent": nothing}) == brief({"prompt": "a"})


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "The prompt is missing."),
        ({"prompt": 7}, "The prompt must be a text."),
        ({"prompt": "x" * 20_001}, "The prompt has 20,001 characters; at most 20,000 can be read."),
        ({"prompt": "\ud800"}, "The prompt is not valid Unicode."),
        (
            {"intent": "poster"},
            "There is no intent named 'poster'. Choose auto, draft, final, typography, photoreal or illustration.",
        ),
        ({"intent": ["draft"]}, "The intent must be a text."),
        ({"quality": "best"}, "There is no quality named 'best'. Choose draft, standard or hd."),
        ({"shape": "7:1"}, "There is no shape named '7:1'. Choose 1:1, 4:3, 3:4, 3:2, 16:9 or 9:16."),
        ({"budget": "20"}, "The budget must be a whole number of credits, from 0 to 1,000,000."),
        ({"budget": 1.5}, "The budget must be a whole number of credits, from 0 to 1,000,000."),
        ({"budget": -1}, "The budget must be a whole number of credits, from 0 to 1,000,000."),
        ({"budget": True}, "The budget must be a whole number of credits, from 0 to 1,000,000."),
        ({"model": "x"}, "There is no field named 'model'. There are prompt, intent, budget, quality and shape."),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(values, sentence):
    whole = {"prompt": "a cat"} | values if values else {}
    with pytest.raises(UnreadableBrief) as error:
        brief(whole)
    assert error.value.public == sentence


@given(
    st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=9), st.none() | st.integers() | st.text() | st.lists(st.text()))
)
def test_anything_is_a_brief_or_a_mistake_that_is_told(values):
    with suppress(UnreadableBrief):
        assert brief(values).prompt is not None
