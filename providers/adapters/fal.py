"""fal's queue: ``POST /<model id>``, then the returned ``status_url`` until COMPLETED, then the returned ``response_url``.

Shapes from fal-client 1.0.3 and fal's pages on errors. The addresses are fal's to choose and are never built here; together they
are the job's id, its ``cancel_url`` included. The key goes only to fal's own hosts. COMPLETED does not mean success: a failure
lies behind ``response_url``, and a picture the filter blackened says so in ``has_nsfw_concepts``. 5xx are not billed, 422 may be.
Unverified and read tolerantly: that an empty account is a 403 which speaks of the balance; whether a job that is called off while
it runs is billed.

A reference is a ``data:`` address, for an endpoint of its own: FLUX.3's is described on fal's page of October 2026. Of Ideogram's
the fields are, in several clients that agree, while its price there and how far it goes from the reference are unverified.
"""

import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing

from providers import answers, asking, cancelling, polling, ratios, reading, references, results
from providers.adapters.fal_jobs import Job
from providers.adapters.fal_models import FIXED, MODELS, TAKES_RATIO, WITH_REFERENCE
from providers.answers import Answer
from providers.errors import BrokenAnswer, InvalidRequest, OutOfQuota, ProviderDown, ProviderError, RateLimited, Refused, TimedOut
from providers.references import Bounds
from providers.transport import Transport
from providers.types import Access, ImageRequest, ImageResult, ModelSpec, Progress, ProviderEvent, Submitted

RATIOS = ("1:1", "4:3", "3:4", "3:2", "2:3", "16:9", "9:16", "5:4", "4:5", "21:9", "2:1", "1:2")
_LARGEST_SEED = 2**31 - 1
_TAKEN = Bounds(10 * 1024 * 1024, most_pixels=4_000_000, least_side=256)  # FLUX.3's, which nobody else's contradict
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
        sent = await references.fitted(request, _TAKEN)
        if request.resume_job is None:
            job = await _submit(sent, access, transport)
            yield Submitted(job.written)
        else:
            job = Job.kept(request.resume_job, access)
        async with aclosing(_look(job, access, transport)) as looks:
            async for progress in looks:
                yield progress
        result = await _fetch(await _answer(job, access, transport), job, sent, access, transport)
        yield references.told(result, request, sent)

    async def cancel(self, request: ImageRequest, job_id: str, access: Access, transport: Transport) -> None:
        """``PUT cancel_url``, as it was given: 202 when it is heard, 400 for a job that is done, 404 for one nobody knows."""
        if url := Job.kept(job_id, access).cancel_url:
            await cancelling.send(transport.put(url, headers=_headers(access), secret=access.api_key), transport)


async def _submit(request: ImageRequest, access: Access, transport: Transport) -> Job:
    url = f"{access.base_url}/{endpoint(request)}"
    async with transport.post(url, payload(request), headers=_headers(access), secret=access.api_key) as reply:
        return Job.submitted(answers.whole(reply, _failure).json(), access)


def endpoint(request: ImageRequest) -> str:
    """Which of the model's endpoints is asked."""
    name = request.model.wire_name
    return WITH_REFERENCE[name][0] if asking.reference(request) else name


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
    if picture := asking.reference(request):
        field, address = WITH_REFERENCE[name][1], references.data_url(picture)
        body[field] = [address] if field.endswith("s") else address
    return body


async def _look(job: Job, access: Access, transport: Transport) -> AsyncGenerator[Progress]:
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


async def _answer(job: Job, access: Access, transport: Transport) -> Mapping[str, object]:
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
    body: Mapping[str, object], job: Job, request: ImageRequest, access: Access, transport: Transport
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


def _failure(answer: Answer, job: Job | None = None) -> ProviderError:
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
