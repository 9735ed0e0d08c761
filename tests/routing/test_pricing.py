from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.types import Quality
from routing import pricing
from tests.routing.cast import ATELIER, INKWELL, RATES, SERIF, SUNBEAM, D, H, S, model


@pytest.mark.parametrize(
    ("usd", "per_usd", "minimum", "credits"),
    [
        ("0.03", 100, 1, 3),
        ("0.030", 100, 1, 3),
        ("0.0301", 100, 1, 4),
        ("0.006", 100, 1, 1),
        ("0.011", 100, 1, 2),
        ("0", 100, 1, 1),  # a self-hosted model still takes a turn
        ("0", 100, 0, 0),
        ("0.25", 100, 30, 30),
        ("0.0000000000000000000000000000000000001", 100, 0, 1),
        ("1.00000000000000000000000000000000000001", 100, 1, 101),
        ("0.04", 1000, 1, 40),
    ],
)
def test_credits_round_up_and_never_fall_below_the_minimum(usd, per_usd, minimum, credits):
    assert pricing.credits(Decimal(usd), credits_per_usd=per_usd, minimum=minimum) == credits


def test_a_negative_price_is_refused():
    with pytest.raises(ValueError, match="negative"):
        pricing.credits(Decimal("-0.01"), credits_per_usd=100, minimum=1)


@given(st.decimals(0, 10_000, allow_nan=False, allow_infinity=False), st.integers(1, 100_000), st.integers(0, 50))
def test_credits_are_never_worth_less_than_the_bill_nor_a_whole_credit_more(usd, per_usd, minimum):
    credits = pricing.credits(usd, credits_per_usd=per_usd, minimum=minimum)
    worth = Fraction(usd) * per_usd
    assert credits >= worth
    assert credits == minimum or credits < worth + 1


ONLY_HD = model("a/hd", "Only HD", {H: ("0.20", 9)})
DRAFT_AND_HD = model("a/ends", "Ends", {D: ("0.01", 1), H: ("0.20", 9)})


@pytest.mark.parametrize(
    ("spec", "wanted", "offered", "credits", "note"),
    [
        (SERIF, Quality.DRAFT, Quality.DRAFT, 2, None),
        (SERIF, Quality.STANDARD, Quality.STANDARD, 4, None),
        (ATELIER, Quality.HD, Quality.HD, 21, None),
        (INKWELL, Quality.HD, Quality.STANDARD, 3, "no HD"),
        (INKWELL, Quality.DRAFT, Quality.STANDARD, 3, None),
        (SUNBEAM, Quality.DRAFT, Quality.STANDARD, 4, None),
        (DRAFT_AND_HD, Quality.STANDARD, Quality.DRAFT, 1, "no Standard"),
        (ONLY_HD, Quality.DRAFT, Quality.HD, 20, "only HD"),
    ],
)
def test_a_model_is_priced_at_the_nearest_quality_it_offers(spec, wanted, offered, credits, note):
    priced = pricing.price(spec, wanted, RATES)
    assert (priced.quality, priced.credits, priced.note) == (offered, credits, note)
    assert priced.seconds == spec.offers[offered].expected_seconds


LOOKING = model("a/looking", "Looking", {D: ("0.01", 1), S: ("0.03", 2), H: ("0.10", 9)}, with_reference={S: "0.045", H: "0.22"})


@pytest.mark.parametrize(
    ("spec", "wanted", "reference", "usd", "credits"),
    [
        (LOOKING, D, True, "0.01", 1),  # the same as without one
        (LOOKING, S, False, "0.03", 3),
        (LOOKING, S, True, "0.045", 5),
        (LOOKING, H, True, "0.22", 22),
        (SERIF, H, True, "0.16", 16),  # takes none
    ],
)
def test_a_reference_is_priced_where_the_provider_charges_for_it(spec, wanted, reference, usd, credits):
    priced = pricing.price(spec, wanted, RATES, reference=reference)
    assert (priced.usd, priced.credits) == (Decimal(usd), credits)


def test_the_standard_only_model_keeps_its_seconds():
    assert pricing.price(INKWELL, S, RATES).seconds == 3
