"""A prompt with a picture to go by: who is asked, who steps in, what the person is told. The catalogue is the one of cast.py."""

from dataclasses import replace
from decimal import Decimal

import pytest

from providers.types import Strength
from routing.slip import slip
from routing.types import Intent
from tests.routing.cast import CATALOGUE, H, S, decide, left_out, model, shown

CYBER = 'logo for "CyberCafe"'
BADGE = 'A badge saying "Launch 2024"'
HEEDED, IGNORED = "It goes by your reference.", "It takes no reference and uses the prompt alone."


def taking(*labels: str):
    """The catalogue, with these models taking references."""
    return tuple(replace(one, capabilities=replace(one.capabilities, reference=one.label in labels)) for one in CATALOGUE)


@pytest.mark.parametrize(
    ("prompt", "takers", "given", "asked", "not_asked"),
    [
        # a specialist that takes it before one that does not
        (CYBER, "Atelier", {}, "Atelier (Auto) 6", ""),
        (CYBER, "Serif Pro, Atelier, Swift", {}, "Serif Pro (Auto) 4, Atelier (Auto) 6", ""),
        # without such a specialist, any that takes it
        (CYBER, "Sunbeam", {}, "Sunbeam (Auto) 4", ""),
        (CYBER, "Swift, Sprint, Sunbeam", {}, "Sprint (Auto) 2, Swift (Auto) 1", ""),
        # nobody takes it: as without one
        (CYBER, "", {}, "Inkwell Type (Auto) 3, Serif Pro (Auto) 4", ""),
        ("a cat on a wall", "", {}, "Sprint (Auto) 2, Swift (Auto) 1", ""),
        # it is out of reach: as without one, and the slip says what was missed
        (CYBER, "Atelier", {"cap": 5}, "Inkwell Type (Auto) 3", "Atelier: over your cap by 4"),
        (CYBER, "Atelier", {"down": ("atelier",)}, "Inkwell Type (Auto) 3, Serif Pro (Auto) 4", "Atelier: down right now"),
        # what the person ticked or unticked stands
        (CYBER, "Atelier", {"ticked": "Inkwell Type"}, "Inkwell Type 3, Atelier (Auto) 6", ""),
        (CYBER, "Serif Pro, Atelier", {"unticked": "Serif Pro"}, "Atelier (Auto) 6", ""),
        (CYBER, "Atelier", {"ticked": "Swift", "intent": Intent.DRAFT}, "Swift 1", ""),
        # no reference: who takes one does not matter
        (CYBER, "Atelier", {"reference": False}, "Inkwell Type (Auto) 3, Serif Pro (Auto) 4", ""),
    ],
)
def test_who_is_asked_with_a_reference(prompt, takers, given, asked, not_asked):
    plan = decide(prompt, models=taking(*takers.split(", ")), **{"reference": True} | given)
    assert shown(plan) == asked
    assert left_out(plan) == not_asked


@pytest.mark.parametrize(
    ("takers", "reference", "fallbacks"),
    [
        ("Serif Pro", True, ["serif/pro", "ink/type"]),
        ("Inkwell Type", True, ["ink/type", "serif/pro"]),
        ("", True, ["ink/type", "serif/pro"]),
        ("Serif Pro", False, ["ink/type", "serif/pro"]),
    ],
)
def test_who_goes_by_it_too_steps_in_first(takers, reference, fallbacks):
    given = {"ticked": "Atelier", "intent": Intent.TYPOGRAPHY, "reference": reference}
    (route,) = decide(BADGE, models=taking(*takers.split(", ")), **given).routes
    assert list(route.fallbacks) == fallbacks


EYE = model(
    "eye/one", "Eye", {S: ("0.03", 5), H: ("0.10", 9)}, Strength.TYPOGRAPHY, with_reference={S: "0.05", H: "0.22"}
)  # fmt: skip


@pytest.mark.parametrize(
    ("given", "asked", "usd", "not_asked"),
    [
        ({}, "Eye 3", "0.03", ""),
        ({"reference": True}, "Eye 5", "0.05", ""),
        ({"reference": True, "intent": Intent.FINAL}, "Eye 22", "0.22", ""),
        ({"reference": True, "cap": 5}, "Eye 5", "0.05", ""),
        ({"cap": 4}, "Eye 3", "0.03", ""),
        ({"reference": True, "cap": 4}, "", "0", "Eye: over your cap by 1"),
    ],
)
def test_what_a_reference_costs_is_in_the_plan(given, asked, usd, not_asked):
    plan = decide(BADGE, models=(*CATALOGUE, EYE), **{"ticked": "eye/one", "intent": Intent.TYPOGRAPHY} | given)
    assert (shown(plan), left_out(plan)) == (asked, not_asked)
    assert sum(route.usd for route in plan.routes) == Decimal(usd)


@pytest.mark.parametrize(("reference", "steps_in"), [(False, True), (True, False)])
def test_nobody_steps_in_whom_a_reference_makes_dearer(reference, steps_in):
    """Serif Pro costs four credits; Eye three, and five with a reference."""
    models = (*taking("Serif Pro"), EYE)
    (route,) = decide(BADGE, models=models, ticked="Serif Pro", intent=Intent.TYPOGRAPHY, reference=reference).routes
    assert ("eye/one" in route.fallbacks) is steps_in


def test_every_route_says_whether_it_goes_by_the_reference():
    plan = decide(CYBER, models=taking("Atelier"), reference=True, ticked="Inkwell Type")
    assert [" ".join(reason.text for reason in route.reasons) for route in plan.routes] == [
        f"You chose it. Spells well. {IGNORED}",
        f"{HEEDED} Spells well. 6 credits. About 9 s. The prompt quotes “CyberCafe”.",
    ]


def test_the_slip_says_that_the_reference_decided():
    said = slip(decide("a cat on a wall", models=taking("Serif Pro", "Atelier"), reference=True)).text
    assert said == "You gave a reference, so Serif Pro and Atelier, which go by your reference."
    said = slip(decide(CYBER, models=taking("Atelier"), reference=True)).text
    assert said.endswith("so Atelier, which goes by your reference.")


def test_without_a_reference_nobody_speaks_of_one():
    plan = decide(CYBER, models=taking("Atelier"))
    assert "reference" not in " ".join([slip(plan).text, *(each.text for route in plan.routes for each in route.reasons)])
