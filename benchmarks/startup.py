"""Seconds from `manage.py up` to a page that answers: first start with a new data folder, then later ones."""

import argparse
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from workspace.embedded.folder import PROJECT
from workspace.embedded.valkey import free_port

FIRST_GOAL, LATER_GOAL = 15.0, 6.0  # seconds
LIMIT = 120.0  # seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--later", type=int, default=3, help="how many later starts to measure (default 3)")
    later = parser.parse_args().later
    data_dir = Path(tempfile.mkdtemp(prefix="proofsheet-startup-"))
    print(f"{'start':<8} {'page answers':>12} {'goal':>6} {'CPU in all':>11} {'ended in':>9}")
    for number in range(later + 1):
        answered, ended, used = measure(data_dir)
        name, goal = ("later", LATER_GOAL) if number else ("first", FIRST_GOAL)
        print(f"{name:<8} {answered:>10.1f} s {goal:>4.0f} s {used:>9.1f} s {ended:>7.1f} s")
    shutil.rmtree(data_dir)


def measure(data_dir: Path) -> tuple[float, float, float]:
    """Seconds to the first page, seconds to an orderly end, and CPU seconds of all processes over that whole life."""
    port = free_port()
    before, started = cpu(), time.monotonic()
    command = [sys.executable, "manage.py", "up", "--port", str(port), "--data-dir", str(data_dir)]
    product = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        answered = wait_for_page(f"http://127.0.0.1:{port}/", product) - started
        stop = time.monotonic()
    finally:
        product.send_signal(signal.SIGINT)
        product.communicate()
    return answered, time.monotonic() - stop, cpu() - before


def wait_for_page(address: str, product: subprocess.Popen[str]) -> float:
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline and product.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10):
                return time.monotonic()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    sys.exit(f"No page within {LIMIT:.0f} s.\n{product.communicate()[0] if product.poll() is not None else ''}")


def cpu() -> float:
    """CPU seconds of every process that has ended below this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
