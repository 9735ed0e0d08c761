"""OpenAI's edits, judged by OpenAI's own client."""

from base64 import b64decode
from datetime import date
from hashlib import sha256

import httpx
import pytest

from providers.simulator.config import Config
from providers.simulator.server import serving
from tests.providers import sdks
from tests.providers.samples import picture
from tests.providers.simulated import shown

FLARE = "gpt-image-2.6-flare"
PNG = b"\x89PNG\r\n\x1a\n"
CUP = ("cup.jpg", picture("JPEG", 300, 200), "image/jpeg")
SAUCER = ("saucer.webp", picture("WEBP", 200, 300), "image/webp")


@pytest.fixture
async def address():
    async with serving(Config(time_scale=0, payload_bytes=400_000, today=date(2026, 11, 22))) as address:
        yield address


@pytest.fixture
async def client(address):
    async with sdks.openai.AsyncOpenAI(
        base_url=f"{address}/openai/v1", api_key="any", http_client=httpx.AsyncClient(verify=False), max_retries=0
    ) as client:
        yield client


async def test_it_goes_by_a_picture_and_counts_it(client, address):
    answer = await client.images.edit(model=FLARE, image=CUP, prompt="in blue", size="1536x1024", quality="low")
    assert b64decode(answer.data[0].b64_json).startswith(PNG)
    assert (answer.size, answer.quality) == ("1536x1024", "low")
    assert answer.usage.input_tokens_details.image_tokens > 0
    assert answer.usage.total_tokens == answer.usage.input_tokens + answer.usage.output_tokens
    assert await shown(address) == [[sha256(CUP[1]).hexdigest()]]


async def test_it_goes_by_several(client, address):
    one = await client.images.edit(model=FLARE, image=CUP, prompt="in blue")
    both = await client.images.edit(model=FLARE, image=[CUP, SAUCER], prompt="in blue", n=2, background="opaque")
    assert len(both.data) == 2
    assert both.usage.input_tokens_details.image_tokens == 2 * one.usage.input_tokens_details.image_tokens
    assert (await shown(address))[-1] == [sha256(sent).hexdigest() for _, sent, _ in (CUP, SAUCER)]


async def test_a_stream_shows_previews_before_the_picture(client):
    events = await client.images.edit(model=FLARE, image=[CUP], prompt="in blue", stream=True, partial_images=2)
    seen = [event async for event in events]
    assert [event.type for event in seen] == ["image_edit.partial_image", "image_edit.partial_image", "image_edit.completed"]
    assert all(b64decode(event.b64_json).startswith(PNG) for event in seen)
    assert seen[-1].usage.input_tokens_details.image_tokens > 0


@pytest.mark.parametrize(("model", "fidelity"), [("gpt-image-1.5", "high"), ("gpt-image-1-mini", "low")])
async def test_two_models_can_be_told_how_closely_to_look(client, model, fidelity):
    answer = await client.images.edit(model=model, image=CUP, prompt="in blue", input_fidelity=fidelity)
    assert len(answer.data) == 1


@pytest.mark.parametrize(
    ("fields", "code", "param"),
    [
        ({"image": ("cup.txt", b"this is a cup", "text/plain")}, "invalid_image_file", "image"),
        ({"image": ("cup.gif", picture("GIF", 64, 64), "image/gif")}, "invalid_image_file", "image"),
        ({"image": ("cup.png", picture()[:-20], "image/png")}, "invalid_image_file", "image"),
        ({"image": [CUP] * 17}, "invalid_image_file", "image"),
        ({"input_fidelity": "high"}, "invalid_input_fidelity_model", "input_fidelity"),
        ({"model": "gpt-image-1-mini", "input_fidelity": "high"}, "invalid_value", "input_fidelity"),
        ({"extra_body": {"moderation": "low"}}, "unknown_parameter", "moderation"),
        ({"n": 11}, "integer_above_max_value", "n"),
        ({"n": -1}, "integer_below_min_value", "n"),
        ({"extra_body": {"n": "two"}}, "invalid_type", "n"),
        ({"prompt": ""}, "empty_string", "prompt"),
    ],
)
async def test_it_rejects_what_the_vendor_rejects(client, address, fields, code, param):
    with pytest.raises(sdks.openai.BadRequestError) as caught:
        await client.images.edit(**{"model": FLARE, "image": CUP, "prompt": "in blue", **fields})
    assert (caught.value.code, caught.value.param) == (code, param)
    assert await shown(address) == [[]]


@pytest.mark.parametrize(
    "sent", [{"json": {"model": FLARE, "prompt": "x"}}, {"files": {"model": (None, FLARE), "prompt": (None, "x")}}]
)
async def test_without_a_picture_there_is_nothing_to_edit(address, sent):
    async with httpx.AsyncClient(headers={"Authorization": "Bearer any"}, verify=False) as client:
        answer = await client.post(f"{address}/openai/v1/images/edits", **sent)
    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "invalid_request_error"


async def test_a_wrong_key_opens_nothing_here_either(client):
    with pytest.raises(sdks.openai.AuthenticationError):
        await client.with_options(api_key="wrong-key").images.edit(model=FLARE, image=CUP, prompt="in blue")
