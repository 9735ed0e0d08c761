"""``manage.py up``: start everything in the right order, watch it, end it in the reverse order.

On a first start, and whenever migrations or static files changed, a Django process prepares both while the servers start, and the
web server follows. When nothing changed the web server starts at once and the preparation, which then only confirms that, comes
after it. Simulator and workers wait until a page answers: they are needed only once somebody asks them for something.
"""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import environ

from workspace.embedded import addresses, orphans, plan, probe
from workspace.embedded.errors import CannotStart
from workspace.embedded.folder import PROJECT, DataFolder, running
from workspace.embedded.logs import Log
from workspace.embedded.plan import Options
from workspace.embedded.postgres import Postgres
from workspace.embedded.preparation import Preparation
from workspace.embedded.processes import Process, Service
from workspace.embedded.valkey import Valkey, free_port

START_LIMIT = 120.0  # seconds for one process to become ready; crash recovery of a large database takes a while


def main(arguments: Sequence[str]) -> int:
    """``manage.py up`` without Django; argparse ends with exit code 2 when the options are wrong."""
    parser = argparse.ArgumentParser("manage.py up", description="Run the whole product until Ctrl-C.")
    add_options(parser)
    found = parser.parse_args(arguments)
    return run(Options(found.host, found.port, found.data_dir.expanduser().resolve(), not found.no_simulator))


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=port_number, default=8000, help="port of the web server (default 8000)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1: this machine only)")
    parser.add_argument("--data-dir", type=Path, default=PROJECT / ".proofsheet", help="where everything is kept (.proofsheet)")
    parser.add_argument("--no-simulator", action="store_true", help="do not play the providers that have no API key")


def port_number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"{text} is not a port number (1 to 65535)")
    return int(text)


def run(options: Options) -> int:
    """Run until stopped; return the exit code: 0 after Ctrl-C or SIGTERM, 1 when it cannot start."""
    settings_file = PROJECT / os.environ.get("ENV_FILE", ".env")
    if settings_file.is_file():
        environ.Env.read_env(settings_file)  # what is set already wins
    try:
        asyncio.run(Product(options, Log(sys.stdout)).run())
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


class Product:
    """One run of ``up``: the processes in the order of their start."""

    def __init__(self, options: Options, log: Log) -> None:
        self.options, self.log = options, log
        self.folder = DataFolder(options.data_dir)
        self.environment = {"PROOFSHEET_DATA_DIR": str(options.data_dir), "PYTHONUNBUFFERED": "1"}
        self.processes: list[Process] = []
        self.played: list[Service] = []
        self.preparation: Preparation | None = None
        self.signals = 0

    async def run(self) -> None:
        """Start, serve until a signal comes, end in order. Raises CannotStart."""
        self._claim()
        work = asyncio.create_task(self._serve())
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, self._on_signal, work)
        try:
            await work
        except asyncio.CancelledError:
            self.log.say("Ending.")
        finally:
            await self._stop()

    def _claim(self) -> None:
        """Everything that can refuse comes before anything is started."""
        self.folder.claim()
        left = orphans.end(running(self.options.data_dir).get("processes", {}))
        if left:
            self.log.say(f"Ended what a killed run had left: {', '.join(left)}.")
        addresses.check(self.options)
        self.folder.ensure_secret_key()
        self.folder.note(pid=os.getpid(), address=self.options.address, processes={}, environment={})

    async def _serve(self) -> None:
        postgres, valkey = self._choose_servers()
        self.preparation = Preparation(self.options, postgres, self.log)
        if self.preparation.nothing_changed:
            await asyncio.gather(self._start_servers(postgres, valkey), self._serve_pages())
            await self.preparation.start(self.environment, self._remember)
            link = await self.preparation.finish()
        else:
            await self.preparation.start(self.environment, self._remember)
            await self._start_servers(postgres, valkey)
            link = await self.preparation.finish()
            await self._serve_pages()
        self._welcome(link)
        await asyncio.Event().wait()

    async def _serve_pages(self) -> None:
        """The web server first, since that is what a person waits for; once it answers, whatever pages lead to."""
        await self._launch(plan.web(self.options)).wait_until(self._web_is_well, START_LIMIT)
        self.log.say(f"Proofsheet is at {self.options.address}")
        for service in (*self.played, *plan.background(self.options.data_dir)):
            self._launch(service)

    def _choose_servers(self) -> tuple[Postgres | None, Valkey | None]:
        """Our own where the environment names none, and the environment that leads the other processes to them."""
        data_dir = self.options.data_dir
        postgres = None if plan.names(os.environ, "DATABASE_URL") else Postgres(data_dir / "postgres")
        valkey = None if plan.names(os.environ, "REDIS_URL") else Valkey(data_dir / "valkey")
        if postgres:
            self.environment["DATABASE_URL"] = postgres.url
        if valkey:
            valkey.prepare()
            self.environment["REDIS_URL"] = valkey.url
        self.environment |= addresses.allowed_hosts(self.options, os.environ)
        self._play_providers()
        self.folder.note(environment={name: value for name, value in self.environment.items() if name.endswith("_URL")})
        return postgres, valkey

    def _play_providers(self) -> None:
        if plan.needs_simulator(self.options, os.environ):
            port = free_port()
            self.environment["SIMULATOR_URL"] = f"http://127.0.0.1:{port}"
            self.played = [plan.simulator(port)]

    async def _start_servers(self, postgres: Postgres | None, valkey: Valkey | None) -> None:
        """Both at once; return when both are ready."""
        waits = []
        if valkey:
            waits.append(self._launch(plan.valkey(valkey)).wait_until(valkey.is_ready, START_LIMIT))
        if postgres:
            await asyncio.to_thread(postgres.prepare)
            waits.append(self._launch(plan.postgres(postgres)).wait_until(postgres.is_ready, START_LIMIT))
        await asyncio.gather(*waits)

    def _launch(self, service: Service) -> Process:
        """Start a process and keep it running."""
        process = Process(service, self.environment, self.log, self._remember)
        self.processes.append(process)
        process.start()
        return process

    def _remember(self, service: Service, pid: int) -> None:
        """Write down what would have to be ended if we were killed."""
        known = self.folder.run["processes"] | {service.name: orphans.identify(pid, service.stop_signal, service.last_signal)}
        self.folder.note(processes=known)

    def _web_is_well(self) -> bool:
        return probe.is_well(self.options.local_host, self.options.port, os.environ | self.environment)

    def _welcome(self, link: str) -> None:
        if link:
            self.log.say(f"Make the owner's account with this link, which works once: {link}")
        self.log.say("Ctrl-C ends it.")

    def _on_signal(self, work: asyncio.Task[None]) -> None:
        """The first asks for an orderly end; a second one cuts short everything that only waits."""
        self.signals += 1
        if self.signals == 1:
            work.cancel()
        else:
            for process in self.processes:
                if process.service.name not in plan.KEEPERS:
                    process.hurry()

    async def _stop(self) -> None:
        """End what leans on others before what it leans on."""
        if self.preparation:
            await self.preparation.stop()
        for names in plan.STOP_ORDER:
            await asyncio.gather(*(process.stop() for process in self.processes if process.service.name in names))
        self.folder.forget()
