"""A person's own wordings in the compose form: what counts, what is laid aside, and what they outlive."""

import re

import pytest
from django.http import QueryDict

from tests.workspace.comparisons.conftest import FLARE, V2A
from tests.workspace.comparisons.conftest import form as form_data
from workspace.comparisons import compose, drafts
from workspace.comparisons.adapting.edits import MOST_CHARACTERS, digest
from workspace.comparisons.models import Comparison

pytestmark = pytest.mark.django_db
HTMX = {"headers": {"HX-Request": "true"}}
PROMPT = "A heron at dawn"
OWN = "A grey heron in reeds, first light"


def worded(
    text: str, *, model: str = V2A, prompt: str = PROMPT, made_for: str = PROMPT, shown: str = "suggested", **fields: str
) -> QueryDict:
    """The form with one wording in it, as the panel carries it; ``shown`` is what its field began with."""
    data = form_data(prompt, **fields)
    row = {"worded_model": model, "worded_text": text, "worded_shown": digest(shown)}
    data.update({**row, "worded_for": digest(made_for), "worded_seal": ""})
    return data


class TestReading:
    def test_what_was_written_over_counts_for_its_model(self, owner):
        draft = drafts.read(worded(OWN), owner)
        assert draft.brief.own == {V2A: OWN}
        (route,) = compose.plan(draft).routes
        assert route.prompt == OWN

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("suggested", "suggested"),
            ("  suggested\r\n", "suggested"),
            ("two\r\nlines", "two\nlines"),
            ("", "suggested"),
            (" \r\n ", "suggested"),
        ],
        ids=["untouched", "space around it", "line ends of a form", "emptied", "blanks"],
    )
    def test_what_was_left_alone_or_emptied_is_the_suggestion(self, owner, text, shown):
        assert drafts.read(worded(text, shown=shown), owner).brief.own == {}

    def test_an_edit_for_another_prompt_is_laid_aside_and_counts_again_with_that_prompt(self, owner):
        draft = drafts.read(worded(OWN, prompt="A lighthouse"), owner)
        assert draft.brief.own == {}
        assert [edit.text for edit in draft.wordings.aside] == [OWN]
        assert drafts.read(worded(OWN, prompt=PROMPT), owner).brief.own == {V2A: OWN}

    def test_it_is_used_all_the_same_if_the_person_says_so(self, owner):
        assert drafts.read(worded(OWN, prompt="A lighthouse", use=V2A), owner).brief.own == {V2A: OWN}

    def test_the_suggestion_comes_back_when_asked_for(self, owner):
        draft = drafts.read(worded(OWN, back=V2A), owner)
        assert draft.brief.own == {}
        assert draft.wordings.aside == ()

    def test_a_form_without_whole_rows_has_no_wordings(self, owner):
        data = worded(OWN)
        data.appendlist("worded_model", FLARE)
        assert drafts.read(data, owner).wordings == drafts.Wordings()

    def test_a_wording_beyond_all_measure_is_cut_before_anybody_works_on_it(self, owner):
        assert len(drafts.read(worded("x" * 50_000), owner).brief.own[V2A]) == MOST_CHARACTERS

    def test_it_wins_over_as_written_too(self, owner):
        (route,) = compose.plan(drafts.read(worded(OWN, wording="as_written"), owner)).routes
        assert route.prompt == OWN


