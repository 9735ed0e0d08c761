"""The whole product under test, and its owner, who comes by the link it prints."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.processes import ROOT, free_port, wait_until
from workspace.embedded.processes import die_with_parent

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


def become_the_owner(product: Product, page: Page) -> None:
    link = re.search(r"http://\S+/welcome/\S+", product.printed())
    assert link, product.printed()
    page.goto(link.group())
    page.fill("[name=email]", "owner@example.com")
    page.fill("[name=password]", "a long enough phrase")
    page.keyboard.press("Enter")
    expect(page.locator("#prompt")).to_be_visible()
    assert page.request.get(link.group()).status == 410
