"""The whole product under ``manage.py up`` in a folder that is thrown away, and the simulator it asks, for the length of a block.

``up`` starts a durable Postgres and Valkey, the web server, both workers and beat, exactly as a person would have them.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from workspace.embedded import probe
from workspace.embedded.folder import PROJECT, running
from workspace.embedded.processes import die_with_parent
from workspace.embedded.valkey import free_port

START_LIMIT, STOP_LIMIT = 120.0, 60.0  # seconds
WORKERS = ("worker", "media", "beat")


@dataclass(frozen=True)
class Product:
    """A running product: its web server's port, its folder, and its processes by name."""

    port: int
    folder: Path

    def process(self, name: str) -> psutil.Process:
        """``web``, ``worker``, ``media``, ``beat``, ``postgres`` or ``valkey``."""
        return psutil.Process(running(self.folder)["processes"][name]["pid"])

    def cpu_seconds(self, name: str) -> float:
        """User and system time of a process and of every child it has or had."""
        process = self.process(name)
        family = [process.cpu_times(), *(child.cpu_times() for child in process.children(recursive=True))]
        ended = family[0].children_user + family[0].children_system
        return ended + sum(times.user + times.system for times in family)

    def memory(self, name: str) -> int:
        """Bytes that are a process's own (PSS), with those of its children."""
        return sum(process.memory_full_info().pss for process in self._family(name))

    @contextmanager
    def standing_still(self, *names: str) -> Iterator[None]:
        """These processes get no processor within the block; what is sent to them waits."""
        family = [each for name in names for each in self._family(name)]
        for process in family:
            process.suspend()
        try:
            yield
        finally:
            for process in family:
                process.resume()

    def _family(self, name: str) -> list[psutil.Process]:
        process = self.process(name)
        return [process, *process.children(recursive=True)]


@contextmanager
def product(simulator_url: str) -> Iterator[Product]:
    """Start the product on loopback, connect this process's Django to its database, end everything at the end."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # so that everything below ends in order
    folder = Path(tempfile.mkdtemp(prefix="proofsheet-benchmark-"))
    port = free_port()
    command = [sys.executable, "manage.py", "up", "--port", str(port), "--data-dir", str(folder)]
    without = ("DATABASE_URL", "REDIS_URL", "OPENAI_API_KEY", "IDEOGRAM_API_KEY")
    environment = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in without}
    environment |= {"SIMULATOR_URL": simulator_url, "ENV_FILE": "", "LOG_LEVEL": "WARNING", "PROVIDER_IN_FLIGHT": "ideogram=0"}
    with child(command, folder.with_suffix(".log"), environment, signal.SIGINT) as up:
        try:
            wait_until(lambda: probe.is_well("127.0.0.1", port, {}) and _complete(folder), up, folder.with_suffix(".log"))
            _connect_django(folder, simulator_url)
            yield Product(port, folder)
        finally:
            _disconnect_django()
    shutil.rmtree(folder, ignore_errors=True)
    folder.with_suffix(".log").unlink()


def _complete(folder: Path) -> bool:
    """Whether every process has been started."""
    return {"web", *WORKERS} <= running(folder).get("processes", {}).keys()


def _connect_django(folder: Path, simulator_url: str) -> None:
    os.environ |= running(folder)["environment"] | {"PROOFSHEET_DATA_DIR": str(folder), "SIMULATOR_URL": simulator_url}
    os.environ |= {"ENV_FILE": "", "DJANGO_SETTINGS_MODULE": "workspace.settings", "STARTING_CREDITS": "10000000"}
    import django

    django.setup()


def _disconnect_django() -> None:
    from django.db import connection

    connection.close()
    connection.close_pool()


class Simulator:
    """The providers, played by one process that writes down when each body's last byte had left."""

    def __init__(self, port: int, timings: Path) -> None:
        self.url, self._timings = f"http://127.0.0.1:{port}", timings

    def requests(self) -> list[dict[str, object]]:
        """Everything it was asked: number, model, prompt, epoch seconds."""
        with urllib.request.urlopen(f"{self.url}/_control/requests", timeout=30) as answer:
            return json.load(answer)

    def timings(self) -> list[dict[str, object]]:
        """The moments at which bodies ended, by request number."""
        return [json.loads(line) for line in self._timings.read_text().splitlines()]


@contextmanager
def simulator(port: int, *, seconds: str, payload_bytes: int) -> Iterator[Simulator]:
    """Providers that answer after ``seconds`` ("2-6", evenly spread) with pictures of ``payload_bytes``, any number at once."""
    with tempfile.TemporaryDirectory(prefix="proofsheet-simulator-") as folder:
        timings, log = Path(folder, "timings"), Path(folder, "log")
        what = ["--latency", seconds, "--payload-bytes", str(payload_bytes), "--timings", str(timings)]
        command = [sys.executable, "-m", "providers.simulator", "--port", str(port), *what, "--in-flight", "0", "--quiet"]
        with child(command, log, dict(os.environ), signal.SIGTERM) as process:
            playing = Simulator(port, timings)
            wait_until(lambda: _answers(f"{playing.url}/_control/health"), process, log)
            yield playing


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1):
            return True
    except OSError:
        return False


@contextmanager
def child(command: list[str], log: Path, environment: dict[str, str], stop: signal.Signals) -> Iterator[subprocess.Popen[bytes]]:
    """A process that ends with the block, and with us in whatever way we end."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent(stop),
        )
    try:
        yield process
    finally:
        process.send_signal(stop)
        try:
            process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until(condition: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    """Return once the condition holds. Ends the benchmark with the process's log if it dies or takes too long."""
    deadline = time.monotonic() + START_LIMIT
    while not condition():
        if process.poll() is not None or time.monotonic() > deadline:
            sys.exit(f"{process.args!r} did not start:\n{log.read_text()}")
        time.sleep(0.05)