class TestTheForm:
    def test_it_carries_the_edit_through_a_refusal(self, signed_in):
        answer = signed_in.post("/runs/", worded(OWN, cap="-3"))
        assert answer.status_code == 422
        assert posted(answer.content.decode(), "worded_text") == [OWN]
        assert not Comparison.objects.exists()

    def test_htmx_gets_it_back_too_though_the_panel_is_closed(self, signed_in):
        answer = signed_in.post("/runs/", worded(OWN, cap="-3"), **HTMX)
        assert posted(answer.content.decode(), "worded_text") == [OWN]

    def test_it_keeps_the_edit_of_a_model_that_was_unticked(self, signed_in):
        page = signed_in.post("/route/thinking/", worded(OWN, model=FLARE), **HTMX).content.decode()
        assert OWN in posted(page, "worded_text")
        assert FLARE in posted(page, "worded_model")

    def test_what_is_laid_aside_is_shown_with_a_way_back(self, signed_in):
        page = signed_in.post("/route/thinking/", worded(OWN, prompt="A lighthouse"), **HTMX).content.decode()
        assert "Your wording was for another prompt" in page
        assert "Use it all the same" in page

    def test_markup_in_a_wording_stays_text(self, signed_in):
        page = signed_in.post("/route/thinking/", worded('<script>alert("x")</script>'), **HTMX).content.decode()
        assert "<script>alert" not in page

    def test_the_closed_panel_says_that_a_wording_is_the_person_s(self, signed_in):
        answer = signed_in.post("/route/preview/", worded(OWN), **HTMX)
        assert "1 worded by you" in answer.content.decode()


def posted(page: str, name: str) -> list[str]:
    """The values of a field that the form on the page would send."""
    hidden = re.findall(rf'name="{name}" value="([^"]*)"', page)
    return hidden + re.findall(rf'<textarea[^>]* name="{name}"[^>]*>\n([^<]*)</textarea>', page)


class TestTheSwitch:
    def test_it_is_remembered_for_the_account(self, signed_in, owner):
        signed_in.post("/route/preview/", form_data(PROMPT, wording="as_written", wording_was="adapted"), **HTMX)
        owner.refresh_from_db()
        assert owner.wording == "as_written"
        page = signed_in.get("/").content.decode()
        assert re.search(r'value="as_written"[^>]*checked', page)
        assert ">as written<" in page

    def test_a_tab_from_before_the_choice_changes_nothing(self, signed_in, owner):
        signed_in.post("/route/preview/", form_data(PROMPT, wording="as_written", wording_was="adapted"), **HTMX)
        signed_in.post("/route/preview/", form_data(PROMPT, wording="adapted", wording_was="adapted"), **HTMX)
        owner.refresh_from_db()
        assert owner.wording == "as_written"

    def test_running_remembers_it_too(self, signed_in, owner):
        signed_in.post("/runs/", form_data(PROMPT, wording="as_written", wording_was="adapted"))
        owner.refresh_from_db()
        assert owner.wording == "as_written"

    def test_what_is_no_choice_changes_nothing(self, signed_in, owner):
        signed_in.post("/route/preview/", form_data(PROMPT, wording="louder", wording_was="adapted"), **HTMX)
        owner.refresh_from_db()
        assert owner.wording == "adapted"


class TestThePreview:
    def test_a_closed_panel_is_not_sent(self, signed_in):
        page = signed_in.post("/route/preview/", form_data(PROMPT), **HTMX).content.decode()
        assert 'id="wordings"' not in page

    def test_an_open_one_comes_along_when_it_says_something_else(self, signed_in):
        data = form_data(PROMPT, thinking="1")
        rail = signed_in.post("/route/preview/", data, **HTMX).context["rail"]
        data.update({"decision": rail.decision, "wordings": rail.panel.stamp})
        assert signed_in.post("/route/preview/", data, **HTMX).status_code == 204
        data["prompt"] = "A lighthouse"
        assert 'id="wordings"' in signed_in.post("/route/preview/", data, **HTMX).content.decode()

    def test_the_slip_is_not_read_out_again_when_only_a_wording_changed(self, signed_in):
        data = worded(OWN, thinking="1")
        first = signed_in.post("/route/preview/", data, **HTMX).context["rail"]
        data.update({"decision": first.decision, "wordings": first.panel.stamp})
        data["worded_text"] = "A white heron"
        answer = signed_in.post("/route/preview/", data, **HTMX)
        assert answer.headers["HX-Reswap"] == "none"
        assert "A white heron" in answer.content.decode()
        assert 'class="slip"' not in answer.content.decode()

    def test_without_script_the_page_comes_with_the_panel_open(self, signed_in):
        page = signed_in.post("/route/thinking/", form_data(PROMPT)).content.decode()
        assert re.search(r'<details[^>]*id="prompt_thinking"[^>]* open>', page)
        assert "What each model would be sent" in page
        assert PROMPT in page
