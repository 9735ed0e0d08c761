"""OpenAI's wire format, judged by OpenAI's own client."""

from base64 import b64decode
from datetime import date
from time import monotonic

import httpx
import pytest

from providers.simulator.config import Config
from providers.simulator.server import serving
from tests.providers import sdks

FLARE = "gpt-image-2.6-flare"
PNG = b"\x89PNG\r\n\x1a\n"
TODAY = date(2026, 11, 22)


@pytest.fixture
async def address():
    async with serving(Config(time_scale=0, payload_bytes=400_000, today=TODAY)) as address:
        yield address


@pytest.fixture
async def client(address):
    async with sdks.openai.AsyncOpenAI(
        base_url=f"{address}/openai/v1", api_key="any", http_client=httpx.AsyncClient(verify=False), max_retries=0
    ) as client:
        yield client


async def test_it_answers_with_a_picture_and_its_usage(client):
    answer = await client.images.generate(model=FLARE, prompt="a fox", size="1024x1024", quality="low")
    assert b64decode(answer.data[0].b64_json).startswith(PNG)
    assert answer.data[0].url is None
    assert (answer.size, answer.quality, answer.output_format, answer.background) == ("1024x1024", "low", "png", "opaque")
    assert answer.usage.output_tokens == answer.usage.output_tokens_details.image_tokens == 196
    assert answer.usage.total_tokens == answer.usage.input_tokens + 196


async def test_every_answer_says_it_is_simulated_and_names_its_request(client):
    raw = await client.images.with_raw_response.generate(model=FLARE, prompt="a fox")
    assert raw.headers["x-simulated"] == "true"
    assert raw.headers["x-request-id"].startswith("req_")


async def test_several_pictures_cost_as_many_tokens(client):
    answer = await client.images.generate(model=FLARE, prompt="a fox", n=3, quality="low")
    assert len(answer.data) == 3
    assert answer.usage.output_tokens == 3 * 196


async def test_a_stream_shows_previews_before_the_picture(client):
    events = await client.images.generate(model=FLARE, prompt="a fox", stream=True, partial_images=2, size="1536x1024")
    seen = [event async for event in events]
    assert [event.type.removeprefix("image_generation.") for event in seen] == ["partial_image", "partial_image", "completed"]
    assert [event.partial_image_index for event in seen[:2]] == [0, 1]
    assert all(b64decode(event.b64_json).startswith(PNG) for event in seen)
    assert len({event.b64_json for event in seen}) == 3
    assert seen[-1].usage.output_tokens == 340
    assert seen[-1].size == "1536x1024"


async def test_a_stream_without_previews_is_one_event(client):
    events = await client.images.generate(model=FLARE, prompt="a fox", stream=True)
    assert [event.type async for event in events] == ["image_generation.completed"]


async def test_previews_come_at_a_third_and_two_thirds_of_the_time(address):
    async with (
        serving(Config(latency=(0.6, 0.6), payload_bytes=30_000, today=TODAY)) as slower,
        sdks.openai.AsyncOpenAI(
            base_url=f"{slower}/openai/v1", api_key="any", http_client=httpx.AsyncClient(verify=False)
        ) as client,
    ):
        begun = monotonic()
        events = await client.images.generate(model=FLARE, prompt="a fox", stream=True, partial_images=2)
        arrived = [monotonic() - begun async for _ in events]
    assert all(seconds >= due for seconds, due in zip(arrived, [0.2, 0.4, 0.58], strict=True))
    assert arrived[0] < arrived[1] < arrived[2]


