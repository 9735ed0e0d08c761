"""The product as its first people meet it.

The owner comes by the printed link, runs a comparison, stops a frame, loses a worker and restarts. An admin grants credits and a
designer sees them arrive; every page of it is readable at both widths and in both themes.
"""

import json
import re
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.browser.complaints import Complaints
from tests.browser.looks import DESK, axe, holds_up_at_both_widths
from tests.browser.product import Product, become_the_owner
from tests.processes import wait_until

MODELS = ["openai/gpt-image-2.6-sunburst", "openai/gpt-image-2.6-flare", "ideogram/v_2a_turbo", "ideogram/v_1_turbo"]
REASON = "Goodwill for Tuesday's outage"
PASSWORD = "a long enough phrase"
OWN = 'A round badge, gold on navy, that says "Launch 2024"'


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    running = Product(tmp_path_factory.mktemp("product") / "data")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def owner(product: Product, browser: Browser) -> StorageState:
    """The session of whoever came by the printed link."""
    with browser.new_context(base_url=product.address) as context:
        become_the_owner(product, context.new_page())
        return context.storage_state()


@pytest.fixture
def page(browser: Browser, product: Product, owner: StorageState) -> Iterator[Page]:
    with browser.new_context(base_url=product.address, viewport=DESK, storage_state=owner) as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        assert complaints == []


@pytest.mark.timeout(280)
def test_from_the_first_start_to_the_restart(product: Product, page: Page):
    page.goto("/")
    assert axe(page) == []
    for model in MODELS[:2]:
        slow_down(product, model)
    write_a_draft(page)
    reword_it_for_one_model(page)
    start_the_run(page)
    frames_arrive_one_after_another(page)
    stop_one(page)
    the_frame_was_asked_just_that(product, page)
    a_killed_worker_costs_nothing_and_the_frame_can_be_asked_again(product, page)
    assert axe(page) == []
    everything_is_there_after_a_restart(product, page)
    audit = product.audit()
    assert audit.returncode == 0, audit.stdout + audit.stderr


def slow_down(product: Product, model: str) -> None:
    """Its next answer takes half a minute longer: it is still drawing when it is stopped, or its worker killed."""
    fault = json.dumps({"model": model, "kind": "slow", "seconds": 30, "times": 1}).encode()
    urllib.request.urlopen(f"{simulator_of(product)}/_control/faults", data=fault, timeout=30).close()


def simulator_of(product: Product) -> str:
    return json.loads((product.data_dir / "run.json").read_text())["environment"]["SIMULATOR_URL"]


def write_a_draft(page: Page) -> None:
    page.fill("#prompt", 'A badge saying "Launch 2024"')
    expect(page.locator("#route")).to_contain_text("Launch 2024")
    for model in MODELS:
        page.check(f"input[type=checkbox][value='{model}']")
    expect(page.locator("#cost")).to_contain_text("4 images")


def reword_it_for_one_model(page: Page) -> None:
    """The panel of wordings, by its key, with a wording of one's own in it."""
    page.locator("#main").focus()
    page.keyboard.press("t")
    entry = page.locator("#wordings li", has_text="Ideogram 2a Turbo")
    expect(entry).to_be_visible()
    entry.get_by_text("Edit", exact=True).click()
    entry.get_by_role("textbox").fill(OWN)
    page.locator("#cap").focus()
    expect(entry).to_contain_text("Your wording")
    expect(entry.get_by_role("textbox")).to_have_value(OWN)
    assert axe(page) == []


def the_frame_was_asked_just_that(product: Product, page: Page) -> None:
    """By the provider's own account, and by the sheet's."""
    with urllib.request.urlopen(f"{simulator_of(product)}/_control/requests", timeout=30) as answer:
        asked = [call["prompt"] for call in json.load(answer) if call["prompt"]]
    assert asked.count(OWN) == 1
    assert len(asked) == len(MODELS)
    page.locator("#main").focus()
    page.keyboard.press("t")
    expect(page.locator("#thinking li", has_text="Ideogram 2a Turbo")).to_contain_text("Your wording")
    assert axe(page) == []


def start_the_run(page: Page) -> None:
    page.locator("#prompt").press("Control+Enter")
    expect(page).to_have_url(re.compile(r"/runs/1/$"))
    expect(page.locator("article.frame")).to_have_count(4)


def frame(page: Page, model: str) -> Callable:
    return page.locator("article.frame", has=page.get_by_role("heading", name=model, exact=True))


def frames_arrive_one_after_another(page: Page) -> None:
    """The quick models are in while the slow ones still draw; a preview comes before its picture."""
    for model in ("Ideogram 2a Turbo", "Ideogram 1 Turbo"):
        expect(frame(page, model)).to_have_attribute("data-state", "done")
    expect(frame(page, "GPT Image 2.6 Sunburst")).to_have_attribute("data-state", "running")
    picture = frame(page, "Ideogram 2a Turbo").locator("img")
    wait_until(lambda: picture.evaluate("image => image.complete && image.naturalWidth > 0"))
    expect(frame(page, "Ideogram 2a Turbo")).to_contain_text("Simulated")
    expect(page.locator("#balance")).to_contain_text("held")


def stop_one(page: Page) -> None:
    stopped = frame(page, "GPT Image 2.6 Flare")
    stopped.get_by_role("button", name="Cancel").click()
    expect(stopped).to_have_attribute("data-state", "cancelled")
    expect(stopped).to_contain_text("You stopped this one.")
    expect(stopped).to_contain_text("are back")


def a_killed_worker_costs_nothing_and_the_frame_can_be_asked_again(product: Product, page: Page) -> None:
    lost = frame(page, "GPT Image 2.6 Sunburst")
    expect(lost).to_have_attribute("data-state", "running")
    product.kill_worker()
    expect(lost).to_have_attribute("data-state", "failed")
    expect(lost).to_contain_text("credits are back")
    lost.get_by_role("button", name="Retry").click()
    expect(lost).to_have_attribute("data-state", "done")
    expect(page.locator("#run_summary")).to_contain_text("4 of 4 in")


def everything_is_there_after_a_restart(product: Product, page: Page) -> None:
    product.stop()
    product.start()
    page.goto("/history/")
    expect(page.get_by_text("Simulated").first).to_be_visible()
    expect(page.locator("img")).to_have_count(3)
    page.get_by_role("searchbox").fill("badge")
    expect(page.locator("img")).to_have_count(3)
    assert axe(page) == []
    page.goto("/runs/1/")
    expect(page.locator("article.frame[data-state=done]")).to_have_count(3)
    expect(page.locator("article.frame[data-state=cancelled]")).to_have_count(1)


# --- credits: granted on one screen, there on the other -------------------------------------------------------------------------
@pytest.mark.timeout(280)
def test_an_admin_grants_and_the_designer_sees_it_arrive(product: Product, browser: Browser, owner: StorageState):
    complaints = Complaints()
    with (
        browser.new_context(base_url=product.address, viewport=DESK, reduced_motion="reduce", storage_state=owner) as desk,
        browser.new_context(base_url=product.address, viewport=DESK, reduced_motion="reduce") as designers,
    ):
        admin = complaints.heard(desk.new_page())
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
