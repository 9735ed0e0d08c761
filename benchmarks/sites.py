"""What takes comparisons in a benchmark: the product, and the floor beside it."""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psutil

from benchmarks.listener import Client
from benchmarks.load import Browser, Run
from benchmarks.people import Person
from benchmarks.product import child, wait_until
from providers import catalogue
from workspace.embedded.folder import running
from workspace.embedded.valkey import free_port


class Site(Protocol):
    """Something that takes comparisons: the product, or the floor."""

    def browsers(self, number: int) -> list[Browser]: ...

    def positions(self, runs: Sequence[Run]) -> Mapping[tuple[str, str], int]: ...


class ProductSite:
    """The product, wherever it listens."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._people: list[Person] = []

    def browsers(self, number: int) -> list[Person]:
        self._people += [Person(self.port) for _ in range(number - len(self._people))]
        return self._people[:number]

    def positions(self, runs: Sequence[Run]) -> Mapping[tuple[str, str], int]:
        """Where each model's frame stands, by mark and the model's name on the wire."""
        from workspace.comparisons.models import Generation

        marks = {f"[[{run.mark}]]": run.mark for run in runs}
        rows = Generation.objects.values_list("comparison__prompt", "model", "position")
        return {
            (marks[prompt.split()[-1]], catalogue.model(model).wire_name): position
            for prompt, model, position in rows
            if prompt.split()[-1] in marks
        }


class FloorVisitor:
    def __init__(self, port: int) -> None:
        self.browser = Client(port)

    async def open_page(self) -> None:
        await self.browser.request("GET", "/")

    async def start_run(self, prompt: str, models: Sequence[str]) -> str:
        run = await self.browser.request("POST", "/runs/", prompt.encode())
        return f"/runs/{run.body.decode()}/events/"


@dataclass
class FloorSite:
    port: int
    models: Sequence[str]
    process: psutil.Process

    def cpu_seconds(self) -> float:
        times = self.process.cpu_times()
        return times.user + times.system

    def browsers(self, number: int) -> list[FloorVisitor]:
        return [FloorVisitor(self.port) for _ in range(number)]

    def positions(self, runs: Sequence[Run]) -> Mapping[tuple[str, str], int]:
        wire = [catalogue.model(model).wire_name for model in self.models]
        return {(run.mark, name): position for run in runs for position, name in enumerate(wire, start=1)}


@contextmanager
def floor_site(folder: Path, simulator_url: str, models: Sequence[str]) -> Iterator[FloorSite]:
    """The floor on a port of its own, on the product's Postgres."""
    with tempfile.TemporaryDirectory(prefix="proofsheet-floor-") as pictures:
        database = running(folder)["environment"]["DATABASE_URL"]
        facts = {"SIMULATOR_URL": simulator_url, "DATABASE_URL": database}
        facts |= {"FLOOR_FOLDER": pictures, "FLOOR_MODELS": ",".join(models)}
        with _web("benchmarks.floor:application", ["--lifespan", "on"], facts) as (port, process):
            yield FloorSite(port, models, process)


@contextmanager
def in_process_site() -> Iterator[ProductSite]:
    """The product in one process, beside the one of this environment and on its Postgres and Valkey."""
    with _web("benchmarks.in_process:application", ["--lifespan", "off"], {}) as (port, _):
        yield ProductSite(port)


@contextmanager
def _web(application: str, how: Sequence[str], facts: Mapping[str, str]) -> Iterator[tuple[int, psutil.Process]]:
    """A web server with the product's own flags."""
    port = free_port()
    ours = ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning", "--port", str(port)]
    with tempfile.NamedTemporaryFile(prefix="proofsheet-web-") as log:
        command = [sys.executable, "-m", "uvicorn", application, *ours, *how]
        with child(command, Path(log.name), os.environ | facts, signal.SIGTERM) as process:
            wait_until(lambda: _listens(port), process, Path(log.name))
            yield port, psutil.Process(process.pid)


def _listens(port: int) -> bool:
    async def ask() -> int:
        return (await Client(port).request("GET", "/")).status

    try:
        return asyncio.run(ask()) in (200, 302)  # the product sends strangers to its sign-in
    except OSError:
        return False
