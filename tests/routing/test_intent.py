"""What is read out of a prompt. The tables are meant to be read by people who know designers, not Python.

Hundreds of labelled prompts are in ``prompts/``; here stand the cases that are worth a name.
"""

import pytest

from routing import intent
from routing.reading.types import Look
from routing.types import Intent

DRAWN = [
    ('logo for "CyberCafe"', ["CyberCafe"]),
    ('A badge saying "Launch 2024"', ["Launch 2024"]),
    ("a sign reading “Fresh Bread Daily”", ["Fresh Bread Daily"]),
    ("ein Schild mit „Guten Morgen“ darauf", ["Guten Morgen"]),
    ("une enseigne « Chez Léa »", ["Chez Léa"]),
    ("une enseigne «\u00a0Chez Léa\u00a0»", ["Chez Léa"]),
    ("看板に「さくら」と書く", ["さくら"]),
    ('poster: "OPEN" above, “until late” below', ["OPEN", "until late"]),
    ('a mug with "It\'s fine" on it', ["It's fine"]),
    ('a mug with "don“t" on it', ["don“t"]),
    ('a label "7 inch"', ["7 inch"]),
    ('two lines "first\nsecond"', ["first\nsecond"]),
    ('לוח שכתוב עליו "שלום"', ["שלום"]),
    ('a sign "A\x00B" inside', ["A\x00B"]),
    # the mark of the sentence, not of the text
    ('a scoreboard with "HOME 3 - AWAY 2," and fans', ["HOME 3 - AWAY 2"]),
    ('a plaque that says "Rest here."', ["Rest here."]),
    # said once, drawn once
    ('massive "SPLASH" text behind a "SPLASH" logo', ["SPLASH"]),
    # spelled out
    ('the word "LAUNCH", spelled L-A-U-N-C-H', ["LAUNCH"]),
    # one quotation inside another
    ("Title text: “All about ‘Nano Things’”", ["All about ‘Nano Things’"]),
    # nothing to draw
    ("the baker's shop, it's 'open'", []),
    ('nothing in "" or "  " quotes', []),
    ('a heart "🫀" in emoji', []),
    ('a "closed" expression', []),
    ("a cat", []),
    ("", []),
    ("   \n\t ", []),
    ("🫀", []),
    ('""""""', []),
    ("'''", []),
]


@pytest.mark.parametrize(("prompt", "texts"), DRAWN)
def test_it_finds_the_exact_texts_to_be_drawn(prompt, texts):
    reading = intent.read(prompt)
    assert [text.text for text in reading.texts] == texts
    assert reading.wants_text is bool(texts)


@pytest.mark.parametrize("prompt", [prompt for prompt, texts in DRAWN[:14] if texts])
def test_each_quoted_text_spans_its_quotation_marks(prompt):
    for text in intent.read(prompt).texts:
        span = prompt[text.start : text.end]
        assert span[1:-1].strip() == text.text
        assert span[0] in '"“„«「'
        assert text.quoted


def test_words_in_the_open_are_told_from_words_in_marks():
    [text] = intent.read("a red truck with the name RIVERBEND on the door").texts
    assert (text.text, text.start, text.end, text.quoted) == ("RIVERBEND", 26, 35, False)


def test_it_is_surer_of_what_is_announced_than_of_what_only_looks_like_it():
    announced, bare = (intent.read(prompt).texts[0].confidence for prompt in ('a sign that says "OPEN"', 'nearby "Open Doors"'))
    assert 0.5 < bare < 0.75 < announced < 1


def test_lettering_whose_words_are_left_open_is_wanted_all_the_same():
    reading = intent.read('a birthday card that says "[NAME]"')
    assert (reading.texts, reading.wants_text, reading.intent) == ((), True, Intent.TYPOGRAPHY)


@pytest.mark.parametrize(
    ("prompt", "unclosed", "texts"),
    [
        ('neon sign "CyberCafe', "CyberCafe", []),
        ("neon sign “CyberCafe", "CyberCafe", []),
        ('a "CLOSED" sign and an "open one', "open one", ["CLOSED"]),
        ('an “open one and a "CLOSED" sign', 'open one and a "CLOSED" sign', ["CLOSED"]),
        ('ends with a quote "', "", []),
        ('a "closed" one', None, []),
        ('a 12" record', None, []),
        ("the dogs' bowls", None, []),
    ],
)
def test_it_reports_a_quote_that_is_never_closed(prompt, unclosed, texts):
    reading = intent.read(prompt)
    assert reading.unclosed_quote == unclosed
    assert [text.text for text in reading.texts] == texts


