"""Which processes make the product, as data."""

import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workspace.embedded.folder import PROJECT
from workspace.embedded.postgres import Postgres
from workspace.embedded.processes import Service
from workspace.embedded.valkey import Valkey

CELERY = [
    sys.executable,
    "-W",
    "ignore::UserWarning:celery.platforms",
    "-m",
    "celery",
    "-q",
    "--skip-checks",
    "-A",
    "workspace.celery",
]
WORKER_GRACE = 15.0  # seconds for answers that are nearly here; what is cut off is settled by the sweep after the next start


STOP_ORDER = (("web", "beat"), ("worker", "media"), ("simulator",), ("valkey",), ("postgres",))  # side by side within a group
KEEPERS = ("valkey", "postgres")  # never cut short: they hold the data


@dataclass(frozen=True)
class Options:
    """What the person asked for on the command line."""

    host: str = "127.0.0.1"
    port: int = 8000
    data_dir: Path = PROJECT / ".proofsheet"
    simulator: bool = True

    @property
    def local_host(self) -> str:
        """Where this machine itself reaches the web server."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104

    @property
    def address(self) -> str:
        """What to type into a browser on this machine."""
        host = f"[{self.local_host}]" if ":" in self.local_host else self.local_host
        return f"http://{host}:{self.port}"


def postgres(server: Postgres) -> Service:
    """SIGINT is Postgres's "fast" stop, SIGQUIT its last resort: SIGKILL could leave processes behind."""
    return Service("postgres", server.command, signal.SIGINT, signal.SIGQUIT, grace=20.0)


def valkey(server: Valkey) -> Service:
    return Service("valkey", server.command, drop=("overcommit", "oO0OoO0OoO0Oo", "scheduling shutdown", "bye bye"))


def simulator(port: int) -> Service:
    return Service("simulator", [sys.executable, "-m", "providers.simulator", "--port", str(port)], grace=2.0)


def web(options: Options) -> Service:
    """Open streams would hold the server for ever; two seconds let the short answers finish."""
    where = ["--host", options.host, "--port", str(options.port)]
    how = ["--loop", "uvloop", "--http", "httptools", "--lifespan", "off", "--no-access-log", "--log-level", "warning"]
    command = [sys.executable, "-m", "uvicorn", "workspace.asgi:application", *where, *how, "--timeout-graceful-shutdown", "2"]
    return Service("web", command, grace=5.0, drop=("timeout graceful shutdown exceeded",))


def background(data_dir: Path) -> list[Service]:
    """The workers and the clock, in the order in which they are started."""
    quiet = ["--loglevel", os.environ.get("LOG_LEVEL", "INFO")]
    alone = ["--without-gossip", "--without-mingle", *quiet]
    generations = ["worker", "-P", "threads", "-c", "400", "-Q", "generations", "-n", "generations@%h", *alone]
    media = ["worker", "-P", "prefork", "-c", "1", "-Q", "media", "-n", "media@%h", "--max-tasks-per-child", "500", *alone]
    beat = ["beat", "--schedule", str(data_dir / "beat-schedule"), "--pidfile", "", *quiet]
    return [
        Service("worker", [*CELERY, *generations], grace=WORKER_GRACE),
        Service("media", [sys.executable, "-m", "workspace.embedded.idle", *CELERY, *media]),
        Service("beat", [*CELERY, *beat], grace=3.0),
    ]


def names(environment: Mapping[str, str], name: str) -> bool:
    """Whether the environment gives this setting, itself or as the path of a file."""
    return bool(environment.get(name) or environment.get(f"{name}_FILE"))


def needs_simulator(options: Options, environment: Mapping[str, str]) -> bool:
    """Whether some provider has no key and is to be played. A server of one's own that is not there is no reason by itself."""
    if not options.simulator or names(environment, "SIMULATOR_URL"):
        return False
    if not any(name.endswith(("_API_KEY", "_API_KEY_FILE")) for name in environment):
        return True
    from providers import catalogue, self_hosted  # costs half a second, so only where there is a key at all

    sold = [each for each in catalogue.PROVIDERS.values() if not isinstance(each, self_hosted.SelfHosted)]
    return not all(names(environment, provider.key_name) for provider in sold)
