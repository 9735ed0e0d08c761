"""A job of fal's: the addresses it gave for it, and which of them the key may go to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from yarl import URL

from providers import addresses, reading
from providers.errors import BrokenAnswer
from providers.types import Access

_LONGEST_ID = 300  # characters; what the attempt's row can hold
_HOSTS = (".fal.run", ".falrun.com")  # the second is what the official client falls back to


@dataclass(frozen=True, slots=True, repr=False)
class Job:
    """Where to ask about a job, where its answer will be, and where to call it off; all on hosts that may see the key.

    ``cancel_url`` is empty where fal gave none to trust: the job can still be followed.
    """

    status_url: str
    response_url: str
    cancel_url: str

    @classmethod
    def submitted(cls, body: Mapping[str, object], access: Access) -> Self:
        """The job a submission began. Raises ``BrokenAnswer`` when it cannot be followed, or not be taken up after a crash."""
        job = cls._checked(access, *(body.get(name) for name in ("status_url", "response_url", "cancel_url")))
        if len(job.written) > _LONGEST_ID:
            job = replace(job, cancel_url="")
        if len(job.written) > _LONGEST_ID:
            raise BrokenAnswer("the queue's addresses are too long to keep")
        return job

    @classmethod
    def kept(cls, written: str, access: Access) -> Self:
        """The job of an earlier attempt. Raises ``BrokenAnswer`` unless its addresses are fal's own."""
        response, *rests = written.split(" ")
        status, cancel, *_ = *(response + rest if rest.startswith("/") else rest for rest in rests), None, None
        return cls._checked(access, status, response, cancel)

    @property
    def written(self) -> str:
        """The address of the answer, then what the others add to it: in full, three may be too long for a row."""
        others = [address for address in (self.status_url, self.cancel_url) if address]
        return " ".join((self.response_url, *(self._shortened(address) for address in others)))

    @property
    def request_id(self) -> str | None:
        return reading.text(URL(self.response_url).path.rpartition("/requests/")[2].partition("/")[0], 200)

    def _shortened(self, address: str) -> str:
        return address.removeprefix(self.response_url) if address.startswith(f"{self.response_url}/") else address

    @classmethod
    def _checked(cls, access: Access, status: object, response: object, cancel: object) -> Self:
        if not (_may_see_the_key(status, access) and _may_see_the_key(response, access)):
            raise BrokenAnswer("the queue's addresses are missing or lead elsewhere")
        return cls(str(status), str(response), str(cancel) if _may_see_the_key(cancel, access) else "")


def _may_see_the_key(url: object, access: Access) -> bool:
    """Our own base, or fal by https."""
    if not isinstance(url, str) or " " in url:
        return False
    try:
        target = URL(url)
        if addresses.same_origin(target, access.base_url):
            return True
        addresses.require_https(target)
    except (ValueError, BrokenAnswer):
        return False
    return not access.simulated and f".{target.raw_host}".endswith(_HOSTS) and target.port == 443
