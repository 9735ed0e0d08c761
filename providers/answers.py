"""A whole answer of a provider, and the default meaning of its status."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from providers import reading
from providers.errors import (
    BadKey,
    BrokenAnswer,
    InvalidRequest,
    ModelGone,
    NoAccess,
    OutOfQuota,
    ProviderDown,
    ProviderError,
    RateLimited,
    TimedOut,
)
from providers.redaction import redact

_MEANING: dict[int, type[ProviderError]] = {
    401: BadKey,
    402: OutOfQuota,
    403: NoAccess,
    404: ModelGone,
    408: ProviderDown,
    409: ProviderDown,
    410: ModelGone,
    425: ProviderDown,
    429: RateLimited,
    # A gateway gave up waiting: the model behind it may still finish, and charge.
    504: TimedOut,
    524: TimedOut,
}
_EXCERPT = 300  # characters of a body worth a log line


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers (whatever the case of their names) and the body as it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    secret: str = field(repr=False, default="")

    @property
    def failed(self) -> bool:
        return not 200 <= self.status < 300

    @property
    def request_id(self) -> str | None:
        return reading.text(self.headers.get("x-request-id"), 200)

    def json(self) -> Mapping[str, object]:
        """Raises ``BrokenAnswer`` unless the body is a JSON object."""
        return reading.json_object(self.body)

    def excerpt(self) -> str:
        """One redacted line of the body, for the log."""
        return redact(" ".join(self.body[: _EXCERPT * 4].decode(errors="replace").split()), self.secret)[:_EXCERPT]

    def error(self, kind: type[ProviderError] | None = None, *, field: str | None = None) -> ProviderError:
        """The error this answer means: ``kind`` when the adapter knows better than the status."""
        return (kind or meaning(self.status))(
            f"{self.status}: {self.excerpt()}",
            request_id=self.request_id,
            retry_after=retry_after(self.headers),
            field=field,
        )


def whole(reply: object, failure: Callable[[Answer], ProviderError]) -> Answer:
    """The reply if it is an answer in one piece and says yes; ``failure`` tells the error that any other means."""
    if not isinstance(reply, Answer):
        raise BrokenAnswer("a stream of events instead of an answer")
    if reply.failed:
        raise failure(reply)
    return reply


def meaning(status: int) -> type[ProviderError]:
    if status in _MEANING:
        return _MEANING[status]
    if status >= 500:
        return ProviderDown
    return InvalidRequest if status >= 400 else BrokenAnswer


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Seconds to wait, from ``retry-after-ms`` or ``Retry-After`` as seconds or HTTP date.

    A date is compared with the answer's own ``Date``, so a wrong clock on either side does no harm; without one, with ``now``.
    """
    if (milliseconds := _number(headers.get("retry-after-ms"))) is not None:
        return milliseconds / 1000
    value = headers.get("retry-after")
    if (seconds := _number(value)) is not None:
        return seconds
    if (until := _date(value)) is None:
        return None
    since = _date(headers.get("date")) or now or datetime.now(UTC)
    return max(0.0, (until - since).total_seconds())


def _number(value: str | None) -> float | None:
    try:
        number = float(value or "")
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None


def _date(value: str | None) -> datetime | None:
    try:
        date = parsedate_to_datetime(value or "")
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
