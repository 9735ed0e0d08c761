"""Which addresses a picture may be fetched from. A provider's answer must not make us read our own network."""

import ipaddress
import socket
from functools import lru_cache
from typing import Any

from yarl import URL

from providers.errors import BrokenAnswer

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NOT_PUBLIC = "that address is not on the public internet"


class NotPublic(OSError):
    """The name led to an address of a private network."""


def is_public(address: str) -> bool:
    """Whether an IP address is reachable by anyone, looking inside addresses that wrap another."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and (inner := _wrapped(ip)) is not None:
        ip = inner
    return ip.is_global and not ip.is_multicast


def _wrapped(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def public_socket(info: tuple[Any, ...]) -> socket.socket:
    """A socket for the address about to be connected to, or ``NotPublic``.

    aiohttp calls this with the resolved address, for names and literals alike, so a name that changes its mind between a check
    and the connection gains nothing.
    """
    family, kind, protocol, _, address = info
    if not is_public(address[0]):
        raise NotPublic(_NOT_PUBLIC)
    return socket.socket(family=family, type=kind, proto=protocol)


def refused(error: BaseException) -> bool:
    """Whether ``public_socket`` stopped the connection behind this error."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, NotPublic) or isinstance(getattr(seen, "os_error", None), NotPublic):
            return True
        seen = seen.__cause__
    return False


def same_origin(url: URL, base_url: str) -> bool:
    base = parsed(base_url)
    return (url.scheme, url.raw_host, url.port) == (base.scheme, base.raw_host, base.port)


@lru_cache(maxsize=256)
def parsed(url: str) -> URL:
    """An address that comes back with every call: reading one takes longer than deciding about it.

    Read by yarl, as aiohttp does: what is judged is what will be asked. Raises ValueError.
    """
    return URL(url)


def joined(url: str, base_url: str) -> URL:
    """An address as it stands in an answer, which may be relative. Raises ValueError."""
    return parsed(base_url).join(URL(url))


def require_https(url: URL) -> None:
    if url.scheme != "https" or not url.host or url.user or url.password:
        raise BrokenAnswer(f"a picture's address must be https on a public host, not {url.scheme!r} on {url.host!r}")
