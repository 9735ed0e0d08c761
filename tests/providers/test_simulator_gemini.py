"""Google's wire format, judged by Google's own client."""

from datetime import date
from hashlib import sha256

import httpx
import pytest

from providers.simulator.config import Config
from providers.simulator.server import serving
from tests.providers import sdks
from tests.providers.samples import picture
from tests.providers.simulated import shown

BANANA, PRO = "gemini-nano-banana-2.1", "gemini-3-pro-image"
PNG = b"\x89PNG\r\n\x1a\n"
TODAY = date(2026, 11, 22)


@pytest.fixture
async def address():
    async with serving(Config(time_scale=0, payload_bytes=400_000, today=TODAY)) as address:
        yield address


@pytest.fixture
async def models(address):
    async with httpx.AsyncClient(verify=False) as http:
        options = sdks.genai.types.HttpOptions(base_url=f"{address}/gemini", httpx_async_client=http)
        async with sdks.genai.Client(api_key="any", http_options=options).aio as client:
            yield client.models


def wish(level=None, modality="IMAGE", presence_penalty=None, **image):
    return sdks.genai.types.GenerateContentConfig(
        response_modalities=[modality],
        presence_penalty=presence_penalty,
        image_config=sdks.genai.types.ImageConfig(**image) if image else None,
        thinking_config=sdks.genai.types.ThinkingConfig(thinking_level=level) if level else None,
    )


async def test_it_answers_with_a_picture_and_its_tokens(models):
    answer = await models.generate_content(model=BANANA, contents="a fox", config=wish(aspect_ratio="16:9"))
    [part] = answer.parts
    assert part.inline_data.mime_type == "image/png"
    assert part.inline_data.data.startswith(PNG)
    assert part.as_image().image_bytes[16:24] == (1376).to_bytes(4) + (768).to_bytes(4)
    assert answer.candidates[0].finish_reason is sdks.genai.types.FinishReason.STOP
    usage = answer.usage_metadata
    assert (usage.candidates_token_count, usage.candidates_tokens_details[0].modality.name) == (1120, "IMAGE")
    assert usage.total_token_count == usage.prompt_token_count + 1120 + usage.thoughts_token_count
    assert (answer.model_version, bool(answer.response_id)) == (BANANA, True)
    assert answer.sdk_http_response.headers["x-simulated"] == "true"


async def test_a_stream_brings_the_same_picture(models):
    chunks = [chunk async for chunk in await models.generate_content_stream(model=PRO, contents="a fox", config=wish())]
    assert [part.inline_data.data[:8] for chunk in chunks for part in chunk.parts] == [PNG]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
async def test_it_goes_by_a_picture_and_counts_it(models, address, kind):
    cup = picture(kind, 300, 200)
    shown_to_it = sdks.genai.types.Part.from_bytes(data=cup, mime_type=f"image/{kind.lower()}")
    answer = await models.generate_content(model=PRO, contents=[shown_to_it, "this cup in blue"], config=wish(aspect_ratio="4:3"))
    assert answer.parts[0].inline_data.data.startswith(PNG)
    counted = {each.modality.name: each.token_count for each in answer.usage_metadata.prompt_tokens_details}
    assert counted["IMAGE"] > 0
    assert answer.usage_metadata.prompt_token_count == counted["IMAGE"] + counted["TEXT"]
    assert await shown(address) == [[sha256(cup).hexdigest()]]


@pytest.mark.parametrize("data", [b"a cup", b"", picture()[:-20], picture("GIF", 64, 64)], ids=lambda data: str(data[:6]))
async def test_what_is_no_picture_is_not_looked_at(models, data):
    part = sdks.genai.types.Part.from_bytes(data=data, mime_type="image/png")
    with pytest.raises(sdks.genai.errors.ClientError) as caught:
        await models.generate_content(model=PRO, contents=[part, "in blue"], config=wish())
    assert (caught.value.code, caught.value.status) == (400, "INVALID_ARGUMENT")


@pytest.mark.parametrize(
    ("model", "image", "size", "tokens"),
    [
        (PRO, {"image_size": "2K"}, (2048, 2048), 1120),
        (PRO, {"image_size": "4K", "aspect_ratio": "3:2"}, (5056, 3392), 2000),
        (BANANA, {"image_size": "2K", "aspect_ratio": "9:16"}, (1536, 2752), 1680),
        ("gemini-3.1-flash-lite-image", {"aspect_ratio": "4:3"}, (1200, 896), 1120),
        ("gemini-2.5-flash-image", {"aspect_ratio": "4:3"}, (1184, 864), 1290),
    ],
)
async def test_ratio_and_resolution_decide_the_pixels(models, model, image, size, tokens):
    answer = await models.generate_content(model=model, contents="a fox", config=wish(**image))
    data = answer.parts[0].inline_data.data
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == size
    assert answer.usage_metadata.candidates_token_count == tokens


