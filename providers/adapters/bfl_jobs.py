"""A job of Black Forest Labs: where it is polled, what it costs, and what each look at it means."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Self

from yarl import URL

from providers import addresses, polling, reading
from providers.answers import Answer
from providers.errors import BadKey, BrokenAnswer, InvalidRequest, ProviderDown, ProviderError, Refused
from providers.transport import Transport
from providers.types import Access

READY = "Ready"
_MOST_CREDITS = 100_000  # of a hundredth of a dollar each
_LONGEST = 300  # characters of a job id that can be kept
# How a job ends badly, and whether that may be on the bill.
_ENDINGS: dict[str, tuple[type[ProviderError], bool]] = {
    "Request Moderated": (Refused, False),
    "Content Moderated": (Refused, True),
    "Task not found": (BrokenAnswer, True),
    "Error": (ProviderDown, True),
    "Failed": (ProviderDown, True),
}
_NOT_AUTHENTICATED = "not authenticated"  # FastAPI's words for a missing or unknown key, sent as 403


@dataclass(frozen=True, slots=True)
class Job:
    """``address`` has been checked: the key may go there."""

    address: str
    cost_usd: Decimal | None

    @classmethod
    def submitted(cls, body: Mapping[str, object], access: Access) -> Self:
        """The job a submission began. Raises ``BrokenAnswer`` when it cannot be followed."""
        job = cls(_checked(body.get("polling_url"), access), _cost(body.get("cost")))
        if len(job.id) > _LONGEST:
            raise BrokenAnswer("the polling address is too long to keep")
        return job

    @classmethod
    def kept(cls, job_id: str, access: Access) -> Self:
        """The job of an earlier attempt. Raises ``BrokenAnswer`` when its address is not one to send the key to."""
        address, _, cost = job_id.partition("#cost=")
        return cls(_checked(address, access), _cost(cost))

    @property
    def id(self) -> str:
        """All it takes to go on after a crash: the address, and in its fragment the cost in credits."""
        return self.address if self.cost_usd is None else f"{self.address}#cost={self.cost_usd * 100}"

    @property
    def request_id(self) -> str | None:
        return reading.text(URL(self.address).query.get("id"), 200)


def _checked(address: object, access: Access) -> str:
    """The address, which may be relative, if the key may go there: to our own base, or by https to Black Forest Labs."""
    if not isinstance(address, str) or not address:
        raise BrokenAnswer("no polling address")
    try:
        url = addresses.joined(address, access.base_url).with_fragment(None)
    except ValueError:
        raise BrokenAnswer("the polling address cannot be read") from None
    if addresses.same_origin(url, access.base_url) or (_is_theirs(url) and not access.simulated):
        return str(url)
    raise BrokenAnswer(f"no polling address to trust, but {url.scheme!r} on {url.host!r}")


def _is_theirs(url: URL) -> bool:
    at_home = f".{url.raw_host}".endswith(".bfl.ai")
    return url.scheme == "https" and at_home and not (url.user or url.password) and url.port == 443


def _cost(credits: object) -> Decimal | None:
    """USD from credits, which may have decimals."""
    if isinstance(credits, bool) or not isinstance(credits, int | float | str):
        return None
    try:
        amount = Decimal(str(credits)[:20])
    except InvalidOperation:
        return None
    return amount / 100 if amount.is_finite() and 0 <= amount <= _MOST_CREDITS else None


async def looks(job: Job, access: Access, transport: Transport) -> AsyncGenerator[Mapping[str, object]]:
    """What each look at the job says; the last one is ready. Raises the error tree for a job that never will be."""
    answers = polling.answers(transport, job.address, headers={"x-key": access.api_key}, secret=access.api_key)
    async with aclosing(answers):
        async for answer in answers:
            if (state := _state(answer, job)) is not None:
                yield state
                if state.get("status") == READY:
                    return


def _state(answer: Answer, job: Job) -> Mapping[str, object] | None:
    """The job's state, or None when this look tells nothing. A final status counts whatever the status of HTTP is."""
    body = _body(answer)
    status = body.get("status")
    if isinstance(status, str) and status in _ENDINGS:
        kind, billed = _ENDINGS[status]
        raise kind(f"the job ended: {status}", request_id=job.request_id, may_have_billed=billed)
    if status == READY:
        return body
    state = polling.state(answer)
    if state is not None and not isinstance(status, str):
        raise BrokenAnswer(f"no status of the job: {answer.excerpt()}", request_id=job.request_id)
    return state


def _body(answer: Answer) -> Mapping[str, object]:
    try:
        return answer.json()
    except BrokenAnswer:
        return reading.NOTHING


def failure(answer: Answer) -> ProviderError:
    """What an error's body says beyond its status: the field of a 422, a key nobody knows, a wait."""
    body = _body(answer)
    if answer.status == 403 and _NOT_AUTHENTICATED in str(body.get("detail")).lower():
        return answer.error(BadKey)
    error = answer.error(field=_field(body) if answer.status in (400, 422) else None)
    if error.retry_after is None and not isinstance(error, InvalidRequest):
        error.retry_after = _seconds(body.get("retry_after"))
    return error


def _field(body: Mapping[str, object]) -> str | None:
    """``{"detail": [{"loc": ["body", "width"], …}]}`` names the width."""
    place = reading.first(body.get("detail")).get("loc")
    return reading.text(place[-1], 100) if isinstance(place, list) and place else None


def _seconds(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 86_400 else None
