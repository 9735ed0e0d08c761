"""Pictures behind links that expire: id, moment of expiry and signature, as the vendors' own storage hands them out."""

import hmac
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256

from providers.simulator.faults import Fault
from providers.simulator.pictures import Picture

KEPT_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Hosted:
    """``mark`` names the request in the timings; ``fault`` shows when the picture is fetched."""

    picture: Picture
    mark: str
    fault: Fault | None


class Gallery:
    """Keeps the latest pictures up to ``KEPT_BYTES``; links live ``seconds``."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._secret = secrets.token_bytes(32)
        self._hosted: OrderedDict[str, Hosted] = OrderedDict()
        self._bytes = 0

    def hang(self, hosted: Hosted) -> str:
        """Take a picture in and return its id."""
        ident = secrets.token_urlsafe(16)
        self._hosted[ident] = hosted
        self._bytes += len(hosted.picture.data)
        while self._bytes > KEPT_BYTES and len(self._hosted) > 1:
            _, oldest = self._hosted.popitem(last=False)
            self._bytes -= len(oldest.picture.data)
        return ident

    def query(self, ident: str, *, expired: bool = False) -> str:
        """The signed part of the link: ``exp=…&sig=…``."""
        expiry = int(time.time() + (-1 if expired else self._seconds))
        return f"exp={expiry}&sig={self._signature(ident, str(expiry))}"

    def admits(self, ident: str, expiry: str, signature: str) -> bool:
        """Whether the signature is ours and its time has not come."""
        genuine = hmac.compare_digest(self._signature(ident, expiry).encode(), signature.encode())
        return genuine and int(expiry) > time.time()

    def find(self, ident: str) -> Hosted | None:
        return self._hosted.get(ident)

    def _signature(self, ident: str, expiry: str) -> str:
        return hmac.new(self._secret, f"{ident}|{expiry}".encode(), sha256).hexdigest()
