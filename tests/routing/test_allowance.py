"""What a person's plan allows, word for word: who is asked, in which quality, and what the bar says of it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.types import Quality
from routing import pricing
from routing.allowance import EVERYTHING, Allowance, Arriving
from routing.pricing import OwnPrice
from routing.runbar import State, run_bar
from routing.types import Cause, Intent
from tests.routing.cast import ATELIER, CATALOGUE, RATES, SERIF, decide, model

D, S, H = Quality.DRAFT, Quality.STANDARD, Quality.HD
DECEMBER = date(2026, 12, 1)
NONE_LEFT = Allowance(hd_left=0, hd_most=20, hd_again=DECEMBER)
FOUR = "Serif Pro, Sunbeam, Atelier, Swift"


def planned(allowance, ticked=FOUR, **more):
    return decide("a cat", ticked=ticked, intent=Intent.DRAFT, quality=more.pop("quality", H), allowance=allowance, **more)


def bar(allowance, ticked=FOUR, balance=212, **more):
    return run_bar(planned(allowance, ticked, **more), prompt="a cat", balance=balance, cap=None)


def having(number, **more):
    return Allowance(hd_left=number, hd_most=20, hd_again=DECEMBER, **more)


@pytest.mark.parametrize(
    ("allowance", "state", "trailing", "note", "button"),
    [
        (EVERYTHING, State.READY, "leaves 165", "", "Run comparison"),
        (having(3), State.READY, "leaves 165", "", "Run comparison"),
        (
            having(2),
            State.HD_SHORT,
            "HD 2 left",
            "Two HD images left this month: Serif Pro and Sunbeam get them.",
            "Run 2 in HD, 2 in Standard",
        ),
        (
            having(1, hd_by_day=True),
            State.HD_SHORT,
            "HD 1 left",
            "One HD image left today: Serif Pro gets it.",
            "Run 1 in HD, 3 in Standard",
        ),
        (NONE_LEFT, State.HD_NONE, "HD 0 left", "HD is used up until 1 December.", "Run 4 in Standard"),
    ],
)
def test_the_bar_says_what_fits(allowance, state, trailing, note, button):
    shown = bar(allowance)
    assert (shown.state, shown.trailing, shown.note, shown.button) == (state, trailing, note, button)
    assert shown.enabled
    assert len(shown.runs) == 4


def test_a_frame_says_why_it_is_made_in_standard():
    routes = {route.model.label: route for route in planned(NONE_LEFT).routes}
    assert routes["Serif Pro"].notes[0] == "Made in Standard: HD is used up until 1 December."
    assert routes["Serif Pro"].held_back
    assert not routes["Swift"].held_back


def test_out_of_credits_says_when_more_arrive():
    shown = bar(Allowance(arriving=Arriving(450, DECEMBER)), balance=0)
    assert shown.note == "You are out of credits. 450 arrive on 1 December."


@pytest.mark.parametrize(
    "allowance", [Allowance(models=frozenset({ATELIER.id})), Allowance(providers=frozenset({ATELIER.provider}))]
)
def test_a_model_that_is_not_in_the_plan_is_left_out_and_steps_in_for_nobody(allowance):
    found = planned(allowance, "Serif Pro, Atelier", quality=S)
    assert [route.model for route in found.routes] == [ATELIER]
    assert [(one.model, one.reason, one.cause) for one in found.left_out] == [(SERIF, "not in your plan", Cause.NOT_IN_PLAN)]
    assert found.routes[0].fallbacks == ()


def test_auto_keeps_to_the_plan():
    found = decide("a cat", allowance=Allowance(models=frozenset({ATELIER.id})))
    assert [route.model for route in found.routes] == [ATELIER]


def test_a_plan_goes_up_to_its_dearest_quality():
    routes = planned(Allowance(dearest=D)).routes
    assert [(route.model.label, route.quality) for route in routes] == [("Serif Pro", D), ("Atelier", D), ("Swift", D)]
    assert routes[0].notes[0] == "Made in Draft: your plan goes up to Draft."
    assert not routes[0].held_back


def test_a_plan_says_how_many_models_a_run_may_have():
    reasons = [one.reason for one in planned(Allowance(most_models=3)).left_out]
    assert reasons == ["your plan takes at most 3 models a run"]


def test_what_nobody_counted_is_no_fallback():
    """A model that draws in HD only may not step in for one that was sold in Standard: no image was taken for it."""
    fine = model("ultra/one", "Ultra", {H: ("0.01", 2)}, *SERIF.strengths)
    step_in = {
        allowance: planned(allowance, "Serif Pro", quality=S, models=(*CATALOGUE, fine)).routes[0].fallbacks
        for allowance in (EVERYTHING, having(5))
    }
    assert fine.id in step_in[EVERYTHING]
    assert fine.id not in step_in[having(5)]


@given(hd=st.integers(0, 6), ticked=st.lists(st.sampled_from(FOUR.split(", ")), unique=True, min_size=1))
def test_never_more_hd_than_is_left(hd, ticked):
    found, free = planned(having(hd), ", ".join(ticked)), planned(EVERYTHING, ", ".join(ticked))
    wanted = sum(route.quality is H for route in free.routes)
    assert sum(route.quality is H for route in found.routes) == min(hd, wanted)
    assert found.credits <= free.credits
    assert len(found.routes) == len(free.routes)


@pytest.mark.parametrize(
    ("own", "credits", "usd"),
    [
        (OwnPrice(usd=Decimal("0.0701")), 8, Decimal("0.0701")),
        (OwnPrice(credits=5), 5, Decimal("0.16")),
        (OwnPrice(credits=0), 0, Decimal("0.16")),
        (OwnPrice(), 16, Decimal("0.16")),
    ],
)
def test_a_price_of_ones_own_goes_through_the_one_rule_or_stands(own, credits, usd):
    rates = pricing.Rates(RATES.credits_per_usd, RATES.minimum, own={(SERIF.id, H): own})
    priced = pricing.price(SERIF, H, rates)
    assert (priced.credits, priced.usd) == (credits, usd)
    assert pricing.price(SERIF, S, rates) == pricing.price(SERIF, S, RATES)
