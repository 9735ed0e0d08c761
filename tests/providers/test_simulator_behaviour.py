"""Waits and spelling, straight from the tables: no server, no sleeping."""

from random import Random
from statistics import mean

import pytest

from providers.simulator.behaviour import TABLE, behaviour, latency
from providers.simulator.calls import mark_of, spelled
from providers.simulator.openai_models import MODELS, output_tokens
from providers.simulator.spelling import misspell, quoted_texts, without_markers

BADGE = 'A badge saying "Launch 2024"'
PACES = [(provider, model, pace) for (provider, model), paces in TABLE.items() for pace in paces]


def test_waits_average_what_the_table_says():
    for provider, model, pace in PACES:
        expected = behaviour(provider, model, pace).mean_seconds
        waits = [latency(expected, Random(seed)) for seed in range(1500)]
        assert mean(waits) == pytest.approx(expected, rel=0.03), (provider, model, pace)
        assert 0.4 * expected <= min(waits), (provider, model, pace)
        assert max(waits) <= 3 * expected, (provider, model, pace)


def test_the_two_measured_models_keep_their_measured_means():
    assert behaviour("ideogram", "V_1_TURBO").mean_seconds == 4.2
    assert behaviour("ideogram", "V_2A_TURBO").mean_seconds == 2.8


def rate(provider: str, model: str, pace: str = "", prompt: str = BADGE) -> float:
    """The share of seeds with which every text of the prompt comes out right."""
    right = behaviour(provider, model, pace).spells_right
    drawn = [spelled(prompt, model, seed, right) for seed in range(1000)]
    return mean(texts == quoted_texts(prompt) for texts in drawn)


@pytest.mark.parametrize(
    ("provider", "model", "pace", "low", "high"),
    [
        ("ideogram", "V_2A_TURBO", "", 0.85, 0.95),
        ("ideogram", "V_1_TURBO", "", 0.45, 0.65),
        ("a1111", "sdxl", "", 0.30, 0.50),
        ("ideogram", "ideogram-v3", "TURBO", 0.89, 0.95),
        ("ideogram", "ideogram-4-5", "high", 0.95, 1.0),
        ("openai", "gpt-image-2.6-flare", "medium", 0.95, 0.99),
    ],
)
def test_a_badge_is_spelt_right_as_often_as_the_model_can(provider, model, pace, low, high):
    assert low <= rate(provider, model, pace) <= high


def test_long_texts_fail_more_and_short_ones_less():
    short, long = 'A sign saying "Tea"', 'A poster saying "The Quick Brown Fox Jumps Over The Lazy Dog"'
    assert (
        rate("ideogram", "V_2A_TURBO", prompt=short)
        > rate("ideogram", "V_2A_TURBO")
        > rate("ideogram", "V_2A_TURBO", prompt=long)
    )


def test_the_same_seed_spells_the_same():
    assert spelled(BADGE, "sdxl", 7, 0.4) == spelled(BADGE, "sdxl", 7, 0.4)


@pytest.mark.parametrize("text", ["CyberCafe", "Launch 2024", "a", "!", "日本語", "مقهى", "🎈", "- -", "x" * 300])
def test_a_misspelt_text_is_never_the_text(text):
    assert all(misspell(text, Random(seed)) != text for seed in range(200))


def test_slips_are_those_of_the_story():
    seen = {misspell("CyberCafe", Random(seed)) for seed in range(500)}
    assert {"CyberCate", "CyberCaffe", "CyberCaf", "CyebrCafe"} <= seen
    assert any("@" in slip for slip in seen)


@pytest.mark.parametrize(
    ("prompt", "texts"),
    [
        ('A badge saying "Launch 2024"', ("Launch 2024",)),
        ("A cup reading “CyberCafe” and “Open”", ("CyberCafe", "Open")),
        ('"One" and “Two” and "Three"', ("One", "Two", "Three")),
        ("A 5' fence, no text", ()),
        ('An open "quote', ()),
        ('Nothing in "" or "  "', ()),
        ('[[bench "x"]] says "y"', ("y",)),
    ],
)
def test_quoted_texts_are_read_from_the_prompt(prompt, texts):
    assert quoted_texts(prompt) == texts


def test_markers_are_not_for_the_model():
    assert without_markers("[[bench-17-3]] a fox [[fault:slow=2]]") == "a fox"
    assert mark_of("a fox [[fault:slow=2]] [[bench-17-3]]") == "bench-17-3"
    assert mark_of("a fox") == ""


PUBLISHED = [  # USD for one picture, tolerance one tenth of a cent
    ("gpt-image-2", "low", 1024, 1024, 0.006),
    ("gpt-image-2", "medium", 1024, 1024, 0.053),
    ("gpt-image-2", "high", 1024, 1024, 0.211),
    ("gpt-image-2", "high", 1024, 1536, 0.165),
    ("gpt-image-2.6-flare", "medium", 1024, 1024, 0.013),
    ("gpt-image-2.5-sunburst", "high", 1024, 1024, 0.053),
    ("gpt-image-2.5-sunburst", "xhigh", 1536, 1024, 0.074),
    ("gpt-image-2.5-flare", "max", 1024, 1024, 0.211),
    ("gpt-image-1.5", "high", 1024, 1536, 0.20),
    ("gpt-image-1-mini", "medium", 1024, 1024, 0.011),
]
RATES = {"gpt-image-1.5": 32, "gpt-image-1-mini": 8}  # USD for a million image tokens; 30 for the others


@pytest.mark.parametrize(("model", "quality", "width", "height", "usd"), PUBLISHED)
def test_tokens_cost_what_the_price_list_says(model, quality, width, height, usd):
    tokens = output_tokens(MODELS[model], quality, width, height)
    assert tokens * RATES.get(model, 30) / 1e6 == pytest.approx(usd, abs=0.001)
