"""How a page looks: what axe finds, and what is measured in it, at two widths and in both themes."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
MEASURES = (Path(__file__).parent / "measures.js").read_text()


def holds_up(page: Page, *measures: str) -> None:
    """Axe finds nothing, no text is faint in either theme, and none of these ``measures`` finds anything."""
    assert (page.url, axe(page)) == (page.url, [])
    for theme in ("light", "dark"):
        wear(page, theme)
        assert (page.url, theme, measure(page, "faint")) == (page.url, theme, [])
    for what in measures:
        assert (page.url, what, measure(page, what)) == (page.url, what, [])


def holds_up_at_both_widths(page: Page, *measures: str) -> None:
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        holds_up(page, *measures)


def axe(page: Page) -> list[tuple[str, list[str]]]:
    violations = Axe().run(page, options=RULES).response["violations"]
    return [(found["id"], [node["html"] for node in found["nodes"]]) for found in violations]


def wear(page: Page, theme: str) -> None:
    """Change the theme and wait until it has been painted."""
    page.emulate_media(color_scheme=theme)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    page.wait_for_function("() => document.getAnimations().length === 0")


def measure(page: Page, what: str) -> list[str]:
    page.evaluate(MEASURES)
    return page.evaluate(f"measures.{what}()")
