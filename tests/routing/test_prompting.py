import pytest

from routing.errors import PromptTooLong
from routing.prompting import adapt
from tests.routing.cast import INKWELL, PASTEL


def test_a_prompt_is_sent_as_written():
    prompt = '  a badge saying "Launch 2024"\n'
    assert adapt(prompt, INKWELL).prompt == prompt
    assert adapt(prompt, INKWELL).reasons == ("Sent as written.",)


def test_a_prompt_of_exactly_the_longest_length_is_sent():
    assert adapt("x" * 200, PASTEL).prompt == "x" * 200


def test_a_longer_prompt_is_refused_and_never_cut():
    with pytest.raises(PromptTooLong) as refusal:
        adapt("x" * 1_201, PASTEL)
    assert refusal.value.public == "takes at most 200 characters and this prompt has 1,201"
