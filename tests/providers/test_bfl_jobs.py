"""A job of Black Forest Labs, look by look."""

import asyncio
import json
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st

from providers import catalogue, errors, pictures
from providers.transport import Transport
from providers.types import Access, ImageRequest, ImageResult, Progress, Quality, Size, Submitted
from tests.providers.conftest import PATIENT, SECRET
from tests.providers.samples import captured, picture
from tests.providers.test_bfl import IDENT, POLL, PRO, SAMPLE, answers, asked


@pytest.fixture
def looks(vendor):
    """Let each look at the job get the next of these answers (a status, then JSON or bytes); the last one stays.

    Gives an event that is set by the first look.
    """
    answers(PRO)(vendor, picture())
    ready = captured("bfl/ready", url=f"{vendor.url}{SAMPLE}?sig=abcdef")

    def looks(*given):
        rest = [(status, ready if body == "ready" else body) for status, body in given]
        looked = asyncio.Event()

        async def handler(_):
            looked.set()
            status, body = rest.pop(0) if len(rest) > 1 else rest[0]
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            return web.Response(status=status, body=data)

        vendor.handlers[POLL] = handler
        return looked

    return looks


async def test_looks_that_tell_nothing_are_no_reason_to_give_up(vendor, ask, looks):
    looks(
        (200, captured("bfl/reasoning")),
        (503, b""),
        (429, {}),
        (200, captured("bfl/pending")),
        (500, b"<html>"),
        (200, b""),
        (200, {"id": IDENT, "status": "Something new"}),
        (200, "ready"),
    )
    submitted, progress, result = await ask("bfl/flux-2-pro")
    assert (type(submitted), progress, type(result)) == (Submitted, Progress(0.4), ImageResult)
    assert asked(vendor).count(("POST", PRO)) == 1


async def test_a_look_the_network_spoils_is_made_again(vendor, ask, looks):
    looks((200, "ready"))
    answer, spoiled = vendor.handlers[POLL], iter([True, True])

    async def handler(request):
        if next(spoiled, False):
            request.transport.close()
        return await answer(request)

    vendor.handlers[POLL] = handler
    assert isinstance((await ask("bfl/flux-2-pro"))[-1], ImageResult)


async def test_a_job_that_is_never_done_times_out_and_may_have_billed(ask, looks):
    looks((200, captured("bfl/pending")))
    async with Transport(replace(PATIENT, deadline=0.3)) as transport:
        with pytest.raises(errors.TimedOut) as caught:
            await ask("bfl/flux-2-pro", transport=transport)
    assert caught.value.may_have_billed


@pytest.mark.parametrize("status", [200, 503])
@pytest.mark.parametrize(
    ("name", "kind", "billed"),
    [
        ("request_moderated", errors.Refused, False),
        ("content_moderated", errors.Refused, True),
        ("error", errors.ProviderDown, True),
        ("task_not_found", errors.BrokenAnswer, True),
    ],
)
async def test_each_bad_ending_has_its_meaning_whatever_the_status_of_http(ask, looks, status, name, kind, billed):
    looks((status, captured(f"bfl/{name}")))
    with pytest.raises(errors.ProviderError) as caught:
        await ask("bfl/flux-2-pro")
    assert isinstance(caught.value, kind)
    assert (caught.value.may_have_billed, caught.value.request_id) == (billed, IDENT)


@pytest.mark.parametrize(
    ("status", "kind"), [(401, errors.BadKey), (403, errors.NoAccess), (404, errors.BrokenAnswer), (422, errors.InvalidRequest)]
)
async def test_a_look_that_is_turned_away_ends_the_wait_and_may_have_billed(ask, looks, status, kind):
    looks((status, b"<html>"))
    with pytest.raises(errors.ProviderError) as caught:
        await ask("bfl/flux-2-pro")
    assert isinstance(caught.value, kind)
    assert caught.value.may_have_billed


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"status": None},
        {"status": 7},
        {"status": "Ready"},
        {"status": "Ready", "result": []},
        {"status": "Ready", "result": {"sample": None}},
        {"status": "Ready", "result": {"sample": "file:///etc/passwd"}},
        {"status": "Ready", "result": {"sample": "http://169.254.169.254/latest"}},
    ],
    ids=str,
)
async def test_a_state_that_leads_nowhere_is_broken(ask, looks, state):
    looks((200, state))
    with pytest.raises(errors.BrokenAnswer) as caught:
        await ask("bfl/flux-2-pro")
    assert caught.value.may_have_billed


async def test_a_job_is_resumed_without_asking_again(vendor, ask):
    answers(PRO)(vendor, picture())
    [result] = await ask("bfl/flux-2-pro", resume_job=f"{vendor.url}/get_result?id={IDENT}#cost=3.00")
    assert asked(vendor) == [("GET", POLL), ("GET", SAMPLE)]
    assert (result.cost_usd, result.request_id) == (Decimal("0.03"), IDENT)


async def test_stopping_while_a_job_runs_leaves_nothing_behind(ask, looks, transport):
    looked = looks((200, captured("bfl/pending")))
    call = asyncio.create_task(ask("bfl/flux-2-pro"))
    await asyncio.wait_for(looked.wait(), 30)
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    assert transport.budget.used == 0


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["Ready", "Pending", "Error"])
NAMES = st.sampled_from(["id", "status", "result", "sample", "seed", "prompt", "progress", "details"])
STATES = st.dictionaries(NAMES, LEAVES | st.dictionaries(NAMES, LEAVES, max_size=4), max_size=6)


@pytest.fixture
async def hurried():
    async with Transport(replace(PATIENT, deadline=0.05, download_seconds=0.05)) as transport:
        yield transport


@settings(max_examples=60)
@given(state=STATES, status=st.sampled_from([200, 200, 200, 202, 404, 500, 503]))
async def test_no_state_of_a_job_however_odd_leaves_the_error_tree(vendor, hurried, state, status):
    vendor.answers(POLL, state, status=status)
    model, size = catalogue.model("bfl/flux-2-pro"), Size(1024, 1024)
    request = ImageRequest(model, "a cup", size, Quality.STANDARD, resume_job=f"{vendor.url}/get_result?id=1")
    with suppress(errors.ProviderError):
        async for event in catalogue.provider("bfl").generate(request, Access(vendor.url, SECRET), hurried):
            assert isinstance(event, Progress) or pictures.inspect(event.data)
    assert hurried.budget.used == 0
