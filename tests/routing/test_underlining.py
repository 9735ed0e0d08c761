"""What is underlined in a prompt: words to be drawn before cues, nothing twice, in characters of the prompt."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing import intent
from routing.underlining import MOST, underlines, written
from tests.routing import labelled

PROMPTS = [one.prompt for one in labelled.load()]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ('logo for "CyberCafe"', 'cue logo | text "CyberCafe"'),
        ("🐈 A shop sign that says Open Late", "cue shop sign | cue that says | text Open Late"),
        ("watercolour of “the void” and a fox, square", "cue watercolour | cue square"),
        ('neon sign "CyberCafe', 'cue neon sign | open "'),
        ("vector logo of a fox", "cue vector logo"),
        ("a cat", ""),
        ("", ""),
    ],
)
def test_what_is_underlined(prompt, expected):
    found = [f"{one.stroke} {prompt[one.start : one.end]}" for one in underlines(intent.read(prompt))]
    assert " | ".join(found) == expected


@given(prompt=st.sampled_from(PROMPTS) | st.lists(st.sampled_from(PROMPTS), min_size=5, max_size=60).map("\n".join))
def test_they_do_not_overlap_and_fit_a_header(prompt):
    found = underlines(intent.read(prompt))
    assert len(found) <= MOST
    assert len(written(found)) < 2_000
    assert written(found).isascii()
    assert all(one.end <= following.start for one, following in pairwise(found))
    assert all(0 <= one.start < one.end <= len(prompt) for one in found)
