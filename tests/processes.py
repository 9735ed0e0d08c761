"""Real processes for tests of the whole flow: the simulator and the workers, ended with the test run."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
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
    """A child process with its log; it dies with the test run whatever happens."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str] | None = None) -> None:
        self.log = Path(settings.DATA_DIR) / f"{name}-{free_port()}.log"
        self._output = self.log.open("wb")
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            stdout=self._output,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )

    def stop(self) -> None:
        """End it and all that it has forked at once: a polite end takes seconds, and is tested where it matters."""
        if self.process.poll() is None:
            children = psutil.Process(self.process.pid).children(recursive=True)
            self.kill()
            for child in children:
                child.kill()
            psutil.wait_procs(children, timeout=PATIENCE)
        self._output.close()

    def kill(self) -> None:
        """``kill -9``: nothing of it gets the chance to tidy up, and what it has forked is left to itself."""
        self.process.kill()
        self.process.wait()


class Simulator(Process):
    """The provider simulator on a port of its own, fast."""

    def __init__(self, *options: str, time_scale: float = 0.02) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        command = [
            sys.executable,
            "-m",
            "providers.simulator",
            "--port",
            str(self.port),
            "--time-scale",
            str(time_scale),
        ]
        super().__init__("simulator", [*command, *options])
        wait_until(self._answers, message=self.log.read_text())

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


class Worker(Process):
    """A Celery worker of the product, on the test database."""

    def __init__(self, queue: str, simulator_url: str, **environment: str) -> None:
        pool = ["-P", "prefork", "-c", "1"] if queue == "media" else ["-P", "threads", "-c", "50"]
        command = [sys.executable, "-W", "ignore", "-m", "celery", "-A", "workspace.celery", "worker", *pool, "-Q", queue]
        command += ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]
        settings_of_it = {
            "DATABASE_URL": database_url(),
            "SIMULATOR_URL": simulator_url,
            "OPENAI_API_KEY": "",
            "IDEOGRAM_API_KEY": "",
        }
        super().__init__(queue, command, {**settings_of_it, **environment})
        wait_until(lambda: b"ready" in self.log.read_bytes(), message="the worker did not start")
