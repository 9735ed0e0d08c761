"""Who could be asked beside a run or instead of one of its models."""

import pytest

from routing.types import Intent
from tests.routing.cast import decide

BADGE = 'A badge saying "Launch 2024"'


def spare(prompt, **given):
    return [f"{one.model.label} {one.credits}" for one in decide(prompt, **given).spare]


def test_they_stand_in_the_order_in_which_auto_would_take_them():
    first, second = decide(BADGE).routes
    ranked = spare(BADGE, intent=Intent.TYPOGRAPHY)
    assert ranked[:3] == [f"{first.model.label} 3", f"{second.model.label} 4", "Atelier 6"]
    assert len(ranked) == len({one.split()[0] for one in ranked}) == 9  # all that are not switched off


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"ticked": "Atelier"}, "Atelier 6"),
        ({"cap": 5}, "Atelier 6"),
        ({"ticked": "Inkwell Type", "cap": 8}, "Atelier 6"),
        ({"down": ("atelier",)}, "Atelier 6"),
    ],
    ids=["in the run", "over the cap", "over what the run leaves of it", "down"],
)
def test_only_those_that_could_be_asked(given, missing):
    assert missing in spare(BADGE, intent=Intent.TYPOGRAPHY)
    assert missing not in spare(BADGE, intent=Intent.TYPOGRAPHY, **given)
