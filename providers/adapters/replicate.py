"""Replicate's predictions: ``POST /models/<owner>/<name>/predictions`` with ``Prefer: wait``, then ``GET /predictions/<id>``.

Shapes from the published specification and the Python SDK 1.0.7. The answer is held for at most ``_HELD`` seconds: a quick
model has its picture in it, a slow one gives away its id early enough to be resumed. ``output`` is an address or a list of
them, and may be there while the status still says processing. Unverified and read tolerantly: the words of a refusal (each
model has its own); whether failed predictions are billed (taken as yes); that a picture can be fetched without the key, as it
can today; whether a prediction that is called off is billed for what it did.

A reference goes along as a data URL, which may hold 256 kB: a larger one is sent as a smaller JPEG.
"""

import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass

from providers import answers, asking, cancelling, polling, ratios, reading, references, reports, results
from providers.adapters.replicate_models import FIXED, MODELS, TAKES_PIXELS, WITH_REFERENCE, WITH_SEED
from providers.answers import Answer
from providers.errors import BrokenAnswer, ProviderDown, ProviderError, Refused
from providers.references import Bounds
from providers.reports import Report, Told
from providers.transport import Transport
from providers.types import Access, ImageRequest, ImageResult, ModelSpec, Progress, ProviderEvent, Submitted

RATIOS = ("1:1", "4:3", "3:4", "3:2", "2:3", "16:9", "9:16")
_HELD = 5  # seconds; the API allows 60
_PATIENCE = "5m"  # after that Replicate drops a prediction nobody waits for any more
_LARGEST_SEED = 2**31 - 1
_INLINE = Bounds(190_000)  # bytes: a data URL may be as long as 256 kB, and base64 adds a third
_ID = re.compile(r"\w{1,100}", re.ASCII)
_ENDED_BADLY = frozenset({"failed", "canceled", "aborted"})
_DECLINED = re.compile(r"nsfw|sensitive|safety|moderat|content polic|\(E005\)", re.IGNORECASE)
_SHARE = re.compile(r"(\d{1,3})%\s*\|")
_RESETS = re.compile(r"resets in ~?(\d{1,5})\s*s")


class Replicate:
    key = "replicate"
    label = "Replicate"
    key_name = "REPLICATE_API_TOKEN"
    default_base_url = "https://api.replicate.com/v1"
    models: tuple[ModelSpec, ...] = MODELS

    async def generate(self, request: ImageRequest, access: Access, transport: Transport) -> AsyncGenerator[ProviderEvent]:
        """Ask, or take up the earlier prediction; look until it is done; fetch its picture at once: it lives one hour."""
        sent = await references.fitted(request, _INLINE)
        if request.resume_job is None:
            made = await _create(sent, access, transport)
            yield Submitted(made.ident)
        else:
            made = _Prediction(_checked(request.resume_job), {"status": "starting"})
        if made.address is None:
            async with aclosing(_look(made, access, transport)) as looks:
                async for event in looks:
                    if isinstance(event, Progress):
                        yield event
                    else:
                        made = event
        yield references.told(await _fetch(made, sent, access, transport), request, sent)

    async def cancel(self, request: ImageRequest, job_id: str, access: Access, transport: Transport) -> None:
        """``POST /predictions/<id>/cancel``, where ``urls.cancel`` leads; a prediction that has ended is only told about."""
        url = f"{access.base_url}/predictions/{_checked(job_id)}/cancel"
        await cancelling.send(transport.post(url, {}, headers=_headers(access), secret=access.api_key), transport)

    async def check(self, access: Access, transport: Transport) -> Report:
        """``GET /account`` knows the key; then each model of ours is asked for by its name, since all of them are too many."""
        await reports.ask(
            transport, f"{access.base_url}/account", headers=_headers(access), secret=access.api_key, failure=_failure
        )
        return Report(tuple([await _look_up(model.wire_name, access, transport) for model in self.models]))


@dataclass(frozen=True, slots=True, repr=False)
class _Prediction:
    """A prediction and what its last answer said. No repr: the address is a password to the picture."""

    ident: str
    body: Mapping[str, object]

    @property
    def address(self) -> str | None:
        """Where the picture is, or None while it is being drawn. Raises the tree for a prediction that ended without one."""
        status = self.body.get("status")
        if not isinstance(status, str) or status in _ENDED_BADLY:
            raise self._failure(status)
        output = self.body.get("output")
        address = output[0] if isinstance(output, list) and output else output
        if isinstance(address, str) and address:
            return address
        if status == "succeeded":
            raise BrokenAnswer(f"no picture; data_removed {self.body.get('data_removed')}", request_id=self.ident)
        return None

    def _failure(self, status: object) -> ProviderError:
        said = reading.text(self.body.get("error"), 300) or ""
        if status == "failed" and _DECLINED.search(said):
            return Refused(f"failed: {said}", request_id=self.ident, may_have_billed=True)
        if isinstance(status, str):
            return ProviderDown(f"{status}: {said}", request_id=self.ident, may_have_billed=True)
        return BrokenAnswer("no status of the prediction", request_id=self.ident)


