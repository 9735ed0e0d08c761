"""Loopback only: a test that reaches for another machine fails, whichever library it does so with.

A plugin for the whole test run. Python tells an audit hook about every connection, datagram and name before it happens, also of
libraries that were imported earlier; the hook cannot be taken off again. Child processes are not watched. They are given
loopback addresses, and since no key of a provider survives here, nothing they do can be billed.
"""

import atexit
import ipaddress
import os
import re
import shutil
import socket
import sys
import tempfile
from pathlib import Path

import certifi

ADVICE = "Tests reach loopback only: let the simulator answer instead."
HOST_NAME = re.compile(r"[\w.-]+")
PROVIDERS_OWN = ("_KEY", "_KEY_FILE", "_TOKEN", "_TOKEN_FILE", "_BASE_URL")  # but for the product's own SECRET_KEY


class ReachedOut(Exception):
    """Not an OSError, which the code under test would take for the network being down."""


def is_here(host: object) -> bool:
    """Whether a host is this machine; an address of no machine ("0.0.0.0") is this one too."""
    if host is None or isinstance(host, (bytes, bytearray)):
        host = (host or b"").decode()
    if host in ("", "localhost", socket.gethostname()):
        return True
    ip = _literal(host)
    return ip is not None and (ip.is_loopback or ip.is_unspecified)


def _literal(host: object) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(str(host).partition("%")[0])
    except ValueError:
        return None


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """The audit hook. Raises ``ReachedOut`` before anything leaves this machine."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        sender, address = arguments
        if sender.family in (socket.AF_INET, socket.AF_INET6) and address and not is_here(address[0]):
            raise ReachedOut(f"A test reached for {address[0]}. {ADVICE}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        _watch_name(arguments[0])


def _watch_name(host: object) -> None:
    """Nobody is asked where a literal address is. What cannot be a name gets the answer that the resolver would give."""
    if is_here(host) or _literal(host):
        return
    if not HOST_NAME.fullmatch(str(host)):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    raise ReachedOut(f"A test asked where {host} is. {ADVICE}")


def forget_providers() -> None:
    """Remove the providers' keys and addresses, so that neither a test nor what it starts can make a call that costs money."""
    for name in [name for name in os.environ if name.endswith(PROVIDERS_OWN) and not name.startswith("SECRET_")]:
        del os.environ[name]


def trust_one_authority() -> None:
    """Instead of a hundred and fifty, which every process and every client would read (40 ms): loopback needs none at all."""
    folder = Path(tempfile.mkdtemp(prefix="proofsheet-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    end = "-----END CERTIFICATE-----\n"
    path = folder / "one-authority.pem"
    path.write_text(Path(certifi.where()).read_text().partition(end)[0] + end)
    os.environ["SSL_CERT_FILE"] = str(path)


forget_providers()
trust_one_authority()
sys.addaudithook(watch)
