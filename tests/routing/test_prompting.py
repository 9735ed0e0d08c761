from dataclasses import replace

import pytest

from providers.types import Quality
from routing import intent
from routing.errors import PromptTooLong
from routing.prompting import as_written, worded
from routing.types import Author, Brief, Intent, Wording
from tests.pace import within
from tests.routing.cast import INKWELL, PASTEL, SQUARE, decide, left_out

BADGE = '  a badge saying "Launch 2024"\n'


def brief(prompt, **more):
    return Brief(prompt, None, SQUARE, Quality.STANDARD, **more)


def word(asked, model):
    reading = intent.read(asked.prompt)
    return worded(asked, model, reading, intent=reading.intent)


def test_a_prompt_is_sent_as_written():
    assert as_written(BADGE, INKWELL).prompt == BADGE
    assert as_written(BADGE, INKWELL).reasons == ("Sent as written.",)


def test_a_prompt_of_exactly_the_longest_length_is_sent():
    assert as_written("x" * 200, PASTEL).prompt == "x" * 200


def test_a_longer_prompt_is_refused_and_never_cut():
    with pytest.raises(PromptTooLong) as refusal:
        as_written("x" * 1_201, PASTEL)
    assert refusal.value.public == "takes at most 200 characters and this prompt has 1,201"


def test_a_person_may_have_it_sent_as_written():
    sent = word(brief(BADGE, wording=Wording.AS_WRITTEN), INKWELL)
    assert (sent.prompt, sent.author) == (BADGE, Author.PERSON)


@pytest.mark.parametrize("wording", Wording)
def test_a_persons_own_wording_for_a_model_wins_and_is_never_changed(wording):
    asked = brief(BADGE, wording=wording, own={INKWELL.id: 'enamel badge,  "Launch 2024"'})
    sent = word(asked, INKWELL)
    assert sent.prompt == 'enamel badge,  "Launch 2024"'
    assert sent.reasons == ("Sent as you worded it for this model.",)
    assert word(asked, PASTEL).prompt == BADGE


def test_a_persons_own_wording_is_held_to_the_length_of_its_model():
    with pytest.raises(PromptTooLong):
        word(brief("a badge", own={PASTEL.id: "x" * 201}), PASTEL)


FLUX = replace(INKWELL, id="ink/flux", family="flux")
OTTER = "photo of an otter on a pier"


def test_whoever_has_a_seat_is_worded_for_and_the_rest_is_only_measured():
    plan = decide(OTTER, ticked="ink/flux, Pastel", models=(FLUX, PASTEL), intent=Intent.PHOTOREAL)
    assert [route.prompt for route in plan.routes] == [
        "photo of an otter on a pier. Photographed in natural light with a 50 mm lens.",
        OTTER,
    ]
    assert plan.routes[0].adaptation.author is Author.RULES


def test_a_plan_leaves_out_whom_the_prompt_is_too_long_for():
    assert left_out(decide("x" * 201, ticked="Pastel")) == "Pastel: takes at most 200 characters and this prompt has 201"


def test_wording_a_prompt_of_500_characters_takes_a_tenth_of_a_millisecond():
    """For one model of a plan; the words of the prompt are looked at once for all of them."""
    prompt = f"photo of {'an old harbour with boats and gulls, ' * 14}".ljust(500, ".")[:500]
    asked, reading = brief(prompt), intent.read(prompt)

    def twenty_times():
        for _ in range(20):
            worded(asked, FLUX, reading, intent=reading.intent)

    assert within(20 * 0.0001, twenty_times, tries=10)