async def _create(request: ImageRequest, access: Access, transport: Transport) -> _Prediction:
    headers = _headers(access) | {"Prefer": f"wait={_HELD}", "Cancel-After": _PATIENCE}
    url = f"{access.base_url}/models/{request.model.wire_name}/predictions"
    async with transport.post(url, {"input": payload(request)}, headers=headers, secret=access.api_key) as reply:
        reply = answers.whole(reply, _failure)
        body = reply.json()
        return _Prediction(_checked(body.get("id")), body)


async def _look_up(name: str, access: Access, transport: Transport) -> Told:
    async with transport.get(f"{access.base_url}/models/{name}", headers=_headers(access), secret=access.api_key) as reply:
        if isinstance(reply, Answer) and reply.status in (404, 410):
            return Told(name, listed=False)
        reports.checked(reply, _failure)
        return Told(name)


def payload(request: ImageRequest) -> dict[str, object]:
    """The model's input: only what this model takes."""
    name, size = request.model.wire_name, request.size
    body: dict[str, object] = {"prompt": request.prompt, **FIXED.get(name, {}), **asking.parameters(request)}
    if name in TAKES_PIXELS:
        body |= {"aspect_ratio": "custom", "width": size.width, "height": size.height}
    else:
        body["aspect_ratio"] = ratios.nearest(size, RATIOS)
    if (seed := asking.seed(request, _LARGEST_SEED)) is not None:
        body |= {"seed": seed, **WITH_SEED.get(name, {})}
    if picture := asking.reference(request):
        body[WITH_REFERENCE[name]] = references.data_url(picture)
    return body


async def _look(made: _Prediction, access: Access, transport: Transport) -> AsyncGenerator[Progress | _Prediction]:
    """How far it is, again and again; last, the prediction that has its picture."""
    url = f"{access.base_url}/predictions/{made.ident}"
    shown = 0.0
    async with aclosing(polling.answers(transport, url, headers=_headers(access), secret=access.api_key)) as looks:
        async for answer in looks:
            body = polling.state(answer)
            if body is None:
                continue
            now = _Prediction(made.ident, body)
            if now.address is not None:
                yield now
                return
            if (share := _share(body)) > shown:
                shown = share
                yield Progress(share=share)


async def _fetch(made: _Prediction, request: ImageRequest, access: Access, transport: Transport) -> ImageResult:
    address, sent = made.address or "", reading.mapping(made.body.get("input"))
    seed = reading.whole_number(sent.get("seed"))
    if address.startswith("data:"):
        data = reading.base64_bytes(address.partition("base64,")[2], transport.limits.image_bytes)
        return results.finished(data, request, access, transport.limits, seed=seed, request_id=made.ident)
    async with transport.download(address, base_url=access.base_url) as data:
        return results.finished(data, request, access, transport.limits, seed=seed, request_id=made.ident)


def _headers(access: Access) -> dict[str, str]:
    return {"Authorization": f"Bearer {access.api_key}"}


def _checked(ident: object) -> str:
    """An id that can stand in an address, or ``BrokenAnswer``."""
    if isinstance(ident, str) and _ID.fullmatch(ident):
        return ident
    raise BrokenAnswer("no prediction's id in the answer")


def _share(body: Mapping[str, object]) -> float:
    """The last percentage of the log, as a share."""
    found = _SHARE.findall(reading.text(body.get("logs")) or "")
    return min(int(found[-1]) / 100, 1.0) if found else 0.0


def _failure(answer: Answer) -> ProviderError:
    """Problem details: ``{"type", "title", "status", "detail"}``, for an input with ``invalid_fields``."""
    try:
        body = answer.json()
    except BrokenAnswer:
        body = reading.NOTHING
    failure = answer.error(field=reading.text(reading.first(body.get("invalid_fields")).get("field"), 100))
    found = _RESETS.search(reading.text(body.get("detail"), 500) or "")
    if failure.retry_after is None and answer.status == 429 and found:
        failure.retry_after = float(found[1])
    return failure
