"""Keeping processes running: started, logged, started again when they die, ended in order, never outliving us."""

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from workspace.embedded.errors import CannotStart
from workspace.embedded.folder import PROJECT
from workspace.embedded.logs import Log

PR_SET_PDEATHSIG = 1
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before starting again
STEADY = 30.0  # seconds after which a process counts as running well
POLL = 0.02  # seconds between two looks at whether a process is ready


@dataclass(frozen=True)
class Service:
    """One process of the product. ``grace`` is the seconds it gets between its stop signal and its last one."""

    name: str
    command: list[str]
    stop_signal: int = signal.SIGTERM
    last_signal: int = signal.SIGKILL
    grace: float = 10.0
    drop: tuple[str, ...] = ()  # log lines of no consequence


class Process:
    """A service that is kept running until it is stopped. ``on_start`` learns of every process id it gets."""

    def __init__(self, service: Service, environment: dict[str, str], log: Log, on_start: Callable[[Service, int], None]) -> None:
        self.service, self.environment, self.log, self.on_start = service, environment, log, on_start
        self.running: asyncio.subprocess.Process | None = None
        self.stopping = False
        self.deaths = 0
        self.task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self.task = asyncio.create_task(self._keep_running(), name=self.service.name)

    async def wait_until(self, is_ready: Callable[[], bool], timeout: float) -> None:  # noqa: ASYNC109 - seconds, for the message
        """Return once ``is_ready``. Raises CannotStart when the process dies first or ``timeout`` seconds pass."""
        deadline = time.monotonic() + timeout
        while not await asyncio.to_thread(is_ready):
            if self.deaths:
                raise CannotStart(f"The process {self.service.name} ended while starting; its lines above say why.")
            if time.monotonic() > deadline:
                raise CannotStart(f"The process {self.service.name} was not ready within {timeout:.0f} s.")
            await asyncio.sleep(POLL)

    async def stop(self) -> None:
        """Ask the process to end; insist after its grace. Returns when it is gone."""
        self.stopping = True
        if self.running is None or self.running.returncode is not None:
            await self._end_task()
            return
        self._signal(self.service.stop_signal)
        try:
            await asyncio.wait_for(self.running.wait(), self.service.grace)
        except TimeoutError:
            self.log.say(f"{self.service.name} took longer than {self.service.grace:.0f} s to end and is cut off.")
            self._signal(self.service.last_signal)
            await self.running.wait()
        await self._end_task()

    def hurry(self) -> None:
        """End the process now, and for good."""
        self.stopping = True
        self._signal(self.service.last_signal)

    async def _keep_running(self) -> None:
        pause = FIRST_PAUSE
        while not self.stopping:
            started = time.monotonic()
            code = await self._run_once()
            if self.stopping:
                return
            self.deaths += 1
            pause = FIRST_PAUSE if time.monotonic() - started > STEADY else pause
            self.log.say(f"{self.service.name} ended ({describe(code)}) and starts again in {pause:g} s.")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _run_once(self) -> int:
        self.running = await spawn(self.service, self.environment)
        self.on_start(self.service, self.running.pid)
        if self.stopping:  # while it was starting
            self._signal(self.service.last_signal)
        output = self.running.stdout
        if output is None:
            raise RuntimeError("started without a pipe")
        await self.log.follow(self.service.name, output, self.service.drop)
        return await self.running.wait()

    async def _end_task(self) -> None:
        """Read the log to its end, then leave; a pause before a new start is cut short."""
        if self.task is None:
            return
        with contextlib.suppress(TimeoutError, asyncio.CancelledError):
            await asyncio.wait_for(self.task, 0.5)

    def _signal(self, number: int) -> None:
        """Signal the process; the last one goes to the whole group, so that its own children end too."""
        if self.running is None or self.running.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            if number == signal.SIGKILL:
                os.killpg(self.running.pid, number)
            else:
                self.running.send_signal(number)


async def spawn(service: Service, environment: dict[str, str]) -> asyncio.subprocess.Process:
    """Start a process in a group of its own, so that Ctrl-C reaches only us; it is asked to stop when we are gone.

    A group, not a session: where Linux shares the processors by session (autogroup), niceness counts only within one, and imaging
    at nice 19 would get as much as everything else together.
    """
    return await asyncio.create_subprocess_exec(
        *service.command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env=os.environ | environment,
        cwd=PROJECT,
        process_group=0,
        preexec_fn=die_with_parent(service.stop_signal),
    )


def die_with_parent(death_signal: int) -> Callable[[], None] | None:
    """What a child does between fork and exec to end with us (Linux); elsewhere the next start ends what is left."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, int(death_signal)) and None


def describe(code: int) -> str:
    """How a process ended, for the log."""
    return f"exit code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"
