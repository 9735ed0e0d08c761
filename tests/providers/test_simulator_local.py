"""Four servers that speak OpenAI's images API their own way, judged by OpenAI's own client, then through our adapter."""

from base64 import b64decode
from contextlib import aclosing
from hashlib import sha256

import httpx
import pytest

from providers import catalogue, errors
from providers.simulator.config import Config
from providers.simulator.server import serving
from providers.transport import Transport
from providers.types import Access, ImageRequest, Quality
from tests.providers import sdks
from tests.providers.samples import picture
from tests.providers.simulated import asked, shown

MODEL = "local/default"
SGLANG, LOCALAI, SDCPP, VLLM = "any-model", "localai", "sd-cpp-local", "vllm-omni"
PNG = b"\x89PNG"


@pytest.fixture
async def address():
    async with serving(Config(time_scale=0, workers=0)) as address:
        yield address


@pytest.fixture
async def client(address):
    async with sdks.openai.AsyncOpenAI(
        base_url=f"{address}/local/v1", api_key="any", http_client=httpx.AsyncClient(verify=False), max_retries=0
    ) as client:
        yield client


async def drawn(client, model: str, prompt: str = "a fox", **extra) -> bytes:
    """The picture as base64, small."""
    answer = await client.images.generate(
        model=model, prompt=prompt, size="64x64", response_format="b64_json", extra_body=extra or None
    )
    return b64decode(answer.data[0].b64_json)


@pytest.mark.parametrize("model", [SGLANG, LOCALAI, SDCPP, VLLM])
async def test_each_gives_base64_to_those_who_ask_for_it(client, model):
    assert (await drawn(client, model)).startswith(PNG)


@pytest.mark.parametrize("model", [SGLANG, LOCALAI])
async def test_two_of_them_give_an_address_to_others(client, address, model):
    answer = await client.images.generate(model=model, prompt="a fox", size="64x64")
    assert answer.data[0].url.startswith("/local/v1/" if model == SGLANG else f"{address}/local/v1/")
    async with httpx.AsyncClient(base_url=address, verify=False) as anyone:
        assert (await anyone.get(answer.data[0].url)).content.startswith(PNG)


@pytest.mark.parametrize("model", [SDCPP, VLLM])
async def test_two_of_them_give_base64_always(client, model):
    answer = await client.images.generate(model=model, prompt="a fox", size="64x64")
    assert answer.data[0].url is None


async def test_one_refuses_to_give_an_address(client):
    with pytest.raises(sdks.openai.BadRequestError, match="b64_json"):
        await client.images.generate(model=VLLM, prompt="a fox", size="64x64", response_format="url")


async def test_without_a_seed_it_is_the_same_one_each_time(client):
    assert await drawn(client, SGLANG) == await drawn(client, SGLANG) == await drawn(client, SGLANG, seed=1024)
    assert await drawn(client, SGLANG) != await drawn(client, SGLANG, seed=7)


async def test_one_reads_its_seed_from_the_prompt_alone(client):
    marked = 'a fox<sd_cpp_extra_args>{"seed": 7}</sd_cpp_extra_args>'
    assert await drawn(client, SDCPP, marked) != await drawn(client, SDCPP, seed=7) == await drawn(client, SDCPP)


@pytest.mark.parametrize("model", [SGLANG, SDCPP, VLLM])
@pytest.mark.parametrize("several", [False, True])
async def test_three_of_them_go_by_a_picture(client, address, model, several):
    """The client calls one picture ``image`` and each of a list ``image[]``."""
    cup = ("cup.jpg", picture("JPEG", 300, 200), "image/jpeg")
    answer = await client.images.edit(
        model=model, image=[cup] if several else cup, prompt="a fox", size="64x64", response_format="b64_json"
    )
    assert b64decode(answer.data[0].b64_json) != await drawn(client, model)
    assert await shown(address) == [[sha256(cup[1]).hexdigest()], []]


