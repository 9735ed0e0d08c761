"""fal's queue: ``POST /<model id>``, then the returned ``status_url`` until COMPLETED, then the returned ``response_url``.

Shapes from fal-client 1.0.3 and fal's pages on errors. The addresses are fal's to choose and are never built here; both together
are the job's id. The key goes only to fal's own hosts. COMPLETED does not mean success: a failure lies behind ``response_url``,
and a picture the filter blackened says so in ``has_nsfw_concepts``. 5xx are not billed, 422 may be. Unverified and read
tolerantly: that an empty account is a 403 which speaks of the balance.
"""

import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Self

import httpx

from providers import addresses, answers, asking, polling, ratios, reading, results
from providers.adapters.fal_models import FIXED, MODELS, TAKES_RATIO
from providers.answers import Answer
from providers.errors import BrokenAnswer, InvalidRequest, OutOfQuota, ProviderDown, ProviderError, RateLimited, Refused, TimedOut
from providers.transport import Transport
from providers.types import Access, ImageRequest, ImageResult, ModelSpec, Progress, ProviderEvent, Submitted

RATIOS = ("1:1", "4:3", "3:4", "3:2", "2:3", "16:9", "9:16", "5:4", "4:5", "21:9", "2:1", "1:2")
_LARGEST_SEED = 2**31 - 1
_LONGEST_ID = 300  # characters; what the attempt's row can hold
_HOSTS = (".fal.run", ".falrun.com")  # the second is what the official client falls back to
_BALANCE = re.compile(r"balance|locked|billing", re.IGNORECASE)
_LAST_PLACE = 100_000
_FORGOTTEN = frozenset({404, 410})  # of a job; at submission they speak of the model
_BY_TYPE: dict[str, type[ProviderError]] = {
    "content_policy_violation": Refused,
    "no_media_generated": Refused,
    "request_timeout": TimedOut,
    "startup_timeout": TimedOut,
    "generation_timeout": TimedOut,
    "runner_scheduling_failure": ProviderDown,
    "runner_connection_timeout": ProviderDown,
    "runner_disconnected": ProviderDown,
    "runner_connection_refused": ProviderDown,
    "runner_connection_error": ProviderDown,
    "runner_incomplete_response": ProviderDown,
    "runner_server_error": ProviderDown,
    "client_disconnected": ProviderDown,
    "client_cancelled": ProviderDown,
    "internal_error": ProviderDown,
    "internal_server_error": ProviderDown,
    "downstream_service_error": ProviderDown,
    "downstream_service_unavailable": ProviderDown,
    "concurrent_requests_limit": RateLimited,
    "bad_request": InvalidRequest,
}
_FREE = (TimedOut, ProviderDown, RateLimited)  # fal does not bill what failed on its side


class Fal:
    key = "fal"
    label = "fal"
    key_name = "FAL_KEY"
    default_base_url = "https://queue.fal.run"
    models: tuple[ModelSpec, ...] = MODELS

    async def generate(self, request: ImageRequest, access: Access, transport: Transport) -> AsyncGenerator[ProviderEvent]:
        """Queue it, or take up the earlier job; look until it is done; read the answer and fetch the picture at once."""
        if request.resume_job is None:
            job = await _submit(request, access, transport)
            yield Submitted(job.written)
        else:
            job = _Job.read(request.resume_job, access)
        async with aclosing(_look(job, access, transport)) as looks:
            async for progress in looks:
                yield progress
        yield await _fetch(await _answer(job, access, transport), job, request, access, transport)


@dataclass(frozen=True, slots=True, repr=False)
class _Job:
    """Where to ask about a job and where its answer will be; both on hosts that may see the key."""

    status_url: str
    response_url: str

    @property
    def written(self) -> str:
        return f"{self.status_url} {self.response_url}"

    @property
    def request_id(self) -> str | None:
        return reading.text(httpx.URL(self.response_url).path.rpartition("/requests/")[2].partition("/")[0], 200)

    @classmethod
    def read(cls, written: str, access: Access) -> Self:
        """Raises ``BrokenAnswer`` unless it is two addresses of fal's own."""
        status_url, _, response_url = written.partition(" ")
        if len(written) > _LONGEST_ID or not all(_may_see_the_key(url, access) for url in (status_url, response_url)):
            raise BrokenAnswer("the queue's addresses are missing or lead elsewhere")
        return cls(status_url, response_url)


def _may_see_the_key(url: str, access: Access) -> bool:
    """Our own base, or fal by https."""
    try:
        target = httpx.URL(url)
        if addresses.same_origin(target, access.base_url):
            return True
        addresses.require_https(target)
    except (httpx.InvalidURL, ValueError, BrokenAnswer):
        return False
    return not access.simulated and f".{target.host}".endswith(_HOSTS) and target.port in (None, 443)


