"""The product as its first user meets it: one command, the printed link, a run, a stopped frame, a killed worker, a restart."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looks import DESK, axe
from tests.processes import ROOT, free_port, wait_until
from workspace.embedded.processes import die_with_parent

MODELS = ["openai/gpt-image-2.6-sunburst", "openai/gpt-image-2.6-flare", "ideogram/v_2a_turbo", "ideogram/v_1_turbo"]
OWN = 'A round badge, gold on navy, that says "Launch 2024"'
NOT_OURS = {"DATABASE_URL", "REDIS_URL", "PROOFSHEET_DATA_DIR", "SECRET_KEY", "SIMULATOR_URL", "DJANGO_SETTINGS_MODULE"}


class Product:
    """``manage.py up`` in a folder of its own."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir, self.port = data_dir, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        environment = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        environment |= {"ENV_FILE": "", "PYTHONUNBUFFERED": "1", "WORKER_SILENCE_SECONDS": "6"}
        command = [sys.executable, "manage.py", "up", "--port", str(self.port), "--data-dir", str(self.data_dir)]
        self.log = (self.data_dir.parent / f"up-{time.monotonic_ns()}.log").open("w+")
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=self.log, stderr=self.log, preexec_fn=die_with_parent(signal.SIGTERM)
        )
        wait_until(lambda: "ready" in self.printed() and "Ctrl-C" in self.printed(), message="the product did not start")

    def printed(self) -> str:
        return Path(self.log.name).read_text()

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(120)
        self.log.close()

    def kill_worker(self) -> None:
        os.kill(json.loads((self.data_dir / "run.json").read_text())["processes"]["worker"]["pid"], signal.SIGKILL)

    def audit(self) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        environment |= {"ENV_FILE": "", "PROOFSHEET_DATA_DIR": str(self.data_dir)}
        return subprocess.run(
            [sys.executable, "manage.py", "audit_credits"], cwd=ROOT, env=environment, text=True, capture_output=True
        )


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    running = Product(tmp_path / "data")
    yield running
    running.stop()


@pytest.fixture
def page(browser: Browser, product: Product) -> Iterator[Page]:
    with browser.new_context(base_url=product.address, viewport=DESK) as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        assert complaints == []


@pytest.mark.timeout(280)
def test_from_the_first_start_to_the_restart(product: Product, page: Page):
    become_the_owner(product, page)
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


def become_the_owner(product: Product, page: Page) -> None:
    link = re.search(r"http://\S+/welcome/\S+", product.printed())
    assert link, product.printed()
    page.goto(link.group())
    page.fill("[name=email]", "owner@example.com")
    page.fill("[name=password]", "a long enough phrase")
    page.keyboard.press("Enter")
    expect(page.locator("#prompt")).to_be_visible()
    assert page.request.get(link.group()).status == 410


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
