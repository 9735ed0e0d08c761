"""From a frame's key to the next run that goes by it, in a browser, on the product itself; and the same without script."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from providers import catalogue
from tests.browser.complaints import Complaints
from tests.browser.conftest import SILENCE
from tests.browser.looks import DESK, PHONE, holds_up_at_both_widths, measure
from tests.browser.scripted import chooses_files
from tests.workspace.comparisons import pictures
from tests.workspace.comparisons.conftest import (  # noqa: F401 (fixtures)
    V2A,
    generation_worker,
    media_worker,
    picture,
    run,
    settled,
    simulator,
)
from tests.workspace.conftest import owner, static_files  # noqa: F401 (fixtures)
from workspace.comparisons.models import Comparison

FILE = {"name": "sketch.png", "mimeType": "image/png", "buffer": pictures.see_through(600)}
IGNORED = "This model does not take references. It used the prompt alone."


@pytest.fixture
def context(browser, live_server, owner, simulator, generation_worker, media_worker, settings, tmp_path) -> dict[str, object]:  # noqa: F811
    """What a browser context of the owner is opened with, on a product with workers."""
    settings.SIMULATOR_URL, settings.STATIC_ROOT = simulator.url, tmp_path
    client = Client()
    client.force_login(owner)
    cookie = {"name": django_settings.SESSION_COOKIE_NAME, "value": client.cookies[django_settings.SESSION_COOKIE_NAME].value}
    state = {"cookies": [cookie | {"domain": urlsplit(live_server.url).hostname, "path": "/"}], "origins": []}
    return {"base_url": live_server.url, "viewport": DESK, "reduced_motion": "reduce", "storage_state": state}


@pytest.fixture
def page(browser: Browser, context: dict[str, object]) -> Iterator[Page]:
    with browser.new_context(**context) as opened:
        complaints = Complaints()
        page = complaints.heard(opened.new_page())
        page.route("**/events/*", lambda route: route.fulfill(content_type="text/event-stream", body=SILENCE))
        yield page
        assert complaints == []


def looks_right(page: Page) -> None:
    holds_up_at_both_widths(page, "overflowing", "clipped", "small")


def test_from_a_frame_to_a_run_that_goes_by_it(page: Page, run, picture, settled):  # noqa: F811
    picture(run("A badge", models=(V2A,)).generations.get())
    page.goto("/runs/1/")
    page.locator("body").press("1")
    page.locator("body").press("u")
    thumb = page.get_by_role("img", name="Reference 1-1")
    expect(thumb).to_be_visible()
    page.wait_for_function("() => document.querySelector('.reference__thumb img').naturalWidth > 0")
    expect(page.locator(".toast")).to_contain_text("1-1 set as reference")
    expect(page.locator(".chip", has_text="Ideogram 2a Turbo")).to_contain_text("no reference")
    looks_right(page)
    page.reload()
    expect(thumb).to_be_visible()
    page.locator("#prompt").press("Control+Enter")
    expect(page).to_have_url(re.compile(r"/runs/2/$"))
    comparison = Comparison.objects.get(number=2)
    assert comparison.reference.label == "1-1"
    settled(comparison)
    page.reload()
    expect(thumb).to_be_visible()
    for frame in comparison.generations.all():
        notes = page.locator(f"#frame_2_{frame.position} .note")
        takes = catalogue.model(frame.model).capabilities.reference
        expect(notes.filter(has_text=IGNORED)).to_have_count(0 if takes else 1)


def test_a_file_by_the_keyboard(page: Page):
    chooses_files(page)
    page.goto("/")
    page.locator("#prompt").fill("A heron like this one")
    page.keyboard.press("Tab")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(FILE)
    expect(page.get_by_role("img", name="Reference Uploaded picture")).to_be_visible()
    expect(page.get_by_role("button", name="Remove the reference")).to_be_focused()
    expect(page.locator(".chip", has_text="Ideogram 2a Turbo")).to_contain_text("no reference")
    expect(page.locator("#prompt")).to_have_value("A heron like this one")
    page.keyboard.press("Enter")
    expect(page.locator("#reference_picture")).to_be_focused()
    expect(page.locator(".chip", has_text="Ideogram 2a Turbo")).not_to_contain_text("no reference")


def test_without_script_too(browser: Browser, context: dict[str, object], run, picture):  # noqa: F811
    picture(run("A badge", models=(V2A,)).generations.get())
    with browser.new_context(**context, java_script_enabled=False) as opened:
        page = opened.new_page()
        page.goto("/runs/1/")
        page.get_by_role("button", name="Use frame 1 as reference").click()
        expect(page.get_by_role("img", name="Reference 1-1")).to_be_visible()
        page.locator("#prompt").fill("A heron")
        page.locator("#reference_picture").set_input_files(FILE)
        page.get_by_role("button", name="Use this picture").click()
        expect(page.get_by_role("img", name="Reference Uploaded picture")).to_be_visible()
        expect(page.locator("#prompt")).to_have_value("A heron")
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            assert measure(page, "overflowing") == []
        page.get_by_role("button", name="Remove the reference").click()
        expect(page.get_by_role("img", name="Reference Uploaded picture")).to_have_count(0)
        expect(page.locator("#prompt")).to_have_value("A heron")
