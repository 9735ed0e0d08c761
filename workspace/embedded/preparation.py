"""The one Django process that brings database and static files up to date before the product is served."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from workspace.embedded import fingerprint
from workspace.embedded.errors import CannotStart
from workspace.embedded.folder import PROJECT
from workspace.embedded.logs import Log
from workspace.embedded.plan import Options
from workspace.embedded.postgres import Postgres
from workspace.embedded.processes import Service, die_with_parent


class Preparation:
    """``manage.py prepare``, started early so that its imports overlap with the start of Postgres, which it then waits for."""

    def __init__(self, options: Options, postgres: Postgres | None, log: Log) -> None:
        self.options, self.postgres, self.log = options, postgres, log
        self.stamp: Path = options.data_dir / "prepared"
        self.files = fingerprint.of(PROJECT)
        self.files_unchanged = _read(self.stamp).startswith(self.files)
        self.nothing_changed = postgres is not None and _read(self.stamp) == self._facts()
        self.process: asyncio.subprocess.Process | None = None
        self.follower: asyncio.Task[None] | None = None

    async def start(self, environment: dict[str, str], on_start: Callable[[Service, int], None]) -> None:
        flags = ["--skip-static"] if self.files_unchanged else []
        command = [sys.executable, str(PROJECT / "manage.py"), "prepare", "--address", self.options.address, *flags]
        self.process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=os.environ | environment,
            cwd=PROJECT,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
        on_start(Service("prepare", command), self.process.pid)
        if self.process.stderr is not None:
            self.follower = asyncio.create_task(self.log.follow("prepare", self.process.stderr))

    async def finish(self) -> str:
        """Let it go on to the database, which is ready now; return the owner's one-time link, or an empty text."""
        if self.process is None:
            raise RuntimeError("the preparation was not started")
        output = await self._communicate(self.process)
        if self.process.returncode:
            raise CannotStart("The database could not be prepared; the lines above say why.")
        self.stamp.write_text(self._facts())
        return output.decode().strip()

    async def stop(self) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.terminate()
            await self.process.wait()

    def _facts(self) -> str:
        """What was prepared: these files, in this cluster. A database of somebody else's may change without us."""
        return f"{self.files} {self.postgres.birth if self.postgres else ''}"

    async def _communicate(self, process: asyncio.subprocess.Process) -> bytes:
        """Say "go" by closing its input, and collect the answer; its log is read elsewhere already."""
        if process.stdin is None or process.stdout is None or self.follower is None:
            raise RuntimeError("started without pipes")
        process.stdin.close()
        output = await process.stdout.read()
        await self.follower
        await process.wait()
        return output


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
