"""Vector when asked, and a transparent background: what is read, and who is taken for it."""

from dataclasses import replace

import pytest

from providers.types import Capabilities
from routing import intent
from routing.slip import slip
from tests.routing.cast import CATALOGUE, PASTEL, SERIF, decide, shown


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("a fox logo as an SVG", "SVG"),
        ("vector logo of a fox", "vector logo"),
        ("a fox emblem, as a clean vector", "as a clean vector"),
        ("a fox in vector format", "in vector"),
        ("Fuchs als Vektorgrafik", "Vektorgrafik"),
        ("un renard, logo vectoriel", "logo vectoriel"),
        ("zorro, logotipo vectorial", "logotipo vectorial"),
        ("狐狸标志，矢量图", "矢量图"),
        ("a fox sticker, transparent background", "transparent background"),
        ("a fox sticker, background must be transparent", "background must be transparent"),
        ("Fuchs mit transparentem Hintergrund", "transparentem Hintergrund"),
        ("キツネ、背景を透明に", "背景を透明"),
        # a style is no file, a denial no wish, and a text no request
        ("vector illustration of a fox", ""),
        ("a fox in vector art style", ""),
        ("a fox, no transparent background", ""),
        ("a fox logo, not a vector logo", ""),
        ('a sticker that says "SVG only"', ""),
        ("a fox", ""),
    ],
)
def test_what_kind_of_file_is_asked_for(prompt, words):
    wish = intent.read(prompt).wish
    assert (wish.words if wish else "") == words
    assert wish is None or prompt[wish.start : wish.end] == words


def catalogue(**capable):
    """The cast, where the models named can do so."""
    able = {model.id: Capabilities(**{each: True}) for each, model in capable.items()}
    return tuple(replace(one, capabilities=able[one.id]) if one.id in able else one for one in CATALOGUE)


@pytest.mark.parametrize(
    ("prompt", "given", "asked"),
    [
        ("vector logo of a fox", {}, "Serif Pro (Auto) 4"),
        ("watercolour of a fox as an SVG", {}, "Serif Pro (Auto) 4"),
        ("a fox logo", {}, "Inkwell Type (Auto) 3, Serif Pro (Auto) 4"),
        # nobody who can is to be had: as if it had not been asked for
        ("vector logo of a fox", {"down": ("serif",)}, "Inkwell Type (Auto) 3, Atelier (Auto) 6"),
        ("vector logo of a fox", {"cap": 3}, "Inkwell Type (Auto) 3"),
        # a photograph has no vectors
        ("photograph of a fox, 35 mm, SVG", {}, "Sunbeam (Auto) 4, Aperture (Auto) 5"),
    ],
)
def test_who_draws_vectors(prompt, given, asked):
    assert shown(decide(prompt, models=catalogue(svg=SERIF), **given)) == asked


def test_a_background_that_is_to_be_transparent_picks_who_can_leave_it_so():
    plan = decide("a fox, transparent background", models=catalogue(transparent_background=PASTEL))
    assert shown(plan) == "Pastel (Auto) 3"
    assert plan.routes[0].reasons[0].text == "Can leave the background transparent."
    assert slip(plan).text == "Read as Draft from transparent background, so Pastel."


def test_those_that_cannot_say_so():
    plan = decide("vector logo of a fox", models=catalogue(svg=SERIF))
    assert {one.model.label: one.reason for one in plan.not_taken}["Inkwell Type"] == "no SVG"
    assert [reason.weight for reason in plan.routes[0].reasons[:2]] == [200, 100]
