"""The run bar, word for word: what it shows and what a press of the button does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.runbar import State, run_bar
from routing.types import Intent
from tests.routing.cast import CATALOGUE, decide

SIX = "Inkwell Type, Serif Pro, Sunbeam, Pastel, Swift, Atelier"  # 3 + 4 + 4 + 3 + 1 + 6 = 21 credits
SEVEN = f"{SIX}, Aperture"  # 26 credits


def bar(ticked, *, balance=212, cap=None, seen=None, prompt="a cat", **given):
    plan = decide(prompt, ticked=ticked, intent=Intent.DRAFT, cap=cap, **given)
    return run_bar(plan, prompt=prompt, balance=balance, cap=cap, seen_credits=seen)


@pytest.mark.parametrize(
    ("ticked", "given", "row", "note", "button", "state"),
    [
        (SIX, {}, "21 credits | 6 images · about 9 s | leaves 191", "", "Run comparison", State.READY),
        ("Swift", {"balance": 1}, "1 credit | 1 image · about 2 s | leaves 0", "", "Run comparison", State.READY),
        (SIX, {"seen": 21}, "21 credits | 6 images · about 9 s | leaves 191", "", "Run comparison", State.READY),
        (SIX, {"cap": 21}, "21 credits | 6 images · about 9 s | leaves 191", "", "Run comparison", State.READY),
        (
            SEVEN,
            {"cap": 24},
            "21 credits | 6 of 7 images · about 9 s | cap 24",
            "Aperture would go over. It will be skipped.",
            "Run 6 of 7 within the cap",
            State.OVER_CAP,
        ),
        (
            "Swift, Atelier, Aperture",
            {"cap": 2},
            "1 credit | 1 of 3 images · about 2 s | cap 2",
            "Atelier and Aperture would go over. They will be skipped.",
            "Run 1 of 3 within the cap",
            State.OVER_CAP,
        ),
        (
            "Atelier",
            {"cap": 5},
            "0 credits | no model fits | cap 5",
            "Atelier: over your cap by 1.",
            "Raise the cap to run",
            State.NO_MODEL,
        ),
        (
            SIX,
            {"balance": 8},
            "21 credits | you have 8 | 13 short",
            "Not enough for all six.",
            "Run 3 models for 8",
            State.SHORT,
        ),
        (
            "Sunbeam, Inkwell Type",
            {"balance": 3},
            "7 credits | you have 3 | 4 short",
            "Not enough for both.",
            "Run 1 model for 3",
            State.SHORT,
        ),
        (
            SEVEN,
            {"balance": 8, "cap": 24},
            "21 credits | you have 8 | 13 short",
            "Not enough for all six.",
            "Run 3 models for 8",
            State.SHORT,
        ),
        (
            "Inkwell Type",
            {"balance": 2},
            "3 credits | you have 2 | 1 short",
            "Not enough for this one.",
            "Add credits to run",
            State.NO_CREDITS,
        ),
        (
            "Inkwell Type",
            {"balance": 0},
            "3 credits | you have 0 | 3 short",
            "You are out of credits.",
            "Add credits to run",
            State.NO_CREDITS,
        ),
        ("", {}, "0 credits | no model chosen | ", "", "Choose a model to run", State.NO_MODEL),
        ("", {"prompt": "", "balance": 0}, "0 credits | no model chosen | ", "", "Choose a model to run", State.NO_MODEL),
        (
            "Swift",
            {"down": ("swift",)},
            "0 credits | no model fits | ",
            "Swift: down right now.",
            "Choose another model to run",
            State.NO_MODEL,
        ),
        (SIX, {"prompt": " \n"}, "21 credits | 6 images · about 9 s | leaves 191", "", "Write a prompt to run", State.NO_PROMPT),
        (
            "Atelier",
            {"prompt": "", "balance": 2},
            "6 credits | 1 image · about 9 s | 4 short",
            "",
            "Write a prompt to run",
            State.NO_PROMPT,
        ),
        (
            SIX,
            {"seen": 19},
            "21 credits | 6 images · about 9 s | leaves 191",
            "Prices changed since you opened this page: 21 instead of 19.",
            "Run for 21",
            State.PRICE_MOVED,
        ),
        (
            SEVEN,
            {"seen": 26, "cap": 24},
            "21 credits | 6 images · about 9 s | leaves 191",
            "Prices changed since you opened this page: 21 instead of 26. Aperture would go over. It will be skipped.",
            "Run for 21",
            State.PRICE_MOVED,
        ),
    ],
)
def test_the_bar_says_what_the_button_will_do(ticked, given, row, note, button, state):
    shown = bar(ticked, **given)
    assert f"{shown.headline} | {shown.line} | {shown.trailing}" == row
    assert (shown.note, shown.button, shown.state) == (note, button, state)


@pytest.mark.parametrize(
    ("ticked", "given", "enabled"),
    [
        (SIX, {}, True),
        (SEVEN, {"cap": 24}, True),
        (SIX, {"balance": 8}, True),
        (SIX, {"seen": 1}, True),
        (SIX, {"balance": 0}, False),
        ("", {}, False),
        (SIX, {"prompt": ""}, False),
    ],
)
def test_the_button_is_off_only_where_it_can_do_nothing(ticked, given, enabled):
    assert bar(ticked, **given).enabled is enabled


def test_too_few_credits_run_what_they_pay_for_in_the_persons_order():
    shown = bar("Atelier, Swift, Sunbeam", balance=6)
    assert (shown.runs, shown.credits) == (("atelier/two",), 6)
    assert bar("Sunbeam, Atelier, Swift", balance=6).runs == ("sun/beam", "swift/one")


def test_what_auto_considered_and_could_not_pay_is_not_counted_as_skipped():
    plan = decide('logo for "CyberCafe"', cap=5)
    shown = run_bar(plan, prompt='logo for "CyberCafe"', balance=100, cap=5)
    assert (shown.state, shown.line) == (State.READY, "1 image · about 3 s")


@given(
    ticked=st.lists(st.sampled_from([one.label for one in CATALOGUE]), max_size=8).map(", ".join),
    balance=st.integers(0, 40),
    cap=st.none() | st.integers(0, 40),
    seen=st.none() | st.integers(0, 40),
    prompt=st.sampled_from(["a cat", ""]),
)
def test_a_press_never_holds_more_than_the_cap_or_the_balance(ticked, balance, cap, seen, prompt):
    shown = bar(ticked, balance=balance, cap=cap, seen=seen, prompt=prompt)
    if shown.enabled:
        assert prompt
        assert shown.runs
        assert shown.credits <= balance
        assert cap is None or shown.credits <= cap
    assert shown.button
