"""Choosing a picture to go by, with htmx and without: what is on the page stays, and nobody reaches another's pictures."""

import re
import uuid

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from providers.simulator.spoiled import SVG_WITH_SCRIPT
from tests.workspace.comparisons import pictures
from tests.workspace.comparisons.conftest import form as form_data
from workspace.comparisons import references
from workspace.comparisons.models import Comparison, Reference

pytestmark = pytest.mark.django_db
HTMX = {"headers": {"HX-Request": "true", "HX-Current-URL": "http://testserver/runs/1/?reference=old"}}
ADDRESS = "/draft/reference/"
WRITTEN = "A heron like this one"
BOMB = pictures.black(10_000, 6_000)


def form(**fields: object) -> dict[str, object]:
    """The rail's form, written halfway, with these in it."""
    return dict(form_data(WRITTEN, cap="7", shape="3:2").lists()) | fields


def chosen(page: str) -> str:
    """The reference that the form on the page would send."""
    return re.search(r'name="reference" value="([^"]*)"', page).group(1)


@pytest.fixture
def frame(run, picture):
    return picture(run().generations.get())


@pytest.fixture
def kept(owner) -> Reference:
    return references.from_upload(owner, pictures.upload(pictures.photograph()))


@pytest.fixture
def strangers(stranger) -> Reference:
    return references.from_upload(stranger, pictures.upload(pictures.see_through()))


class TestAFrame:
    def test_htmx_gets_its_place_in_the_rail_and_a_toast_that_takes_it_back(self, signed_in, frame):
        answer = signed_in.post(ADDRESS, {"frame": "1-1"}, **HTMX)
        page, reference = answer.content.decode(), Reference.objects.get()
        assert chosen(page) == str(reference.public_id)
        assert reverse("reference_thumb", args=[reference.public_id]) in page
        assert 'alt="Reference 1-1"' in page
        assert "1-1 set as reference<button" in page
        assert answer.headers["HX-Trigger-After-Swap"] == '{"reference": {"target": "#rail #preview"}}'

    def test_a_reload_keeps_it(self, signed_in, frame):
        address = signed_in.post(ADDRESS, {"frame": "1-1"}, **HTMX).headers["HX-Replace-Url"]
        assert address == f"/runs/1/?reference={Reference.objects.get().public_id}"
        assert 'alt="Reference 1-1"' in signed_in.get(address).content.decode()

    def test_a_plain_form_leads_back_to_the_run_with_it(self, signed_in, frame):
        answer = signed_in.post(ADDRESS, {"frame": "1-1"})
        page = signed_in.get(answer.url).content.decode()
        assert answer.status_code == 302
        assert "Run 1" in page
        assert chosen(page) == str(Reference.objects.get().public_id)

    @pytest.mark.parametrize("name", ["1-1", "9-9", "1", "", "1-1'; --"])
    def test_a_frame_that_is_not_one_s_own_does_not_exist(self, stranger, frame, name):
        client = Client()
        client.force_login(stranger)
        assert client.post(ADDRESS, {"frame": name}).status_code == 404
        assert not Reference.objects.exists()

    def test_a_frame_without_a_picture_says_so(self, signed_in, run):
        run()
        answer = signed_in.post(ADDRESS, {"frame": "1-1"}, **HTMX)
        assert answer.status_code == 422
        assert "This frame has no picture yet." in answer.content.decode()


