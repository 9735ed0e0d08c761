"""HD until the allowance ends, and the owner's screens for plans and prices, in a browser."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from providers.types import Quality
from tests.browser.complaints import Complaints
from tests.browser.conftest import SILENCE
from tests.browser.looks import DESK, holds_up_at_both_widths
from tests.workspace.comparisons.conftest import FLARE, V2A
from tests.workspace.conftest import owner, static_files  # noqa: F401 (fixtures)
from workspace.accounts.models import Plan, User
from workspace.comparisons.models import Generation
from workspace.credits import prices
from workspace.credits.hd.statements import month_of

SUNBURST = "openai/gpt-image-2.6-sunburst"


@pytest.fixture
def page_of(browser: Browser, live_server, settings, tmp_path) -> Iterator[Callable[[User], Page]]:
    """A page signed in as somebody; a failing script or a breach of the content security policy fails the test."""
    settings.SIMULATOR_URL, settings.STATIC_ROOT = "http://127.0.0.1:1", tmp_path
    prices.forget()
    opened, complaints = [], Complaints()

    def open_for(user: User) -> Page:
        client = Client()
        client.force_login(user)
        cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": client.cookies[django_settings.SESSION_COOKIE_NAME].value}
        state = {"cookies": [cookie | {"domain": urlsplit(live_server.url).hostname, "path": "/"}], "origins": []}
        context = browser.new_context(base_url=live_server.url, viewport=DESK, reduced_motion="reduce", storage_state=state)
        opened.append(context)
        page = complaints.heard(context.new_page())
        page.route("**/events/*", lambda route: route.fulfill(content_type="text/event-stream", body=SILENCE))
        return page

    yield open_for
    for context in opened:
        context.close()
    prices.forget()
    assert complaints == []


def looks_right(page: Page) -> None:
    holds_up_at_both_widths(page, "overflowing", "small")


def test_hd_until_the_allowance_ends(page_of, owner):  # noqa: F811
    Plan.objects.filter(is_default=True).update(hd_per_month=3)
    page = page_of(owner)
    page.goto(f"/?prompt=A+glass+of+water&intent=draft&cap=&models={FLARE}&models={SUNBURST}")
    expect(page.locator("#hd_left")).to_have_text("HD 3 of 3 left")
    page.get_by_role("radio", name="HD 3 left").check()
    expect(page.locator("#cost")).to_contain_text("16 credits")
    page.get_by_role("button", name="Run comparison").click()
    expect(page.locator("#hd_left")).to_have_text("HD 1 of 3 left")
    expect(page.locator("#qualities")).to_contain_text("1 left")
    expect(page.locator("#cost")).to_contain_text("One HD image left this month: GPT Image 2.6 Flare gets it.")
    expect(page.locator(".chip", has_text="GPT Image 2.6 Sunburst")).to_contain_text("in Standard")
    looks_right(page)
    page.get_by_role("button", name="Run 1 in HD, 1 in Standard").click()
    expect(page.locator("#hd_left")).to_have_text("HD 0 of 3 left")
    again = month_of(timezone.localdate())[1]
    expect(page.locator("#cost")).to_contain_text(f"HD is used up until {again.day} {again:%B}.")
    expect(page.get_by_role("button", name="Run 2 in Standard")).to_be_enabled()
    expect(page.locator("input[name=quality][value=hd]")).to_be_disabled()
    looks_right(page)
    assert [row.quality for row in Generation.objects.order_by("pk")].count(Quality.HD) == 3


def test_an_owner_makes_a_plan_puts_somebody_on_it_and_sets_a_price(page_of, owner):  # noqa: F811
    page = page_of(User.objects.create_superuser("boss@example.com"))
    page.goto("/operations/plans/")
    page.get_by_role("link", name="New plan").click()
    page.get_by_label("Name").fill("Studio")
    page.get_by_label("HD images a month").fill("20")
    looks_right(page)
    page.get_by_role("button", name="Keep the plan").click()
    expect(page.get_by_role("row", name="Studio")).to_contain_text("20")
    looks_right(page)
    page.goto(f"/operations/plans/people/{owner.pk}/")
    page.get_by_role("combobox", name="Plan").select_option(label="Studio")
    page.get_by_role("button", name="Put on this plan").click()
    expect(page.locator(".page__head")).to_contain_text("20 of 20 HD images left")
    looks_right(page)
    page.goto("/operations/prices/")
    page.get_by_role("combobox", name="Model").select_option(value=V2A)
    page.get_by_label("Or credits an image").fill("5")
    page.get_by_role("textbox", name="Reason").fill("Half of what it was")
    page.get_by_role("button", name="Set the price").click()
    expect(page.get_by_role("row", name="Ideogram 2a Turbo")).to_contain_text("5 credits")
    looks_right(page)
