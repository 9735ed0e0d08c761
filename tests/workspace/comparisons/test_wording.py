"""Sentences under a picture that did not come."""

import pytest

from workspace.comparisons import wording


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (["Seedream 4.5", "FLUX.2 Flash"], "Neither Seedream 4.5 nor FLUX.2 Flash answered."),
        (["A", "B", "C"], "None of A, B and C answered."),
    ],
)
def test_who_was_asked_in_vain_is_named(labels, said):
    assert wording.nobody_answered(labels) == said
    assert wording.notice("failed", "timed_out", back=4, ran_for=3.0, nobody=said).heading == said


@pytest.mark.parametrize(
    ("back", "said"), [(4, "All 4 credits are back."), (1, "Your 1 credit is back."), (0, "Nothing was charged.")]
)
def test_what_came_back_is_said_with_it(back, said):
    assert wording.notice("failed", "timed_out", back=back, ran_for=None, nobody="Neither answered.").sentence == said
