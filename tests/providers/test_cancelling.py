"""Calling off a job: what every adapter that can do it has in common, on the simulator and with a provider that misbehaves."""

import asyncio
import json
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from itertools import product

import httpx
import pytest

from providers import catalogue, errors
from providers.access import access_for
from providers.base import Cancellable
from providers.simulator.config import Config
from providers.simulator.server import serving
from providers.transport import Transport
from providers.types import Access, ImageRequest, ImageResult, Submitted
from tests.providers.clock import put_forward
from tests.providers.conftest import PATIENT, SECRET
from tests.providers.simulated import until

SLOW = Config(
    latency=(600, 600), time_scale=0.1, payload_bytes=30_000
)  # a minute a picture; Replicate's answer is held half a second
QUICK = Config(time_scale=0, payload_bytes=30_000)
IN_TURN = Config(latency=(100, 100), time_scale=0.1, payload_bytes=30_000)
IDENT = "764cabcf-b745-4b3e-ae38-1200304cf45b"
FAL_JOB = f"/fal-ai/flux/requests/{IDENT}"
ODD_BODIES = (b"", b"<html>", b"[1, 2]", b"null", b'{"active": 7, "queue_running": 7, "state": []}', b"[" * 9999)
QUEUE = {"queue_running": [[1, IDENT, {}, {}, []]], "queue_pending": []}


@dataclass(frozen=True)
class Case:
    """``job`` is an id as this provider gives it; ``questions`` are what calling it off may ask, and the answers that lead on."""

    model: str
    job: str
    questions: dict[str, object]

    @property
    def provider(self):
        return catalogue.provider(self.model.partition("/")[0])


CASES = (
    Case("replicate/flux-schnell", IDENT.replace("-", ""), {f"/predictions/{IDENT.replace('-', '')}/cancel": {}}),
    Case("fal/flux-schnell", f"{{base}}{FAL_JOB} /status /cancel", {f"{FAL_JOB}/cancel": {}}),
    Case("comfyui/sdxl", IDENT, {"/queue": QUEUE, "/interrupt": {}}),
    Case("a1111/sdxl", IDENT, {"/internal/progress": {"active": True}, "/sdapi/v1/interrupt": {}}),
)
EACH = pytest.mark.parametrize("case", CASES, ids=lambda case: case.provider.key)


class Caller:
    """Somebody who asked the simulator for a picture and has been told the job's id."""

    def __init__(self, address, case, transport, prompt="a fox"):
        model = catalogue.model(case.model)
        self.case, self.transport, self.address = case, transport, address
        self.access = access_for(case.provider, api_key="", base_url=None, simulator_url=address)
        self.request = ImageRequest(model, prompt, model.sizes[0], next(iter(model.offers)))
        self.told = asyncio.get_running_loop().create_future()
        self.listening = asyncio.create_task(self._listen())

    async def _listen(self):
        async with aclosing(self.case.provider.generate(self.request, self.access, self.transport)) as events:
            async for event in events:
                if isinstance(event, Submitted):
                    self.job = event.job_id
                    if not self.told.done():
                        self.told.set_result(None)
        return event

    async def submitted(self):
        await self.told
        await until(self.entry)
        return self

    async def entry(self):
        """What the simulator noted about the question that began the job."""
        async with httpx.AsyncClient(verify=False, timeout=30) as client:
            entries = (await client.get(f"{self.address}/_control/requests", params={"method": "POST"})).json()
        return next((entry for entry in entries if entry["prompt"] == self.request.prompt), None)

    async def cancel(self):
        await self.case.provider.cancel(self.request, self.job, self.access, self.transport)

    async def leave(self):
        self.listening.cancel()
        await asyncio.gather(self.listening, return_exceptions=True)


@pytest.fixture
def cancel(vendor, transport):
    """Call off a job at the vendor, whatever it is."""

    async def cancel(case, *, transport=transport, job=None):
        model = catalogue.model(case.model)
        request = ImageRequest(model, "a cup", model.sizes[0], next(iter(model.offers)))
        await case.provider.cancel(request, (job or case.job).format(base=vendor.url), Access(vendor.url, SECRET), transport)

    return cancel


def answers(vendor, case, path=None, **given):
    """Every question of the case leads on; the one at ``path`` is answered with this instead."""
    for each, body in case.questions.items():
        vendor.answers(each, body)
    if path:
        vendor.answers(path, **given)


EACH_QUESTION = pytest.mark.parametrize(
    ("case", "path"), [(case, path) for case in CASES for path in case.questions], ids=lambda each: getattr(each, "model", each)
)


def test_all_that_can_call_off_a_job_are_held_to_this():
    able = {provider.key for provider in catalogue.providers() if isinstance(provider, Cancellable)}
    assert able == {case.provider.key for case in CASES}


@EACH
@pytest.mark.parametrize("waited_for", [True, False])
async def test_a_job_that_is_called_off_is_not_drawn(case, transport, waited_for):
    async with serving(SLOW) as address:
        caller = await Caller(address, case, transport).submitted()
        if not waited_for:
            await caller.leave()
        await caller.cancel()
        assert (await caller.entry())["outcome"] == "cancelled"
        if waited_for:
            with pytest.raises((errors.ProviderDown, errors.BrokenAnswer)):
                await caller.listening


