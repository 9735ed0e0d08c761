"""Where the web server listens, and under which names it may be asked for."""

import errno
import socket
from collections.abc import Mapping

import psutil

from workspace.embedded.errors import CannotStart
from workspace.embedded.plan import Options

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def check(options: Options) -> None:
    """Raises CannotStart when the web server could not listen there."""
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.host, options.port))
        except PermissionError as error:
            raise CannotStart(
                f"Port {options.port} needs more rights than you have: choose one above 1023 with --port."
            ) from error
        except OSError as error:
            reason = (
                "is taken: choose another with --port" if error.errno == errno.EADDRINUSE else f"cannot be used on {options.host}"
            )
            raise CannotStart(f"Port {options.port} {reason}.") from error


def allowed_hosts(options: Options, environment: Mapping[str, str]) -> dict[str, str]:
    """The host names to accept when the server is open to the network and nobody chose them: this machine's own."""
    if "ALLOWED_HOSTS" in environment or options.host in ("127.0.0.1", "localhost", "::1"):
        return {}
    own = [address.address for each in psutil.net_if_addrs().values() for address in each if address.family == socket.AF_INET]
    return {"ALLOWED_HOSTS": ",".join(dict.fromkeys([*LOOPBACK, socket.gethostname(), socket.getfqdn(), *own]))}
