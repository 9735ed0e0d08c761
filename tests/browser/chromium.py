"""Chromium for the browser tests: one that is on the machine, else Playwright's own, else Debian's package.

Its headless shell comes first: the same engine without a browser's window around it takes a third of the processor time.

``python -m tests.browser.chromium`` prints its path, or says why there is none.
"""

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
NAMES = (*SHELLS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
APPLICATIONS = tuple(f"/Applications/{name}.app/Contents/MacOS/{name}" for name in ("Google Chrome", "Chromium"))
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--renderer-process-limit=1",
)
NOT_WANTED = (  # an address bar that is a page itself, twice a window, and processes kept ready: half of the processor time
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "AimEnabled",
    "SpareRendererForSitePerProcess",
    # What Playwright switches off where nobody names features: https, searches and hints that a test must not meet
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
)


class NoChromium(Exception):
    """None is there and none could be fetched; the message says what was tried."""


@cache
def executable() -> str:
    """The path of a Chromium that starts. Raises NoChromium."""
    found = _on_the_machine() or _playwrights_own() or _debians()
    if found is None:
        raise NoChromium("No Chromium or Chrome is on this machine, and neither Playwright nor apt-get could fetch one.")
    return found


def flags() -> list[str]:
    """How to start it: quiet, and without its sandbox only where that cannot work, as root."""
    return [*FLAGS, f"--disable-features={','.join(NOT_WANTED)}", *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def _on_the_machine() -> str | None:
    named = [path for name in NAMES if (path := shutil.which(name))]
    return next((path for path in (*named, *APPLICATIONS) if _starts(path)), None)


def _playwrights_own() -> str | None:
    """The headless shell that Playwright downloads, once for all projects of this user; only a rehearsal tells its folder."""
    fetch = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    if not _run(fetch):
        return None
    told = subprocess.run([*fetch, "--dry-run"], capture_output=True, text=True, check=False).stdout
    folders = re.findall("Install location: +(.+headless_shell.+)", told)
    paths = [str(path) for folder in folders for path in Path(folder).glob("*/chrome-headless-shell*")]
    return next(filter(_starts, paths), None)


def _debians() -> str | None:
    """Debian's packages, where we may install them."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    _run(["apt-get", "update", "-q"], environment)
    for package in ("chromium-headless-shell", "chromium"):
        if _run(["apt-get", "install", "-q", "-y", "--no-install-recommends", package], environment):
            break
    return _on_the_machine()


def _starts(path: str) -> bool:
    return Path(path).exists() and _run([path, "--version"], limit=30)


def _run(command: list[str], environment: dict[str, str] | None = None, limit: float = 600) -> bool:
    """Whether the command succeeds within ``limit`` seconds."""
    try:
        done = subprocess.run(command, env=environment, capture_output=True, timeout=limit, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    try:
        print(executable())
    except NoChromium as problem:
        sys.exit(str(problem))
