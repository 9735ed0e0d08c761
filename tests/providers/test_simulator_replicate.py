"""Replicate's wire format, judged by Replicate's own client."""

from hashlib import sha256
from io import BytesIO

import httpx
import pytest
from replicate.client import Client
from replicate.exceptions import ModelError, ReplicateError

from providers.simulator.config import Config
from providers.simulator.server import serving
from tests.providers.clock import put_forward
from tests.providers.samples import picture

SCHNELL, DEV, PRO = (f"black-forest-labs/{name}" for name in ("flux-schnell", "flux-dev", "flux-1.1-pro"))
PNG = b"\x89PNG\r\n\x1a\n"


def client_of(address: str, key: str = "any") -> Client:
    client = Client(api_token=key, base_url=f"{address}/replicate", transport=httpx.AsyncHTTPTransport(verify=False))
    client.poll_interval = 0.05
    return client


@pytest.fixture
async def address():
    async with serving(Config(time_scale=0, payload_bytes=30_000)) as address:
        yield address


@pytest.fixture
async def client(address):
    client = client_of(address)
    yield client
    await client._async_client.aclose()


async def fetch(url: str) -> httpx.Response:
    async with httpx.AsyncClient(verify=False) as anyone:
        return await anyone.get(url)


async def test_a_run_gives_a_list_of_addresses(client):
    urls = await client.async_run(SCHNELL, {"prompt": "a fox", "num_outputs": 2, "output_format": "png"})
    assert len(urls) == 2
    file = await fetch(urls[0])
    assert file.content.startswith(PNG)
    assert file.headers["x-simulated"] == "true"


async def test_some_models_give_one_address(client):
    url = await client.async_run(PRO, {"prompt": "a fox", "aspect_ratio": "custom", "width": 1152, "height": 864})
    data = (await fetch(url)).content
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (1152, 864)


async def test_a_version_may_be_named_instead_of_a_model(client):
    prediction = await client.predictions.async_create(version=f"{SCHNELL}:abc", input={"prompt": "a fox"}, wait=True)
    assert (prediction.status, prediction.model) == ("succeeded", SCHNELL)


async def test_a_prediction_nobody_waits_for_is_polled():
    async with serving(Config(latency=(15, 15), payload_bytes=30_000)) as address:
        client = client_of(address)
        prediction = await client.models.predictions.async_create(SCHNELL, {"prompt": "a fox", "seed": 7})
        assert (prediction.status, prediction.output) == ("starting", None)
        put_forward(6)
        await prediction.async_reload()
        assert (prediction.status, prediction.progress.total) == ("processing", 4)
        assert 0 < prediction.progress.percentage < 1
        put_forward(9)
        await prediction.async_wait()
        assert prediction.status == "succeeded"
        assert prediction.input == {"prompt": "a fox", "seed": 7}
        assert prediction.metrics["predict_time"] == 15
        assert (await fetch(prediction.output[0])).status_code == 200
        await client._async_client.aclose()


async def test_a_prediction_is_called_off_by_the_vendor_s_client():
    async with serving(Config(latency=(60, 60), payload_bytes=30_000)) as address:
        client = client_of(address)
        prediction = await client.models.predictions.async_create(SCHNELL, {"prompt": "a fox"})
        await prediction.async_cancel()
        assert (prediction.status, prediction.output) == ("canceled", None)
        await prediction.async_reload()
        assert prediction.status == "canceled"
        await client._async_client.aclose()


async def test_one_that_has_succeeded_stays_so(client):
    prediction = await client.models.predictions.async_create(SCHNELL, {"prompt": "a fox"}, wait=True)
    await prediction.async_cancel()
    assert prediction.status == "succeeded"


@pytest.mark.parametrize(("model", "field"), [(DEV, "image"), (PRO, "image_prompt")])
async def test_a_file_given_to_the_vendor_s_client_arrives(client, address, model, field):
    file = BytesIO(picture("JPEG"))
    file.name = "fox.jpg"
    assert await client.async_run(model, {"prompt": "a fox", field: file}, file_encoding_strategy="base64")
    asked = (await fetch(f"{address}/_control/requests?model={model}")).json()[0]
    assert asked["references"] == [sha256(picture("JPEG")).hexdigest()]


