"""Every state of the screens, in both themes, on a desk and on a phone: nothing overflows, nothing is cut, axe finds nothing."""

import pytest
from playwright.sync_api import Page

from tests.browser.looks import axe, holds_up_at_both_widths, measure, wear

ZOOMED = {"width": 320, "height": 256}  # 1280 × 1024 at 400 %
PAGES = (
    "compare/usual",
    "compare/every_frame",
    "compare/swap",
    "compare/not_run",
    "compare/reference",
    "compare/thinking",
    "compare/thought",
    "compare/empty",
    "compare/why",
    "compare/many_models",
    "compare/errors",
    "parts",
    "history/two_days",
    "history/empty",
    "history/no_match",
)
SURROUNDS = ("black", "dark", "grey", "light", "white")


@pytest.mark.parametrize("name", PAGES)
def test_it_passes_axe_and_holds_its_words_even_at_400_percent(page: Page, name: str):
    page.goto(f"{name}/")
    holds_up_at_both_widths(page, "overflowing", "clipped", "small")
    page.set_viewport_size(ZOOMED)
    assert measure(page, "overflowing") == []
    assert measure(page, "clipped") == []


@pytest.mark.parametrize("name", ["compare/every_frame", "history/two_days"])
def test_text_stays_readable_on_every_surround(page: Page, name: str):
    page.goto(f"{name}/")
    for selected in (False, True):
        page.evaluate("on => document.querySelectorAll('.edge__pick').forEach((pick) => (pick.checked = on))", selected)
        for surround in SURROUNDS:
            page.evaluate("surround => { document.documentElement.dataset.surround = surround }", surround)
            for theme in ("light", "dark"):
                wear(page, theme)
                assert measure(page, "faint") == [], f"{theme} theme on {surround}, selected {selected}"


@pytest.mark.parametrize("name", ["usual", "reference"])
def test_the_whole_rail_fits_a_desk_screen(page: Page, name: str):
    page.goto(f"compare/{name}/")
    assert (
        page.evaluate("() => { const rail = document.getElementById('rail'); return rail.scrollHeight - rail.clientHeight }") <= 0
    )


def test_the_sheet_of_shortcuts_passes_axe(page: Page):
    page.goto("compare/usual/")
    page.keyboard.press("?")
    assert axe(page) == []
    assert measure(page, "overflowing") == []
