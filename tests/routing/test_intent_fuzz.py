"""Any prompt at all is read, with spans that hold, in time that grows with its length and nothing else."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing import intent
from routing.reading.script import unfold
from routing.types import Intent
from tests.pace import within

PIECES = (
    *(
        "no ",
        "the ",
        "depth of ",
        "35",
        "mm",
        "f/1.8",
        " logo ",
        "a",
        " ",
        "İ",
        "sign ",
        "that says ",
        "Title: ",
        "OPEN ",
        "写着",
    ),
    *(
        "と書かれた",
        "[X] ",
        '{argument name="text" default="',
        '"}',
        "\\n",
        '\\"',
        "--no ",
        "\x00",
        "16:9 ",
        "L-A-U-N-",
        "\n\n",
        "{",
        "}",
        ":",
        ",",
    ),
)
WORDS = st.sampled_from(PIECES)
MARKS = st.sampled_from(list("\"“”„«»「」『』'‘’‚‹›`《》〈〉〝〞＂"))
PROMPTS = st.lists(WORDS | MARKS | st.characters(), max_size=60).map("".join)


@given(PROMPTS)
def test_every_span_of_any_prompt_holds(prompt):
    reading = intent.read(prompt)
    at = 0
    for text in reading.texts:
        assert at <= text.start < text.end <= len(prompt)
        assert text.text.strip()
        assert 0 < text.confidence <= 1
        at = text.end
    for one in reading.evidence:
        assert 0 <= one.start < one.end <= len(prompt)
        assert one.reason
    assert all(cue in unfold(prompt).text for cue in reading.cues)
    assert reading.shape is None or 0 <= reading.shape.start < reading.shape.end <= len(prompt)


@given(PROMPTS)
def test_it_reads_the_same_twice_and_lettering_decides(prompt):
    reading = intent.read(prompt)
    assert reading == intent.read(prompt)
    assert reading.wants_text or not reading.texts
    assert (reading.intent is Intent.TYPOGRAPHY) or not reading.wants_text


@given(st.text(st.characters(categories=["L", "N"]) | st.just(" "), max_size=60))
def test_quoting_words_on_a_sign_makes_them_the_text(words):
    text = words.strip()
    found = [drawn.text for drawn in intent.read(f'a sign "{text}"').texts]
    assert found == ([text] if text else [])


HOSTILE = {
    "prose": "the quick brown photograph of a fox with depth of field, ",
    "straight quotes": '"',
    "quoted letters": '"a" ',
    "opening marks": '"“„«「『',
    "low quotes": "„a“ ",
    "never closed": "“",
    "nested": "“‘„‹«「『《",
    "apostrophes": " 'a",
    "short words": "a1",
    "half a phrase": "depth of ",
    "denials": "no the no the ",
    "one word": "x",
    "spaces": " ",
    "blank lines": "\n ",
    "nulls": "\x00",
    "ideographs": "写真",
    "things to letter": "sign ",
    "announcements": "a sign that says Open ",
    "headings": "Title: A\n",
    "capitals": "OPEN sign ",
    "fields": '"text": "a", ',
    "placeholders": '{argument name="text" default="x"} ',
    "half a placeholder": "{argument ",
    "escapes": '\\"',
    "spelled": "A-B-C-D-",
    "ratios": "1:1:",
    "brackets": "[A] ",
    "negative prompts": "negative prompt ",
    "rows of labels": "labels Abc, Def, ",
    "labels and no row": "labels Abc De Fgh ",
    "wishes": "add a bold a slogan without ",
    "greetings": "happy birthday sign ",
    "sentences that go on": "saying in on at over ",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_work_grows_no_faster_than_the_length(kind):
    """Counted in calls, so that a busy machine changes nothing. Twice the prompt is at most twice the work, and a little."""
    once, twice = (_calls((HOSTILE[kind] * length)[:length]) for length in (4_000, 8_000))
    assert twice <= 2.2 * once + 200


@pytest.mark.parametrize("kind", HOSTILE)
def test_time_stays_within_its_limits(kind):
    """20,000 characters in 30 ms: on processor time, so that a busy machine does not fail the test."""
    prompt = (HOSTILE[kind] * 20_000)[:20_000]
    assert within(0.030, lambda: intent.read(prompt))


USUAL = (
    'A gig poster with the title "Low Tide" in tall red letters and the line "doors at eight" below it, linocut, two colours. '
    "A heron stands in shallow water on the left, reeds bend over a moored boat, and a thin moon hangs in the upper third. "
    "Soft evening light, long reflections, rough paper texture, plenty of empty space around the lettering, no watermark. "
    "The mood is calm and a little wry, as on hand-printed bills of a small harbour town; portrait format, 3:4, printed edges."
)


def test_a_prompt_of_usual_length_takes_a_millisecond():
    assert 440 <= len(USUAL) <= 500
    assert within(0.001, lambda: intent.read(USUAL), tries=15)


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_prompt_of_that_length_takes_much_longer(kind):
    prompt = (HOSTILE[kind] * 500)[:500]
    assert within(0.003, lambda: intent.read(prompt), tries=15)


def _calls(prompt):
    """How many functions are called while a prompt is read."""
    count = 0

    def counted(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        intent.read(prompt)
    finally:
        sys.setprofile(before)
    return count
