"""What all adapters have in common, tried on one model of each wire format."""

import asyncio
from dataclasses import replace

import pytest

from providers import errors
from providers.transport import Transport
from providers.types import ImageResult
from tests.providers.conftest import SHORT
from tests.providers.samples import captured, encoded, picture

PATHS = {
    "openai/gpt-image-2.6-flare": "/images/generations",
    "ideogram/v_2a_turbo": "/generate",
    "ideogram/v3": "/v1/ideogram-v3/generate",
    "ideogram/4.5": "/v2/image/generate/ideogram-4-5",
}
EACH = pytest.mark.parametrize(("model", "path"), PATHS.items(), ids=PATHS)


def success(vendor, path, data):
    """Let the vendor answer with this picture in the wire format behind the path."""
    if path == "/images/generations":
        vendor.answers(path, captured("openai/generation", picture=encoded(data)))
        return
    vendor.answers("/pictures/1", data)
    vendor.answers(path, captured("ideogram/legacy", url=f"{vendor.url}/pictures/1"))


@EACH
async def test_the_picture_arrives_byte_for_byte(vendor, ask, model, path):
    data = picture("JPEG", 640, 480)
    success(vendor, path, data)
    [*_, result] = await ask(model)
    assert (result.data, result.media_type, result.width, result.height) == (data, "image/jpeg", 640, 480)
    assert result.notes == ("The provider sent 640×480 instead of 1024×1024.",)


@EACH
async def test_what_the_simulator_made_says_so(vendor, ask, model, path):
    success(vendor, path, picture())
    [*_, result] = await ask(model, simulated=True)
    assert result.simulated


@EACH
@pytest.mark.parametrize(
    ("status", "kind", "retryable"),
    [
        (401, errors.BadKey, False),
        (403, errors.NoAccess, False),
        (404, errors.ModelGone, False),
        (429, errors.RateLimited, True),
        (500, errors.ProviderDown, True),
        (502, errors.ProviderDown, True),
        (504, errors.TimedOut, False),
    ],
)
async def test_a_bare_status_has_its_meaning(vendor, ask, model, path, status, kind, retryable):
    vendor.answers(path, b"<html>no</html>", status=status, content_type="text/html", retry_after="7")
    with pytest.raises(errors.ProviderError) as caught:
        await ask(model)
    assert type(caught.value) is kind
    assert caught.value.retryable is retryable
    assert caught.value.retry_after == 7
    assert "html" not in caught.value.public


@EACH
async def test_a_date_to_come_back_is_understood(vendor, ask, model, path):
    now, later = "Sun, 22 Nov 2026 10:00:00 GMT", "Sun, 22 Nov 2026 10:00:30 GMT"
    vendor.answers(path, {}, status=429, retry_after=later, date=now)
    with pytest.raises(errors.RateLimited) as caught:
        await ask(model)
    assert caught.value.retry_after == 30


@EACH
async def test_no_server_at_all_is_safe_to_repeat(ask, model, path, unused_tcp_port):
    with pytest.raises(errors.ConnectionFailed) as caught:
        await ask(model, base=f"http://127.0.0.1:{unused_tcp_port}")
    assert not caught.value.may_have_billed


@EACH
async def test_a_hanging_provider_may_have_billed(vendor, ask, model, path):
    vendor.hangs(path)
    with pytest.raises(errors.TimedOut) as caught:
        await ask(model)
    assert caught.value.may_have_billed


@EACH
async def test_stopping_early_drops_the_connection(vendor, ask, model, path):
    gone = vendor.hangs(path)
    call = asyncio.create_task(ask(model))
    await asyncio.wait_for(vendor.asked.wait(), 2)
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    await asyncio.wait_for(gone.wait(), 2)


@EACH
async def test_a_body_that_breaks_off_is_broken(vendor, ask, model, path):
    vendor.cuts_off(path, b'{"data": [', 1000, "application/json")
    with pytest.raises(errors.BrokenAnswer):
        await ask(model)


@EACH
@pytest.mark.parametrize(
    "data", [b"", b"text", b"<svg><script/></svg>", picture()[:-30], picture("JPEG")[:-30], b"<html>"], ids=lambda d: str(d[:8])
)
async def test_what_is_no_whole_picture_is_never_handed_on(vendor, ask, model, path, data):
    success(vendor, path, data)
    with pytest.raises(errors.BrokenAnswer) as caught:
        await ask(model)
    assert caught.value.may_have_billed


@EACH
async def test_a_bomb_is_not_handed_on(vendor, ask, model, path):
    bomb = bytearray(picture())
    bomb[16:24] = (10_000).to_bytes(4) + (6_000).to_bytes(4)
    success(vendor, path, bytes(bomb))
    with pytest.raises(errors.BrokenAnswer, match="pixels"):
        await ask(model)


@EACH
async def test_an_oversized_picture_is_not_handed_on(vendor, ask, model, path):
    success(vendor, path, picture())
    async with Transport(replace(SHORT, image_bytes=1000)) as transport:
        with pytest.raises(errors.BrokenAnswer, match="over the limit"):
            await ask(model, transport=transport)


@EACH
@pytest.mark.parametrize("prompt", ["", "🙂" * 5000, "قطة \u202e", "<script>alert(1)</script>", "a\0b", "\ud800"])
async def test_any_prompt_can_be_sent(vendor, ask, model, path, prompt):
    success(vendor, path, picture())
    [*_, result] = await ask(model, prompt=prompt)
    sent = vendor.seen[0].json
    assert sent.get("image_request", sent)["prompt"] == prompt
    assert isinstance(result, ImageResult)
