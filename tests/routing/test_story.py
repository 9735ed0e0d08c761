"""The cases this product was made for, on the real catalogue as it stands on a day: who is asked, and the reason first in line.

A product person can read these. When a model is added or a price changes, look at them again.
"""

from datetime import date

import pytest

from providers import catalogue
from providers.types import Quality, Strength
from routing import sizing
from routing.asked import brief
from routing.pricing import Rates
from routing.selection import plan
from routing.types import Intent

TODAY = date(2026, 11, 22)
RATES = Rates(credits_per_usd=100, minimum=1)


def decided(prompt, today=TODAY, **given):
    """What Auto makes of it, as ``manage.py route`` would ask."""
    asked = brief({"prompt": prompt, **given})
    models = catalogue.all_models()
    return plan(asked, chosen=(), unchecked=(), models=models, today=today, rates=RATES, max_models=12, fill=True)


def told(one):
    """ "Ideogram 2a Turbo, standard, 3 credits: Spells well."."""
    return [f"{each.model.label}, {each.quality}, {each.credits} credits: {each.reasons[0].text}" for each in one.routes]


@pytest.mark.parametrize(
    ("prompt", "given", "intent", "expected"),
    [
        # a draft: the quickest, and cheap
        (
            "a cat on a wall",
            {"intent": "draft"},
            Intent.DRAFT,
            [
                "Ideogram 2a Turbo, standard, 3 credits: Quick and cheap.",
                "FLUX.2 [klein] 4B, standard, 2 credits: Quick and cheap.",
            ],
        ),
        (
            "a cat on a wall",
            {},
            Intent.DRAFT,
            [
                "Ideogram 2a Turbo, standard, 3 credits: Quick and cheap.",
                "FLUX.2 [klein] 4B, standard, 2 credits: Quick and cheap.",
            ],
        ),
        # a logo with words in it: those that can spell, from two providers
        (
            'logo for "CyberCafe"',
            {"budget": 20},
            Intent.TYPOGRAPHY,
            ["Ideogram 2a Turbo, standard, 3 credits: Spells well.", "GPT Image 2.6 Flare, standard, 2 credits: Spells well."],
        ),
        # with one credit no speller can be had: the fast default
        (
            'logo for "CyberCafe"',
            {"budget": 1},
            Intent.TYPOGRAPHY,
            ["FLUX.1 [schnell] on fal, standard, 1 credits: Quick and cheap."],
        ),
        # the HD trap: final is drawn in HD by those that have the finest detail
        (
            "a glass of water with caustics",
            {"intent": "final"},
            Intent.FINAL,
            [
                "GPT Image 2.6 Sunburst, hd, 10 credits: Draws the finest detail.",
                "FLUX.3 Image 2K, hd, 10 credits: Draws the finest detail.",
            ],
        ),
        (
            'A badge saying "Launch 2024"',
            {},
            Intent.TYPOGRAPHY,
            ["Ideogram 2a Turbo, standard, 3 credits: Spells well.", "GPT Image 2.6 Flare, standard, 2 credits: Spells well."],
        ),
        (
            "portrait of a baker, 85 mm, window light",
            {},
            Intent.PHOTOREAL,
            [
                "FLUX.2 [pro], standard, 3 credits: Good at photographs.",
                "Nano Banana 2.1, standard, 4 credits: Good at photographs.",
            ],
        ),
        (
            "watercolour of a harbour",
            {},
            Intent.ILLUSTRATION,
            [
                "Recraft V4.1 Flash, standard, 1 credits: Good at illustration.",
                "Stable Image Core, standard, 3 credits: Good at illustration.",
            ],
        ),
        # a vector, when one is asked for
        (
            'vector logo for "CyberCafe"',
            {},
            Intent.TYPOGRAPHY,
            [
                "Recraft V3 Vector, standard, 8 credits: Answers with a drawing (SVG).",
                "Ideogram Vector 1, standard, 16 credits: Answers with a drawing (SVG).",
            ],
        ),
    ],
)
def test_what_the_story_asks_for(prompt, given, intent, expected):
    found = decided(prompt, **given)
    assert found.intent is intent
    assert told(found) == expected


def test_final_hd_says_size_and_quality_of_every_route():
    for route in decided("a glass of water with caustics", intent="final", shape="3:2").routes:
        assert route.quality is Quality.HD
        assert route.size.ratio == pytest.approx(sizing.SHAPES["3:2"].ratio, rel=0.02)


@pytest.mark.parametrize("prompt", ['logo for "CyberCafe"', 'A badge saying "Launch 2024"'])
def test_a_speller_is_replaced_by_spellers_only_and_never_by_a_dearer_one(prompt):
    for route in decided(prompt).routes:
        assert route.fallbacks
        for other in map(catalogue.model, route.fallbacks):
            assert Strength.TYPOGRAPHY in other.strengths


def test_the_favourites_of_the_story_are_gone_and_it_says_since_when():
    reasons = {one.model.id: one.reason for one in decided("a cat on a wall").not_taken}
    assert reasons["openai/dall-e-3"] == "switched off on 12 May 2026"
    assert reasons["openai/gpt-image-1"] == "switched off on 23 October 2026"


def test_every_model_of_the_catalogue_is_in_the_plan_or_has_a_reason():
    found = decided('logo for "CyberCafe"', budget=3)
    named = [route.model.id for route in found.routes] + [one.model.id for one in (*found.left_out, *found.not_taken)]
    assert sorted(named) == sorted(catalogue.MODELS)
