"""The light table over HTTP: pages and fragments, mistakes in plain words, and nobody else's frames."""

import re
import uuid

import pytest
from django.urls import reverse

from tests.workspace.comparisons.conftest import FLARE, V2A
from tests.workspace.comparisons.conftest import form as form_data
from workspace.comparisons.models import Comparison
from workspace.credits.models import Account

pytestmark = pytest.mark.django_db
HTMX = {"headers": {"HX-Request": "true"}}


def form(*prompt: str, **fields) -> dict[str, list[str]]:
    return dict(form_data(*prompt, **fields).lists())


def test_the_empty_table_shows_prompt_models_and_price(signed_in):
    page = signed_in.get("/").content.decode()
    assert 'name="prompt"' in page
    assert FLARE in page
    assert "Write a prompt to run" in page
    assert "Simulated" in page


def test_a_shape_asked_in_words_is_offered_until_it_is_chosen(signed_in):
    wide = "A 16:9 header for a bakery"
    offered = "Your prompt says “16:9”."
    page = signed_in.get("/", {"prompt": wide}).content.decode()
    assert offered in page
    assert '<input type="radio" name="shape" value="4:3" autocomplete="off" checked>' in page
    assert offered in signed_in.post("/route/preview/", form(wide, shape="4:3"), **HTMX).content.decode()
    assert offered not in signed_in.post("/route/preview/", form(wide, shape="16:9"), **HTMX).content.decode()


def test_a_prompt_in_the_address_is_read(signed_in):
    page = signed_in.get("/", {"prompt": 'Sign "OPEN LATE"'}).content.decode()
    assert "Logo &amp; type" in page
    assert "OPEN LATE" in page


class TestRun:
    def test_a_plain_form_leads_to_the_run(self, signed_in):
        answer = signed_in.post("/runs/", form("A badge"))
        assert answer.status_code == 302
        assert answer.url == "/runs/1/"
        assert "Run 1" in signed_in.get(answer.url).content.decode()

    def test_htmx_gets_the_sheet_and_the_new_address(self, signed_in):
        answer = signed_in.post("/runs/", form("A badge", models=(FLARE, V2A)), **HTMX)
        body = answer.content.decode()
        assert answer.headers["HX-Push-Url"] == "/runs/1/"
        assert 'id="sheet"' in body
        assert "/runs/1/events/" in body
        assert body.count('class="slot"') == 2
        assert 'id="balance"' in body

    def test_a_double_click_is_one_run(self, signed_in):
        data = form("A badge")
        assert signed_in.post("/runs/", data).url == signed_in.post("/runs/", data).url
        assert Comparison.objects.count() == 1

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"prompt": "   "}, "Write a prompt to run"),
            ({"prompt": "x" * 20_000}, "18,000 characters"),
            ({"prompt": "a", "shape": "7:1"}, "Choose one of these shapes"),
            ({"prompt": "a", "cap": "-3"}, "whole number of credits"),
        ],
    )
    def test_a_mistake_is_said_and_the_draft_kept(self, signed_in, owner, fields, message):
        answer = signed_in.post("/runs/", form(**fields))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert message in page
        assert fields["prompt"][:500] in page
        assert not Comparison.objects.exists()
        assert Account.objects.get(user=owner).balance == 250

    def test_an_unknown_model_is_said(self, signed_in):
        answer = signed_in.post("/runs/", form("A badge", models=("nobody/nothing",)))
        assert answer.status_code == 422
        assert "nobody/nothing" in answer.content.decode()

    def test_a_price_that_moved_is_asked_about(self, signed_in):
        answer = signed_in.post("/runs/", form("A badge", price="1", models=(FLARE, V2A)))
        assert answer.status_code == 422
        assert "Prices changed since you opened this page" in answer.content.decode()
        assert not Comparison.objects.exists()

    def test_a_model_that_died_since_the_page_was_opened_is_succeeded(self, signed_in):
        signed_in.post("/runs/", form("A badge", models=("openai/dall-e-3",)))
        frame = Comparison.objects.get().generations.get()
        assert frame.model != "openai/dall-e-3"
        assert any("DALL·E 3" in note for note in frame.notes)

    def test_html_in_a_prompt_stays_text(self, signed_in):
        signed_in.post("/runs/", form("<script>alert('x')</script>"))
        assert "<script>alert" not in signed_in.get("/runs/1/").content.decode()


class TestPreview:
    def test_it_says_what_was_read_and_what_it_costs(self, signed_in):
        body = signed_in.post("/route/preview/", form('A badge saying "Launch 2024"', intent="auto", models=()), **HTMX)
        assert "Launch 2024" in body.content.decode()
        assert 'id="models"' in body.content.decode()
        assert 'id="cost"' in body.content.decode()

    def test_it_says_nothing_when_nothing_changed(self, signed_in):
        data = form("A badge", intent="auto", models=())
        rail = signed_in.post("/route/preview/", data, **HTMX).context["rail"]
        data["decision"] = [rail.decision]
        assert signed_in.post("/route/preview/", data, **HTMX).status_code == 204

    def test_auto_never_adds_again_what_was_unticked(self, signed_in):
        data = form('A badge saying "Launch 2024"', intent="auto", models=())
        first = signed_in.post("/route/preview/", data, **HTMX).context["rail"]
        gone, kept = first.auto[0], first.auto[1:]
        data["auto"] = list(first.auto)
        data["models"] = list(kept)
        second = signed_in.post("/route/preview/", data, **HTMX).context["rail"]
        assert gone in second.dropped
        assert gone not in second.auto


