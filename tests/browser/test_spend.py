"""Spend in a real browser: readable at both widths and in both themes, live with script, whole without; a budget is lifted."""

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.complaints import Complaints
from tests.browser.looks import DESK, holds_up_at_both_widths
from tests.workspace.conftest import owner, static_files  # noqa: F401 (fixtures)
from tests.workspace.spend.conftest import BFL, OPENAI, V2A, call, nothing_remembered  # noqa: F401
from workspace.accounts.models import User
from workspace.spend import budgets, watch


@pytest.fixture
def boss(transactional_db) -> User:
    return User.objects.create_superuser("boss@example.com")


@pytest.fixture
def context(browser: Browser, live_server, boss, settings, tmp_path) -> Iterator[BrowserContext]:
    settings.SIMULATOR_URL, settings.STATIC_ROOT = "http://127.0.0.1:1", tmp_path
    client = Client()
    client.force_login(boss)
    cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": client.cookies[django_settings.SESSION_COOKIE_NAME].value}
    state = {"cookies": [cookie | {"domain": urlsplit(live_server.url).hostname, "path": "/"}], "origins": []}
    with browser.new_context(base_url=live_server.url, viewport=DESK, reduced_motion="reduce", storage_state=state) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    complaints = Complaints()
    yield complaints.heard(context.new_page())
    assert complaints == []


@pytest.fixture
def some_weeks(call: Callable) -> None:  # noqa: F811
    """Thirty days of calls, real and simulated, good and bad, by three people."""
    people = [User.objects.create_user(f"somebody.with.a.long.name{number}@example.com") for number in range(3)]
    for day in range(30):
        at = timezone.now() - timedelta(days=day, minutes=5)
        for number, model in enumerate((OPENAI, BFL, V2A)[: 1 + day % 3]):
            call(model, at=at, told=f"{(day * 7) % 11 + number}.25", person=people[number])
        call(OPENAI, at=at, error="timed_out", billed=True, person=people[0])
        call(V2A, at=at, told="0.5", simulated=True)


@pytest.mark.usefixtures("some_weeks")
def test_it_passes_axe_and_holds_its_words(page: Page, boss: User):
    budgets.set_budget("openai", Decimal("0.01"), reason="Agreed in November", key=uuid.uuid4(), after=0, by=boss)
    watch.look()
    for path in (
        "/operations/spend/?period=thirty&money=real",
        "/operations/spend/?period=last",
        "/operations/spend/budgets/openai/",
    ):
        page.goto(path)
        holds_up_at_both_widths(page, "overflowing", "clipped", "small")


@pytest.mark.usefixtures("some_weeks")
def test_another_stretch_comes_without_a_reload_and_can_be_linked(page: Page):
    page.goto("/operations/spend/?money=real")
    page.evaluate("() => { window.stayed = true }")
    page.get_by_text("Last 30 days").click()
    expect(page.locator("#totals_head")).to_have_text("Spent in the last 30 days")
    expect(page).to_have_url(re.compile("period=thirty"))
    page.get_by_role("group", name="Money").get_by_text("Simulated").click()
    expect(page.locator("#totals_head")).to_have_text("Would have been spent in the last 30 days")
    assert page.evaluate("() => window.stayed")


@pytest.mark.usefixtures("some_weeks")
def test_a_budget_that_is_used_up_is_lifted(page: Page):
    page.goto("/operations/")
    page.get_by_role("link", name="Spend", exact=True).click()
    page.get_by_role("link", name=re.compile("OpenAI ?, budget")).click()
    page.get_by_label("US dollars a month").fill("0.01")
    page.get_by_role("textbox", name="Reason").fill("Agreed in November")
    page.get_by_role("button", name="Set the budget").click()
    expect(page.get_by_role("region", name="Table of budgets")).to_contain_text("Agreed in November")
    expect(page.locator(".banner")).to_contain_text("OpenAI has used up its budget")
    page.get_by_role("link", name=re.compile("OpenAI ?, budget")).click()
    page.get_by_role("button", name="Lift the pause").click()
    expect(page.locator(".banner")).to_contain_text("An owner has lifted its pause.")


@pytest.mark.usefixtures("some_weeks")
def test_without_script_the_form_works_by_reload(browser: Browser, context: BrowserContext, live_server):
    with browser.new_context(base_url=live_server.url, java_script_enabled=False, storage_state=context.storage_state()) as plain:
        page = plain.new_page()
        page.goto("/operations/spend/")
        page.get_by_text("Last 30 days").click()
        page.get_by_role("group", name="Money").get_by_text("Real").click()
        page.get_by_role("button", name="Show").click()
        expect(page.locator("#totals_head")).to_have_text("Spent in the last 30 days")
        with page.expect_download() as download:
            page.get_by_role("link", name="Export as CSV").click()
        assert download.value.suggested_filename.endswith(".csv")
