"""How well the reader does on the labelled prompts beside this file. The figures are printed with ``-s``."""

import pytest

from routing import intent
from tests.routing import labelled

PROMPTS = labelled.load()
KINDS = sorted({one.kind for one in PROMPTS})
LETTERED = [kind for kind in KINDS if any(one.texts for one in PROMPTS if one.kind == kind)]


def test_there_are_enough_prompts_of_every_kind():
    assert len(PROMPTS) >= 300
    assert len({one.prompt for one in PROMPTS}) == len(PROMPTS)
    assert {"quoted", "several", "unquoted", "refused", "fields", "looks"} <= set(KINDS)
    assert {"german", "french", "spanish", "chinese", "japanese"} <= set(KINDS)


def test_it_reads_nearly_all_of_them_as_labelled():
    figures = labelled.figures(PROMPTS)
    print(f"\n{len(PROMPTS)} prompts  {figures.line()}")
    assert figures.precision >= 0.98
    assert figures.recall >= 0.98
    assert figures.exact >= 0.97
    assert figures.look >= 0.98


@pytest.mark.parametrize("kind", LETTERED)
def test_no_kind_of_lettering_falls_behind(kind):
    figures = labelled.figures(one for one in PROMPTS if one.kind == kind)
    print(f"\n{kind:9} {figures.line()}")
    assert figures.f1 >= 0.95
    assert figures.exact >= 0.92


@pytest.mark.parametrize("kind", ["refused", "looks"])
def test_what_is_no_lettering_is_left_alone(kind):
    """Nine in ten at least: each of these would send a prompt to the wrong specialist."""
    lettered = [one.prompt for one in PROMPTS if one.kind == kind and intent.read(one.prompt).wants_text]
    assert len(lettered) <= sum(one.kind == kind for one in PROMPTS) // 20
