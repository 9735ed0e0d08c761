"""What the pages do by themselves: each script, in a browser, against answers written here."""

import re
from urllib.parse import parse_qs

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import states
from tests.browser.state_pages import histories
from workspace.comparisons import events, live

PAGE = "comparisons/compare.html"


def says(page: Page, *said: tuple[str, str]) -> None:
    """Answer the event stream with these, and with silence after that."""
    body = "retry: 600000\n\n" + live.encode_all(said)
    page.route("**/events/*", lambda route: route.fulfill(content_type="text/event-stream", body=body))


def answers(page: Page, address: str, html: str, status: int = 200) -> list[dict[str, list[str]]]:
    """Answer this address with these words; the forms that were sent are collected."""
    sent: list[dict[str, list[str]]] = []

    def answer(route: Route) -> None:
        sent.append(parse_qs(route.request.post_data or ""))
        route.fulfill(status=status, content_type="text/html", body=html)

    page.route(address, answer)
    return sent


def first(page: Page, held_back: list[Route]) -> Route:
    """The first request of those that a test answers later, once it has come."""
    while not held_back:
        page.wait_for_timeout(20)
    return held_back[0]


def stop_the_clock(page: Page) -> None:
    """From now on the page's timers run only when they are told to, however long the machine takes over something."""
    page.clock.install()
    page.clock.pause_at("2200-01-01")  # any day to come


