"""What the page shows as kept, added and removed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.prompting import Change, differences

SIGNS = {Change.KEPT: "{}", Change.ADDED: "[+{}+]", Change.REMOVED: "[-{}-]"}


def marked(original, adapted):
    return "".join(SIGNS[one.kind].format(one.text) for one in differences(original, adapted))


@pytest.mark.parametrize(
    ("original", "adapted", "shown"),
    [
        ("a cat", "a cat", "a cat"),
        ("", "", ""),
        ("a cat", "a cat, soft light", "a cat[+, soft light+]"),
        ("a cat", "A photograph of a cat", "[+A photograph of +]a cat"),
        ("a red cat", "a blue cat", "a [-red -][+blue +]cat"),
        ("a  cat\n", "a cat", "a cat"),
        ('a mug with "Tea"', '"Tea", a mug with "Tea"', '[+"Tea", +]a mug with "Tea"'),
        ("一只猫在墙上", "一只黑猫在墙上", "一只[+黑+]猫在墙上"),
    ],
)
def test_differences_are_shown_by_words(original, adapted, shown):
    assert marked(original, adapted) == shown


TEXTS = st.text("ab ,.\n\"'猫あ🫀é-", max_size=60) | st.text(max_size=30)


@given(TEXTS, TEXTS)
def test_kept_and_added_make_the_adapted_text_and_no_word_of_the_original_is_forgotten(original, adapted):
    found = differences(original, adapted)
    assert "".join(one.text for one in found if one.kind is not Change.REMOVED) == adapted
    told = "".join(one.text for one in found if one.kind is not Change.ADDED)
    assert "".join(told.split()) == "".join(original.split())
    assert all(one.text for one in found)


@given(TEXTS)
def test_nothing_differs_from_itself(text):
    assert {one.kind for one in differences(text, text)} <= {Change.KEPT}


@given(TEXTS, TEXTS, TEXTS)
def test_what_is_put_around_a_prompt_leaves_it_whole(before, text, after):
    kept = [one.text for one in differences(text, f"{before} {text} {after}") if one.kind is Change.KEPT]
    assert "".join("".join(kept).split()) == "".join(text.split())
