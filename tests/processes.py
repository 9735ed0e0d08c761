"""Real processes for tests of the whole flow: the simulator and the workers, ended with the test run."""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psutil
from django.conf import settings

from workspace.embedded.processes import die_with_parent

ROOT = Path(__file__).parent.parent
PATIENCE = 90.0  # seconds until what should happen at once is taken for never: machines stall


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until[T](condition: Callable[[], T], seconds: float = PATIENCE, message: str = "") -> T:
    """The first truthy answer of ``condition``, asked 20 times a second; fails the test after ``seconds``."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < deadline, message or f"waited {seconds} s in vain"
        time.sleep(0.05)
    return answer


class Process:
    """A process with its log; it dies with the test run whatever happens."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.log = log_of(name)
        with self.log.open("wb") as output:
            self.process: psutil.Process = psutil.Popen(
                command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, preexec_fn=die_with_parent(signal.SIGTERM)
            )

    def stop(self) -> None:
        """End it and all that it has forked at once: a polite end takes seconds, and is tested where it matters."""
        if self.process.is_running():
            children = self.process.children(recursive=True)
            self.kill()
            for child in children:
                child.kill()
            wait_until(lambda: all(map(has_ended, children)))

    def kill(self) -> None:
        """``kill -9``: nothing of it gets the chance to tidy up, and what it has forked is left to itself."""
        self.process.kill()
        self.process.wait()


def has_ended(process: psutil.Process) -> bool:
    """Also one that nobody has buried yet: whoever inherits an orphan may take a second over it."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def log_of(name: str) -> Path:
    """A new file for what a process prints."""
    log = Path(settings.DATA_DIR) / f"{name}-{free_port()}.log"
    log.touch()
    return log


class Module(Process):
    """``python -m module`` as a fork of a process that has loaded its libraries already (see ``tests.seed``)."""

    def __init__(self, name: str, module: str, arguments: list[str], **environment: str) -> None:
        self.log = log_of(name)
        order = {"module": module, "arguments": arguments, "environment": os.environ | environment, "log": str(self.log)}
        growing = _seed()
        growing.stdin.write(json.dumps(order) + "\n")
        growing.stdin.flush()
        self.process = psutil.Process(int(growing.stdout.readline()))


@cache
def _seed() -> subprocess.Popen[str]:
    """One for all tests of this process."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.seed"]
    seed = subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    atexit.register(seed.communicate)  # closing its orders ends it
    return seed


class Simulator(Module):
    """The provider simulator on a port of its own, fast."""

    def __init__(self, *options: str, time_scale: float = 0.02) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        arguments = ["--port", str(self.port), "--time-scale", str(time_scale), "--workers", "1", *options]
        super().__init__("simulator", "providers.simulator", arguments)
        wait_until(self._answers, message="the simulator did not start")

    def fault(self, **fault: object) -> None:
        """Make the simulator misbehave: ``model``, ``kind``, ``times`` and what else the kind takes."""
        self._control("POST", "faults", fault)

    def heal(self) -> None:
        self._control("DELETE", "faults")

    def requests(self) -> list[dict[str, object]]:
        """Everything it was asked, in order."""
        return json.loads(self._control("GET", "requests"))

    def _control(self, method: str, what: str, body: object = None) -> bytes:
        data = json.dumps(body).encode() if body is not None else None
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/_control/{what}", data=data, headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read()

    def _answers(self) -> bool:
        try:
            return urllib.request.urlopen(f"{self.url}/_control/health", timeout=5).status == 200
        except OSError:
            return False


def database_url() -> str:
    """The test database, as a URL for another process."""
    parts = urlsplit(settings.DATABASE_URL)
    return urlunsplit(parts._replace(path="/" + settings.DATABASES["default"]["NAME"]))


class Worker(Module):
    """A Celery worker of the product, on the test database."""

    def __init__(self, queue: str, simulator_url: str, **environment: str) -> None:
        pool = ["-P", "prefork", "-c", "1"] if queue == "media" else ["-P", "threads", "-c", "50"]
        arguments = ["-A", "workspace.celery", "worker", *pool, "-Q", queue]
        arguments += ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]
        settings_of_it = {
            "DATABASE_URL": database_url(),
            "SIMULATOR_URL": simulator_url,
            "OPENAI_API_KEY": "",
            "IDEOGRAM_API_KEY": "",
        }
        super().__init__(queue, "celery", arguments, **settings_of_it | environment)
        wait_until(lambda: b"ready" in self.log.read_bytes(), message="the worker did not start")
