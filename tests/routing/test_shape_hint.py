"""A shape asked in words is offered while another is chosen."""

import pytest

from routing import intent
from routing.shape_hint import ShapeHint, shape_hint


def hint(prompt: str, chosen: str) -> ShapeHint | None:
    return shape_hint(prompt, intent.read(prompt).shape, chosen)


@pytest.mark.parametrize(
    ("prompt", "chosen", "said", "shape"),
    [
        ("a 16:9 header for a bakery", "4:3", "16:9", "16:9"),
        ("a fox --ar 2:3", "4:3", "2:3", "3:4"),
        ("a fox, 1920x1080", "1:1", "1920x1080", "16:9"),
        ("a phone wallpaper of koi", "3:4", "phone wallpaper", "9:16"),
        ("square logo for a bank", "4:3", "square", "1:1"),
        ("a vertical poster", "4:3", "vertical", "3:4"),
        ("a fox in landscape format", "1:1", "landscape format", "4:3"),
    ],
)
def test_the_nearest_shape_is_offered_in_the_prompts_own_words(prompt, chosen, said, shape):
    assert hint(prompt, chosen) == ShapeHint(said, shape)


@pytest.mark.parametrize(
    ("prompt", "chosen"),
    [
        ("a fox", "4:3"),
        ("a 16:9 header", "16:9"),
        ("a fox --ar 2:3", "3:4"),
        ("a vertical poster", "9:16"),
        ("a fox in landscape format", "3:2"),
        ("a square table", "4:3"),
    ],
)
def test_nothing_is_said_where_nothing_is_asked_or_it_is_chosen(prompt, chosen):
    assert hint(prompt, chosen) is None
