"""The points: a condition outweighs everything else together, and each part pulls the way it says."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.types import Quality, Strength
from routing import score
from routing.candidates import Candidate
from routing.measured import Measured
from routing.reading.types import Format
from routing.score import CONDITIONS
from routing.types import Intent
from tests.routing.cast import ATELIER, SQUARE, SWIFT

PLAIN = Candidate(SWIFT, Quality.STANDARD, Quality.STANDARD, SQUARE, Decimal("0.03"), 3, 5.0, (), retiring=False, down="")
SHARES = st.none() | st.floats(0, 1)
CANDIDATES = st.builds(
    Candidate,
    model=st.sets(st.sampled_from(Strength)).flatmap(
        lambda some: st.sampled_from([replace(ATELIER, strengths=frozenset(some)), replace(SWIFT, strengths=frozenset(some))])
    ),
    asked=st.sampled_from(Quality),
    quality=st.sampled_from(Quality),
    size=st.just(SQUARE),
    usd=st.just(Decimal(1)),
    credits=st.integers(0, 500),
    seconds=st.floats(0.1, 300),
    notes=st.just(()),
    retiring=st.booleans(),
    down=st.just(""),
    heeds_reference=st.booleans(),
    format=st.none() | st.sampled_from(Format),
    age=st.none() | st.integers(0, 5_000),
    shaken=st.booleans(),
    measured=st.builds(Measured, text_accuracy=SHARES, preference=SHARES),
)


def points(one: Candidate, goal: Intent) -> float:
    return score.total(score.terms(one, goal))


def conditions(one: Candidate, goal: Intent) -> float:
    return score.tier(score.terms(one, goal))


@given(one=CANDIDATES, other=CANDIDATES, goal=st.sampled_from(Intent))
def test_a_condition_outweighs_everything_else_together(one, other, goal):
    if conditions(one, goal) > conditions(other, goal):
        assert points(one, goal) > points(other, goal)


@pytest.mark.parametrize("goal", Intent)
def test_the_worst_specialist_stands_before_the_best_of_the_others(goal):
    poor, good = Measured(text_accuracy=0.0, preference=0.0), Measured(text_accuracy=1.0, preference=1.0)
    worst = replace(PLAIN, model=replace(ATELIER, strengths=frozenset(Strength)), measured=poor, quality=Quality.HD)
    worst = replace(worst, credits=500, seconds=300.0, retiring=True, shaken=True)
    other = Strength.SPEED if goal is not Intent.DRAFT else Strength.DETAIL
    best = replace(PLAIN, model=replace(ATELIER, strengths=frozenset({other})), measured=good, credits=0, seconds=0.1)
    assert points(worst, goal) > points(best, goal)


@given(one=CANDIDATES, goal=st.sampled_from(Intent))
def test_the_reasons_add_up_to_the_score(one, goal):
    assert sum(reason.weight for reason in score.reasons(one, goal)) == pytest.approx(points(one, goal))
    assert all(reason.text.endswith(".") for reason in score.reasons(one, goal))


def test_each_condition_is_worth_more_than_the_lower_ones_together():
    falling = sorted(CONDITIONS, reverse=True)
    assert all(points > sum(falling[place + 1 :]) for place, points in enumerate(falling))


@pytest.mark.parametrize(
    ("goal", "better", "worse"),
    [
        (Intent.DRAFT, {"seconds": 3.0}, {"seconds": 4.0}),
        (Intent.DRAFT, {"credits": 1}, {"credits": 2}),
        (Intent.DRAFT, {"seconds": 3.0, "credits": 8}, {"seconds": 4.0, "credits": 2}),  # a second counts six credits
        (Intent.TYPOGRAPHY, {"credits": 2}, {"credits": 3}),
        (Intent.TYPOGRAPHY, {"measured": Measured(text_accuracy=0.9)}, {"measured": Measured(text_accuracy=0.8)}),
        (Intent.TYPOGRAPHY, {}, {"measured": Measured(text_accuracy=0.4)}),  # not measured counts as neutral
        (Intent.PHOTOREAL, {"measured": Measured(preference=0.6)}, {"measured": Measured(preference=0.4)}),
        (Intent.FINAL, {"age": 10}, {"age": 100}),
        (Intent.FINAL, {"age": 100}, {"age": None}),
        (Intent.FINAL, {}, {"quality": Quality.HD}),  # in HD unasked
        (Intent.ILLUSTRATION, {}, {"retiring": True}),
        (Intent.PHOTOREAL, {}, {"shaken": True}),
    ],
)
def test_what_counts_for_which_intent(goal, better, worse):
    able = replace(PLAIN, model=replace(ATELIER, strengths=frozenset(Strength)))
    assert points(replace(able, **better), goal) > points(replace(able, **worse), goal)


@pytest.mark.parametrize("changed", [{"credits": 300}, {"seconds": 300.0}, {"measured": Measured(text_accuracy=1.0)}])
def test_price_time_and_spelling_say_nothing_of_how_fine_a_final_picture_is(changed):
    able = replace(PLAIN, model=ATELIER)
    assert points(replace(able, **changed), Intent.FINAL) == points(able, Intent.FINAL)