@pytest.mark.parametrize(
    ("prompt", "wanted", "evidence"),
    [
        # lettering
        ('a watercolour with "Hello", 35 mm', Intent.TYPOGRAPHY, []),
        ("minimal logo for a bakery", Intent.TYPOGRAPHY, ["logo"]),
        ("a flat vector cartoon logo", Intent.TYPOGRAPHY, ["logo"]),
        ("enamel badge for a space mission", Intent.TYPOGRAPHY, ["enamel badge"]),
        ("hand-lettered greeting card", Intent.TYPOGRAPHY, ["hand-lettered"]),
        ("a shop sign that says fresh bread", Intent.TYPOGRAPHY, ["shop sign", "that says"]),
        ("Typography poster", Intent.TYPOGRAPHY, ["Typography"]),
        # photographs
        ("rainy alley, 35 mm, shallow depth of field", Intent.PHOTOREAL, ["35 mm", "depth of field"]),
        ("portrait, 85mm, f/1.8", Intent.PHOTOREAL, ["85mm", "f/1.8"]),
        ("photograph of a glass of water", Intent.PHOTOREAL, ["photograph"]),
        ("a DSLR shot, bokeh, ISO 400", Intent.PHOTOREAL, ["DSLR", "bokeh", "ISO 400"]),
        ("photo of an officer with a badge, 50 mm", Intent.PHOTOREAL, ["photo", "50 mm"]),
        ("Photo, photo, PHOTO", Intent.PHOTOREAL, ["Photo"]),
        ("high-res photograph of a leaf", Intent.PHOTOREAL, ["photograph"]),
        # illustration
        ("watercolour of a harbour", Intent.ILLUSTRATION, ["watercolour"]),
        ("linocut print of a fox", Intent.ILLUSTRATION, ["linocut"]),
        ("an oil painting of a storm", Intent.ILLUSTRATION, ["oil painting"]),
        ("children's book page, pen and ink", Intent.ILLUSTRATION, ["children's book", "pen and ink"]),
        # final, only when it is said
        ("the final version of the harbour", Intent.FINAL, ["final version"]),
        ("the harbour, print-ready, photograph", Intent.FINAL, ["print-ready"]),
        ("the harbour in high resolution", Intent.FINAL, ["high resolution"]),
        ("the final boss of a dungeon", Intent.DRAFT, []),
        ("a fingerprint on glass", Intent.DRAFT, []),
        # nothing said
        ("a cat on a wall", Intent.DRAFT, []),
        ("quick draft of a cat", Intent.DRAFT, ["quick draft"]),
        ("a logistics centre at dawn", Intent.DRAFT, []),
        ("a girl reading a book", Intent.DRAFT, []),
        ("", Intent.DRAFT, []),
        ("   \n\t ", Intent.DRAFT, []),
        ("🫀", Intent.DRAFT, []),
        # denied
        ("a cat, no logo, no text", Intent.DRAFT, []),
        ("not a photo, a watercolour", Intent.ILLUSTRATION, ["watercolour"]),
        ("a poster without any lettering", Intent.DRAFT, []),
        ("a hill --no photo, cartoon, logo", Intent.DRAFT, []),
        # words to be drawn are no evidence, nor what an open quote is about to hold
        ('a neon sign "photograph', Intent.TYPOGRAPHY, ["neon sign"]),
        ('a badge with "Photo Studio, 35 mm"', Intent.TYPOGRAPHY, ["badge"]),
    ],
)
def test_it_reads_the_intent_and_the_words_that_gave_it_away(prompt, wanted, evidence):
    reading = intent.read(prompt)
    assert reading.intent is wanted
    assert list(reading.cues) == evidence


@pytest.mark.parametrize(
    ("prompt", "look"),
    [
        ('a photo of a bakery with "Bread" on its window', Look.PHOTO),
        ('a comic page, a fox says "Hello"', Look.ILLUSTRATION),
        ('logo for "CyberCafe"', Look.LOGO),
        ("a photo of a mural", Look.PHOTO),
        ("a wall with a painting of a ship", Look.OTHER),
        ("a laptop with a small company logo", Look.OTHER),
        ("use the uploaded photo, draw it as a manga panel", Look.ILLUSTRATION),
    ],
)
def test_lettering_leaves_the_look_alone(prompt, look):
    assert intent.read(prompt).look is look
