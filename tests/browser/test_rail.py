"""What the compose form does by itself, in a browser, against answers written here."""

import re
from contextlib import suppress

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Error, Page, Route, expect

from routing.shape_hint import ShapeHint
from tests.browser import states
from tests.browser.looks import PHONE
from tests.browser.scripted import PAGE, answers, first, stop_the_clock


class TestRail:
    def test_quoted_words_are_painted_and_characters_counted(self, page: Page):
        page.goto("compare/empty/")
        page.locator("#prompt").fill('A badge saying "Launch 2024", don\'t “crop')
        expect(page.locator(".prompt__mirror mark")).to_have_text(['"Launch 2024"'])
        expect(page.locator("#prompt_count")).to_have_text("41 of 2,000")

    def test_a_draft_outlives_a_reload(self, page: Page):
        page.goto("compare/empty/")
        page.locator("#prompt").fill("Amber bottle")
        page.reload()
        expect(page.locator("#prompt")).to_have_value("Amber bottle")

    def test_so_does_one_that_was_written_over_the_prompt_of_a_run_and_on_no_other_page(self, page: Page):
        page.goto("compare/usual/")
        page.locator("#prompt").fill("Amber bottle")
        page.goto("compare/finished/")
        expect(page.locator("#prompt")).to_have_value(states.PROMPT)
        page.goto("compare/usual/")
        expect(page.locator("#prompt")).to_have_value("Amber bottle")

    def test_one_that_was_run_comes_back_to_the_page_of_its_own_run_only(self, page: Page):
        page.route(
            "**/runs/",
            lambda route: route.fulfill(
                headers={"HX-Push-Url": "/states/compare/finished/", "Content-Type": "text/html"},
                body=render_to_string(f"{PAGE}#sheet", {"sheet": states.sheet(states.usual_frames())}),
            ),
        )
        page.goto("compare/usual/")
        page.locator("#prompt").fill("Amber bottle")
        page.locator("#run").click()
        expect(page).to_have_url(re.compile("finished"))
        page.goto("compare/usual/")
        expect(page.locator("#prompt")).to_have_value(states.PROMPT)

    def test_typing_asks_once_and_shows_what_changed(self, page: Page):
        rail = states.rail("cues", "over_cap", chips=states.ODD_CHIPS, wanted_size="832 × 1248")
        route = render_to_string(f"{PAGE}#route", {"rail": rail})
        beside = [render_to_string(f"{PAGE}#{name}", {"rail": rail, "oob": True}) for name in ("models", "cost")]
        sent = answers(page, "**/route/preview/", "".join([route, *beside]))
        page.goto("compare/empty/")
        stop_the_clock(page)
        page.locator("#prompt").press_sequentially("35 mm", delay=20)
        page.clock.run_for(2_000)
        expect(page.locator("#route")).to_contain_text("Photoreal")
        expect(page.locator("#cost")).to_contain_text("Run 6 of 7 within the cap")
        expect(page.locator("#models .chip")).to_have_count(len(states.ODD_CHIPS))
        expect(page.locator("#wanted_size")).to_have_text("832 × 1248")
        assert [form["prompt"] for form in sent] == [["35 mm"]]
        assert {"intent", "models", "auto", "shape", "quality", "cap", "price", "key", "decision"} <= set(sent[0])

    def test_a_word_finds_its_models_and_what_is_ticked_stays(self, page: Page):
        sent = answers(page, "**/route/preview/", "")
        page.goto("compare/many_models/")
        stop_the_clock(page)
        find, seen = page.get_by_role("searchbox", name="Find among 24 models"), page.locator("#models .chip:visible .chip__name")
        find.press_sequentially("FLUX 7")
        expect(seen).to_have_text(["Ideogram 3 Turbo", "FLUX.2 Flash 7"])
        expect(page.locator("#find_model_said")).to_have_text("1 found")
        page.clock.run_for(2_000)
        assert sent == []
        with page.expect_response("**/route/preview/"):
            find.press("Enter")
            page.clock.run_for(2_000)
        expect(find).to_have_value("")
        assert sent[0]["models"] == ["sample/ideogram-3-turbo", "sample/flux.2-flash-7"]
        expect(seen).to_have_count(24)
        find.fill("nobody")
        expect(page.get_by_text("No model has that name.")).to_be_visible()
        find.press("Enter")
        expect(page).to_have_url(re.compile("many_models"))
        find.press("Escape")
        expect(seen).to_have_count(24)

    def test_the_shape_a_prompt_asks_for_is_one_press_away(self, page: Page):
        asked = states.rail(hint=ShapeHint("16:9", "16:9"))
        sent = answers(page, "**/route/preview/", render_to_string(f"{PAGE}#cost", {"rail": asked, "oob": True}))
        page.goto("compare/empty/")
        stop_the_clock(page)
        expect(page.locator("#shape_hint")).to_be_hidden()
        page.locator("#prompt").fill("A 16:9 header")
        page.clock.run_for(2_000)
        expect(page.locator("#shape_hint")).to_contain_text("Your prompt says “16:9”.")
        answers(page, "**/route/preview/", render_to_string(f"{PAGE}#cost", {"rail": states.rail(), "oob": True}))
        page.get_by_role("button", name="Use 16:9").press("Enter")
        page.clock.run_for(2_000)
        expect(page.get_by_role("radio", name="16:9")).to_be_checked()
        expect(page.get_by_role("radio", name="16:9")).to_be_focused()
        expect(page.locator("#shape_hint")).to_be_hidden()
        assert len(sent) == 1

    @pytest.mark.parametrize("change", ["tick", "step", "type a cap"])
    def test_a_change_of_settings_asks_too(self, page: Page, change: str):
        page.goto("compare/usual/")
        with page.expect_request("**/route/preview/"):
            if change == "tick":
                page.locator(".chip", has_text="FLUX.2 Flash").click()
            elif change == "step":
                page.get_by_role("button", name="Raise cap").click()
            else:
                page.locator("#cap").fill("30")

    def test_no_preview_lands_while_the_button_is_pressed(self, page: Page):
        sent = answers(page, "**/route/preview/", "")
        page.goto("compare/empty/")
        stop_the_clock(page)
        page.locator("#run").hover()
        page.mouse.down()
        page.locator("#prompt").fill("Fox")
        page.clock.run_for(2_000)
        assert sent == []

    def test_a_mistake_comes_back_beside_its_field_with_the_focus_on_it(self, page: Page):
        answers(page, "**/runs/", render_to_string(f"{PAGE}#rail", {"rail": states.rail(errors=states.ERRORS)}), 422)
        page.goto("compare/usual/")
        page.locator("#run").click()
        expect(page.locator("#prompt_error")).to_be_visible()
        expect(page.locator("#prompt")).to_be_focused()
        expect(page.locator("#sheet h1")).to_have_text("Run 148")

    def test_an_empty_prompt_is_answered_by_going_there(self, page: Page):
        sent = answers(page, "**/runs/", "", status=204)
        page.goto("compare/empty/")
        page.locator("#run").click(force=True)
        expect(page.locator("#prompt")).to_be_focused()
        assert sent == []

    def test_settings_fold_on_a_phone(self, page: Page):
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto("compare/usual/")
        expect(page.locator("#settings")).to_be_hidden()
        page.locator("#settings_fold").click()
        expect(page.locator("#settings")).to_be_visible()

    @pytest.mark.parametrize(("settings", "moved"), [("open", True), ("folded", False)])
    def test_a_run_that_begins_below_open_settings_on_a_phone_comes_into_sight(self, page: Page, settings: str, moved: bool):
        answers(page, "**/runs/", render_to_string(f"{PAGE}#sheet", {"sheet": states.sheet(states.usual_frames())}))
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto("compare/many_models/")
        if settings == "open":
            page.locator("#settings_fold").click()
        page.locator("#run").click()
        expect(page.locator(".sheet__bar h1")).to_be_in_viewport()
        expect(page.locator(".slot").first).to_be_in_viewport()
        assert (page.evaluate("scrollY") > 0) is moved

    def test_what_is_ticked_while_a_preview_is_on_its_way_stays_ticked(self, page: Page):
        waiting: list[Route] = []
        page.route("**/route/preview/", lambda route: waiting.append(route))
        page.goto("compare/usual/")
        page.locator(".chip", has_text="FLUX.2 Flash").click()
        asked = first(page, waiting)
        box = page.locator(".chip", has_text="GPT Image 1.5").locator("input")
        box.click()
        ticked = box.is_checked()
        as_it_was = render_to_string(f"{PAGE}#models", {"rail": states.rail(), "oob": True})
        with suppress(Error):  # the page no longer listens
            asked.fulfill(content_type="text/html", body=as_it_was)
        page.wait_for_timeout(100)
        assert box.is_checked() is ticked


UNDER_A_BAR = """() => {
  const [bar, header] = [".runbar", "header"].map((each) => document.querySelector(each));
  const field = document.activeElement;
  if (bar.contains(field) || header.contains(field) || !field.closest("#rail")) return "";
  const { top, bottom } = (field.closest("label") ?? field).getBoundingClientRect();
  const under = bottom > bar.getBoundingClientRect().top || top < header.getBoundingClientRect().bottom;
  return under ? field.id || field.outerHTML : "";
}"""


def test_on_a_phone_what_has_the_focus_is_never_under_a_bar(page: Page):
    page.set_viewport_size(PHONE)
    page.goto("compare/many_models/")
    page.locator("#settings_fold").click()
    page.locator("#find_model").focus()
    hidden = []
    for _ in range(30):
        page.keyboard.press("Tab")
        hidden.append(page.evaluate(UNDER_A_BAR))
    assert [field for field in hidden if field] == []
