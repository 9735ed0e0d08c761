"""Recraft's wire format, judged by the client its own pages recommend (OpenAI's), then through our adapter with every fault."""

from base64 import b64decode
from hashlib import sha256

import httpx
import pytest

from providers import errors
from providers.simulator.config import Config
from providers.simulator.server import serving
from tests.providers import sdks
from tests.providers.samples import picture
from tests.providers.simulated import BAD_PICTURES, asked, shown

PNG = b"\x89PNG\r\n\x1a\n"
PATH = "/recraft/v1/images/generations"


@pytest.fixture
async def address():
    async with serving(Config(time_scale=0, payload_bytes=400_000)) as address:
        yield address


def client_of(address: str, key: str = "any"):
    http = httpx.AsyncClient(verify=False)
    return sdks.openai.AsyncOpenAI(base_url=f"{address}/recraft/v1", api_key=key, http_client=http, max_retries=0)


@pytest.fixture
async def client(address):
    async with client_of(address) as client:
        yield client


async def test_it_answers_with_base64_when_asked(client):
    fields = {"image_format": "png", "random_seed": 7}
    answer = await client.images.generate(
        model="recraftv4_1", prompt="a fox", size="1344x768", response_format="b64_json", extra_body=fields
    )
    assert b64decode(answer.data[0].b64_json).startswith(PNG)
    assert answer.data[0].url is None
    assert answer.credits == 35


async def test_it_answers_with_links_by_itself(client):
    answer = await client.images.generate(model="recraftv4_1_flash", prompt="a fox", n=2, size="16:9")
    async with httpx.AsyncClient(verify=False) as anyone:
        pictures = [await anyone.get(item.url) for item in answer.data]
    assert [picture.content[:8] for picture in pictures] == [PNG, PNG]
    assert answer.credits == 14


async def test_a_wrong_key_is_told_in_plain_words(address):
    async with client_of(address, "wrong-key") as client:
        with pytest.raises(sdks.openai.AuthenticationError) as caught:
            await client.images.generate(model="recraftv4_1", prompt="a fox")
    assert caught.value.response.text == "request unauthorized"


@pytest.mark.parametrize(
    "fields",
    [
        {"prompt": " "},
        {"prompt": "x" * 10_001},
        {"prompt": "x" * 1_001, "model": "recraftv3"},
        {"model": "recraftv9"},
        {"size": "1000x1000"},
        {"size": "2048x2048"},
        {"model": "recraftv4_1_pro", "size": "1024x1024"},
        {"n": 7},
        {"random_seed": -1},
        {"negative_prompt": "blur"},
        {"style": "digital_illustration"},
        {"seed": 7},
    ],
    ids=str,
)
async def test_it_rejects_what_the_vendor_rejects(address, fields):
    async with httpx.AsyncClient(base_url=address, headers={"Authorization": "Bearer any"}, verify=False) as client:
        answer = await client.post(PATH, json={"prompt": "a fox", **fields})
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid_request_parameter"


TRANSFORM = "/recraft/v1/images/imageToImage"
CUP = {"image": ("cup.webp", picture("WEBP", 600, 400), "image/webp")}


async def transformed(address: str, files: dict = CUP, **fields: object) -> httpx.Response:
    sent = {"prompt": "in blue", "strength": 0.5, "response_format": "b64_json", "image_format": "png", **fields}
    plain = {name: (None, str(value)) for name, value in sent.items() if value is not None}
    async with httpx.AsyncClient(base_url=address, headers={"Authorization": "Bearer any"}, verify=False) as client:
        return await client.post(TRANSFORM, files=plain | files)


async def test_a_picture_is_transformed_at_its_own_size(address):
    answer = (await transformed(address, model="recraftv3", negative_prompt="blur", random_seed=7)).json()
    data = b64decode(answer["data"][0]["b64_json"])
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24]), answer["credits"]) == (600, 400, 40)
    assert await shown(address) == [[sha256(CUP["image"][1]).hexdigest()]]


@pytest.mark.parametrize(
    ("files", "fields"),
    [
        ({}, {}),
        ({"image": ("cup.png", b"a cup", "image/png")}, {}),
        ({"image": ("cup.png", picture(width=200, height=600), "image/png")}, {}),
        ({"image": ("cup.png", picture(width=5000, height=300), "image/png")}, {}),
        (CUP, {"strength": None}),
        (CUP, {"strength": "2"}),
        (CUP, {"size": "1024x1024"}),
        (CUP, {"negative_prompt": "blur"}),
        (CUP, {"prompt": ""}),
    ],
    ids=str,
)
async def test_it_transforms_only_what_it_takes(address, files, fields):
    answer = await transformed(address, files, **fields)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request_parameter")


async def test_account_and_state_of_the_service_can_be_asked(address):
    async with httpx.AsyncClient(base_url=address, headers={"Authorization": "Bearer any"}, verify=False) as client:
        assert (await client.get("/recraft/v1/users/me")).json()["credits"] > 0
        assert (await client.get("/recraft/status")).status_code == 200


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("unauthorized", errors.BadKey),
        ("no_access", errors.NoAccess),
        ("out_of_quota", errors.OutOfQuota),
        ("rate_limited=7", errors.RateLimited),
        ("server_error", errors.ProviderDown),
        ("unavailable", errors.ProviderDown),
        ("invalid_request", errors.InvalidRequest),
        ("model_gone", errors.ModelGone),
        ("refusal", errors.Refused),
        ("drop", errors.ProviderDown),
        ("cut_off", errors.BrokenAnswer),
        ("wrong_type", errors.BrokenAnswer),
        ("empty", errors.BrokenAnswer),
        ("no_picture", errors.BrokenAnswer),
        *((fault, errors.BrokenAnswer) for fault in BAD_PICTURES),
    ],
)
async def test_the_adapter_knows_every_fault(address, fault, kind):
    with pytest.raises(errors.ProviderError) as caught:
        await asked(address, "recraft/v4.1", f"a fox [[fault:{fault}]]")
    assert isinstance(caught.value, kind)
    if kind is errors.RateLimited:
        assert caught.value.retry_after == 7


async def test_the_adapter_is_told_the_cost(address):
    [result] = await asked(address, "recraft/v4.1-flash", "a fox")
    assert str(result.cost_usd) == "0.007"
