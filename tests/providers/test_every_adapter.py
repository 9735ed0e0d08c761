"""What all adapters have in common, tried on one model of each wire format.

The models come from the ``CASES`` of each provider's own test module.
"""

import asyncio
from dataclasses import replace

import pytest

from providers import catalogue, errors
from providers.transport import Transport
from providers.types import ImageResult
from tests.providers.conftest import PATIENT
from tests.providers.contract import all_cases, cases_of
from tests.providers.samples import picture

EACH = pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.model)
MEANINGS = {  # a status without words: what it means, and whether another attempt may help
    401: (errors.BadKey, False),
    403: (errors.NoAccess, False),
    404: (errors.ModelGone, False),
    429: (errors.RateLimited, True),
    500: (errors.ProviderDown, True),
    502: (errors.ProviderDown, True),
    504: (errors.TimedOut, False),
}
NO_PICTURES = (b"", b"text", b"<svg><script/></svg>", picture()[:-30], picture("JPEG")[:-30], b"<html>")
PROMPTS = ("", "🙂" * 5000, "قطة \u202e", "<script>alert(1)</script>", "a\0b", "\ud800")


@pytest.mark.parametrize("provider", catalogue.providers(), ids=lambda provider: provider.key)
def test_every_provider_is_held_to_this_contract(provider):
    """Its test module says how each of its wire formats answers; see ``tests/providers/contract.py``."""
    keys = {catalogue.model(case.model).provider for case in cases_of(provider.key)}
    assert keys == {provider.key}, f"tests/providers/test_{provider.key}.py needs CASES"


@EACH
async def test_the_picture_arrives_byte_for_byte(vendor, ask, case):
    data = picture("JPEG", 640, 480)
    case.answer(vendor, data)
    [*_, result] = await ask(case.model)
    assert (result.data, result.media_type, result.width, result.height) == (data, "image/jpeg", 640, 480)
    assert result.notes[0] == "The provider sent 640×480 instead of 1024×1024."


@EACH
async def test_what_the_simulator_made_says_so(vendor, ask, case):
    case.answer(vendor, picture())
    [*_, result] = await ask(case.model, simulated=True)
    assert result.simulated


@EACH
async def test_a_bare_status_has_its_meaning(vendor, ask, case):
    found = {}
    for status in MEANINGS:
        vendor.answers(case.path, b"<html>no</html>", status=status, content_type="text/html", retry_after="7")
        with pytest.raises(errors.ProviderError) as caught:
            await ask(case.model)
        found[status] = (type(caught.value), caught.value.retryable)
        assert caught.value.retry_after == 7, status
        assert "html" not in caught.value.public, status
    assert found == MEANINGS


@EACH
async def test_a_date_to_come_back_is_understood(vendor, ask, case):
    now, later = "Sun, 22 Nov 2026 10:00:00 GMT", "Sun, 22 Nov 2026 10:00:30 GMT"
    vendor.answers(case.path, {}, status=429, retry_after=later, date=now)
    with pytest.raises(errors.RateLimited) as caught:
        await ask(case.model)
    assert caught.value.retry_after == 30


@EACH
async def test_no_server_at_all_is_safe_to_repeat(ask, case, unused_tcp_port):
    with pytest.raises(errors.ConnectionFailed) as caught:
        await ask(case.model, base=f"http://127.0.0.1:{unused_tcp_port}")
    assert not caught.value.may_have_billed


@EACH
async def test_a_hanging_provider_may_have_billed(vendor, ask, case):
    vendor.hangs(case.path)
    async with Transport(replace(PATIENT, read=0.1)) as transport:
        with pytest.raises(errors.TimedOut) as caught:
            await ask(case.model, transport=transport)
    assert caught.value.may_have_billed


@EACH
async def test_stopping_early_drops_the_connection(vendor, ask, case):
    gone = vendor.hangs(case.path)
    call = asyncio.create_task(ask(case.model))
    await asyncio.wait_for(vendor.asked.wait(), 30)
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    await asyncio.wait_for(gone.wait(), 30)


@EACH
async def test_a_body_that_breaks_off_is_broken(vendor, ask, case):
    vendor.cuts_off(case.path, b'{"data": [', 1000, "application/json")
    with pytest.raises(errors.BrokenAnswer):
        await ask(case.model)


@EACH
async def test_what_is_no_whole_picture_is_never_handed_on(vendor, ask, case):
    billed = {}
    for data in NO_PICTURES:
        case.answer(vendor, data)
        with pytest.raises(errors.BrokenAnswer) as caught:
            await ask(case.model)
        billed[data[:8]] = caught.value.may_have_billed
    assert billed == {data[:8]: True for data in NO_PICTURES}


@EACH
async def test_a_bomb_is_not_handed_on(vendor, ask, case):
    bomb = bytearray(picture())
    bomb[16:24] = (10_000).to_bytes(4) + (6_000).to_bytes(4)
    case.answer(vendor, bytes(bomb))
    with pytest.raises(errors.BrokenAnswer, match="pixels"):
        await ask(case.model)


@EACH
async def test_an_oversized_picture_is_not_handed_on(vendor, ask, case):
    case.answer(vendor, picture())
    async with Transport(replace(PATIENT, image_bytes=1000)) as transport:
        with pytest.raises(errors.BrokenAnswer, match="over the limit"):
            await ask(case.model, transport=transport)


@EACH
async def test_any_prompt_can_be_sent(vendor, ask, case):
    case.answer(vendor, picture())
    for prompt in PROMPTS:
        vendor.seen.clear()
        [*_, result] = await ask(case.model, prompt=prompt)
        # In JSON half a surrogate pair can be written; in a form, which is UTF-8, it becomes a question mark.
        assert case.prompt(vendor.seen[0]) in (prompt, prompt.encode(errors="replace").decode())
        assert isinstance(result, ImageResult)
