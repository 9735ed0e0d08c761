"""A model that rests: never Auto's choice, nobody's fallback, and a person's own choice with a warning."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.errors import ErrorKind
from routing.slip import Kind, slip
from routing.types import Intent, Resting
from tests.routing.cast import CATALOGUE, decide, explained, left_out, shown

BADGE = 'A badge saying "Launch 2024"'
SILENT = Resting(ErrorKind.TIMED_OUT, datetime(2026, 11, 22, 14, 2, tzinfo=UTC), datetime(2026, 11, 22, 14, 5, tzinfo=UTC))
SINCE = "no answer since 14:02, tried again at 14:05"


@pytest.mark.parametrize(
    ("prompt", "given", "resting", "asked", "not_asked"),
    [
        # the next specialist takes its place, and it is said why
        (BADGE, {}, ["ink/type"], "Serif Pro (Auto) 4, Atelier (Auto) 6", f"Inkwell Type: {SINCE}"),
        (BADGE, {}, ["ink"], "Serif Pro (Auto) 4, Atelier (Auto) 6", f"Inkwell Type: {SINCE}"),
        (
            BADGE,
            {},
            ["ink", "serif", "atelier"],
            "Sprint (Auto) 2, Swift (Auto) 1",
            f"Inkwell Type: {SINCE}; Serif Pro: {SINCE}",
        ),
        # back after recovery
        (BADGE, {}, [], "Inkwell Type (Auto) 3, Serif Pro (Auto) 4", ""),
        # a person may insist; Auto adds two that answer
        (BADGE, {"ticked": "Inkwell Type"}, ["ink"], "Inkwell Type 3, Serif Pro (Auto) 4, Atelier (Auto) 6", ""),
        ("a cat", {"ticked": "Pastel", "intent": Intent.DRAFT}, ["ink"], "Pastel 3", ""),
        # but not on what is paused
        (
            BADGE,
            {"ticked": "Inkwell Type", "down": ("ink",), "intent": Intent.DRAFT},
            ["ink"],
            "",
            "Inkwell Type: down right now",
        ),
        # the cap is told before the illness of what nobody insisted on
        (BADGE, {"cap": 3}, ["ink"], "Sprint (Auto) 2, Swift (Auto) 1", f"Inkwell Type: {SINCE}; Serif Pro: over your cap by 4"),
    ],
)
def test_who_is_asked_and_who_is_left_out(prompt, given, resting, asked, not_asked):
    plan = decide(prompt, resting=dict.fromkeys(resting, SILENT), **given)
    assert shown(plan) == asked
    assert left_out(plan) == not_asked


def test_it_is_nobodys_fallback():
    (route,) = decide(BADGE, ticked="Atelier", intent=Intent.TYPOGRAPHY, resting={"ink": SILENT}).routes
    assert route.fallbacks == ("serif/pro",)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"ticked": "Atelier", "intent": Intent.TYPOGRAPHY, "resting": {"atelier/two": SILENT}},
            "You chose Logo & type. Auto is off. Atelier has not answered since 14:02; another model steps in if it still fails.",
        ),
        (
            {"ticked": "Inkwell Type", "intent": Intent.TYPOGRAPHY, "resting": {"ink": SILENT}},
            "You chose Logo & type. Auto is off. Inkwell Type has not answered since 14:02; no other model can step in for it.",
        ),
        (
            {"resting": {"ink": SILENT}, "unticked": "Atelier"},
            "Inkwell Type is down, so Serif Pro takes the quoted text “Launch 2024” alone.",
        ),
    ],
)
def test_the_slip_warns_in_one_sentence(given, sentence):
    said = slip(decide(BADGE, **given))
    assert said.kind is Kind.WARN
    assert said.text == sentence


def test_why_these_says_until_when():
    (taken,) = explained(BADGE, ticked="Inkwell Type", unticked="Serif Pro, Atelier", resting={"ink": SILENT}).taken
    assert "Inkwell Type has not answered since 14:02. It is tried again at 14:05." in taken.notes
    (missed,) = explained(BADGE, resting={"ink": SILENT}).missed
    assert (missed.model.label, missed.reason) == ("Inkwell Type", SINCE)


@given(
    prompt=st.sampled_from([BADGE, "a cat", "watercolour", "35 mm"]),
    ticked=st.lists(st.sampled_from([one.label for one in CATALOGUE]), max_size=4),
    cap=st.none() | st.integers(0, 30),
    resting=st.sets(st.sampled_from(["ink", "serif", "atelier/two", "swift/one", "sprint"])),
)
def test_auto_and_fallbacks_never_name_one_that_rests(prompt, ticked, cap, resting):
    plan = decide(prompt, ticked=", ".join(ticked), cap=cap, resting=dict.fromkeys(resting, SILENT))
    named = {route.model.id for route in plan.routes if route.by_auto}.union(*(route.fallbacks for route in plan.routes))
    assert not {each for each in named if each in resting or each.split("/")[0] in resting}
    assert all((route.resting is SILENT) is bool({route.model.id, route.model.provider} & resting) for route in plan.routes)
