"""ComfyUI: ``POST /prompt`` takes a graph, ``GET /history/<id>`` knows the job once it is done, ``GET /view`` gives the file.

The id of a job is ours to choose, so it is told before the graph is sent: when the answer is lost on the way, the job is asked
for by its id. Older servers choose an id of their own, which then takes the place of ours. History and queue live in the
server's memory: a job that neither knows was never taken, or forgotten in a restart, and may be asked for again.

Shapes from ComfyUI's ``server.py`` and ``execution.py`` of October 2025. How far a graph has come is told by its web socket
alone, so there is only the place in line. The server knows no users: it should not be reachable from the open internet.
"""

import asyncio
import uuid
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from providers import cancelling, polling, reading, reports, results
from providers.adapters import comfyui_graph, comfyui_uploads
from providers.adapters.self_hosted_models import COMFYUI_MODELS
from providers.answers import Answer
from providers.errors import BrokenAnswer, InvalidRequest, ModelGone, ProviderDown, ProviderError, RateLimited, TimedOut
from providers.reports import Report, Told
from providers.self_hosted import SelfHosted, Server
from providers.transport import Transport
from providers.types import Access, ImageRequest, ModelSpec, Progress, ProviderEvent, Submitted

_PASSING = (ProviderDown, RateLimited, TimedOut, BrokenAnswer)  # of one look; the job runs on
_LOADER = "CheckpointLoaderSimple"
_LOOKS_IN_VAIN = 2  # a job may leave the queue for the history between two questions, but not twice


@dataclass(frozen=True, slots=True)
class _Made:
    """What ``/view`` is asked for, and the seed of the graph."""

    file: Mapping[str, str]
    seed: int | None


class ComfyUI(SelfHosted):
    key = "comfyui"
    label = "ComfyUI"
    key_name = "COMFYUI_API_KEY"  # for a proxy in front; the server itself asks for none
    default_base_url = "http://127.0.0.1:8188"
    models: tuple[ModelSpec, ...] = COMFYUI_MODELS

    async def generate(self, request: ImageRequest, access: Access, transport: Transport) -> AsyncGenerator[ProviderEvent]:
        """Submit under an id of ours, or only come back for it; wait in line; fetch the picture."""
        server, lost = Server.of(access), None
        job = request.resume_job or str(uuid.uuid4())
        yield Submitted(job)
        if not request.resume_job:
            taken, lost = await _submit(job, request, await comfyui_uploads.store(request, server, transport), server, transport)
            if taken != job:
                job = taken
                yield Submitted(job)
        entry = reading.NOTHING
        async with aclosing(_wait(job, lost, server, transport)) as looks:
            async for look in looks:
                if isinstance(look, Progress):
                    yield look
                else:
                    entry = look
        made = _made(entry, job)
        url = f"{server.base_url}/view?{urlencode(made.file)}"
        async with transport.download(url, base_url=server.base_url, own_headers=server.headers) as data:
            yield results.finished(data, request, access, transport.limits, seed=made.seed, request_id=job)

    async def cancel(self, request: ImageRequest, job_id: str, access: Access, transport: Transport) -> None:
        """Out of the queue with it; if it is being drawn by then, an interruption. Servers of before September 2025 interrupt
        whatever they draw, so that is asked only of one that draws this job.
        """
        server = Server.of(access)
        await _say("queue", {"delete": [job_id]}, server, transport)
        queue = await _queue(server, transport)
        if queue is None:
            raise ProviderDown("it does not say what it draws", request_id=job_id)
        if _place(job_id, queue) == 0:
            await _say("interrupt", {"prompt_id": job_id}, server, transport)

    async def check(self, access: Access, transport: Transport) -> Report:
        """The choices of the node that loads checkpoints. Where the address names one, ours need not be among them."""
        server = Server.of(access)
        url = f"{server.base_url}/object_info/{_LOADER}"
        answer = await reports.ask(transport, url, headers=server.headers, secret=server.secret, failure=_failure)
        return Report(tuple(_checkpoints(answer.json())), complete=not server.model)


def _checkpoints(body: Mapping[str, object]) -> Iterator[Told]:
    """The choices of the node that loads checkpoints: ``{node: {input: {required: {ckpt_name: [[names], …]}}}}``."""
    node = reading.mapping(reading.mapping(body.get(_LOADER)).get("input"))
    choices = reading.mapping(node.get("required")).get("ckpt_name")
    names = choices[0] if isinstance(choices, list) and choices else None
    yield from (Told(name) for each in (names if isinstance(names, list) else ()) if (name := reports.name(each)))


async def _say(path: str, body: Mapping[str, object], server: Server, transport: Transport) -> None:
    saying = transport.post(f"{server.base_url}/{path}", body, headers=server.headers, secret=server.secret)
    await cancelling.send(saying, transport)


