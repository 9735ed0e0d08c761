from datetime import date

import pytest

from routing import wording


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (wording.listed([]), ""),
        (wording.listed(["A"]), "A"),
        (wording.listed(["A", "B"]), "A and B"),
        (wording.listed(["A", "B", "C"]), "A, B and C"),
        (wording.counted(1, "credit"), "1 credit"),
        (wording.counted(0, "credit"), "0 credits"),
        (wording.everyone(1), "this one"),
        (wording.everyone(2), "both"),
        (wording.everyone(6), "all six"),
        (wording.everyone(14), "all 14"),
        (wording.seconds(0.2), "1 s"),
        (wording.seconds(2.5), "3 s"),
        (wording.seconds(9.2), "9 s"),
        (wording.day(date(2026, 5, 2)), "2 May 2026"),
        (wording.shortened("a\n b"), "a b"),
        (wording.shortened("x" * 40), "x" * 40),
        (wording.shortened("x" * 41), "x" * 39 + "…"),
        (wording.shortened(" " * 100 + "x"), "…"),
    ],
)
def test_numbers_dates_and_lists_read_as_in_a_sentence(said, text):
    assert said == text