async def test_a_seed_in_a_form_counts_as_well(client):
    cup = ("cup.jpg", picture("JPEG", 300, 200), "image/jpeg")
    wish = {"model": SGLANG, "image": cup, "prompt": "a fox", "size": "64x64", "response_format": "b64_json"}
    answers = [await client.images.edit(**wish, extra_body={"seed": seed}) for seed in (7, 7, 8)]
    first, same, other = (answer.data[0].b64_json for answer in answers)
    assert first == same != other


async def test_one_has_no_such_path(client):
    with pytest.raises(sdks.openai.NotFoundError):
        await client.images.edit(model=LOCALAI, image=("cup.png", picture(), "image/png"), prompt="a fox")


@pytest.mark.parametrize("data", [b"a cup", picture()[:-20]], ids=["text", "half"])
async def test_what_is_no_picture_is_not_looked_at(client, data):
    with pytest.raises(sdks.openai.BadRequestError) as caught:
        await client.images.edit(model=SGLANG, image=("cup.png", data, "image/png"), prompt="a fox")
    assert "image" in caught.value.body["detail"]


async def test_it_lists_its_models(client):
    assert {model.id async for model in client.models.list()} == {LOCALAI, SDCPP, VLLM}


@pytest.mark.parametrize(
    ("model", "body"),
    [
        (SGLANG, {"detail": "Internal error."}),
        (LOCALAI, {"message": "Internal error.", "type": "", "param": None, "code": None}),
        (SDCPP, "Internal error."),
    ],
)
async def test_each_has_its_own_form_of_an_error(client, model, body):
    """The client hands on what stands under ``error``, or the whole body."""
    with pytest.raises(sdks.openai.InternalServerError) as caught:
        await client.images.generate(model=model, prompt="a fox [[fault:server_error]]", size="64x64")
    assert caught.value.body == body


@pytest.mark.parametrize("fields", [{"size": "wide"}, {"size": "8x8"}, {"prompt": None}])
async def test_it_validates_like_a_server(client, fields):
    with pytest.raises(sdks.openai.APIStatusError) as caught:
        await client.images.generate(**{"model": SDCPP, "prompt": "a fox", **fields})
    assert caught.value.status_code == 400


@pytest.mark.parametrize("model", [SGLANG, SDCPP])
async def test_a_seed_arrives_through_the_adapter_too(address, client, model):
    spec = catalogue.model(MODEL)
    access = Access(f"{address}/local/v1?model={model}", "any")
    wanted = ImageRequest(spec, "a fox", spec.sizes[0], Quality.DRAFT, seed=7)
    async with Transport() as transport, aclosing(catalogue.provider("local").generate(wanted, access, transport)) as events:
        [result] = [event async for event in events]
    plain = await client.images.generate(
        prompt="a fox", size="1024x1024", response_format="b64_json", model=SGLANG, extra_body={"seed": 7}
    )
    assert (result.data, result.seed) == (b64decode(plain.data[0].b64_json), 7)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("unauthorized", errors.BadKey),
        ("no_access", errors.NoAccess),
        ("model_gone", errors.ModelGone),
        ("invalid_request", errors.InvalidRequest),
        ("rate_limited", errors.RateLimited),
        ("out_of_quota", errors.ProviderDown),
        ("drop", errors.ProviderDown),
        ("empty", errors.BrokenAnswer),
        ("wrong_type", errors.BrokenAnswer),
        ("cut_off", errors.BrokenAnswer),
        ("no_picture", errors.BrokenAnswer),
        ("text_as_image", errors.BrokenAnswer),
        ("svg_with_entity", errors.BrokenAnswer),
        ("oversized", errors.BrokenAnswer),
    ],
)
async def test_each_fault_has_its_meaning(fault, kind):
    async with serving(Config(time_scale=0, payload_bytes=30_000)) as address:
        with pytest.raises(errors.ProviderError) as caught:
            await asked(address, MODEL, f"a fox [[fault:{fault}]]")
    assert isinstance(caught.value, kind)


async def test_a_server_for_which_a_wrong_key_was_set_says_so(client):
    with pytest.raises(sdks.openai.AuthenticationError):
        await client.with_options(api_key="wrong-key").images.generate(prompt="a fox")
