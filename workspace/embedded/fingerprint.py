"""Whether anything changed since the last start that the database or the collected files depend on."""

import hashlib
from pathlib import Path

SOURCES = ("static/**/*", "*/*/migrations/*.py", "uv.lock", "workspace/settings.py")


def of(project: Path) -> str:
    """A digest of names, sizes and times of the files."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in SOURCES for path in project.glob(pattern) if path.is_file()):
        status = path.stat()
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
