"""Postgres refuses to run as root. Root starts it as the system's ``daemon`` user instead.

The only right that user keeps is passing through folders it could not enter, because the project may well lie under a private
home folder such as /root, and opening that folder to everybody would be worse. No user is made and no folder's mode changes.
"""

import os
import pwd
import shutil
import signal
from pathlib import Path

from workspace.embedded.errors import CannotStart

READ_SEARCH, OVERRIDE = (2, "dac_read_search"), (1, "dac_override")  # numbers from capability.h


def is_root() -> bool:
    return os.geteuid() == 0


def give_to_owner(folder: Path, owner_of: Path) -> None:
    """Hand a new folder to the user who will run Postgres on ``owner_of``; nothing to do unless we are root."""
    if is_root():
        os.chown(folder, *_user(owner_of))


def drop(command: list[str], owner_of: Path) -> list[str]:
    """The command, run as the owner of the folder ``owner_of`` (or as ``daemon``) when we are root, unchanged when we are not.

    Raises CannotStart where ``setpriv`` (util-linux, part of every common Linux) is missing.
    """
    if not is_root():
        return command
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise CannotStart("As root, Postgres needs the program setpriv (package util-linux): install it, or run as another user.")
    uid, gid = _user(owner_of)
    right = _traversal_right()
    rights = [f"--inh-caps=+{right}", f"--ambient-caps=+{right}"]
    death = f"--pdeathsig={signal.SIGINT.name}"
    return [setpriv, f"--reuid={uid}", f"--regid={gid}", "--clear-groups", *rights, death, "--", *command]


def _user(owner_of: Path) -> tuple[int, int]:
    """User and group id: a folder that somebody else made stays theirs."""
    if owner_of.exists() and (found := owner_of.stat()).st_uid:
        return found.st_uid, found.st_gid
    for name in ("daemon", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise CannotStart("As root, Postgres needs a system user called daemon or nobody, and this system has neither.")


def _traversal_right() -> str:
    """The narrower right where the system grants it; containers usually grant only the wider one."""
    status = Path("/proc/self/status").read_text()
    bounding = int(next(line.split()[1] for line in status.splitlines() if line.startswith("CapBnd")), 16)
    bit, name = READ_SEARCH
    return name if bounding >> bit & 1 else OVERRIDE[1]