class TestAFile:
    def test_htmx_gets_its_place_in_the_rail(self, signed_in):
        answer = signed_in.post(ADDRESS, form(picture=pictures.upload(pictures.photograph())), **HTMX)
        assert chosen(answer.content.decode()) == str(Reference.objects.get().public_id)
        assert "Picture set as reference" in answer.content.decode()

    def test_a_plain_form_gets_its_draft_back_with_it(self, signed_in):
        page = signed_in.post(ADDRESS, form(picture=pictures.upload(pictures.photograph()))).content.decode()
        assert WRITTEN in page
        assert 'value="3:2" autocomplete="off" checked' in page
        assert 'value="7"' in page
        assert chosen(page) == str(Reference.objects.get().public_id)

    @pytest.mark.parametrize("plain", [{}, HTMX], ids=["plain", "htmx"])
    @pytest.mark.parametrize("data", [b"a letter", SVG_WITH_SCRIPT, b"", pictures.photograph()[:-400], BOMB])
    def test_what_is_no_picture_takes_nothing_away(self, signed_in, kept, data, plain):
        answer = signed_in.post(ADDRESS, form(picture=pictures.upload(data), reference=str(kept.public_id)), **plain)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert re.search(r'id="reference_error" role="alert">[A-Z][^<]+\.<', page)
        assert chosen(page) == str(kept.public_id)
        assert Reference.objects.count() == 1
        assert plain or WRITTEN in page

    def test_the_refusal_goes_to_its_own_place_and_not_over_the_rail(self, signed_in):
        answer = signed_in.post(ADDRESS, form(), **HTMX)
        assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == ("#reference", "outerHTML")
        assert "Choose a picture first." in answer.content.decode()


class TestNone:
    def test_removing_it_leaves_the_rest(self, signed_in, kept):
        data = form(remove="1", reference=str(kept.public_id))
        page = signed_in.post(ADDRESS, data).content.decode()
        assert chosen(page) == ""
        assert WRITTEN in page
        answer = signed_in.post(ADDRESS, data, **HTMX)
        assert chosen(answer.content.decode()) == ""
        assert answer.headers["HX-Replace-Url"] == "/runs/1/?reference="

    def test_an_empty_name_in_the_address_takes_a_run_s_away(self, signed_in, kept):
        signed_in.post("/runs/", form(reference=str(kept.public_id)))
        assert chosen(signed_in.get("/runs/1/").content.decode()) == str(kept.public_id)
        assert chosen(signed_in.get("/runs/1/?reference=").content.decode()) == ""


class TestARun:
    def test_it_keeps_the_reference_and_offers_it_for_the_next(self, signed_in, kept):
        answer = signed_in.post("/runs/", form(reference=str(kept.public_id)), **HTMX)
        assert Comparison.objects.get().reference == kept
        again = signed_in.post("/runs/", form(reference=str(kept.public_id), key=str(uuid.uuid4())))
        assert answer.status_code == 200
        assert chosen(signed_in.get(again.url).content.decode()) == str(kept.public_id)

    @pytest.mark.parametrize("named", ["stranger's", "nobody's", "nonsense"])
    def test_a_reference_that_is_gone_loses_nothing_else(self, signed_in, strangers, named):
        public_id = {"stranger's": strangers.public_id, "nobody's": uuid.uuid4(), "nonsense": "nonsense"}[named]
        answer = signed_in.post("/runs/", form(reference=str(public_id)))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "That reference is not yours any more. Choose another." in page
        assert WRITTEN in page
        assert not Comparison.objects.exists()

    def test_the_preview_says_who_goes_by_it(self, signed_in, kept):
        with_it = signed_in.post("/route/preview/", form(reference=str(kept.public_id), why="1"), **HTMX).content.decode()
        without = signed_in.post("/route/preview/", form(), **HTMX).content.decode()
        assert "no reference" in with_it
        assert "no reference" not in without
        assert re.search(r"It (takes no reference and uses the prompt alone|goes by your reference)\.", with_it)


class TestServing:
    @pytest.mark.parametrize(("name", "beginning"), [("reference", b"\xff\xd8\xff"), ("reference_thumb", b"RIFF")])
    def test_its_owner_sees_it_and_may_keep_it(self, signed_in, kept, name, beginning):
        address = reverse(name, args=[kept.public_id])
        answer = signed_in.get(address)
        assert answer.content.startswith(beginning)
        assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert signed_in.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304

    @pytest.mark.parametrize("name", ["reference", "reference_thumb"])
    def test_a_stranger_finds_nothing(self, signed_in, strangers, name):
        assert signed_in.get(reverse(name, args=[strangers.public_id])).status_code == 404

    def test_a_lost_file_is_not_found(self, signed_in, kept):
        default_storage.delete(kept.stored)
        assert signed_in.get(reverse("reference", args=[kept.public_id])).status_code == 404
