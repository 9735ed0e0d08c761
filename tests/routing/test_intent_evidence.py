"""Why a reading says what it says, and what it says of shape and detail."""

import pytest

from providers.types import Size
from routing import intent
from routing.reading import cues
from routing.reading.roles import WHY, Role
from routing.reading.types import EvidenceKind, Level, Orientation


def _said(prompt):
    """Evidence as (kind, the stretch it underlines, why)."""
    return [(one.kind.value, prompt[one.start : one.end], one.reason) for one in intent.read(prompt).evidence]


def test_a_text_is_underlined_with_what_announces_it():
    why = "“that says” announces the words to be drawn, quoted or not"
    assert ("text", '"OPEN"', why) in _said('a sign that says "OPEN"')


def test_what_is_quoted_and_not_drawn_says_why_not():
    said = _said("a rainy street in the style of 'Blade Runner'")
    assert said == [
        ("not_text", "'Blade Runner'", "“in the style of” refers to a work or a manner, so what follows is not drawn")
    ]


def test_the_look_and_the_intent_are_underlined():
    assert _said("a watercolour of a fox") == [
        ("intent", "watercolour", "speaks for Illustration"),
        ("look", "watercolour", "speaks for illustration"),
    ]


def test_a_mark_left_open_is_underlined_where_it_stands():
    prompt = 'a neon sign "Cyber'
    [open_mark] = [one for one in intent.read(prompt).evidence if one.kind is EvidenceKind.UNCLOSED]
    assert (open_mark.start, open_mark.end, open_mark.reason) == (prompt.index('"'), prompt.index('"') + 1, "is never closed")


def test_a_prompt_that_wants_no_text_says_so():
    assert ("no_text", "no text", "asks for no lettering") in _said("a quiet lake, no text")


def test_lettering_whose_words_are_left_open_is_wanted_and_underlined():
    assert ("text", "slogan", "asks for lettering and leaves its words open") in _said("a lamp, add a short slogan below")


def test_what_a_placeholder_holds_is_underlined_where_the_placeholder_stands():
    prompt = 'a poster with the headline {argument name="headline" default="Big Sale"} in red'
    [text] = intent.read(prompt).texts
    assert text.text == "Big Sale"
    assert prompt[text.start : text.end] == '{argument name="headline" default="Big Sale"}'


@pytest.mark.parametrize(
    ("prompt", "orientation", "ratio", "size"),
    [
        ("a fox, 16:9", Orientation.LANDSCAPE, (16, 9), None),
        ("a fox --ar 4:7", Orientation.PORTRAIT, (4, 7), None),
        ("a fox, aspect ratio: 1:1", Orientation.SQUARE, (1, 1), None),
        ("a fox, 1024x1536 px", Orientation.PORTRAIT, None, Size(1024, 1536)),
        ("a fox, 1080 × 1080", Orientation.SQUARE, None, Size(1080, 1080)),
        ("a tall phone wallpaper of a fox", Orientation.PORTRAIT, (9, 16), None),
        ("a widescreen still of a diner", Orientation.LANDSCAPE, (16, 9), None),
        ("square logo for a bank", Orientation.SQUARE, None, None),
        ("a vertical movie poster", Orientation.PORTRAIT, None, None),
        ("a fox, square, flat colours", Orientation.SQUARE, None, None),
        ("a fox in landscape orientation", Orientation.LANDSCAPE, None, None),
        ("ein Fuchs im Hochformat", Orientation.PORTRAIT, None, None),
        ("un zorro en formato cuadrado", Orientation.SQUARE, None, None),
        ("狐狸，横版", Orientation.LANDSCAPE, None, None),
    ],
)
def test_it_reads_a_shape_asked_in_words(prompt, orientation, ratio, size):
    shape = intent.read(prompt).shape
    assert (shape.orientation, shape.ratio, shape.size) == (orientation, ratio, size)
    assert prompt[shape.start : shape.end].strip()


@pytest.mark.parametrize(
    "prompt",
    [
        "a fox",
        "open 11:00-22:00",
        "a portrait of a fox",
        "a landscape at dawn",
        "a 3/4 view",
        "a square table",
        "a café on a square in Rome",
        "a vertical garden on a wall",
        "horizontal stripes",
    ],
)
def test_it_reads_no_shape_where_none_is_asked(prompt):
    assert intent.read(prompt).shape is None


def test_a_prompt_with_more_to_get_right_is_more_complex():
    levels = [
        intent.read(prompt).complexity.level
        for prompt in (
            "a fox",
            "a fox and two owls on a wooden table, soft light, marble background",
            "a fox, two owls and three mice around a brass table with glass cups, silk cloth and wet stone, golden hour, rim "
            "light, long shadows, reflections, haze, foreground ferns, wide angle, rule of thirds, negative space",
        )
    ]
    assert levels == [Level.SIMPLE, Level.MODERATE, Level.COMPLEX]


def test_every_part_a_word_plays_has_its_reason():
    unexplained = cues.BY_WORD - {Role.SUBJECT} | {Role.NOTHING}
    assert set(WHY) == set(Role) - unexplained


def test_no_phrase_is_lost_for_its_spelling():
    """Each phrase of the tables is found when it is all there is to read."""
    phrases = {phrase for role in set(Role) - cues.BY_WORD for phrase in cues.phrases(role)}
    assert [phrase for phrase in sorted(phrases) if not cues.find(phrase).cues] == []
