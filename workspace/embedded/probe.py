"""Ask the web server whether it is well: ``python -m workspace.embedded.probe [PORT]`` is the health check of its container."""

import http.client
import os
import sys
from collections.abc import Mapping


def is_well(host: str, port: int, environment: Mapping[str, str]) -> bool:
    """Whether ``/health/`` answers 200, asked as the proxy in front would: by an allowed name, as if over TLS."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/health/", headers={"Host": _name(environment), "X-Forwarded-Proto": "https"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _name(environment: Mapping[str, str]) -> str:
    first = environment.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".")
    return first if first and first != "*" else "localhost"


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
    sys.exit(not is_well("127.0.0.1", port, os.environ))
