"""Choosing a picture to go by in a browser: by key, by file, by drop and paste, with what the page does by itself."""

import json

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser import states
from tests.browser.scripted import PAGE, answers, chooses_files, first
from tests.workspace.comparisons import pictures

FILE = {"name": "sketch.jpg", "mimeType": "image/jpeg", "buffer": pictures.photograph()}
GIVE = """([target, kind, type]) => {
  const data = new DataTransfer();
  data.items.add(new File(["a picture"], "sketch.png", { type }));
  const event = kind === "paste" ? new ClipboardEvent(kind, { clipboardData: data, bubbles: true, cancelable: true })
    : new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
  return !document.querySelector(target).dispatchEvent(event);
}"""


def part(picking: states.Picking, *, said: str = "", focused: bool = False) -> str:
    """What the server answers: the part of the rail, and a toast."""
    html = render_to_string(f"{PAGE}#reference", {"rail": {"picking": picking}, "focused": focused})
    toast = {"said": said, "undo": picking.reference is not None}
    return html + (render_to_string(f"{PAGE}#reference_toast", toast) if said else "")


@pytest.fixture
def rail(page: Page) -> Locator:
    chooses_files(page)
    page.goto("compare/finished/")
    return page.locator("#reference")


class TestAFrame:
    def test_u_takes_the_selected_one_and_leaves_the_focus_alone(self, page: Page, rail: Locator):
        sent = answers(page, "**/draft/reference/", part(states.SET, said="148-1 set as reference"))
        page.locator("body").press("1")
        page.locator("body").press("2")
        page.locator("body").press("u")
        expect(rail.get_by_role("img", name="Reference Uploaded picture")).to_be_visible()
        expect(page.locator(".toast")).to_contain_text("148-1 set as reference")
        expect(page.locator("#reference_remove")).not_to_be_focused()
        assert [form["frame"] for form in sent] == [["148-1"]]

    def test_the_toast_takes_it_back_once(self, page: Page, rail: Locator):
        answers(page, "**/draft/reference/", part(states.SET, said="148-1 set as reference"))
        page.get_by_role("button", name="Use frame 1 as reference").click()
        sent = answers(page, "**/draft/reference/", part(states.Picking(), said="Reference removed"))
        page.locator(".toast").get_by_role("button", name="Remove").click()
        expect(page.locator(".toast")).to_have_text("Reference removed")
        expect(rail).to_have_text("Reference")
        assert [form["remove"] for form in sent] == [["1"]]

    def test_the_models_are_looked_at_again(self, page: Page, rail: Locator):
        after = {"HX-Trigger-After-Swap": json.dumps({"reference": {"target": "#rail #preview"}})}
        page.route(
            "**/draft/reference/", lambda route: route.fulfill(headers=after, content_type="text/html", body=part(states.SET))
        )
        with page.expect_request("**/route/preview/") as preview:
            page.get_by_role("button", name="Use frame 1 as reference").click()
        assert f"reference={states.SET.reference.public_id}" in preview.value.post_data


class TestAFile:
    def test_it_is_sent_when_chosen_and_the_focus_stays(self, page: Page, rail: Locator):
        waiting: list[Route] = []
        page.route("**/draft/reference/", lambda route: waiting.append(route))
        page.locator("#reference_picture").focus()
        with page.expect_file_chooser() as chooser:
            page.keyboard.press("Space")
        chooser.value.set_files(FILE)
        asked = first(page, waiting)
        assert "multipart/form-data" in asked.request.headers["content-type"]
        assert FILE["buffer"][:20] in asked.request.post_data_buffer
        asked.fulfill(content_type="text/html", body=part(states.SET, focused=True))
        expect(page.locator("#reference_remove")).to_be_focused()

    @pytest.mark.parametrize("kind", ["drop", "paste"])
    def test_one_given_to_the_prompt_goes_the_same_way(self, page: Page, rail: Locator, kind: str):
        answers(page, "**/draft/reference/", part(states.SET))
        assert page.evaluate(GIVE, ["#prompt", kind, "image/png"])
        expect(rail.get_by_role("img")).to_be_visible()

    @pytest.mark.parametrize("kind", ["drop", "paste"])
    def test_what_is_no_picture_is_left_to_the_browser(self, page: Page, rail: Locator, kind: str):
        assert not page.evaluate(GIVE, ["#prompt", kind, "text/plain"])
        assert not page.evaluate(GIVE, ["#sheet", kind, "image/png"])

    def test_one_that_is_too_large_is_not_even_sent(self, page: Page, rail: Locator):
        sent = answers(page, "**/draft/reference/", part(states.SET))
        page.locator("#reference_picture").evaluate("pick => (pick.dataset.most = 100)")
        page.locator("#reference_picture").set_input_files(FILE)
        expect(page.locator("#reference_error")).to_have_text("This file is over 20 MB. Choose a smaller one.")
        assert sent == []

    def test_a_refusal_stays_beside_the_button_and_the_prompt_as_it_is(self, page: Page, rail: Locator):
        refusal = {"HX-Retarget": "#reference", "HX-Reswap": "outerHTML"}
        page.route(
            "**/draft/reference/",
            lambda route: route.fulfill(status=422, headers=refusal, content_type="text/html", body=part(states.NOT_SET)),
        )
        page.locator("#prompt").fill("Half a thought")
        page.locator("#reference_picture").set_input_files(FILE)
        expect(page.locator("#reference_error")).to_contain_text("more than 40 megapixels")
        expect(page.locator("#prompt")).to_have_value("Half a thought")


def test_removing_it_leaves_the_focus_where_another_is_chosen(page: Page):
    page.goto("compare/reference/")
    answers(page, "**/draft/reference/", part(states.Picking(), focused=True))
    page.get_by_role("button", name="Remove the reference").press("Enter")
    expect(page.locator("#reference_picture")).to_be_focused()


def test_enter_in_a_field_runs_and_removes_nothing(page: Page):
    page.goto("compare/reference/")
    removed = answers(page, "**/draft/reference/", part(states.Picking()))
    sent = answers(page, "**/runs/", "", status=204)
    with page.expect_response("**/runs/"):
        page.locator("#cap").press("Enter")
    assert removed == []
    assert sent[0]["reference"] == [str(states.SET.reference.public_id)]