@pytest.mark.parametrize("case", CASES[2:], ids=lambda case: case.provider.key)
async def test_a_server_that_draws_one_after_the_other_goes_on_with_the_next(case, transport):
    async with serving(IN_TURN) as address, Transport(PATIENT) as another_process:
        first = await Caller(address, case, transport).submitted()
        second = await Caller(address, case, another_process, "a hare").submitted()
        await first.leave()
        await first.cancel()

        async def drawn() -> bool:
            put_forward(1)
            return second.listening.done()

        await until(drawn)
        assert isinstance(await second.listening, ImageResult)


@pytest.mark.parametrize("case", CASES[2:], ids=lambda case: case.provider.key)
async def test_what_waits_can_be_called_off_without_touching_what_is_drawn(case, transport):
    async with serving(SLOW) as address, Transport(PATIENT) as another_process:
        first = await Caller(address, case, transport).submitted()
        second = await Caller(address, case, another_process, "a hare").submitted()
        await second.cancel()
        assert (await first.entry())["outcome"] != "cancelled"
        for each in (first, second):
            await each.leave()


@EACH
async def test_a_job_that_has_ended_stays_as_it_ended(case, transport):
    async with serving(QUICK) as address:
        caller = await Caller(address, case, transport).submitted()
        result = await caller.listening
        await caller.cancel()
        assert isinstance(result, ImageResult)
        assert (await caller.entry())["outcome"] == "answered"


@EACH
async def test_calling_it_off_twice_is_no_error(case, transport):
    async with serving(SLOW) as address:
        caller = await Caller(address, case, transport).submitted()
        await caller.leave()
        await caller.cancel()
        await caller.cancel()


@EACH
async def test_a_job_nobody_knows_is_no_error(case, transport):
    async with serving(QUICK) as address:
        access = access_for(case.provider, api_key="", base_url=None, simulator_url=address)
        await case.provider.cancel(None, case.job.format(base=access.base_url), access, transport)


@EACH_QUESTION
@pytest.mark.parametrize("status", [404, 410])
async def test_a_provider_may_have_forgotten_it(vendor, cancel, case, path, status):
    answers(vendor, case, path, body=b"<html>", status=status)
    with suppress(errors.ProviderDown):  # ComfyUI, when it does not say what it draws
        await cancel(case)


@EACH_QUESTION
async def test_no_answer_gets_an_exception_outside_the_tree(vendor, transport, cancel, case, path):
    outside = []
    for status, body in product((200, 202, 302, 400, 401, 429, 500), ODD_BODIES):
        answers(vendor, case, path, body=body, status=status, location="https://elsewhere.example/")
        vendor.answers("/sdapi/v1/progress", body, status=status)
        try:
            with suppress(errors.ProviderError):
                await cancel(case)
        except Exception as error:
            outside.append((status, body[:20], error))
        assert transport.budget.used == 0
    assert outside == []


@EACH
@pytest.mark.parametrize(("status", "kind"), [(401, errors.BadKey), (403, errors.NoAccess), (503, errors.ProviderDown)])
async def test_what_the_provider_has_against_it_is_said(vendor, cancel, case, status, kind):
    *_, last = case.questions
    answers(vendor, case, last, body={"detail": f"You sent {SECRET}"}, status=status)
    with pytest.raises(kind) as caught:
        await cancel(case)
    assert SECRET not in str(caught.value)


@EACH
async def test_a_stream_that_never_ends_is_not_waited_for(vendor, cancel, case):
    *_, last = case.questions
    answers(vendor, case)
    vendor.drips(last, b" ", 0.01)
    async with Transport(replace(PATIENT, poll_seconds=0.3)) as hurried:
        with pytest.raises(errors.TimedOut):
            await cancel(case, transport=hurried)


@EACH
async def test_a_provider_that_does_not_answer_is_not_waited_for(vendor, cancel, case):
    *_, last = case.questions
    answers(vendor, case)
    gone = vendor.hangs(last)
    async with Transport(replace(PATIENT, poll_seconds=0.3)) as hurried:
        with pytest.raises(errors.TimedOut):
            await cancel(case, transport=hurried)
    await asyncio.wait_for(gone.wait(), 30)


@EACH
async def test_the_key_goes_along_everywhere_and_to_no_other_host(vendor, cancel, case):
    answers(vendor, case)
    await cancel(case)
    assert [seen.path for seen in vendor.seen if SECRET not in seen.headers["Authorization"]] == []
    assert set(case.questions) == {seen.path for seen in vendor.seen}


@EACH
@pytest.mark.parametrize("job", ["../account", "a/b?c=d", "https://elsewhere.example/x y z", " ", "\udcff", "a" * 9999])
async def test_a_strange_id_leads_nowhere_else(vendor, cancel, case, job):
    answers(vendor, case)
    with suppress(errors.ProviderError):
        await cancel(case, job=job)
    told = json.dumps([[seen.path, seen.body.decode()] for seen in vendor.seen])
    assert {seen.path for seen in vendor.seen} <= {*case.questions, "/sdapi/v1/progress"}, told
