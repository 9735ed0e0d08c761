"""The data folder: one owner at a time, and the small files that outlive a run.

``run.json`` says what is running now, so that the other commands find its database and the next start finds leftovers.
It and ``secret_key`` are readable by their owner only.
"""

import fcntl
import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workspace.embedded.errors import CannotStart

PROJECT = Path(__file__).resolve().parent.parent.parent


def running(path: Path) -> dict[str, Any]:
    """What the last ``up`` on this folder wrote about itself; empty when it ended in order or never ran."""
    try:
        return json.loads((path / "run.json").read_text())
    except (OSError, ValueError):
        return {}


def secret_key(path: Path) -> str:
    """The signing key that ``up`` generated, or an empty text."""
    try:
        return (path / "secret_key").read_text().strip()
    except OSError:
        return ""


def write_private(path: Path, text: str) -> None:
    """Replace the file in one step; nobody but its owner can read it at any moment."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    new.replace(path)


@dataclass
class DataFolder:
    """A data folder claimed by this process; the claim ends with the process, however it ends."""

    path: Path
    run: dict[str, Any] = field(default_factory=dict)
    _claim: int = -1

    def claim(self) -> None:
        """Take the folder, making it if needed. Raises CannotStart when it is not writable or another ``up`` has it."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._claim = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise CannotStart(f"The data folder {self.path} cannot be written: {error.strerror}.") from error
        try:
            fcntl.flock(self._claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CannotStart(self._who_has_it()) from error

    def ensure_secret_key(self) -> str:
        """The signing key of this folder, generated once."""
        if not secret_key(self.path):
            write_private(self.path / "secret_key", secrets.token_urlsafe(50))
        return secret_key(self.path)

    def note(self, **facts: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
        """Add facts to ``run.json``."""
        self.run |= facts
        write_private(self.path / "run.json", json.dumps(self.run, indent=1))

    def forget(self) -> None:
        """Remove ``run.json``: everything has ended in order."""
        (self.path / "run.json").unlink(missing_ok=True)

    def _who_has_it(self) -> str:
        other = running(self.path)
        where = f" at {other['address']}" if "address" in other else ""
        return f"Proofsheet is already running on {self.path}{where} (process {other.get('pid', 'unknown')})."
