"""What is read out of a prompt. The tables are meant to be read by people who know designers, not Python."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing import cues, intent
from routing.types import Intent
from tests.pace import slowness

DRAWN = [
    ('logo for "CyberCafe"', ["CyberCafe"]),
    ('A badge saying "Launch 2024"', ["Launch 2024"]),
    ("a sign reading “Fresh Bread Daily”", ["Fresh Bread Daily"]),
    ("ein Schild mit „Guten Morgen“ darauf", ["Guten Morgen"]),
    ("ein Schild mit „Guten Morgen” darauf", ["Guten Morgen"]),
    ("une enseigne « Chez Léa »", ["Chez Léa"]),
    ("une enseigne «\u00a0Chez Léa\u00a0»", ["Chez Léa"]),
    ("看板に「さくら」と書く", ["さくら"]),
    ("表紙に『夜』", ["夜"]),
    ('poster: "OPEN" above, “until late” below', ["OPEN", "until late"]),
    ('a mug with "It\'s fine" on it', ["It's fine"]),
    ('a mug with "don“t" on it', ["don“t"]),
    ('a 12" record sleeve saying "Night Drive"', ["Night Drive"]),
    ('a 12" record on a table', []),
    ('a label "7 inch"', ["7 inch"]),
    ("the baker's shop, it's 'open'", []),
    ('nothing in "" or "  " quotes', []),
    ("a cat", []),
    ("", []),
    ('two lines "first\nsecond"', ["first\nsecond"]),
    ('a heart "🫀" in emoji', ["🫀"]),
    ('לוח שכתוב עליו "שלום"', ["שלום"]),
    ('a null "a\x00b" inside', ["a\x00b"]),
]


@pytest.mark.parametrize(("prompt", "texts"), DRAWN)
def test_it_finds_the_exact_texts_to_be_drawn(prompt, texts):
    assert [text.text for text in intent.read(prompt).texts] == texts


@pytest.mark.parametrize("prompt", [prompt for prompt, texts in DRAWN if texts])
def test_each_text_spans_its_quotation_marks(prompt):
    for text in intent.read(prompt).texts:
        span = prompt[text.start : text.end]
        assert span[1:-1].strip() == text.text
        assert span[0] in '"“„«「『'


@pytest.mark.parametrize(
    ("prompt", "unclosed", "texts"),
    [
        ('neon sign "CyberCafe', "CyberCafe", []),
        ("neon sign “CyberCafe", "CyberCafe", []),
        ('a "closed" and an "open one', "open one", ["closed"]),
        ('an “open one and a "closed" one', 'open one and a "closed" one', ["closed"]),
        ('ends with a quote "', "", []),
        ('a "closed" one', None, ["closed"]),
        ('a 12" record', None, []),
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
        ("enamel badge for a space mission", Intent.TYPOGRAPHY, ["badge"]),
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
        # words to be drawn are no evidence, and an open quote draws nothing
        ('a neon sign "photograph', Intent.TYPOGRAPHY, ["neon sign"]),
        ('a badge with "Photo Studio, 35 mm"', Intent.TYPOGRAPHY, ["badge"]),
    ],
)
def test_it_reads_the_intent_and_the_words_that_gave_it_away(prompt, wanted, evidence):
    reading = intent.read(prompt)
    assert reading.intent is wanted
    assert list(reading.cues) == evidence


def test_no_phrase_stands_in_the_tables_twice():
    phrases = [words for table in cues.PHRASES.values() for words, _, _ in table]
    assert len(phrases) == len(set(phrases))


MARKS = st.sampled_from(list("\"“”„«»「」『』'")) | st.sampled_from(
    ["no ", "the ", "depth of ", "35", "mm", "f/1.8", " logo ", "a", " ", "İ"]
)


@given(st.lists(MARKS | st.characters(), max_size=60).map("".join))
def test_spans_are_in_order_apart_and_hold_their_text_for_any_prompt(prompt):
    reading = intent.read(prompt)
    at = 0
    for text in reading.texts:
        assert at <= text.start < text.end <= len(prompt)
        assert prompt[text.start + 1 : text.end - 1].strip() == text.text != ""
        at = text.end
    assert all(cue in prompt for cue in reading.cues)
    assert (reading.intent is Intent.TYPOGRAPHY) or not reading.texts


@given(st.text(max_size=60))
def test_quoting_a_prompt_makes_it_the_text(words):
    text = "".join(letter for letter in words if letter not in '"“„«「『').strip()
    found = [drawn.text for drawn in intent.read(f'a sign "{text}"').texts]
    assert found == ([text] if text else [])


HOSTILE = {
    "prose": "the quick brown photograph of a fox with depth of field, ",
    "straight quotes": '"',
    "quoted letters": '"a" ',
    "opening marks": '"“„«「『',
    "low quotes": "„a“ ",
    "never closed": "“",
    "short words": "a1",
    "half a phrase": "depth of ",
    "denials": "no the no the ",
    "one word": "x",
    "spaces": " ",
    "nulls": "\x00",
    "ideographs": "写真",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_time_grows_with_the_length_and_nothing_else(kind):
    """20,000 characters in 30 ms, 500 in 1 ms: on processor time, so that a busy machine does not fail the test."""
    for length, limit in ((500, 0.001), (20_000, 0.030)):
        prompt = (HOSTILE[kind] * length)[:length]
        assert min(_processor_seconds(prompt) for _ in range(7)) <= limit * slowness()


def _processor_seconds(prompt):
    start = time.thread_time()
    intent.read(prompt)
    return time.thread_time() - start
