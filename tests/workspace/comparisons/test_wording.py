"""Sentences in a frame whose picture did not come, or is late."""

import pytest
from django.utils import timezone

from workspace.comparisons import frames, wording


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


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Slower than usual, normally about 3 s. Falls back at 45 s."),
        ({"expected_seconds": 12}, "Slower than usual, normally about 12 s. Falls back at 60 s."),
        ({"expected_seconds": 90, "fallbacks": []}, "Slower than usual, normally about 90 s. Given up at 180 s."),
        ({"message": wording.falling_back("FLUX.2 Flash")}, "Slower than usual, normally about 3 s."),
        ({"state": "queued"}, ""),
    ],
)
def test_a_late_frame_says_until_when_it_is_waited_for(run, changes, said):
    comparison = run()
    generation = comparison.generations.first()
    now = {"state": "running", "expected_seconds": 2.8, "started_at": timezone.now()}
    for name, value in (now | changes).items():
        setattr(generation, name, value)
    assert frames.frame(generation, comparison, None).slower == said