@pytest.mark.parametrize(
    ("model", "wished"),
    [
        (BANANA, {"image_size": "512"}),
        (BANANA, {"aspect_ratio": "7:5"}),
        (BANANA, {"level": "LOW"}),
        (PRO, {"level": "HIGH"}),
        ("gemini-3.1-flash-lite-image", {"image_size": "2K"}),
        ("gemini-2.5-flash-image", {"image_size": "1K"}),
        (BANANA, {"modality": "AUDIO"}),
        (BANANA, {"presence_penalty": 0.5}),
    ],
)
async def test_it_rejects_what_the_vendor_rejects(models, model, wished):
    with pytest.raises(sdks.genai.errors.ClientError) as caught:
        await models.generate_content(model=model, contents="a fox", config=wish(**wished))
    assert (caught.value.code, caught.value.status) == (400, "INVALID_ARGUMENT")


@pytest.mark.parametrize("model", ["imagen-4.0-generate-001", "gemini-3.1-flash-image", "gemini-9-image"])
async def test_dead_and_unknown_models_are_not_found(models, model):
    for asked in (models.generate_content(model=model, contents="a fox"), models.get(model=model)):
        with pytest.raises(sdks.genai.errors.ClientError) as caught:
            await asked
        assert (caught.value.code, caught.value.status) == (404, "NOT_FOUND")


async def test_the_list_holds_the_living(models):
    names = [model.name async for model in await models.list()]
    assert f"models/{BANANA}" in names
    assert "models/gemini-3.1-flash-image" not in names
    assert (await models.get(model=PRO)).name == f"models/{PRO}"


async def test_a_stopped_prompt_has_feedback_and_no_candidates(models):
    answer = await models.generate_content(model=BANANA, contents="a fox [[fault:refusal]]", config=wish())
    assert answer.prompt_feedback.block_reason is sdks.genai.types.BlockedReason.PROHIBITED_CONTENT
    assert answer.candidates is None


async def test_a_withheld_picture_is_a_reason_without_one(models):
    answer = await models.generate_content(model=BANANA, contents="a fox [[fault:withheld]]", config=wish())
    assert answer.candidates[0].finish_reason is sdks.genai.types.FinishReason.IMAGE_SAFETY
    assert not answer.parts


@pytest.mark.parametrize(
    ("kind", "code", "status"),
    [
        ("no_access", 403, "PERMISSION_DENIED"),
        ("out_of_quota", 429, "RESOURCE_EXHAUSTED"),
        ("rate_limited=7", 429, "RESOURCE_EXHAUSTED"),
        ("server_error", 500, "INTERNAL"),
        ("unavailable", 503, "UNAVAILABLE"),
        ("invalid_request", 400, "INVALID_ARGUMENT"),
        ("model_gone", 404, "NOT_FOUND"),
    ],
)
async def test_errors_have_the_vendors_status(models, kind, code, status):
    with pytest.raises(sdks.genai.errors.APIError) as caught:
        await models.generate_content(model=BANANA, contents=f"a fox [[fault:{kind}]]")
    assert (caught.value.code, caught.value.status) == (code, status)
    if kind == "rate_limited=7":
        assert caught.value.details["error"]["details"][1]["retryDelay"] == "7s"


@pytest.mark.parametrize(("key", "code", "reason"), [("wrong-key", 400, "API_KEY_INVALID"), ("", 403, None)])
async def test_without_a_good_key_it_is_the_vendors_error(address, key, code, reason):
    url = f"{address}/gemini/v1beta/models/{BANANA}:generateContent"
    async with httpx.AsyncClient(headers={"x-goog-api-key": key}, verify=False) as client:
        answer = await client.post(url, json={"contents": [{"parts": [{"text": "a fox"}]}]})
    assert answer.status_code == code
    assert [detail.get("reason") for detail in answer.json()["error"].get("details", [{}])] == [reason]


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"contents": []}', b'{"contents": [{"parts": 7}]}', b'{"prompt": "a fox"}'])
async def test_a_broken_body_is_a_bad_request(address, body):
    async with httpx.AsyncClient(headers={"x-goog-api-key": "any"}, verify=False) as client:
        answer = await client.post(f"{address}/gemini/v1beta/models/{BANANA}:generateContent", content=body)
    assert answer.status_code == 400
