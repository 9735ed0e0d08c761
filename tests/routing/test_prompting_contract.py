"""The contract of an adaptation: what breaks it, and that the rules never do."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers import catalogue
from providers.types import Capabilities
from routing import intent
from routing.prompting import adapt, breaches, families
from routing.types import Adaptation, Intent
from tests.routing import labelled

MODEL = replace(catalogue.model("bfl/flux-2-pro"), capabilities=Capabilities(negative_prompt=True, max_prompt_characters=400))
SIGN = 'a red sign that says "Open Late" over a wet street, no people'


def broken(original, prompt, negative="", model=MODEL):
    return breaches(original, Adaptation(prompt, negative), intent.read(original), model)


@pytest.mark.parametrize(
    ("original", "adapted", "negative"),
    [
        (SIGN, SIGN, ""),
        (SIGN, 'Over a wet street, a red sign says "Open Late"', "people"),
        (SIGN, "A red sign says “Open Late”. It hangs over a wet street in soft light, without people.", ""),
        ("two cats and a dog", "A dog between two cats, in soft light", ""),
        ("photo of a fox", "A photograph of a fox", ""),
        ("a Leica on a table", "A Leica stands on a table", ""),
        ("a cake that says Happy Birthday Tom", 'a cake that says "Happy Birthday Tom"', ""),
        ("一只猫坐在窗台上", "窗台上坐着一只猫，柔和的光线", ""),
        ("", "", ""),
    ],
)
def test_a_rewording_that_keeps_everything_is_no_breach(original, adapted, negative):
    assert broken(original, adapted, negative) == ()


@pytest.mark.parametrize(
    ("original", "adapted", "negative", "said"),
    [
        # drawn texts
        (SIGN, 'a red sign that says "Open" over a wet street, no people', "", "“Open Late” is to be drawn and is missing."),
        (SIGN, 'a red sign that says "open late" over a wet street, no people', "", "“Open Late” is to be drawn and is missing."),
        (SIGN, "a red sign that says Open Late over a wet street, no people", "", "“Open Late” is to be drawn and lost its"),
        (SIGN, f'{SIGN}. A board says "Welcome"', "", "“Welcome” stands in quotation marks and is not yours."),
        # what is named
        (SIGN, 'a sign that says "Open Late" over a street, no people', "", "It drops “red” and “wet”."),
        ("two cats and a dog", "A dog and a cat", "", "It drops “two”."),
        ("一只猫坐在窗台上", "一只狗坐在窗台上", "", "It drops “猫”."),
        ("a heart 🫀", "a heart", "", "It drops “🫀”."),
        ("a cat", "no cat", "", "It drops “cat”."),
        # what is not wanted
        (SIGN, 'a red sign that says "Open Late" over a wet street', "", "It no longer keeps out “people”."),
        (
            SIGN,
            'a red sign that says "Open Late" over a wet street with people',
            "",
            "It asks for “people”, which you do not want.",
        ),
        # names
        ("a shoe on a box", "a Nike shoe on a box", "", "It adds “Nike”."),
        ("a girl in a field", "a girl in a field, in the style of Greg Rutkowski", "", "It adds “Greg Rutkowski”."),
        ("a girl in a field", "a girl in a field, studio ghibli style", "", "It adds “studio ghibli”."),
        ("a girl in a field", "a girl in a field, painted by Someone", "", "It adds “Someone”."),
        ("a girl in a field", "a girl called Anna Berg in a field", "", "It adds “Anna Berg”."),
        # the negative prompt
        ("a cat and a dog", "a cat and a dog", "dogs, blur", "The negative prompt keeps out “dog”, which you ask for."),
        (SIGN, SIGN, "late trams", "The negative prompt keeps out “late”, which you ask for."),
        # lengths
        ("a cat", f"a cat {'and light ' * 50}", "", "The prompt has 506 characters and this model takes 400."),
        ("a cat", "a cat", "blur, " * 70, "The negative prompt has 420 characters and this model takes 400."),
    ],
)
def test_a_breach_is_said_in_a_plain_sentence(original, adapted, negative, said):
    assert any(sentence.startswith(said) for sentence in broken(original, adapted, negative)), broken(original, adapted, negative)


def test_a_negative_prompt_is_a_breach_where_the_model_takes_none():
    assert broken("a cat", "a cat", "dogs", catalogue.model("bfl/flux-2-pro")) == ("This model takes no negative prompt.",)


# --- the rules keep it ---------------------------------------------------------------------------------------------------------
MODELS = [
    next(model for model in catalogue.all_models() if model.family == family and model.capabilities.negative_prompt is takes)
    for family, takes in sorted({(model.family, model.capabilities.negative_prompt) for model in catalogue.all_models()})
]


@cache
def read():
    return [(one.prompt, intent.read(one.prompt)) for one in labelled.load()]


def kept(prompt, reading, chosen, model):
    adaptation = adapt(prompt, model, reading, intent=chosen or reading.intent)
    return breaches(prompt, adaptation, reading, model), adaptation


def test_every_family_of_the_catalogue_is_known():
    assert {model.family for model in catalogue.all_models()} <= set(families.FAMILIES)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)
def test_the_rules_keep_the_contract_on_every_labelled_prompt(model):
    cases = [(prompt, reading, chosen) for prompt, reading in read() for chosen in (None, Intent.PHOTOREAL, Intent.ILLUSTRATION)]
    assert len(cases) > 1_000
    assert [
        (prompt, sentences) for prompt, reading, chosen in cases if (sentences := kept(prompt, reading, chosen, model)[0])
    ] == []


WORDS = st.sampled_from(
    """
    a photo of the cat logo with no people without windows and watercolour poster "Open" 'Late' says reading sign red . , ; :
    — - --no --ar ( ) “Ja” 猫 と 看板 🫀 portrait light 35mm Nike fox, fox. No text
    Negative prompt: blur CAFE titled Slow Ember not
    """.split()  # noqa: SIM905
)
PROMPTS = st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=60)


@given(PROMPTS, st.sampled_from(MODELS), st.sampled_from([None, *Intent]))
def test_the_rules_keep_the_contract_on_any_prompt(prompt, model, chosen):
    reading = intent.read(prompt)
    sentences, adaptation = kept(prompt, reading, chosen, model)
    assert sentences == ()
    assert adaptation == kept(prompt, reading, chosen, model)[1]
    assert bool(adaptation.prompt.strip()) == bool(prompt.strip())


@given(PROMPTS, st.sampled_from(MODELS))
def test_a_prompt_as_it_stands_keeps_the_contract(prompt, model):
    assert breaches(prompt, Adaptation(prompt), intent.read(prompt), model) == ()
