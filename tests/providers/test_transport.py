"""The way to the outside world: timeouts, limits, and what each failure of the network means."""

import asyncio
from dataclasses import replace

import pytest

from providers import errors
from providers.answers import Answer
from providers.events import EventParser, EventStream
from providers.transport import Transport
from tests.providers.conftest import PATIENT, SECRET


async def post(transport, url, **headers):
    async with transport.post(url, {"prompt": "a cup"}, headers=headers, secret=SECRET) as reply:
        return [data async for data in reply] if isinstance(reply, EventStream) else reply


async def test_an_answer_comes_whole(vendor, transport):
    vendor.answers("/", {"a": 1}, **{"x-request-id": "req_1"})
    answer = await post(transport, vendor.url)
    assert isinstance(answer, Answer)
    assert (answer.status, answer.json(), answer.request_id) == (200, {"a": 1}, "req_1")


async def test_a_port_nobody_listens_on_was_never_reached(transport, unused_tcp_port):
    with pytest.raises(errors.ConnectionFailed) as caught:
        await post(transport, f"http://127.0.0.1:{unused_tcp_port}/")
    assert caught.value.retryable
    assert not caught.value.may_have_billed


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "http://[::1/", "", "http://a b/"])
async def test_an_address_that_cannot_be_reached_was_never_sent(transport, url):
    with pytest.raises(errors.ConnectionFailed):
        await post(transport, url)


async def test_silence_after_sending_may_have_billed(vendor):
    gone = vendor.hangs("/")
    async with Transport(replace(PATIENT, read=0.1)) as transport:
        with pytest.raises(errors.TimedOut) as caught:
            await post(transport, vendor.url)
        await asyncio.wait_for(gone.wait(), 30)
    assert caught.value.may_have_billed


async def test_the_deadline_ends_a_call_that_keeps_talking(vendor):
    vendor.drips("/", b"x", 0.05)
    async with Transport(replace(PATIENT, body_seconds=0.3)) as transport:
        with pytest.raises(errors.TimedOut):
            await post(transport, vendor.url)


async def test_the_deadline_ends_a_stream_that_keeps_talking(vendor):
    vendor.drips("/", b": still here\n\n", 0.05, "text/event-stream")
    async with Transport(replace(PATIENT, deadline=0.3)) as transport:
        with pytest.raises(errors.TimedOut):
            await post(transport, vendor.url)


async def test_hanging_up_without_an_answer_may_have_billed(vendor, transport):
    vendor.hangs_up("/")
    with pytest.raises(errors.ProviderDown) as caught:
        await post(transport, vendor.url)
    assert caught.value.may_have_billed


@pytest.mark.parametrize("announced", [100, None])
async def test_an_answer_that_breaks_off_is_broken(vendor, transport, announced):
    vendor.cuts_off("/", b'{"a":', announced, "application/json")
    with pytest.raises(errors.BrokenAnswer, match="cut off") as caught:
        await post(transport, vendor.url)
    assert caught.value.may_have_billed


async def test_an_announced_body_over_the_limit_is_not_read(vendor):
    vendor.answers("/", b"x" * 2000)
    async with Transport(replace(PATIENT, body_bytes=1000)) as transport:
        with pytest.raises(errors.BrokenAnswer, match="over the limit"):
            await post(transport, vendor.url)


async def test_an_endless_body_is_stopped_at_the_limit(vendor):
    vendor.drips("/", b"x" * 500, 0)
    async with Transport(replace(PATIENT, body_bytes=1000)) as transport:
        with pytest.raises(errors.BrokenAnswer, match="over the limit"):
            await post(transport, vendor.url)


async def test_an_endless_event_is_stopped_at_the_limit(vendor):
    vendor.drips("/", b"data: xxxxxxxxxx", 0, "text/event-stream")
    async with Transport(replace(PATIENT, body_bytes=1000)) as transport:
        with pytest.raises(errors.BrokenAnswer, match="over the limit"):
            await post(transport, vendor.url)


async def test_an_error_whose_body_breaks_off_still_has_its_status(vendor, transport):
    vendor.answers("/", b"no", status=401, content_length="2")
    assert isinstance((await post(transport, vendor.url)).error(), errors.BadKey)


@pytest.mark.parametrize("status", [204, 304])
async def test_answers_without_a_body_come_to_an_end_again_and_again(vendor, transport, status):
    vendor.answers("/", b"", status=status)
    assert [(await post(transport, vendor.url)).body for _ in range(3)] == [b"", b"", b""]


async def test_an_api_that_redirects_is_not_followed(vendor, transport):
    vendor.answers("/", b"", status=307, location="http://127.0.0.1:1/")
    answer = await post(transport, vendor.url)
    assert type(answer.error()) is errors.BrokenAnswer


async def test_a_key_no_header_can_carry_is_a_bad_key(vendor, transport):
    with pytest.raises(errors.BadKey):
        async with transport.post(vendor.url, {}, headers={}, secret="sk-ключ\n"):
            pass
    assert vendor.seen == []


async def test_cookies_of_a_provider_are_not_kept(vendor, transport):
    vendor.answers("/", {}, **{"set-cookie": "track=1; Path=/"})
    await post(transport, vendor.url)
    await post(transport, vendor.url)
    assert "Cookie" not in vendor.seen[1].headers


async def test_leaving_early_drops_the_connection_and_the_bytes_held(vendor, transport):
    vendor.drips("/", b"data: {}\n\n", 0.01, "text/event-stream")
    async with transport.post(vendor.url, {}, headers={}, secret=SECRET) as stream:
        assert await anext(stream) == b"{}"
        assert transport.budget.used > 0
    assert transport.budget.used == 0


async def test_more_calls_run_at_once_than_the_hundred_aiohttp_allows_by_itself(vendor, transport):
    vendor.answers("/", {"a": 1})
    answer, everyone = vendor.handlers["/"], asyncio.Barrier(150)

    async def once_all_are_here(request):
        await everyone.wait()
        return await answer(request)

    vendor.handlers["/"] = once_all_are_here
    answers = await asyncio.gather(*(post(transport, vendor.url) for _ in range(150)))
    assert {answer.status for answer in answers} == {200}


@pytest.mark.parametrize(
    "chunks",
    [
        [b"data: one\n\ndata: two\n\n"],
        [b"data: one\r\n\r\ndata:two\r\n\r\n"],
        [bytes([byte]) for byte in b": hello\n\nevent: x\ndata: one\n\nid: 3\ndata: two\n\n"],
        [b"data: one\n", b"\ndata: two\r\n\r", b"\n", b"data: unfinished"],
    ],
)
def test_events_are_found_however_they_are_cut(chunks):
    parser = EventParser()
    assert [event for chunk in chunks for event in parser.feed(chunk)] == [b"one", b"two"]


def test_an_event_of_several_lines_is_joined():
    assert EventParser().feed(b"data: a\ndata: b\n\n") == [b"a\nb"]
