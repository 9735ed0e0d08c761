"""Any server that speaks OpenAI's ``POST /v1/images/generations``: LocalAI, stable-diffusion.cpp, vLLM-Omni, SGLang and others.

They agree on the prompt, the size and little else. So ``quality``, ``background`` and ``moderation`` are never sent, a picture
may come as base64 or as an address, and an error may be an object, a text or FastAPI's ``detail``. The seed is always sent:
SGLang would draw every picture with 1024 otherwise. stable-diffusion.cpp reads its seed from the prompt alone, and is known by
the name of its only model: ``LOCAL_BASE_URL=http://gpu:1234/v1?model=sd-cpp-local``. LocalAI needs a model's name there too;
the others serve one.

A reference goes to ``POST /v1/images/edits`` as a form of the same fields, which stable-diffusion.cpp, vLLM-Omni and SGLang
have; ``image`` is the one name for the file that all three read. What comes of it is the loaded model's business. A server
without that path, such as LocalAI, is asked again with the prompt alone, and the frame says so.

Shapes from the four servers' sources, December 2025 to November 2026. Unverified: which fields a fifth one takes.
"""

import json
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import AbstractAsyncContextManager
from functools import partial

from providers import answers, asking, forms, reading, reports, results, self_hosted
from providers.adapters.self_hosted_models import LOCAL_MODELS
from providers.answers import Answer
from providers.errors import BrokenAnswer, ModelGone, ProviderError
from providers.events import EventStream
from providers.reports import Report, Told
from providers.self_hosted import SelfHosted, Server
from providers.transport import Transport
from providers.types import Access, ImageRequest, ModelSpec, ProviderEvent

_READS_SEED_FROM_PROMPT = "sd-cpp-local"
_NO_SUCH_PATH = frozenset({404, 405})
_GONE = frozenset({"model_not_found", "NotFoundError"})


class Local(SelfHosted):
    key = "local"
    label = "Own server"
    key_name = "LOCAL_API_KEY"
    default_base_url = "http://127.0.0.1:8080/v1"
    models: tuple[ModelSpec, ...] = LOCAL_MODELS

    async def generate(self, request: ImageRequest, access: Access, transport: Transport) -> AsyncGenerator[ProviderEvent]:
        """One answer with the picture in it, or with its address on the same server."""
        server, seed = Server.of(access, path="/v1"), self_hosted.seed(request)
        for asked in (request, asking.without_reference(request)):
            finished = partial(results.finished, request=asked, access=access, limits=transport.limits, seed=seed)
            async with _asked(asked, server, seed, transport) as reply:
                if asking.reference(asked) and _lacks_edits(reply):
                    continue
                item = _item(reply)
                address, final_prompt = item.get("url"), reading.text(item.get("revised_prompt"))
                if item.get("b64_json") or not isinstance(address, str) or not address:
                    data = reading.base64_bytes(item.get("b64_json"), transport.limits.image_bytes)
                    yield finished(data, final_prompt=final_prompt)
                    return
            where = self_hosted.own_address(address, server.base_url)
            async with transport.download(where, base_url=server.base_url, own_headers=server.headers) as data:
                yield finished(data, final_prompt=final_prompt)
            return

    async def check(self, access: Access, transport: Transport) -> Report:
        """``GET /v1/models``, which all four have. The names are the server's own and say nothing of our one model."""
        server = Server.of(access, path="/v1")
        url = f"{server.base_url}/models"
        answer = await reports.ask(transport, url, headers=server.headers, secret=server.secret, failure=_failure)
        return Report(tuple(_listed(answer.json())))


def _listed(body: Mapping[str, object]) -> Iterator[Told]:
    yield from (Told(name) for item in reports.items(body.get("data")) if (name := reports.name(item.get("id"))))


def _asked(
    request: ImageRequest, server: Server, seed: int, transport: Transport
) -> AbstractAsyncContextManager[Answer | EventStream]:
    body, headers, secret = payload(request, server, seed), server.headers, server.secret
    if (reference := asking.reference(request)) is None:
        return transport.post(f"{server.base_url}/images/generations", body, headers=headers, secret=secret)
    url, files = f"{server.base_url}/images/edits", [("image", reference)]
    return transport.post_form(url, forms.texts(body), files=files, headers=headers, secret=secret)


def _lacks_edits(reply: object) -> bool:
    """Whether the server has no such path; one whose model is gone says that in words."""
    return isinstance(reply, Answer) and reply.status in _NO_SUCH_PATH and not _model_gone(_error(reply))


def payload(request: ImageRequest, server: Server, seed: int) -> dict[str, object]:
    """What goes over the wire: what all of them take or pass over in silence."""
    body: dict[str, object] = {
        "prompt": request.prompt,
        "n": 1,
        "size": f"{request.size.width}x{request.size.height}",
        "response_format": "b64_json",
        "seed": seed,
    }
    if negative := asking.negative_prompt(request):
        body["negative_prompt"] = negative
    if server.model:
        body["model"] = server.model
    if server.model == _READS_SEED_FROM_PROMPT:
        extra = {"seed": seed} | ({"negative_prompt": negative} if negative else {})
        # In front, because the first such mark counts and a prompt may hold one of its own.
        body["prompt"] = f"<sd_cpp_extra_args>{json.dumps(extra)}</sd_cpp_extra_args>{request.prompt}"
    return body


def _item(reply: object) -> Mapping[str, object]:
    """The first picture's entry. Raises the error tree for everything but a success that is JSON."""
    reply = answers.whole(reply, _failure)
    return reading.first(reply.json().get("data"))


def _failure(answer: Answer) -> ProviderError:
    """``error`` as an object (LocalAI, vLLM-Omni) or a text (stable-diffusion.cpp), or ``detail`` (SGLang)."""
    error = _error(answer)
    if _model_gone(error):
        return answer.error(ModelGone)
    return answer.error(field=reading.text(error.get("param"), 100) or self_hosted.rejected_field(_body(answer)))


def _body(answer: Answer) -> Mapping[str, object]:
    try:
        return answer.json()
    except BrokenAnswer:
        return reading.NOTHING


def _error(answer: Answer) -> Mapping[str, object]:
    return reading.mapping(_body(answer).get("error"))


def _model_gone(error: Mapping[str, object]) -> bool:
    return bool({reading.text(error.get(name), 100) for name in ("code", "type")} & _GONE)
