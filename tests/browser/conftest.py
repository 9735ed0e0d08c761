"""One Chromium for every browser test, and the product's templates filled with the presenters of ``states``."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser import chromium
from tests.browser.complaints import Complaints
from tests.browser.looks import DESK
from tests.workspace.rests import nobody_rests  # noqa: F401 - a fixture
from workspace.comparisons.standing import Entered
from workspace.operations import configuration

SILENCE = "retry: 600000\n\n"
PATIENCE = 60_000  # milliseconds until what should happen at once is taken for never


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Playwright's synchronous interface runs a loop in this thread: Django would take what follows for asynchronous code, and
    asynchronous tests could not run, so it ends with this folder.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.flags())
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(autouse=True)
def nothing_is_entered() -> None:
    """What admins entered in an earlier test is not read again in this thread: Playwright's loop runs in it."""
    configuration._held.entered = Entered()
    configuration.forget()


@pytest.fixture(scope="module")
def state_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The templates and static files of the product, served without a database: these pages hold hand-made presenters."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        ROOT_URLCONF="tests.browser.state_pages",
        STORAGES=settings.STORAGES | {"staticfiles": plain},
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        ALLOWED_HOSTS=["localhost"],
    ):
        server = LiveServer("localhost")
        yield f"{server.url}/states/"
        server.stop()


@pytest.fixture
def page(browser: Browser, state_server: str) -> Iterator[Page]:
    """A page whose streams and previews stay silent; an error of script or a breach of the CSP fails the test.

    Its profile is its own and is closed as a whole: a page that shares one is still asking for things when the next test begins.
    """
    with browser.new_context(base_url=state_server, viewport=DESK, reduced_motion="reduce") as context:
        complaints = Complaints()
        page = complaints.heard(context.new_page())
        page.route("**/events/*", lambda route: route.fulfill(content_type="text/event-stream", body=SILENCE))
        page.route("**/route/preview/", lambda route: route.fulfill(status=204))
        yield page
        assert complaints == []