async def test_a_wait_that_is_too_short_gives_the_prediction_as_it_stands():
    headers = {"Authorization": "Bearer any", "Prefer": "wait=1"}
    async with (
        serving(Config(latency=(30, 30), time_scale=0.1, payload_bytes=30_000)) as address,
        httpx.AsyncClient(base_url=f"{address}/replicate/v1", headers=headers, verify=False) as client,
    ):
        answer = await client.post(f"/models/{SCHNELL}/predictions", json={"input": {"prompt": "a fox"}})
        assert (answer.status_code, answer.json()["status"]) == (202, "starting")
        stopped = (await client.post(f"/predictions/{answer.json()['id']}/cancel")).json()
        assert stopped["status"] == "canceled"
        assert (await client.get(f"/predictions/{answer.json()['id']}")).json()["status"] == "canceled"


@pytest.mark.parametrize("kind", ["refusal", "withheld"])
async def test_a_declined_prediction_fails_and_says_why(client, kind):
    with pytest.raises(ModelError, match="NSFW"):
        await client.async_run(SCHNELL, {"prompt": f"a fox [[fault:{kind}]]"})


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (SCHNELL, {}),
        (SCHNELL, {"prompt": ""}),
        (SCHNELL, {"prompt": "a fox", "aspect_ratio": "7:5"}),
        (SCHNELL, {"prompt": "a fox", "aspect_ratio": "custom"}),
        (SCHNELL, {"prompt": "a fox", "num_outputs": 5}),
        (SCHNELL, {"prompt": "a fox", "seed": "seven"}),
        (SCHNELL, {"prompt": "a fox", "width": 1024}),
        (PRO, {"prompt": "a fox", "num_outputs": 1}),
        (PRO, {"prompt": "a fox", "aspect_ratio": "custom", "width": 2000}),
        (PRO, {"prompt": "a fox", "output_format": "svg"}),
        (PRO, {"prompt": "a fox", "image_prompt": "data:image/png;base64,AAAA"}),
        (DEV, {"prompt": "a fox", "image": "data:image/png;base64," + "A" * 256_000}),
        (SCHNELL, {"prompt": "a fox", "image": "data:image/png;base64,AAAA"}),
    ],
)
async def test_it_rejects_what_the_vendor_rejects(client, model, fields):
    with pytest.raises(ReplicateError) as caught:
        await client.models.predictions.async_create(model, fields)
    assert (caught.value.status, caught.value.title) == (422, "Input validation failed")


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("unauthorized", 401),
        ("out_of_quota", 402),
        ("no_access", 403),
        ("model_gone", 404),
        ("invalid_request", 422),
        ("rate_limited=30", 429),
        ("server_error", 500),
        ("unavailable", 503),
    ],
)
async def test_errors_are_problem_details(client, kind, status):
    with pytest.raises(ReplicateError) as caught:
        await client.models.predictions.async_create(SCHNELL, {"prompt": f"a fox [[fault:{kind}]]"})
    assert caught.value.status == status
    assert caught.value.detail
    if status == 429:
        assert "resets in ~30s" in caught.value.detail


async def test_unknown_models_and_predictions_are_not_found(client):
    for asked in (client.models.predictions.async_create("nobody/nothing", {"prompt": "x"}), client.predictions.async_get("x")):
        with pytest.raises(ReplicateError) as caught:
            await asked
        assert caught.value.status == 404


async def test_the_key_is_asked_for_everywhere_but_at_the_pictures(address):
    client = client_of(address, "wrong-key")
    for asked in (client.models.predictions.async_create(SCHNELL, {"prompt": "x"}), client.accounts.async_current()):
        with pytest.raises(ReplicateError) as caught:
            await asked
        assert caught.value.status == 401
    await client._async_client.aclose()
    assert (await fetch(f"{address}/replicate/delivery/none.png")).status_code == 404


async def test_the_account_answers_for_the_key(client):
    assert (await client.accounts.async_current()).type == "organization"


async def test_a_fault_can_wait_for_a_poll():
    headers = {"Authorization": "Bearer any"}
    async with (
        serving(Config(time_scale=0, payload_bytes=30_000)) as address,
        httpx.AsyncClient(base_url=f"{address}/replicate/v1", headers=headers, verify=False) as client,
    ):
        made = await client.post(f"/models/{SCHNELL}/predictions", json={"input": {"prompt": "x [[fault:unavailable*1/poll]]"}})
        statuses = [(await client.get(f"/predictions/{made.json()['id']}")).status_code for _ in range(2)]
        assert statuses == [503, 200]
