"""The routing slip, word for word. ``**`` sets a name, ``_`` the blue of words to be drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.pieces import Role
from routing.slip import Action, Kind, slip
from routing.types import Intent
from tests.routing.cast import CATALOGUE, decide

CYBER = 'logo for "CyberCafe"'
MARK = {Role.TEXT: "", Role.STRONG: "**", Role.TYPESET: "_"}


def written(said):
    return "".join(f"{MARK[piece.role]}{piece.text}{MARK[piece.role]}" for piece in said.sentence)


@pytest.mark.parametrize(
    ("prompt", "given", "kind", "sentence", "estimate"),
    [
        (
            CYBER,
            {},
            Kind.QUOTED,
            "Read as **Logo & type**. Detected quoted text _“CyberCafe”_, so **Inkwell Type** and **Serif Pro**.",
            ("est. 5 s", "7 credits"),
        ),
        (
            "A shop sign that says Open Late",
            {},
            Kind.QUOTED,
            "Read as **Logo & type**. Detected text to draw, _“Open Late”_, so **Inkwell Type** and **Serif Pro**.",
            ("est. 5 s", "7 credits"),
        ),
        (
            CYBER,
            {"ticked": "Atelier"},
            Kind.QUOTED,
            "Read as **Logo & type**. Detected quoted text _“CyberCafe”_, so **Inkwell Type** and **Serif Pro**.",
            ("est. 5 s", "7 credits"),
        ),
        (
            'a sign "A", "B", "C", "D" and "E"',
            {"unticked": "Serif Pro"},
            Kind.QUOTED,
            "Read as **Logo & type**. Detected quoted text _“A”_, _“B”_, _“C”_ and 2 more, so **Inkwell Type**.",
            ("est. 3 s", "3 credits"),
        ),
        (
            "alley, 35 mm, depth of field",
            {},
            Kind.PLAIN,
            "Read as **Photoreal** from 35 mm and depth of field, so **Sunbeam** and **Aperture**.",
            ("est. 7 s", "9 credits"),
        ),
        (
            "a cat",
            {},
            Kind.PLAIN,
            "No strong signal, so **Draft**: **Sprint** and **Swift** for a cheap first look.",
            ("est. 2 s", "3 credits"),
        ),
        (
            "a cat",
            {"intent": Intent.ILLUSTRATION, "ticked": "Pastel"},
            Kind.PLAIN,
            "You chose **Illustration**. Auto is off.",
            ("est. 4 s", "3 credits"),
        ),
        ("a cat", {"intent": Intent.DRAFT}, Kind.PLAIN, "You chose **Draft**. Auto is off.", ()),
        (
            "a cat",
            {"intent": Intent.FINAL, "ticked": "Atelier"},
            Kind.PLAIN,
            "You chose **Final HD**. Every model that can draws in HD. Auto is off.",
            ("est. 20 s", "21 credits"),
        ),
        # nothing left to add
        (
            "a cat",
            {"ticked": "Sprint, Swift"},
            Kind.PLAIN,
            "No strong signal, so **Draft**. Auto adds nothing to your own choice.",
            ("est. 2 s", "3 credits"),
        ),
        (
            CYBER,
            {"ticked": "Inkwell Type, Serif Pro"},
            Kind.QUOTED,
            "Read as **Logo & type**. Detected quoted text _“CyberCafe”_. Auto adds nothing to your own choice.",
            ("est. 5 s", "7 credits"),
        ),
        (
            "a cat",
            {"unticked": "Sprint, Swift"},
            Kind.PLAIN,
            "No strong signal, so **Draft**. No model is chosen.",
            (),
        ),
        # something needs the person
        (
            CYBER,
            {"down": ("ink", "atelier")},
            Kind.WARN,
            "**Inkwell Type** is down, so **Serif Pro** takes the quoted text _“CyberCafe”_ alone.",
            ("est. 5 s", "4 credits"),
        ),
        (
            CYBER,
            {"down": ("ink", "serif"), "cap": 1},
            Kind.WARN,
            "**Inkwell Type** and **Serif Pro** are down, so **Swift** takes the quoted text _“CyberCafe”_ alone.",
            ("est. 2 s", "1 credit"),
        ),
        (
            "alley, 35 mm",
            {"down": ("sun",)},
            Kind.WARN,
            "**Sunbeam** is down, so **Aperture** and **Atelier** take this one.",
            ("est. 9 s", "11 credits"),
        ),
        (
            CYBER,
            {"down": ("ink",), "cap": 1},
            Kind.WARN,
            "**Inkwell Type** is down and **Serif Pro** is over your cap, "
            "so **Swift** takes the quoted text _“CyberCafe”_ alone.",
            ("est. 2 s", "1 credit"),
        ),
        (
            CYBER,
            {"cap": 1},
            Kind.WARN,
            "**Inkwell Type** and **Serif Pro** are over your cap, so **Swift** takes the quoted text _“CyberCafe”_ alone.",
            ("est. 2 s", "1 credit"),
        ),
        (
            CYBER,
            {"cap": 0},
            Kind.WARN,
            "**Inkwell Type** and **Serif Pro** are over your cap. No model is chosen.",
            (),
        ),
        (
            'neon sign "CyberCafe',
            {},
            Kind.WARN,
            "The quote before _“CyberCafe_ is never closed, so nothing is set as type. Add the closing mark. "
            "Read as **Logo & type** from neon sign, so **Inkwell Type** and **Serif Pro**.",
            ("est. 5 s", "7 credits"),
        ),
        (
            '"Yes" and "no',
            {},
            Kind.WARN,
            "The quote before _“no_ is never closed, so it is not set as type. Add the closing mark. "
            "Read as **Logo & type**. Detected quoted text _“Yes”_, so **Inkwell Type** and **Serif Pro**.",
            ("est. 5 s", "7 credits"),
        ),
        (
            "a cat",
            {"intent": Intent.DRAFT, "ticked": "Atelier, Aperture, Orphan, Swift", "cap": 8, "down": ("swift",)},
            Kind.WARN,
            "You chose **Draft**. Auto is off. Left out: **Orphan**, switched off on 12 May 2026; "
            "**Aperture**, over your cap by 3; **Swift**, down right now.",
            ("est. 9 s", "6 credits"),
        ),
    ],
)
def test_the_slip_says_what_was_read_why_and_who(prompt, given, kind, sentence, estimate):
    said = slip(decide(prompt, **given))
    assert written(said) == sentence
    assert said.kind is kind
    assert said.estimate == estimate


@pytest.mark.parametrize(
    ("prompt", "given", "action"),
    [
        (CYBER, {}, Action.WHY),
        ("a cat", {"intent": Intent.DRAFT}, Action.BACK_TO_AUTO),
        ('neon sign "CyberCafe', {}, Action.CLOSE_QUOTE),
    ],
)
def test_the_slip_offers_one_way_on(prompt, given, action):
    assert slip(decide(prompt, **given)).action is action


def test_the_slip_says_who_answers_for_a_model_that_is_gone():
    text = slip(decide("a cat", intent=Intent.DRAFT, ticked="Old Master")).text
    assert text.endswith(" Old Master was switched off on 12 May 2026, so Atelier answers.")


def test_a_long_text_is_shortened_on_the_slip_only():
    plan = decide(f'sign "{"so long " * 20}"')
    assert "_“so long so long so long so long so long…”_" in written(slip(plan))
    assert plan.reading.texts[0].text == ("so long " * 20).strip()


LABELS = st.lists(st.sampled_from([one.label for one in CATALOGUE]), max_size=6).map(", ".join)


@given(
    prompt=st.text(max_size=80) | st.sampled_from([CYBER, 'an "open one', "35 mm", "watercolour"]),
    ticked=LABELS,
    unticked=LABELS,
    intent=st.none() | st.sampled_from(Intent),
    cap=st.none() | st.integers(0, 30),
    down=st.lists(st.sampled_from(["ink", "serif", "swift"])).map(tuple),
)
def test_whatever_was_decided_reads_as_sentences(**case):
    said = slip(decide(case.pop("prompt"), **case))
    assert said.text.endswith(".")
    assert said.text[0].isupper() or said.sentence[0].role is Role.STRONG
    assert all(piece.text for piece in said.sentence)
