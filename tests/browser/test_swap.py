"""Another model for a frame that failed: offered in the frame, drawn in a new one."""

from dataclasses import replace

from django.template.loader import render_to_string
from playwright.sync_api import Page, expect

from tests.browser import states, swaps
from tests.browser.scripted import PAGE, answers


def test_the_offers_open_in_the_frame_and_the_new_one_comes_into_sight(page: Page):
    failed = swaps.sheet()
    more = replace(failed, frames=(*failed.frames, *(states.frame(position) for position in (9, 10)), states.frame(11, "queued")))
    answers(page, "**/frames/148-7/swap/", render_to_string(f"{PAGE}#swap", {"offers": swaps.offers()}))
    sent = answers(page, "**/frames/148-7/retry/", render_to_string(f"{PAGE}#sheet", {"sheet": more}))
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("compare/failing/")
    page.locator("#frame_148_7").get_by_role("link", name="Swap model").press("Enter")
    first = page.locator("#frame_148_7").get_by_role("button", name="Ideogram 3, 12 cr")
    expect(first).to_be_focused()
    first.press("Enter")
    expect(page.locator("#frame_148_11")).to_be_in_viewport()
    assert sent == [{"model": ["ideogram/v3"], **{name: ["12"] for name in swaps.MODELS}}]