class TestFrames:
    def test_cancel_answers_with_the_stopped_frame(self, signed_in, run):
        run()
        body = signed_in.post("/frames/1-1/cancel/", **HTMX).content.decode()
        assert 'data-state="cancelled"' in body
        assert "credits are back" in body

    @pytest.mark.parametrize("how", [HTMX, {"follow": True}], ids=["htmx", "plain"])
    def test_cancelled_too_late_says_so(self, signed_in, run, picture, how):
        picture(run().generations.get())
        body = signed_in.post("/frames/1-1/cancel/", **how).content.decode()
        assert '<div class="toast">It finished as you cancelled, so it was kept and charged.</div>' in body
        assert 'data-state="done"' in body

    def test_retry_answers_with_a_sheet_that_listens_again(self, signed_in, run):
        run()
        signed_in.post("/frames/1-1/cancel/")
        body = signed_in.post("/frames/1-1/retry/", **HTMX).content.decode()
        assert "sse-connect" in body
        assert 'data-state="queued"' in body

    @pytest.mark.parametrize("how", [{}, HTMX], ids=["plain", "htmx"])
    def test_a_retry_that_is_refused_says_why(self, signed_in, run, owner, how):
        run()
        signed_in.post("/frames/1-1/cancel/")
        Account.objects.filter(user=owner).update(balance=0)
        answer = signed_in.post("/frames/1-1/retry/", **how)
        assert answer.status_code == 409
        (said,) = re.findall(r'<div class="banner" data-k="warn">.*</div>', answer.content.decode().split("<template")[0])
        assert "You are out of credits" in said

    def test_a_favourite_is_ringed(self, signed_in, run, picture):
        picture(run().generations.select_related("comparison").get())
        body = signed_in.post("/frames/1-1/favourite/", {"favourite": "1"}, **HTMX).content.decode()
        assert 'aria-pressed="true"' in body

    def test_plain_forms_lead_back_to_the_run(self, signed_in, run):
        run()
        assert signed_in.post("/frames/1-1/cancel/").url == "/runs/1/"
        assert signed_in.post("/frames/1-1/retry/").url == "/runs/1/"
        assert signed_in.post("/runs/1/cancel/").url == "/runs/1/"

    def test_a_page_that_shows_all_there_is_is_not_told_again(self, signed_in, run, picture):
        frame = picture(run().generations.select_related("comparison").get())
        assert signed_in.get(f"/runs/1/sheet/?seen=1.{frame.version}").status_code == 204
        signed_in.post("/frames/1-1/favourite/", {"favourite": "1"})
        assert 'id="sheet"' in signed_in.get(f"/runs/1/sheet/?seen=1.{frame.version}").content.decode()


class TestStrangers:
    @pytest.fixture(autouse=True)
    def frame(self, run, picture):
        self.frame = picture(run().generations.select_related("comparison").get())

    @pytest.mark.parametrize("address", ["/runs/1/", "/runs/1/sheet/"])
    def test_see_nothing(self, client, stranger, address):
        client.force_login(stranger)
        assert client.get(address).status_code == 404

    @pytest.mark.parametrize("verb", ["frames/1-1/cancel", "frames/1-1/retry", "frames/1-1/favourite", "runs/1/cancel"])
    def test_change_nothing(self, client, stranger, verb):
        client.force_login(stranger)
        assert client.post(f"/{verb}/").status_code == 404
        self.frame.refresh_from_db()
        assert (self.frame.state, self.frame.favourite) == ("done", False)

    @pytest.mark.parametrize("part", ["original/", "thumb/", "download/"])
    def test_get_no_picture(self, client, stranger, signed_in, part):
        address = f"/images/{self.frame.image.public_id}/{part}"
        assert signed_in.get(address).content
        client.force_login(stranger)
        assert client.get(address).status_code == 404


class TestPictures:
    @pytest.fixture
    def address(self, run, picture):
        frame = picture(run().generations.select_related("comparison").get())
        return reverse("image", kwargs={"public_id": frame.image.public_id, "rendition": "original"})

    def test_are_cached_for_ever_and_only_privately(self, signed_in, address):
        answer = signed_in.get(address)
        assert answer.content
        assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        again = signed_in.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304

    @pytest.mark.parametrize(
        ("asked", "status", "expected"),
        [
            ("bytes=0-9", 206, slice(0, 10)),
            ("bytes=10-", 206, slice(10, None)),
            ("bytes=-5", 206, slice(-5, None)),
            ("bytes=0-0,5-6", 200, slice(None)),
            ("lines=1-2", 200, slice(None)),
        ],
    )
    def test_come_in_parts(self, signed_in, address, asked, status, expected):
        whole = signed_in.get(address).content
        answer = signed_in.get(address, headers={"Range": asked})
        assert answer.status_code == status
        assert answer.content == whole[expected]

    def test_a_part_beyond_the_end_is_refused(self, signed_in, address):
        assert signed_in.get(address, headers={"Range": "bytes=999999-"}).status_code == 416

    def test_an_unknown_rendition_is_not_found(self, signed_in, address):
        assert signed_in.get(address.replace("original", "sha256")).status_code == 404
        assert signed_in.get(f"/images/{uuid.uuid4()}/original/").status_code == 404