async def _submit(request: ImageRequest, access: Access, transport: Transport) -> _Job:
    url = f"{access.base_url}/{request.model.wire_name}"
    async with transport.post(url, payload(request), headers=_headers(access), secret=access.api_key) as reply:
        reply = answers.whole(reply, _failure)
        body = reply.json()
        status_url, response_url = body.get("status_url"), body.get("response_url")
        return _Job.read(f"{status_url} {response_url}", access)


def payload(request: ImageRequest) -> dict[str, object]:
    """The model's input: only what this model takes."""
    name, size = request.model.wire_name, request.size
    body: dict[str, object] = {"prompt": request.prompt, **FIXED.get(name, {}), **asking.parameters(request)}
    if name in TAKES_RATIO:
        body["aspect_ratio"] = ratios.nearest(size, RATIOS)
    else:
        body["image_size"] = {"width": size.width, "height": size.height}
    if (seed := asking.seed(request, _LARGEST_SEED)) is not None:
        body["seed"] = seed
    return body


async def _look(job: _Job, access: Access, transport: Transport) -> AsyncGenerator[Progress]:
    """Each new place in line, until the job is done one way or the other."""
    place = None
    async with aclosing(polling.answers(transport, job.status_url, headers=_headers(access), secret=access.api_key)) as looks:
        async for answer in looks:
            if (body := polling.state(answer)) is None:
                continue
            if not isinstance(body.get("status"), str):
                raise BrokenAnswer(f"no status of the job: {answer.excerpt()}", request_id=job.request_id)
            if body["status"] == "COMPLETED":
                return
            now = reading.whole_number(body.get("queue_position"), _LAST_PLACE)
            if now is not None and now != place:
                place = now
                yield Progress(place_in_line=now)


async def _answer(job: _Job, access: Access, transport: Transport) -> Mapping[str, object]:
    """The model's output. Raises what the job failed with; a gateway's stumble is no answer, and is asked again."""
    async with aclosing(
        polling.answers(transport, job.response_url, headers=_headers(access), secret=access.api_key, at_once=True)
    ) as looks:
        async for answer in looks:
            if answer.failed and _error(answer):
                raise _failure(answer, job)
            if (body := polling.state(answer)) is not None:
                return body
    raise TimedOut("the answer never came")


async def _fetch(
    body: Mapping[str, object], job: _Job, request: ImageRequest, access: Access, transport: Transport
) -> ImageResult:
    flags = body.get("has_nsfw_concepts")
    if isinstance(flags, list) and any(flag is True for flag in flags):
        raise Refused("has_nsfw_concepts", request_id=job.request_id, may_have_billed=True)
    url = reading.first(body.get("images")).get("url")
    if not isinstance(url, str) or not url:
        raise BrokenAnswer("no picture's address in the answer", request_id=job.request_id)
    async with transport.download(url, base_url=access.base_url) as data:
        return results.finished(
            data,
            request,
            access,
            transport.limits,
            seed=reading.whole_number(body.get("seed")),
            final_prompt=reading.text(body.get("prompt")),
            request_id=job.request_id,
        )


def _headers(access: Access) -> dict[str, str]:
    return {"Authorization": f"Key {access.api_key}"}


def _failure(answer: Answer, job: _Job | None = None) -> ProviderError:
    """What an error means. A job that failed on fal's side is free; any other that was begun may be billed."""
    error = _error(answer)
    kind = _kind(answer, error) or (BrokenAnswer if job is not None and answer.status in _FORGOTTEN else None)
    failure = answer.error(kind, field=_field(error))
    failure.request_id = reading.text(answer.headers.get("x-fal-request-id"), 200) or (job.request_id if job else None)
    if job is not None:
        failure.may_have_billed = not isinstance(failure, _FREE)
    return failure


def _error(answer: Answer) -> Mapping[str, object]:
    """The error's body, when it is fal that speaks and not a gateway before it."""
    try:
        body = answer.json()
    except BrokenAnswer:
        return reading.NOTHING
    return body if "detail" in body or "error_type" in body else reading.NOTHING


def _kind(answer: Answer, error: Mapping[str, object]) -> type[ProviderError] | None:
    names = (reading.first(error.get("detail")).get("type"), error.get("error_type"), answer.headers.get("x-fal-error-type"))
    for name in names:
        if isinstance(name, str) and name in _BY_TYPE:
            return _BY_TYPE[name]
    if answer.status == 403 and _BALANCE.search(reading.text(error.get("detail")) or ""):
        return OutOfQuota
    return None


def _field(error: Mapping[str, object]) -> str | None:
    place = reading.first(error.get("detail")).get("loc")
    return reading.text(place[-1], 100) if isinstance(place, list) and place else None
