"""A run with a model that draws, in a browser: pixels on the page, the SVG as a file, nothing of it ever opened."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from tests.browser.complaints import Complaints
from tests.browser.looks import DESK, axe
from tests.processes import Simulator, Worker, wait_until
from tests.workspace.comparisons.conftest import form
from tests.workspace.conftest import static_files  # noqa: F401 (fixtures)
from workspace.accounts.models import User
from workspace.comparisons.models import Generation, Image

VECTOR = "recraft/v4.1-vector"


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    running = Simulator()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def workers(django_db_setup, simulator) -> Iterator[None]:
    running = [Worker(queue, simulator.url) for queue in ("generations", "media")]
    yield
    for worker in running:
        worker.stop()


@pytest.fixture
def client(transactional_db, settings, simulator, workers) -> Client:
    """The owner, signed in."""
    settings.SIMULATOR_URL = simulator.url
    client = Client()
    client.force_login(User.objects.create_user("owner@example.com"))
    return client


@pytest.fixture
def page(browser: Browser, live_server, client) -> Iterator[Page]:
    """A page of the owner's; an error of script or a breach of the CSP fails the test."""
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    with browser.new_context(base_url=live_server.url, viewport=DESK, reduced_motion="reduce") as context:
        context.add_cookies([session])
        complaints = Complaints()
        page = complaints.heard(context.new_page())
        yield page
        assert complaints == []


def drawn(client: Client, page: Page, prompt: str) -> Image:
    """Run the prompt, wait until it is paid, and open the run."""
    answer = client.post("/runs/", dict(form(prompt, models=(VECTOR,)).lists()))
    wait_until(lambda: Generation.objects.filter(settled=True).exists(), 60, "the run did not settle")
    page.goto(answer.url)
    return Image.objects.get()


def downloaded(page: Page, button: str) -> tuple[str, bytes]:
    with page.expect_download() as begun:
        page.click(button)
    return begun.value.suggested_filename, Path(begun.value.path()).read_bytes()


def test_a_drawing_is_pixels_on_the_page_and_itself_as_a_file(client: Client, page: Page):
    image = drawn(client, page, "A fox logo saying “Foxglove”")
    frame = page.locator("article.frame")
    expect(frame.locator("dd", has_text="SVG")).to_have_text("SVG")
    picture = frame.locator(".mat img")
    wait_until(lambda: picture.evaluate("image => image.complete && image.naturalWidth > 0"))
    assert picture.get_attribute("src") == reverse("image", kwargs={"public_id": image.public_id, "rendition": "thumb"})
    assert frame.locator("a.mat").get_attribute("href").endswith("/raster/")
    assert page.locator("main :is(object, embed, iframe)").count() == 0
    name, data = downloaded(page, "[id$=_download]")
    assert (name, data[:5], len(data)) == ("proofsheet-1-1.svg", b"<svg ", image.byte_size)
    name, data = downloaded(page, "[id$=_png]")
    assert (name, data[:4]) == ("proofsheet-1-1.png", b"\x89PNG")


def test_a_hostile_drawing_does_nothing_even_when_its_address_is_opened(client: Client, page: Page):
    image = drawn(client, page, "A fox logo [[fault:svg_with_script]]")
    expect(page.locator("article.frame")).to_contain_text("SVG · scripts removed")
    assert axe(page) == []
    name, data = downloaded(page, "text=Download it untouched")
    assert (name, b"hostile.example" in data) == ("proofsheet-1-1-untouched.svg", True)
    name, data = downloaded(page, "[id$=_download]")
    assert (name, b"hostile.example" in data) == ("proofsheet-1-1.svg", False)
    title = page.title()
    with page.expect_download():
        page.evaluate("address => { location.href = address }", f"/images/{image.public_id}/original/")
    assert page.title() == title
