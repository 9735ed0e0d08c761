"""Servers of one's own: nothing is billed, a key is optional, and where they are is all that has to be said.

Their address comes from the environment (``A1111_BASE_URL``) and may name what the server should draw with:
``http://gpu:7860?model=juggernautXL_v9``. Without it the server is asked for the model the catalogue names.
"""

import ipaddress
import secrets
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field

from yarl import URL

from providers import addresses, asking, reading
from providers.errors import BrokenAnswer, ConnectionFailed
from providers.types import Access, ImageRequest

LARGEST_SEED = 2**31 - 1  # every server takes this many
FREEDOM = 0.75  # from a reference: 0 repeats it, 1 might as well not have it


class SelfHosted:
    """Base of the providers that are such a server: the address configures one, not a key. See ``providers.access``."""


@dataclass(frozen=True, slots=True)
class Server:
    """One server as it was configured. ``model`` is empty unless the address names one; ``secret`` is what the header says."""

    base_url: str
    model: str
    headers: Mapping[str, str] = field(repr=False)
    secret: str = field(repr=False)

    @classmethod
    def of(cls, access: Access, *, path: str = "") -> "Server":
        """Read the configured address; ``path`` is put behind one that has none. Raises ``ConnectionFailed`` if it is none."""
        try:
            url = URL(access.base_url)
        except ValueError as error:
            raise ConnectionFailed(f"the configured address cannot be read: {error}") from None
        base = str(url.with_query(None).with_fragment(None)).rstrip("/")
        headers, secret = _authorization(access.api_key)
        return cls(base + path if url.path in ("", "/") else base, url.query.get("model", ""), headers, secret)


def _authorization(key: str) -> tuple[dict[str, str], str]:
    """HTTP Basic for ``user:password``, else a bearer token; and the secret part of it."""
    if not key:
        return {}, ""
    if ":" not in key:
        return {"Authorization": f"Bearer {key}"}, key
    secret = b64encode(key.encode(errors="surrogateescape")).decode()
    return {"Authorization": f"Basic {secret}"}, secret


def seed(request: ImageRequest) -> int:
    """The seed asked for, else a fresh one: these servers repeat the same picture, or hide theirs, when none is sent."""
    wanted = asking.seed(request, LARGEST_SEED)
    return secrets.randbelow(LARGEST_SEED + 1) if wanted is None else wanted


def own_address(url: str, base_url: str) -> str:
    """Where a picture lies on the configured server. Raises ``BrokenAnswer`` for any other host.

    Behind a container or a proxy a server takes itself for localhost; such an address is meant to be its own.
    """
    try:
        base, target = addresses.parsed(base_url), addresses.joined(url, base_url)
    except ValueError:
        raise BrokenAnswer("the picture's address cannot be read") from None
    if target.scheme not in ("http", "https") or not (
        addresses.same_origin(target, base_url) or _this_machine(target.host or "")
    ):
        raise BrokenAnswer(f"the picture's address leads away from the configured server, to {target.host!r}")
    path, query = target.raw_path, target.raw_query_string
    return str(URL.build(scheme=base.scheme, authority=base.raw_authority, path=path, query_string=query, encoded=True))


def _this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return False
    return ip.is_loopback or ip.is_unspecified


def rejected_field(body: Mapping[str, object]) -> str | None:
    """The field a FastAPI server's own validation complains about: the end of ``detail[0].loc``."""
    where = reading.first(body.get("detail")).get("loc")
    return reading.text(where[-1], 100) if isinstance(where, list) and where else None
