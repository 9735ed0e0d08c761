"""Every state of the screens, in both themes, on a desk and on a phone: nothing overflows, nothing is cut, axe finds nothing."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
ZOOMED = {"width": 320, "height": 256}  # 1280 × 1024 at 400 %
PAGES = (
    "compare/usual",
    "compare/every_frame",
    "compare/reference",
    "compare/thinking",
    "compare/thought",
    "compare/empty",
    "compare/why",
    "compare/errors",
    "parts",
    "history/two_days",
    "history/empty",
    "history/no_match",
)
SURROUNDS = ("black", "dark", "grey", "light", "white")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
MEASURES = (Path(__file__).parent / "measures.js").read_text()


def wear(page: Page, theme: str) -> None:
    """Change the theme and wait until it has been painted."""
    page.emulate_media(color_scheme=theme)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    page.wait_for_function("() => document.getAnimations().length === 0")


def measure(page: Page, what: str) -> list[str]:
    page.evaluate(MEASURES)
    return page.evaluate(f"measures.{what}()")


def axe(page: Page) -> list[tuple[str, list[str]]]:
    violations = Axe().run(page, options=RULES).response["violations"]
    return [(found["id"], [node["html"] for node in found["nodes"]]) for found in violations]


@pytest.mark.parametrize("name", PAGES)
class TestEveryPage:
    @pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
    def test_it_passes_axe_and_holds_its_words(self, page: Page, name: str, size: dict[str, int]):
        page.set_viewport_size(size)
        page.goto(f"{name}/")
        assert axe(page) == []
        for theme in ("light", "dark"):
            wear(page, theme)
            assert measure(page, "faint") == []
        assert measure(page, "overflowing") == []
        assert measure(page, "clipped") == []
        assert measure(page, "small") == []

    def test_it_needs_no_sideways_scrolling_at_400_percent(self, page: Page, name: str):
        page.set_viewport_size(ZOOMED)
        page.goto(f"{name}/")
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