class TestLiveSheet:
    def test_an_arriving_frame_takes_its_place_and_the_choice_stays(self, page: Page):
        done = states.frame(5, cost=5, version=4)
        says(page, events.of_frame(done), ("run-summary", "6 of 6 in"), ("balance", "<b>207</b>"), ("live", "Frame 5 done."))
        page.add_init_script("sessionStorage.setItem('picked', JSON.stringify(['frame_148_5_pick']))")
        page.goto("compare/usual/")
        expect(page.locator("#frame_148_5")).to_have_attribute("data-state", "done")
        expect(page.locator("#frame_148_5_pick")).to_be_checked()
        expect(page.locator("#run_summary")).to_have_text("6 of 6 in")
        expect(page.locator("#balance_live")).to_have_text("207")
        expect(page.locator("#live")).to_have_text("Frame 5 done.")
        expect(page).to_have_title("Run 148 · Proofsheet")
        expect(page.get_by_role("button", name="Stop run")).to_be_hidden()

    def test_an_older_event_changes_nothing(self, page: Page):
        says(page, events.of_frame(states.frame(1, "queued", version=2)), ("run-summary", "read"))
        page.goto("compare/usual/")
        expect(page.locator("#run_summary")).to_have_text("read")
        expect(page.locator("#frame_148_1")).to_have_attribute("data-state", "done")

    def test_a_swap_keeps_the_focus_in_its_frame(self, page: Page):
        waiting: list[Route] = []
        page.route("**/events/*", lambda route: waiting.append(route))
        page.goto("compare/usual/")
        page.locator("#frame_148_5_cancel").focus()
        done = events.of_frame(states.frame(5, version=4))
        first(page, waiting).fulfill(content_type="text/event-stream", body=live.encode_all([done]))
        expect(page.locator("#frame_148_5")).to_have_attribute("data-state", "done")
        expect(page.locator("#frame_148_5_pick")).to_be_focused()

    def test_an_answer_still_reaches_the_balance_when_an_event_was_faster(self, page: Page):
        waiting: list[Route] = []
        cancelling: list[Route] = []
        page.route("**/events/*", lambda route: waiting.append(route))
        page.route("**/cancel/", lambda route: cancelling.append(route))
        page.goto("compare/usual/")
        page.locator("#frame_148_5_cancel").click()
        asked = first(page, cancelling)
        cancelled = states.frame(5, "cancelled", version=4)
        first(page, waiting).fulfill(content_type="text/event-stream", body=live.encode_all([events.of_frame(cancelled)]))
        expect(page.locator("#frame_148_5")).to_have_attribute("data-state", "cancelled")
        balance = render_to_string(f"{PAGE}#balance", {"balance": 217, "held": 0, "oob": True})
        asked.fulfill(content_type="text/html", body=events.of_frame(cancelled)[1] + balance)
        expect(page.locator("#balance_live b")).to_have_text("217")
        expect(page.locator("#frame_148_5")).to_have_attribute("data-state", "cancelled")

    def test_three_failures_say_so_and_ask_for_the_sheet_until_it_is_over(self, page: Page):
        page.route("**/events/*", lambda route: route.fulfill(status=503))
        over = render_to_string(f"{PAGE}#sheet", {"sheet": states.sheet(states.usual_frames()[:4])})
        asked = answers(page, "**/runs/148/sheet/", over)
        page.goto("compare/usual/")
        expect(page.locator("#banner")).to_contain_text("Live updates paused.")
        expect(page.locator("#banner")).to_be_empty()
        assert asked

    def test_a_page_from_the_back_button_asks_for_the_truth(self, page: Page):
        answers(page, "**/runs/148/sheet/", render_to_string(f"{PAGE}#sheet", {"sheet": states.sheet([states.frame(1)])}))
        page.goto("compare/finished/")
        page.evaluate("() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        expect(page.locator(".frame")).to_have_count(1)

    def test_seconds_tick(self, page: Page):
        page.goto("compare/usual/")
        shown = page.locator(".timer").inner_text()
        expect(page.locator(".timer")).not_to_have_text(shown)
        assert float(page.locator(".timer").inner_text()) > float(shown)

    def test_the_prompt_of_a_frame_is_copied(self, page: Page):
        page.goto("compare/usual/")
        page.evaluate("() => { navigator.clipboard.writeText = async (text) => { window.copied = text } }")
        page.locator("#frame_148_2_copy").click()
        expect(page.locator("#toasts")).to_have_text("Prompt of 148-2 copied")
        assert page.evaluate("copied") == states.PROMPT


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
        sent = answers(page, "**/runs/", "")
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


class TestHistory:
    def test_more_comes_under_what_is_there_and_takes_the_focus(self, page: Page):
        older = render_to_string("history/history.html#more", histories()["two_days"] | {"older": ""})
        page.goto("history/two_days/")
        shown = page.locator(".thumb").count()
        answers(page, "**/history/?before=*", older)
        page.get_by_role("link", name="Load more").press("Enter")
        expect(page.locator(".thumb")).to_have_count(2 * shown)
        expect(page.locator(".thumb a").nth(shown)).to_be_focused()
        expect(page.locator("#more")).to_have_count(0)

    def test_a_search_is_answered_while_typing_and_stands_in_the_address(self, page: Page):
        found = render_to_string("history/history.html#results", {"days": (), "query": "fox", "first": True})
        answers(page, "**/history/?q=fox", found)
        page.goto("history/two_days/")
        page.get_by_role("searchbox").fill("fox")
        expect(page.locator("#results")).to_contain_text("No runs for “fox”.")
        expect(page).to_have_url(re.compile(r"/history/\?q=fox$"))


class TestFailures:
    @pytest.mark.parametrize(
        ("body", "text"),
        [
            ('<div class="banner"><p>Slow down a little.</p></div>', "Slow down a little."),
            ("<!doctype html><html><body>Server error</body></html>", "That did not work."),
            ("", "That did not work."),
        ],
        ids=["a banner", "a page", "nothing"],
    )
    def test_an_answer_that_went_wrong_becomes_a_banner(self, page: Page, body: str, text: str):
        answers(page, "**/favourite/", body, 500)
        page.goto("compare/finished/")
        page.locator("#frame_148_2_favourite").click()
        expect(page.locator("#banner")).to_contain_text(text)
        expect(page.locator(".frame")).to_have_count(4)

    def test_no_network_is_said_and_taken_back(self, page: Page):
        page.goto("compare/finished/")
        page.context.set_offline(True)
        expect(page.locator("#banner")).to_contain_text("You are offline.")
        page.context.set_offline(False)
        expect(page.locator("#banner")).to_be_empty()


class TestKeys:
    def test_numbers_select_and_the_choice_outlives_a_reload(self, page: Page):
        page.goto("compare/finished/")
        page.keyboard.press("2")
        page.reload()
        expect(page.locator(".edge__pick:checked")).to_have_id("frame_148_2_pick")
        page.keyboard.press("Escape")
        expect(page.locator(".edge__pick:checked")).to_have_count(0)

    def test_a_key_presses_the_control_of_the_chosen_frame(self, page: Page):
        ringed = render_to_string(f"{PAGE}#frame", {"frame": states.frame(2, favourite=True)})
        sent = answers(page, "**/frames/148-2/favourite/", ringed)
        page.goto("compare/finished/")
        page.keyboard.press("2")
        page.keyboard.press("f")
        expect(page.locator("#frame_148_2 .ring")).to_be_visible()
        assert [form["favourite"] for form in sent] == [["1"]]

    def test_arrows_move_between_frames(self, page: Page):
        page.goto("compare/finished/")
        for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
            page.keyboard.press(key)
        expect(page.locator("#frame_148_4_pick")).to_be_focused()

    def test_surround_goes_round_and_is_kept_for_the_server(self, page: Page):
        page.goto("compare/finished/")
        page.keyboard.press("s")
        chosen = page.locator("html").get_attribute("data-surround")
        assert {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}["surround"] == chosen
        page.reload()
        expect(page.locator("html")).to_have_attribute("data-surround", chosen)

    def test_text_fields_swallow_keys(self, page: Page):
        page.goto("compare/finished/")
        page.keyboard.press("/")
        page.keyboard.type("2s")
        expect(page.locator(".edge__pick:checked")).to_have_count(0)
        assert page.locator("html").get_attribute("data-surround") is None

    def test_single_keys_can_be_turned_off(self, page: Page):
        page.goto("compare/finished/")
        page.keyboard.press("?")
        page.get_by_role("switch").uncheck()
        page.keyboard.press("Escape")
        page.keyboard.press("2")
        expect(page.locator(".edge__pick:checked")).to_have_count(0)
        page.keyboard.press("Alt+2")
        expect(page.locator(".edge__pick:checked")).to_have_count(1)


def test_without_script_everything_is_open_and_no_control_is_dead(browser: Browser, state_server: str):
    with browser.new_context(base_url=state_server, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("compare/usual/")
        expect(page.locator("#settings")).to_be_visible()
        expect(page.get_by_role("link", name="Reload to see what has arrived")).to_be_visible()
        expect(page.locator(".needs-js:visible, [data-cycle]:visible, #settings_fold:visible")).to_have_count(0)
