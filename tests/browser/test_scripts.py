"""What the pages do by themselves: each script, in a browser, against answers written here."""

import re

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import states
from tests.browser.scripted import PAGE, answers, first, says
from tests.browser.state_pages import histories
from workspace.comparisons import events, live


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

    def test_seconds_tick_and_the_bar_moves_without_moving_anything_else(self, page: Page):
        page.emulate_media(reduced_motion="no-preference")
        page.goto("compare/usual/")
        timer, bar = page.locator(".timer").first, page.locator(".bar i").first
        boxes = set()
        for seconds, shown in ((5, r"^5\.\d$"), (42, r"^42\.\d$"), (140, r"^14\d$")):
            timer.evaluate("(timer, seconds) => Object.assign(timer.dataset, {started: seconds, elapsed: seconds})", seconds)
            expect(timer).to_have_text(re.compile(shown))
            boxes.add((timer.bounding_box()["width"], bar.evaluate("bar => bar.offsetWidth === bar.parentElement.offsetWidth")))
            assert timer.evaluate("timer => timer.scrollWidth <= timer.clientWidth")
        assert len(boxes) == 1
        assert boxes.pop()[1]

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
        answers(page, "**/runs/148/sheet/*", render_to_string(f"{PAGE}#sheet", {"sheet": states.sheet([states.frame(1)])}))
        page.goto("compare/finished/")
        page.evaluate("() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        expect(page.locator(".frame")).to_have_count(1)

    def test_a_page_looked_at_again_asks_for_what_it_has_not_seen(self, page: Page):
        shown = states.sheet([states.frame(1, version=4), states.frame(2, version=5)])
        answers(page, "**/runs/148/sheet/?seen=0.0", render_to_string(f"{PAGE}#sheet", {"sheet": shown}))
        page.route("**/runs/148/sheet/?seen=2.9", lambda route: route.fulfill(status=204))
        page.goto("compare/finished/")
        page.evaluate("() => document.querySelectorAll('.frame').forEach((frame) => frame.remove())")
        page.evaluate("() => dispatchEvent(new Event('focus'))")
        expect(page.locator(".frame")).to_have_count(2)
        first = page.locator(".frame").first.element_handle()
        with page.expect_response("**/runs/148/sheet/?seen=2.9"):
            page.evaluate("() => dispatchEvent(new Event('focus'))")
        assert first.evaluate("frame => frame.isConnected")

    def test_a_sheet_with_a_stream_that_is_looked_at_again_gets_a_new_one(self, page: Page):
        """The old one may have died while the machine slept, and nobody would say so."""
        opened: list[Route] = []
        page.route("**/events/*", lambda route: opened.append(route))
        again = states.sheet(states.usual_frames(), live=True)
        answers(page, "**/runs/148/sheet/", render_to_string(f"{PAGE}#sheet", {"sheet": again}))
        page.goto("compare/usual/")
        first(page, opened)
        with page.expect_request("**/events/*"):
            page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")

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

    def test_whoever_was_signed_out_is_told_and_keeps_the_draft(self, page: Page):
        page.route("**/route/preview/", lambda route: route.fulfill(status=302, headers={"location": "/sign-in/"}))
        page.route(
            "**/sign-in/", lambda route: route.fulfill(content_type="text/html", body="<!doctype html><html><h1>Sign in</h1>")
        )
        page.goto("compare/usual/")
        page.locator("#prompt").fill("Fox")
        expect(page.locator("#banner")).to_contain_text("You were signed out. Your draft is kept.")
        expect(page.locator("#banner").get_by_role("link", name="Sign in")).to_have_attribute("href", re.compile("next=%2F"))
        expect(page.locator("#prompt")).to_have_value("Fox")
        expect(page.locator("#sheet h1")).to_have_text("Run 148")

    def test_no_network_is_said_and_taken_back(self, page: Page):
        page.goto("compare/finished/")
        page.context.set_offline(True)
        expect(page.locator("#banner")).to_contain_text("You are offline.")
        expect(page.locator("#run")).to_have_text("Run when back online", use_inner_text=True)
        page.context.set_offline(False)
        expect(page.locator("#banner")).to_be_empty()
        expect(page.locator("#run")).to_contain_text("Run comparison", use_inner_text=True)

    def test_what_answers_is_within_reach_even_without_a_network(self, page: Page):
        answers(page, "**/runs/", "", status=204)
        page.goto("compare/finished/")
        page.evaluate("() => dispatchEvent(new Event('offline'))")
        expect(page.locator("#banner")).to_contain_text("You are offline.")
        page.locator("#run").click()
        expect(page.locator("#banner")).to_be_empty()

    def test_a_run_without_an_answer_may_be_pressed_again(self, page: Page):
        page.route("**/runs/", lambda route: route.abort())
        page.goto("compare/finished/")
        page.locator("#run").click()
        expect(page.locator("#banner")).to_contain_text("pressing Run again shows it and charges nothing twice")
        answers(page, "**/runs/", "", status=204)
        page.locator("#run").click()
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
