"""What a frame was really asked: frozen when the run starts, sent to the provider, shown afterwards."""

import pytest

from providers.types import Quality
from tests.workspace.comparisons.conftest import V1, V2A
from tests.workspace.comparisons.test_wordings import HTMX, OWN, PROMPT, worded
from workspace.comparisons import candidates, drafts, selectors, services
from workspace.comparisons.models import Generation
from workspace.comparisons.worker import call, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def frame(signed_in) -> Generation:
    """A frame that was started with the person's own wording for its model."""
    signed_in.post("/runs/", worded(OWN))
    return Generation.objects.get()


class TestTheRows:
    def test_the_run_keeps_the_prompt_and_the_frame_its_wording(self, frame):
        assert frame.comparison.prompt == PROMPT
        assert (frame.prompt, frame.worded_by) == (OWN, "person")
        assert frame.wording_reasons == ["Sent as you worded it for this model."]

    def test_substitutes_are_worded_for_themselves(self, frame):
        assert frame.fallbacks
        for each in list(candidates.of(frame).values())[1:]:
            assert each.prompt != OWN
            assert PROMPT in each.prompt

    def test_a_substitute_of_earlier_days_is_sent_what_was_asked(self, frame):
        keys = ("model", "label", "quality", "width", "height", "credits", "expected_seconds")
        frame.fallbacks = [{key: each[key] for key in keys} for each in frame.fallbacks]
        frame.wording_reasons = []
        substitute = list(candidates.of(frame).values())[1]
        assert (substitute.prompt, substitute.step) == (OWN, Quality(frame.quality))
        assert substitute.adaptation.reasons == ("Sent as written.",)

    def test_a_frame_beside_it_is_asked_the_same(self, frame, picture, owner):
        picture(frame)
        again = services.retry(frame, owner)
        assert (again.position, again.prompt, again.worded_by) == (2, OWN, "person")
        assert again.wording_reasons == frame.wording_reasons

    def test_the_run_s_settings_bring_the_wording_back(self, frame, owner):
        draft = drafts.of_run(frame.comparison, owner)
        assert draft.brief.own == {V2A: OWN}

    def test_the_frame_copies_the_wording_of_whom_it_shows(self, frame, picture):
        picture(frame)
        other = frame.fallbacks[0]
        Generation.objects.update(answered_by=other["model"], answered_label=other["label"])
        shown = selectors.sheet(frame.comparison).frames[0]
        assert shown.label == other["label"]
        assert shown.prompt == other["prompt"]
        assert shown.prompt != OWN


def test_a_negative_prompt_goes_where_the_model_takes_one(run, signed_in):
    (frame,) = run("Photo of a heron at dawn", models=("a1111/sdxl",)).generations.all()
    assert frame.negative_prompt
    assert frame.worded_by == "rules"
    asked, *others = candidates.of(frame).values()
    requests = [call._request(rows.Claim(frame, 1, each.model, None), each, None) for each in (asked, *others)]
    assert requests[0].negative_prompt == frame.negative_prompt
    assert all(each.model.capabilities.negative_prompt or not each.negative_prompt for each in requests)
    page = signed_in.get("/runs/1/thinking/", **HTMX).content.decode()
    assert "Negative prompt:" in page
    assert frame.negative_prompt in page


class TestThePanel:
    def test_it_shows_what_was_added_and_what_was_taken_out(self, frame, signed_in):
        page = signed_in.get("/runs/1/thinking/", **HTMX).content.decode()
        assert "What each model was actually asked" in page
        assert "<ins>" in page
        assert "<del>" in page
        assert "Your wording" in page
        assert f'data-copy="{OWN}"' in page

    def test_what_was_not_changed_says_so(self, run, signed_in):
        run(PROMPT, wording="as_written")
        page = signed_in.get("/runs/1/thinking/", **HTMX).content.decode()
        assert "Sent as written." in page
        assert "no change" in page

    def test_words_to_be_drawn_are_marked_and_whole(self, signed_in):
        signed_in.post(
            "/runs/", worded("Badge, gold, “Launch 2024”", prompt="A badge “Launch 2024”", made_for="A badge “Launch 2024”")
        )
        page = signed_in.get("/runs/1/thinking/", **HTMX).content.decode()
        assert '<span class="typeset">“Launch 2024”</span>' in page

    def test_a_rewriting_by_the_provider_is_shown_unless_it_is_the_same(self, run, picture, signed_in):
        frames = run(PROMPT, models=(V2A, V1)).generations.all()
        for frame, final in zip(frames, ("A heron, cinematic", PROMPT), strict=True):
            picture(frame)
            Generation.objects.filter(pk=frame.pk).update(final_prompt=final, prompt=PROMPT)
        page = signed_in.get("/runs/1/thinking/", **HTMX).content.decode()
        assert page.count("Rewritten by the provider.") == 1
        assert "A heron, cinematic" in page

    def test_without_script_it_is_the_run_s_page_with_the_panel_open(self, frame, signed_in):
        page = signed_in.get("/runs/1/thinking/").content.decode()
        assert "Run 1" in page
        assert "What each model was actually asked" in page
        assert 'aria-expanded="true"' in page
        assert "What each model was actually asked" not in signed_in.get("/runs/1/").content.decode()

    def test_a_stranger_finds_nothing(self, frame, stranger, client):
        client.force_login(stranger)
        assert client.get("/runs/1/thinking/").status_code == 404
        assert client.get("/runs/1/thinking/", **HTMX).status_code == 404