async def _submit(
    job: str, request: ImageRequest, reference: str, server: Server, transport: Transport
) -> tuple[str, ProviderError | None]:
    """The id the job goes by, and the error when its answer was lost after the graph may have arrived."""
    graph = comfyui_graph.build(request, server.model or request.model.wire_name, reference)
    body = {"prompt": graph, "prompt_id": job, "client_id": job}
    try:
        async with transport.post(f"{server.base_url}/prompt", body, headers=server.headers, secret=server.secret) as reply:
            if not isinstance(reply, Answer):
                raise BrokenAnswer("a stream of events: this is another kind of server", may_have_billed=False)
            if reply.failed:
                raise _failure(reply)
            return reading.text(reply.json().get("prompt_id"), 100) or job, None
    except ProviderError as error:
        if not error.may_have_billed:
            raise
        return job, error


async def _wait(
    job: str, lost: ProviderError | None, server: Server, transport: Transport
) -> AsyncGenerator[Progress | Mapping[str, object]]:
    """The place in line for as long as there is one, then the job's entry in the history. ``lost`` is raised after all when the
    server does not even answer the first look.
    """
    url, in_vain = f"{server.base_url}/history/{quote(job, safe='')}", 0
    async with aclosing(polling.answers(transport, url, headers=server.headers, secret=server.secret)) as answers:
        async for answer in answers:
            try:
                entry = _entry(answer, job)
            except _PASSING as error:
                if lost is not None:
                    raise lost from error
                continue
            if entry:
                yield entry
                return
            lost, queue = None, await _queue(server, transport)
            place = _place(job, queue)
            in_vain = in_vain + 1 if queue is not None and place is None else 0
            if in_vain == _LOOKS_IN_VAIN:
                raise ProviderDown("the server does not know the job", request_id=job)
            if place:
                yield Progress(place_in_line=place)


def _entry(answer: Answer, job: str) -> Mapping[str, object]:
    """What the history holds about the job, empty while it is not done. Raises the error tree for an answer of no use."""
    if answer.failed:
        raise answer.error()
    return reading.mapping(answer.json().get(job))


async def _queue(server: Server, transport: Transport) -> Mapping[str, object] | None:
    """What runs and what waits, or None when that cannot be told just now."""
    url = f"{server.base_url}/queue"
    try:
        async with (
            asyncio.timeout(transport.limits.poll_seconds),
            transport.get(url, headers=server.headers, secret=server.secret) as reply,
        ):
            return reply.json() if isinstance(reply, Answer) and not reply.failed else None
    except (ProviderError, TimeoutError):
        return None


def _place(job: str, queue: Mapping[str, object] | None) -> int | None:
    """0 while it is drawn, 1 when it is next, and so on; None when the queue does not know it. Lowest number first, as a heap."""
    if queue is None:
        return None
    if job in _numbers(queue.get("queue_running")):
        return 0
    waiting = _numbers(queue.get("queue_pending"))
    return 1 + sum(number < waiting[job] for number in waiting.values()) if job in waiting else None


def _numbers(items: object) -> dict[str, float]:
    """``[number, id, graph, …]`` for each job, as id to number."""
    jobs = [item for item in items if isinstance(item, list) and len(item) > 1] if isinstance(items, list) else []
    return {item[1]: item[0] for item in jobs if isinstance(item[0], int | float) and isinstance(item[1], str)}


def _made(entry: Mapping[str, object], job: str) -> _Made:
    """What came of the job. Work was done for it, so nothing repeats it: every error says ``may_have_billed``."""
    status = reading.mapping(entry.get("status"))
    if status.get("status_str") == "error":
        raise ProviderDown(f"the graph stopped: {_trouble(status)}", request_id=job, may_have_billed=True)
    file = comfyui_graph.picture_of(entry.get("outputs"))
    if file is None:
        raise BrokenAnswer("the job ended without a picture", request_id=job)
    submitted = entry.get("prompt")
    graph = submitted[2] if isinstance(submitted, list) and len(submitted) > 2 else None
    return _Made(file, comfyui_graph.seed_of(graph))


def _trouble(status: Mapping[str, object]) -> str:
    """``execution_error`` with the exception's name and text, or ``execution_interrupted``, as the last of the messages says."""
    messages = status.get("messages")
    last = messages[-1] if isinstance(messages, list) and messages else None
    if not (isinstance(last, list) and len(last) == 2):
        return "it does not say why"
    about = reading.mapping(last[1])
    words = (last[0], about.get("exception_type"), about.get("exception_message"))
    return " ".join(text for word in words if (text := reading.text(word, 200)))


def _failure(answer: Answer) -> ProviderError:
    """A 400 lists what each node of the graph complains about; an unknown checkpoint is a value that is not in the list."""
    try:
        nodes = reading.mapping(answer.json().get("node_errors"))
    except BrokenAnswer:
        return answer.error()
    fields = [field for node in nodes.values() if (field := _complaint(node))]
    if "ckpt_name" in fields:
        return answer.error(ModelGone)
    return answer.error(InvalidRequest, field=fields[0]) if fields else answer.error()


def _complaint(node: object) -> str | None:
    """The input a node's first error is about."""
    error = reading.first(reading.mapping(node).get("errors"))
    return reading.text(reading.mapping(error.get("extra_info")).get("input_name"), 100)