@pytest.mark.parametrize(
    ("fields", "code", "param"),
    [
        ({"response_format": "b64_json"}, "unknown_parameter", "response_format"),
        ({"style": "vivid"}, "unknown_parameter", "style"),
        ({"seed": 7}, "unknown_parameter", "seed"),
        ({"negative_prompt": "blur"}, "unknown_parameter", "negative_prompt"),
        ({"model": "gpt-image-2", "complexity": "low"}, "unknown_parameter", "complexity"),
        ({"size": "1000x1000"}, "invalid_value", "size"),
        ({"size": "4096x1024"}, "invalid_value", "size"),
        ({"size": "512x512"}, "invalid_value", "size"),
        ({"size": "3840x1024"}, "invalid_value", "size"),
        ({"size": "tall"}, "invalid_value", "size"),
        ({"model": "gpt-image-1.5", "size": "1536x864"}, "invalid_value", "size"),
        ({"quality": "hd"}, "invalid_value", "quality"),
        ({"model": "gpt-image-2", "quality": "max"}, "invalid_value", "quality"),
        ({"output_format": "svg"}, "invalid_value", "output_format"),
        ({"background": "transparent", "output_format": "jpeg"}, "invalid_value", "background"),
        ({"n": 0}, "integer_below_min_value", "n"),
        ({"n": 11}, "integer_above_max_value", "n"),
        ({"n": "two"}, "invalid_type", "n"),
        ({"partial_images": 4}, "integer_above_max_value", "partial_images"),
        ({"prompt": "x" * 32_001}, "string_above_max_length", "prompt"),
        ({"prompt": ""}, "empty_string", "prompt"),
        ({"prompt": 5}, "invalid_type", "prompt"),
        ({"prompt": None}, "missing_required_parameter", "prompt"),
    ],
)
async def test_it_rejects_what_the_vendor_rejects(client, fields, code, param):
    with pytest.raises(sdks.openai.BadRequestError) as caught:
        await client.images.generate(model=FLARE, prompt="a fox", extra_body=fields)
    assert (caught.value.code, caught.value.param) == (code, param)


@pytest.mark.parametrize("size", ["auto", "1024x1536", "1536x864", "2048x2048", "3840x2160"])
async def test_it_takes_the_sizes_the_vendor_takes(client, size):
    answer = await client.images.generate(model="gpt-image-2", prompt="a fox", size=size, extra_body={"user": "u1"})
    assert answer.size == ("1024x1024" if size == "auto" else size)


async def test_a_body_that_is_not_json_is_a_bad_request(address):
    async with httpx.AsyncClient(headers={"Authorization": "Bearer any"}, verify=False) as client:
        answer = await client.post(f"{address}/openai/v1/images/generations", content=b"{")
    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "invalid_request_error"


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer"}, {"Authorization": "Basic abc"}, {"Authorization": "Bearer wrong-key"}]
)
async def test_without_a_good_key_it_is_the_vendors_401(address, headers):
    async with httpx.AsyncClient(headers=headers, verify=False) as client:
        answer = await client.post(f"{address}/openai/v1/images/generations", json={"model": FLARE, "prompt": "a fox"})
    assert answer.status_code == 401
    assert set(answer.json()["error"]) == {"message", "type", "param", "code"}
    assert "wrong-key" not in answer.text


@pytest.mark.parametrize("model", ["dall-e-3", "dall-e-2", "gpt-image-1", "gpt-image-9"])
async def test_dead_and_unknown_models_are_not_found(client, model):
    for asked in (client.images.generate(model=model, prompt="a fox"), client.models.retrieve(model)):
        with pytest.raises(sdks.openai.NotFoundError) as caught:
            await asked
        assert caught.value.code == "model_not_found"


async def test_no_model_named_means_the_dead_default(client):
    with pytest.raises(sdks.openai.NotFoundError):
        await client.images.generate(prompt="a fox")


async def test_models_carry_their_shutdown_dates(client):
    models = {model.id: model async for model in client.models.list()}
    assert "dall-e-3" not in models
    assert models["gpt-image-1.5"].shutdown_date == "2026-12-01"
    assert models[FLARE].shutdown_date is None
    assert (await client.models.retrieve("gpt-image-1-mini")).shutdown_date == "2026-12-01"


async def test_a_model_dies_on_its_day():
    async with (
        serving(Config(time_scale=0, payload_bytes=30_000, today=date(2026, 12, 1))) as address,
        sdks.openai.AsyncOpenAI(
            base_url=f"{address}/openai/v1", api_key="any", http_client=httpx.AsyncClient(verify=False), max_retries=0
        ) as client,
    ):
        with pytest.raises(sdks.openai.NotFoundError):
            await client.images.generate(model="gpt-image-1.5", prompt="a fox")
        assert "gpt-image-1.5" not in [model.id async for model in client.models.list()]
