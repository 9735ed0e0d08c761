"""How a page looks: what axe finds, and what is measured in it, at two widths and in both themes."""

from collections.abc import Iterable
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
MEASURES = (Path(__file__).parent / "measures.js").read_text()


def holds_up_at_both_widths(page: Page, *measures: str) -> None:
    """Axe finds nothing, no text is faint in either theme, and none of these ``measures`` finds anything.

    Every look ends in the dark theme, so axe reads a fresh page in light on a phone and in dark on a desk.
    """
    found = [offence for size in (PHONE, DESK) for offence in offences(page, size, measures)]
    assert found == [], found


def offences(page: Page, size: dict[str, int], measures: Iterable[str]) -> list[tuple[str, int, str, list[object]]]:
    """The address, the width, what was looked for and what offends it, once the whole page is there."""
    page.wait_for_load_state()
    page.set_viewport_size(size)
    found: dict[str, list[object]] = {"axe": axe(page)}
    for theme in ("light", "dark"):
        wear(page, theme)
        found[f"faint in {theme}"] = measure(page, "faint")
    found |= {what: measure(page, what) for what in measures}
    return [(page.url, size["width"], what, offenders) for what, offenders in found.items() if offenders]


def axe(page: Page) -> list[tuple[str, list[str]]]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate("async (rules) => (await axe.run(rules)).violations", RULES)
    return [(found["id"], [node["html"] for node in found["nodes"]]) for found in violations]


def wear(page: Page, theme: str) -> None:
    """Change the theme and wait until it has been painted."""
    page.emulate_media(color_scheme=theme)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    page.wait_for_function("() => document.getAnimations().length === 0")


def measure(page: Page, what: str) -> list[str]:
    if not page.evaluate("() => 'measures' in window"):
        page.evaluate(MEASURES)
    return page.evaluate(f"measures.{what}()")
