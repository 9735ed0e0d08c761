"""What stands behind "Why these?": reasons with the points that decided, and a reason for every model of the catalogue."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.measured import Measured
from routing.types import Intent
from tests.routing.cast import CATALOGUE, IDS, INKWELL, decide, explained

CYBER = 'logo for "CyberCafe"'
PHOTO = "alley, 35 mm"
KNOWN = {"ink/type": Measured(text_accuracy=0.6), "serif/pro": Measured(text_accuracy=0.95, preference=0.7)}
POOR = {"atelier/two": Measured(text_accuracy=0.1)}


def parts(taken):
    """ "Inkwell Type 97.8: Spells well. +100; 3 credits. −1.5": a model, its points, and what they are made of."""
    return f"{taken.label} {taken.score}: {'; '.join(f'{part.text} {part.weight}'.strip() for part in taken.parts)}"


@pytest.mark.parametrize(
    ("prompt", "given", "expected"),
    [
        (
            CYBER,
            {},
            [
                "Inkwell Type 97.75: Spells well. +100; 3 credits. −1.5; About 3 s. −0.75; The prompt quotes “CyberCafe”.",
                "Serif Pro 96.75: Spells well. +100; 4 credits. −2; About 5 s. −1.25; The prompt quotes “CyberCafe”.",
            ],
        ),
        # a draft: seconds count most
        (
            "a cat",
            {},
            [
                "Sprint 98.2: Quick and cheap. +100; 2 credits. −0.3; About 2 s. −1.5",
                "Swift 97.85: Quick and cheap. +100; 1 credit. −0.15; About 2 s. −2",
            ],
        ),
        # nothing but fidelity counts for what is final
        (
            "the harbour, final version",
            {"unticked": "Aperture"},
            [
                "Atelier 109.85: Draws the finest detail. +100; Has an HD of its own. +10; Out since 4 November 2026. −0.15; "
                "The prompt says final version."
            ],
        ),
        # what was measured counts, where there is enough of it
        (
            CYBER,
            {"measured": KNOWN, "unticked": "Atelier"},
            [
                "Serif Pro 107.75: Spells well. +100; Spelled 95% of texts right so far. +9; Won 70% of its votes. +2; "
                "4 credits. −2; About 5 s. −1.25; The prompt quotes “CyberCafe”.",
                "Inkwell Type 99.75: Spells well. +100; Spelled 60% of texts right so far. +2; 3 credits. −1.5; "
                "About 3 s. −0.75; The prompt quotes “CyberCafe”.",
            ],
        ),
        # a fast one in place of a specialist
        (
            CYBER,
            {"cap": 1},
            ["Swift 17.85: Quick and cheap. +20; 1 credit. −0.15; About 2 s. −2; No specialist can take this one."],
        ),
        # what a person chose has no points
        (CYBER, {"ticked": "Swift", "intent": Intent.DRAFT}, ["Swift : You chose it.; Quick and cheap."]),
    ],
)
def test_the_reasons_of_a_model_carry_the_points_that_put_it_there(prompt, given, expected):
    assert [parts(taken) for taken in explained(prompt, **given).taken] == expected


@pytest.mark.parametrize(
    ("prompt", "given", "model", "reason"),
    [
        (CYBER, {}, "Atelier", "no better at type than those taken, and dearer and slower"),
        (CYBER, {}, "Sunbeam", "not known to spell well"),
        (CYBER, {}, "Old Master", "switched off on 12 May 2026"),
        (CYBER, {"cap": 1}, "Atelier", "over your cap by 6"),
        (CYBER, {"unticked": "Serif Pro"}, "Serif Pro", "you took it out"),
        (CYBER, {"down": ("atelier",)}, "Atelier", "down right now"),
        (PHOTO, {}, "Atelier", "no better at photographs than those taken, and dearer and slower"),
        ("a cat", {}, "Sundown", "about to be switched off"),
        ("a cat", {}, "Serif Pro", "not known to be quick"),
        ("a cat", {"intent": Intent.DRAFT, "ticked": "Swift"}, "Sprint", "not chosen"),
        ("watercolour", {"unticked": "Pastel"}, "Swift", "not known for illustration"),
        ("watercolour " + "x" * 200, {}, "Pastel", "takes at most 200 characters and this prompt has 212"),
        (
            CYBER,
            {"measured": {"atelier/two": Measured(text_accuracy=0.1)}},
            "Atelier",
            "worse at spelling and dearer than those taken",
        ),
    ],
)
def test_every_model_left_out_has_the_reason_that_settles_it(prompt, given, model, reason):
    reasons = {one.model.label: one.reason for one in decide(prompt, **given).not_taken}
    assert reasons[model] == reason


def test_the_second_of_one_provider_makes_room_for_another():
    plan = decide(CYBER, models=(*CATALOGUE, replace(INKWELL, id="ink/bold", label="Inkwell Bold")))
    assert [route.model.label for route in plan.routes] == ["Inkwell Bold", "Serif Pro"]
    assert {one.model.label: one.reason for one in plan.not_taken}["Inkwell Type"] == "from the same provider as Inkwell Bold"


def test_what_was_read_is_listed_stretch_by_stretch():
    stretches = explained('a neon sign "CyberCafe", 35 mm').stretches
    assert [(one.words, one.reason) for one in stretches][-2:] == [
        ('"CyberCafe"', "“neon sign” is a thing that bears words."),
        ("35 mm", "speaks for photo."),
    ]


LABELS = st.lists(st.sampled_from([one.label for one in CATALOGUE]), max_size=5).map(", ".join)


@given(
    prompt=st.sampled_from([CYBER, PHOTO, "a cat", "", "watercolour", "final version", "svg logo", "x" * 300]),
    ticked=LABELS,
    unticked=LABELS,
    intent=st.none() | st.sampled_from(Intent),
    cap=st.none() | st.integers(0, 30),
    fill=st.booleans(),
    max_models=st.integers(1, 12),
    down=st.lists(st.sampled_from(["ink", "serif", "swift"])).map(tuple),
    accuracy=st.none() | st.floats(0, 1),
)
def test_the_whole_catalogue_is_explained_once_and_points_fall_from_first_to_last(prompt, accuracy, **given):
    measured = {"ink/type": Measured(text_accuracy=accuracy, preference=accuracy)}
    plan = decide(prompt, measured=measured, **given)
    named = [route.model.id for route in plan.routes] + [one.model.id for one in plan.left_out + plan.not_taken]
    assert sorted(named) == sorted(IDS.values())
    assert all(one.reason for one in plan.not_taken)
    points = [sum(reason.weight for reason in route.reasons) for route in plan.routes if route.by_auto]
    assert points == sorted(points, reverse=True)
