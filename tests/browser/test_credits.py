"""An admin grants credits and the designer sees them arrive; every page of it is readable at both widths and in both themes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.complaints import Complaints
from tests.browser.looks import DESK, holds_up_at_both_widths
from tests.browser.test_acceptance import Product, become_the_owner

REASON = "Goodwill for Tuesday's outage"
PASSWORD = "a long enough phrase"


@pytest.fixture(scope="module")
def product(tmp_path_factory) -> Iterator[Product]:
    folder: Path = tmp_path_factory.mktemp("credits")
    running = Product(folder / "data")
    yield running
    running.stop()


@pytest.mark.timeout(280)
def test_an_admin_grants_and_the_designer_sees_it_arrive(product: Product, browser: Browser):
    complaints = Complaints()
    with (
        browser.new_context(base_url=product.address, viewport=DESK, reduced_motion="reduce") as desk,
        browser.new_context(base_url=product.address, viewport=DESK, reduced_motion="reduce") as designers,
    ):
        admin = complaints.heard(desk.new_page())
        become_the_owner(product, admin)
        credits = complaints.heard(designers.new_page())
        come_by_invitation(admin, credits)
        elsewhere = complaints.heard(designers.new_page())
        elsewhere.goto("/history/")
        credits.goto("/credits/")
        for page in (credits, elsewhere):
            page.evaluate("() => { window.stayed = true }")
        grant(admin)
        expect(credits.locator("#fresh_lines")).to_contain_text(REASON)
        expect(credits.locator(".big")).to_contain_text("290")
        for page in (credits, elsewhere):
            expect(page.locator("#balance_live b")).to_have_text("290")
            assert page.evaluate("() => window.stayed")
        a_word_finds_its_line_without_a_reload(credits)
        for page, path in ((credits, "/credits/"), (admin, admin.url), *((admin, path) for path in DESKS)):
            page.goto(path)
            holds_up_at_both_widths(page, "overflowing", "small")
    assert complaints == []


DESKS = [f"/operations/credits/{rest}" for rest in ("?q=designer", "file/", "log/", "roles/")]


def come_by_invitation(admin: Page, designer: Page) -> None:
    admin.goto("/people/")
    admin.fill("[name=email]", "designer@example.com")
    admin.get_by_role("button", name="Invite").click()
    designer.goto(admin.input_value("#invitation_link"))
    designer.fill("[name=name]", "Designer")
    designer.fill("[name=password]", PASSWORD)
    designer.keyboard.press("Enter")
    expect(designer.locator("#prompt")).to_be_visible()


def grant(admin: Page) -> None:
    """What the form will do stands there before it is sent."""
    admin.goto("/operations/credits/?q=designer")
    admin.get_by_role("link", name="designer@example.com").click()
    admin.fill("#id_amount", "40")
    expect(admin.locator(".beforeafter")).to_contain_text("290")
    admin.fill("#id_reason", REASON)
    admin.get_by_role("button", name="Add 40 credits").click()
    expect(admin.locator("#toasts")).to_contain_text("now has 290 credits")


def a_word_finds_its_line_without_a_reload(page: Page) -> None:
    page.fill("#words", "goodwill")
    expect(page.locator("#ledger tr")).to_have_count(1)
    expect(page).to_have_url(re.compile("words=goodwill"))
    assert page.evaluate("() => window.stayed")


def test_without_script_it_is_all_there(product: Product, browser: Browser):
    with browser.new_context(base_url=product.address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/sign-in/?next=/credits/")
        page.fill("[name=login]", "designer@example.com")
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.fill("#words", "goodwill")
        page.get_by_role("button", name="Filter").click()
        expect(page.locator("#ledger tr")).to_have_count(1)
        expect(page.locator("#ledger")).to_contain_text(REASON)
