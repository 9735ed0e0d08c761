"""What would change the choice: each sentence is tried, and is true."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.types import Lifecycle, Quality, Strength
from routing.changes import changes
from routing.types import Brief, Intent
from tests.routing.cast import CATALOGUE, SQUARE, TODAY, decide, model
from tests.routing.test_references import taking
from tests.routing.test_resting_models import SILENT

CYBER = 'logo for "CyberCafe"'
TAKING = taking("Serif Pro", "Atelier")
GRAND = model("grand/2k", "Grand", {Quality.HD: ("0.05", 20)}, Strength.DETAIL, lifecycle=Lifecycle(released=TODAY))


def sentences(prompt, *, resting=(), cap=None, intent=None, quality=Quality.STANDARD, reference=False, **others):
    """What would change the plan of such a brief."""

    def planned(brief, resting=resting):
        asked = {"cap": brief.cap, "intent": brief.intent, "quality": brief.quality, "reference": brief.reference}
        return decide(brief.prompt, resting=dict.fromkeys(resting, SILENT), **asked, **others)

    brief = Brief(prompt, intent, SQUARE, quality, cap, reference)
    return changes(brief, planned(brief), planned, if_all_were_well=lambda: planned(brief, ()))


@pytest.mark.parametrize(
    ("prompt", "given", "expected"),
    [
        # credits
        (CYBER, {"cap": 5}, "2 more credits would add Serif Pro."),
        (CYBER, {"cap": 1}, "2 more credits would add Inkwell Type instead of Swift."),
        ("a cat", {"cap": 2}, "1 more credit would add Swift."),
        ("a cat", {"cap": 8, "intent": Intent.DRAFT, "ticked": "Atelier, Aperture"}, "3 more credits would add Aperture."),
        # words
        (
            'a poster over a bed "Launch 2024"',
            {},
            "Without the quotation marks it would be read as Draft, which brings Sprint",
        ),
        ("an alley, 35 mm", {}, "Without “35 mm” it would be read as Draft, which brings Sprint and Swift."),
        # recovery
        (CYBER, {"resting": ("ink",)}, "Once Inkwell Type answers again, it would be taken instead of Atelier."),
        # the reference
        (
            "a cat",
            {"reference": True, "models": taking("Serif Pro", "Atelier")},
            "Without the reference Sprint and Swift would be taken",
        ),
        # Auto
        (
            CYBER,
            {"intent": Intent.DRAFT, "ticked": "Swift"},
            "With Auto it would be read as Logo & type, which adds",
        ),
        # nothing would
        ("a cat", {}, ""),
    ],
)
def test_what_would_change_the_choice(prompt, given, expected):
    found = sentences(prompt, **given)
    assert any(one.startswith(expected) for one in found) if expected else not [one for one in found if "Without “" not in one]


def test_ticking_hd_is_named_when_it_brings_another_model():
    (sentence,) = [one for one in sentences("the harbour, final version", models=(*CATALOGUE, GRAND)) if "HD" in one]
    assert sentence == "Ticking HD would bring Grand instead of Aperture, for 26 credits in all."


@given(
    prompt=st.sampled_from([CYBER, "a cat", "alley, 35 mm", "watercolour", 'final "A" and "B"']),
    cap=st.integers(0, 30),
    quality=st.sampled_from(Quality),
)
def test_a_raise_of_the_cap_does_what_it_says_and_no_smaller_one_does(prompt, cap, quality):
    found = sentences(prompt, cap=cap, quality=quality)
    assert len(found) <= 3
    for one in found:
        if raised := re.match(r"(\d+) more credits? would add (.+?)(?: instead of .+)?\.$", one):
            more, label = int(raised[1]), re.split(r", | and ", raised[2])[0]
            before = {route.model.label for route in decide(prompt, cap=cap, quality=quality).routes}
            after = {route.model.label for route in decide(prompt, cap=cap + more, quality=quality).routes}
            assert label in after - before
