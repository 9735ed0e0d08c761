"""Postgres and Valkey for the length of one process, with data that is thrown away: what the tests and benchmarks run on."""

import atexit
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

from workspace.embedded.errors import CannotStart
from workspace.embedded.postgres import Postgres
from workspace.embedded.processes import die_with_parent
from workspace.embedded.valkey import Valkey

START_LIMIT = 60.0  # seconds


def servers() -> dict[str, str]:
    """Start both in a new folder and return the environment that leads to them; they end, and it goes, with this process."""
    data_dir = Path(tempfile.mkdtemp(prefix="proofsheet-"))
    atexit.register(rmtree, data_dir, ignore_errors=True)
    postgres = Postgres(data_dir / "postgres", durable=False)
    valkey = Valkey(data_dir / "valkey", durable=False)
    for server in (valkey, postgres):
        server.prepare()
    running = [
        _start(valkey.command, valkey.is_ready, data_dir / "valkey.log", signal.SIGTERM),
        _start(postgres.command, postgres.is_ready, data_dir / "postgres.log", signal.SIGINT),
    ]
    for wait in running:
        wait()
    return {"PROOFSHEET_DATA_DIR": str(data_dir), "DATABASE_URL": postgres.url, "REDIS_URL": valkey.url}


def _start(command: list[str], is_ready: Callable[[], bool], log: Path, stop: signal.Signals) -> Callable[[], None]:
    """Start a server that stops at exit; return a function that waits for it."""
    with log.open("w") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=die_with_parent(stop),
        )
    atexit.register(_stop, process, stop)
    return lambda: _wait(process, is_ready, log)


def _wait(process: subprocess.Popen[bytes], is_ready: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + START_LIMIT
    while not is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise CannotStart(f"{process.args!r} did not start:\n{log.read_text()}")
        time.sleep(0.02)


def _stop(process: subprocess.Popen[bytes], stop: signal.Signals) -> None:
    process.send_signal(stop)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait()


if __name__ == "__main__":  # python -m workspace.embedded.temporary COMMAND ...: run it beside such servers
    sys.exit(subprocess.call(sys.argv[1:], env=os.environ | servers()))  # noqa: S603 - what was asked for
