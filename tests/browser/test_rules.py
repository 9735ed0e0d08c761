"""The screens of the routing rules in a real browser: readable at both widths and in both themes, by keyboard, without script."""

import uuid

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from routing.rules import Action, Rule, target
from routing.types import Intent
from tests.browser.looks import holds_up_at_both_widths
from tests.browser.test_operations import context, page, simulator  # noqa: F401 (fixtures)
from tests.workspace.conftest import staff, static_files  # noqa: F401 (fixtures)
from workspace.comparisons.models import Comparison
from workspace.operations.rules import services

SET = ["model:recraft/v4.1", "model:ideogram/v3"]


@pytest.fixture
def runs(staff):  # noqa: F811
    """Three runs that ask for a badge."""
    for number in range(1, 4):
        facts = {"width": 1024, "height": 1024, "quality": "standard", "shape": "1:1", "intent": "typography", "auto": True}
        prompt = "A badge saying “Launch 2024”"
        Comparison.objects.create(user=staff, number=number, key=uuid.uuid4(), prompt=prompt, cap=24, **facts)


@pytest.fixture
def kept(staff, runs) -> int:  # noqa: F811
    """Rules of every kind, one of them off, one that means another model, and a name of some length; the number of the last."""
    kinds = [
        (Action.DEFAULT_SET, SET, Intent.TYPOGRAPHY, None, "Brand work goes to Recraft"),
        (Action.PREFER, ["model:openai/dall-e-3", "family:flux"], Intent.PHOTOREAL, None, "Photographs"),
        (Action.CAP_PRICE, [], Intent.DRAFT, 6, "First looks stay cheap"),
        (Action.AVOID, ["provider:replicate"], None, None, "W" * 80),
        (Action.FORBID, ["provider:stability", "provider:fal"], None, None, "No contract yet"),
    ]
    for action, names, intent, cap, name in kinds:
        number = services.add(Rule(name, action, tuple(map(target, names)), intent, cap), staff)
    services.switch(number, False, staff)
    services.change(number, Rule("No contract yet", Action.FORBID, (target("provider:fal"),)), staff)
    return number


def fill(page: Page) -> None:  # noqa: F811
    page.get_by_label("Name", exact=True).fill("Brand work goes to Recraft")
    page.get_by_label("When").select_option("typography")
    page.get_by_label("What it does").select_option("default_set")
    for place, name in zip(("First", "Second"), SET, strict=True):
        page.get_by_label(place).select_option(name)


def test_they_pass_axe_and_hold_their_words(page: Page, kept: int):  # noqa: F811
    for path, press in (("", None), ("new/", "Keep the rule"), (f"{kept}/", "Try it on the last 200 runs")):
        page.goto(f"/operations/rules/{path}")
        if press:
            with page.expect_navigation():
                page.get_by_role("button", name=press).click()
        holds_up_at_both_widths(page, "overflowing", "clipped", "small")


def test_a_rule_is_tried_kept_and_taken_back_by_keyboard(page: Page, runs):  # noqa: F811
    page.goto("/operations/rules/")
    page.get_by_role("link", name="New rule").press("Enter")
    fill(page)
    page.get_by_role("button", name="Try it on the last 200 runs").press("Enter")
    expect(page.get_by_role("status").filter(has_text="Nothing is kept yet")).to_contain_text("3 of 3 runs change")
    page.get_by_role("button", name="Keep the rule").press("Enter")
    expect(page.get_by_role("listitem").filter(has_text="Logo & type: Auto takes").first).to_be_visible()
    page.get_by_role("button", name="Remove Brand work goes to Recraft").press("Enter")
    expect(page.get_by_text("There are no rules.")).to_be_visible()
    page.get_by_role("button", name="Undo removed").press("Space")
    expect(page.get_by_role("button", name="Switch off Brand work goes to Recraft")).to_be_visible()


def test_the_first_field_that_is_wrong_has_the_focus(page: Page):  # noqa: F811
    page.goto("/operations/rules/new/")
    fill(page)
    page.get_by_label("What it does").select_option("cap_price")
    page.get_by_role("button", name="Keep the rule").click()
    expect(page.get_by_label("Credits an image")).to_be_focused()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Brand work goes to Recraft")


def test_without_script_all_of_it_works(browser: Browser, context: BrowserContext, live_server, runs):  # noqa: F811
    with browser.new_context(base_url=live_server.url, java_script_enabled=False, storage_state=context.storage_state()) as plain:
        page = plain.new_page()
        page.goto("/operations/rules/new/")
        fill(page)
        page.get_by_role("button", name="Try it on the last 200 runs").click()
        expect(page.get_by_text("3 of 3 runs change")).to_be_visible()
        page.get_by_role("button", name="Keep the rule").click()
        page.get_by_role("button", name="Switch off").click()
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_role("button", name="Switch off")).to_be_visible()
