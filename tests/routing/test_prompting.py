import pytest

from providers.types import Quality
from routing import intent
from routing.errors import PromptTooLong
from routing.prompting import as_written, worded
from routing.types import Author, Brief, Wording
from tests.routing.cast import INKWELL, PASTEL, SQUARE

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
