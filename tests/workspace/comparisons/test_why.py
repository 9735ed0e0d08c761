"""The preview tells what was read and, when asked, why; a page without script has all of it at once."""

import json

import pytest

from tests.workspace.comparisons.test_pages import HTMX, form

pytestmark = pytest.mark.django_db
CYBER = 'neon logo for "CyberCafe" 🐈'


def preview(client, **fields):
    return client.post("/route/preview/", form(**{"prompt": CYBER, "intent": "auto", "models": ()} | fields), **HTMX)


def test_a_preview_brings_what_to_underline_and_no_word_of_the_prompt(signed_in):
    told = json.loads(preview(signed_in).headers["HX-Trigger"])
    assert told == {"reading": {"underlines": "5,9,cue 14,25,text"}}


def test_so_does_one_that_changes_nothing_else(signed_in):
    decision = preview(signed_in).context["rail"].decision
    again = preview(signed_in, decision=decision)
    assert again.status_code == 204
    assert "5,9,cue" in again.headers["HX-Trigger"]


def test_while_it_is_closed_nothing_is_explained(signed_in):
    answer = preview(signed_in)
    assert answer.context["rail"].why is None
    assert "points" not in answer.content.decode()


def test_while_it_is_open_every_model_is_explained(signed_in):
    rail = preview(signed_in, why="1", cap="3").context["rail"]
    page = preview(signed_in, why="1", cap="3").content.decode()
    assert {*rail.why.changes} & {"2 more credits would add GPT Image 2.6 Flare."}
    for said in ("Spells well.", "+100", "What would change it", "switched off on 12 May 2026", 'name="why" value="1">'):
        assert said in page


def test_a_page_without_script_has_it_folded(signed_in):
    page = signed_in.get("/", {"prompt": CYBER}).content.decode()
    assert 'name="why" value="1" disabled' in page
    assert "not known to spell well" in page
    assert 'data-underlines="5,9,cue 14,25,text"' in page


def test_a_mistake_comes_back_with_it_open(signed_in):
    page = signed_in.post("/runs/", form(CYBER, why="1", cap="-3")).content.decode()
    assert '<details class="slip__why" open>' in page
