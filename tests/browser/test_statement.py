"""The statement of a day on which everything happened, and a header that follows by itself, in a browser."""

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Page, expect

from tests.browser.looks import holds_up_at_both_widths
from tests.browser.test_plans import page_of
from tests.workspace.comparisons.conftest import picture, run
from tests.workspace.conftest import owner, static_files
from tests.workspace.ledger.day import a_day
from workspace.accounts import roles
from workspace.accounts.models import Plan, User
from workspace.accounts.roles import Role
from workspace.credits import services

__all__ = ["owner", "page_of", "picture", "run", "static_files"]


@pytest.fixture
def day(live_server, owner, run, picture) -> User:
    admins = [User.objects.create_user(f"{name}@example.com") for name in ("first", "second")]
    for each in admins:
        roles.give(each, Role.CREDIT_MANAGER)
    a_day(owner, *admins, run, picture)
    return owner


def test_the_statement_reads_well_and_adds_up(page_of, day):
    page = page_of(day)
    page.goto("/credits/")
    expect(page.locator("#ledger_sums")).to_contain_text("All lines add up to 1138 credits, 0 held, 12 spent and -1 HD images.")
    expect(page.get_by_role("img", name="1 of 20 HD images used this month, 19 left")).to_be_visible()
    holds_up_at_both_widths(page, "overflowing", "small")
    page.get_by_text("HD", exact=True).first.click()
    expect(page.locator("#ledger tr")).to_have_count(5)
    expect(page.locator("#ledger_sums")).to_contain_text("These lines add up to 0 credits, 0 held, 0 spent and -1 HD images.")


def test_hd_is_changed_at_the_desk_with_before_and_after(page_of, day):
    page = page_of(User.objects.get(email="first@example.com"))
    page.goto(f"/operations/credits/people/{day.pk}/")
    page.fill("#hd_images", "3")
    expect(page.locator("#hd_before_after")).to_contain_text("22")
    page.fill("#hd_reason", "A campaign for the spring")
    holds_up_at_both_widths(page, "overflowing", "small")
    page.get_by_role("button", name="Add 3 HD images").click()
    expect(page.locator("#toasts")).to_contain_text("now has 22 HD images left")


def asked(page: Page) -> list[str]:
    """What this page asks for its balance from now on."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if "/credits/balance/" in request.url else None)
    return found


def ten_seconds(page: Page) -> None:
    page.clock.run_for(11_000)


def hide(page: Page, hidden: bool) -> None:
    """As if another tab were in front, or this one again."""
    page.evaluate(f"() => Object.defineProperty(document, 'hidden', {{ value: {str(hidden).lower()}, configurable: true }})")
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")


def test_the_header_asks_only_where_nobody_tells_it_and_somebody_looks(page_of, owner):
    Plan.objects.filter(is_default=True).update(hd_per_month=20)
    page = page_of(owner)
    page.clock.install()
    page.goto("/history/")
    questions = asked(page)
    with page.expect_response("**/credits/balance/**") as answered:
        ten_seconds(page)
    assert answered.value.status == 204
    hide(page, True)
    ten_seconds(page)
    before = len(questions)
    services.adjust(owner, 40, reason="Goodwill for Tuesday", key="one", actor=owner)
    ten_seconds(page)
    assert len(questions) == before
    hide(page, False)
    expect(page.locator("#balance_live b")).to_have_text(str(django_settings.STARTING_CREDITS + 40))
    expect(page.locator("#hd_left")).to_have_text("HD 20 of 20 left")
    page.goto("/credits/")
    expect(page.locator("#ledger_sums")).to_contain_text("add up to")
    page.evaluate(
        "() => document.querySelector('[sse-connect]').dispatchEvent(new CustomEvent('htmx:sseOpen', { bubbles: true }))"
    )
    before = len(questions)
    ten_seconds(page)
    assert len(questions) == before
