"""The desk of an admin in a real browser: readable at both widths and in both themes, live with script, whole without."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.complaints import Complaints
from tests.browser.looks import DESK, holds_up_at_both_widths
from tests.processes import Simulator, Worker
from tests.workspace.conftest import staff, static_files  # noqa: F401 (fixtures)
from workspace.accounts.models import User
from workspace.comparisons.models import Attempt, Comparison, Generation
from workspace.operations import configuration, health
from workspace.operations.models import ProviderSetting


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    running = Simulator()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def worker(django_db_setup, simulator) -> Iterator[Worker]:
    running = Worker("generations", simulator.url)
    yield running
    running.stop()


@pytest.fixture
def context(browser: Browser, live_server, staff, simulator, settings, tmp_path) -> Iterator[BrowserContext]:  # noqa: F811
    """Signed in as an admin; a page whose script fails, or breaks the content security policy, fails the test."""
    settings.SIMULATOR_URL, settings.STATIC_ROOT = simulator.url, tmp_path
    configuration.forget()
    health.forget()
    client = Client()
    client.force_login(staff)
    cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": client.cookies[django_settings.SESSION_COOKIE_NAME].value}
    with browser.new_context(base_url=live_server.url, viewport=DESK, reduced_motion="reduce") as context:
        context.add_cookies([cookie | {"url": live_server.url}])
        yield context
    configuration.forget()
    health.forget()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    complaints = Complaints()
    page = complaints.heard(context.new_page())
    yield page
    assert complaints == []


def trouble(owner: User, model: str, *, error: str, calls: int = 12) -> None:
    """Calls of the last minutes and the last days that ended with this error, or well without one."""
    square = {"width": 64, "height": 64, "quality": "draft", "prompt": "A badge"}
    for number in range(calls):
        key = uuid.uuid4()
        run = Comparison.objects.create(
            user=owner, number=key.int % 10**9, key=key, intent="draft", auto=False, shape="1:1", **square
        )
        facts = {"model": model, "model_label": model, "price": 3, "cost": 0, "settled": True, "expected_seconds": 3}
        frame = Generation.objects.create(
            comparison=run, position=1, state="failed", estimate_usd="0.03", cost_usd="1234.5", **facts, **square
        )
        at = timezone.now() - timedelta(minutes=number, days=number // 5)
        state = "failed" if error else "succeeded"
        call = {"round": 1, "number": 1, "worker": uuid.uuid4(), "model": model, "state": state, "error": error}
        Attempt.objects.create(generation=frame, claimed_at=at, ended_at=at + timedelta(seconds=2.8), **call)


@pytest.fixture
def everything(staff) -> None:  # noqa: F811
    """A good provider, a broken one, a paused one, and a server with a long name and address."""
    trouble(staff, "ideogram/v_2a_turbo", error="")
    trouble(staff, "recraft/recraftv4_1", error="provider_down")
    ProviderSetting.objects.create(provider="fal", paused_at=timezone.now(), paused_by=staff.email)
    address = "http://a-machine-with-a-long-name.example.org:8080/v1?model=something-of-some-length"
    ProviderSetting.objects.create(
        provider="local",
        address=address,
        label="The big card under the window",
        entered_at=timezone.now(),
        entered_by=staff.email,
    )


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize("path", ["/operations/", "/operations/openai/", "/operations/local/"])
def test_it_passes_axe_and_holds_its_words(page: Page, path: str):
    page.goto(path)
    holds_up_at_both_widths(page, "overflowing", "small")


@pytest.mark.usefixtures("worker")
def test_a_probe_shows_its_outcome_by_itself(page: Page):
    page.goto("/operations/")
    page.get_by_role("button", name="Probe OpenAI").click()
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="OpenAI"))
    expect(row).to_contain_text("The simulator answered", timeout=30_000)


def test_pausing_and_resuming_need_no_reload(page: Page):
    page.goto("/operations/")
    page.evaluate("() => { window.stayed = true }")
    page.get_by_role("button", name="Pause Ideogram").click()
    expect(page.get_by_role("button", name="Resume Ideogram")).to_be_focused()
    page.get_by_role("button", name="Resume Ideogram").click()
    expect(page.get_by_role("button", name="Pause Ideogram")).to_be_visible()
    assert page.evaluate("() => window.stayed")


def test_a_key_is_entered_and_never_seen_again(page: Page):
    page.goto("/operations/openai/")
    page.get_by_label("New key").fill("sk-made-up-0123456789-wxyz")
    page.get_by_role("button", name="Keep the key").click()
    expect(page.get_by_role("row").filter(has=page.get_by_role("link", name="OpenAI"))).to_contain_text("ends in wxyz")
    assert "sk-made-up" not in page.content()


def test_without_script_the_buttons_work_by_reload(browser: Browser, context: BrowserContext, live_server):
    with browser.new_context(base_url=live_server.url, java_script_enabled=False, storage_state=context.storage_state()) as plain:
        page = plain.new_page()
        page.goto("/operations/")
        page.get_by_role("button", name="Pause Ideogram").click()
        expect(page.get_by_role("button", name="Resume Ideogram")).to_be_visible()
