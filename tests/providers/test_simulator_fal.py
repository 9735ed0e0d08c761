"""fal's wire format, judged by fal's own client."""

from hashlib import sha256

import fal_client
import httpx
import pytest
from fal_client import client as module

from providers.simulator.config import Config
from providers.simulator.server import serving
from tests.providers.samples import picture

FLUX_3, IDEOGRAM, SCHNELL = "blackforestlabs/flux-3/text-to-image", "ideogram/v4", "fal-ai/flux/schnell"
EDIT = "blackforestlabs/flux-3/edit-image"
PICTURE = fal_client.encode(picture(), "image/png")
PNG = b"\x89PNG\r\n\x1a\n"
SQUARE = {"image_size": {"width": 1024, "height": 1024}}


@pytest.fixture
async def pointed(monkeypatch):
    """The client insists on its own host, whose address it reads from one place."""
    clients = []

    def point(address: str) -> fal_client.AsyncClient:
        monkeypatch.setattr(module, "QUEUE_URL_FORMAT", f"{address}/fal/")
        clients.append(fal_client.AsyncClient(key="any"))
        return clients[-1]

    yield point
    for client in clients:
        await (await client._client).aclose()


@pytest.fixture
async def address():
    async with serving(Config(time_scale=0, payload_bytes=100_000)) as address:
        yield address


@pytest.fixture
async def client(address, pointed):
    return pointed(address)


async def fetch(url: str) -> httpx.Response:
    async with httpx.AsyncClient(verify=False) as anyone:
        return await anyone.get(url)


@pytest.mark.parametrize(
    ("model", "fields", "size"),
    [
        (FLUX_3, {"aspect_ratio": "16:9", "resolution": "1k", "enable_prompt_expansion": False}, (1344, 768)),
        (FLUX_3, {"aspect_ratio": "1:1", "resolution": "2k"}, (2048, 2048)),
        (FLUX_3, {}, (1024, 1024)),
        (IDEOGRAM, {"image_size": {"width": 1152, "height": 864}, "rendering_speed": "TURBO"}, (1152, 864)),
        (IDEOGRAM, {"image_size": "landscape_16_9"}, (1024, 576)),
        (SCHNELL, {"num_inference_steps": 4}, (1024, 768)),
    ],
)
async def test_a_subscription_ends_with_a_picture(client, model, fields, size):
    answer = await client.subscribe(model, {"prompt": "a fox", **fields}, interval=0.01)
    [image] = answer["images"]
    data = (await fetch(image["url"])).content
    assert data.startswith(PNG)
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (image["width"], image["height"]) == size
    assert answer.get("has_nsfw_concepts", [False]) == [False]


async def test_the_seed_comes_back(client):
    answer = await client.subscribe(SCHNELL, {"prompt": "a fox", "seed": 7, **SQUARE}, interval=0.01)
    assert (answer["seed"], answer["prompt"]) == (7, "a fox")


async def test_a_job_stands_in_line_works_and_is_done(pointed):
    async with serving(Config(latency=(0.5, 0.5), payload_bytes=30_000)) as address:
        client = pointed(address)
        handle = await client.submit(SCHNELL, {"prompt": "a fox", **SQUARE})
        seen = [type(state).__name__ async for state in handle.iter_events(with_logs=True, interval=0.05)]
        assert list(dict.fromkeys(seen)) == ["Queued", "InProgress", "Completed"]
        assert (await client.result(SCHNELL, handle.request_id))["images"]


async def test_the_status_tells_by_its_code_whether_it_is_over():
    async with (
        serving(Config(latency=(0.4, 0.4), payload_bytes=30_000)) as address,
        httpx.AsyncClient(base_url=address, headers={"Authorization": "Key any"}, verify=False) as client,
    ):
        taken = (await client.post(f"/fal/{SCHNELL}", json={"prompt": "a fox", **SQUARE})).json()
        assert taken["status"] == "IN_QUEUE"
        first = await client.get(taken["status_url"])
        assert (first.status_code, first.json()["queue_position"] in (1, 2)) == (202, True)
        assert (await client.get(taken["response_url"])).status_code == 400
        while (last := await client.get(taken["status_url"])).status_code == 202:
            continue
        assert last.json()["status"] == "COMPLETED"
        assert last.headers["x-fal-request-id"] == taken["request_id"]


async def test_a_job_that_is_done_cannot_be_called_off(client):
    handle = await client.submit(SCHNELL, {"prompt": "a fox", **SQUARE})
    await handle.get()
    with pytest.raises(fal_client.FalClientHTTPError) as caught:
        await handle.cancel()
    assert (caught.value.status_code, caught.value.response.json()) == (400, {"status": "ALREADY_COMPLETED"})


@pytest.mark.parametrize(
    ("model", "field", "given"),
    [(f"{IDEOGRAM}/image-to-image", "image_url", lambda url: url), (EDIT, "image_urls", lambda url: [url, url])],
)
async def test_a_picture_encoded_by_the_vendor_s_client_arrives(client, address, model, field, given):
    url = fal_client.encode(picture("WEBP"), "image/webp")
    assert (await client.subscribe(model, {"prompt": "a fox", field: given(url)}, interval=0.01))["images"]
    asked = (await fetch(f"{address}/_control/requests?model={model}")).json()[0]
    assert set(asked["references"]) == {sha256(picture("WEBP")).hexdigest()}


async def test_a_cancelled_job_says_so(pointed):
    async with serving(Config(latency=(30, 30), payload_bytes=30_000)) as address:
        client = pointed(address)
        handle = await client.submit(SCHNELL, {"prompt": "a fox", **SQUARE})
        await handle.cancel()
        state = [state async for state in handle.iter_events(interval=0.01)][-1]
        assert (state.error, state.error_type) == ("Request failed", "client_cancelled")


@pytest.mark.parametrize(("model", "kind"), [(SCHNELL, "refusal"), (FLUX_3, "refusal"), (FLUX_3, "withheld")])
async def test_a_refusal_is_the_answer_of_a_finished_job(client, model, kind):
    with pytest.raises(fal_client.FalClientHTTPError) as caught:
        await client.subscribe(model, {"prompt": f"a fox [[fault:{kind}]]"}, interval=0.01)
    assert caught.value.status_code == 422
    assert caught.value.message[0]["type"] == "content_policy_violation"


async def test_a_filter_may_say_what_it_blackened(client):
    answer = await client.subscribe(SCHNELL, {"prompt": "a fox [[fault:withheld]]"}, interval=0.01)
    assert answer["has_nsfw_concepts"] == [True]


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (SCHNELL, {"aspect_ratio": "1:1"}),
        (SCHNELL, {"image_size": "huge"}),
        (SCHNELL, {"image_size": {"width": 1024}}),
        (SCHNELL, {"image_size": {"width": 10, "height": 10}}),
        (SCHNELL, {"num_images": 0}),
        (SCHNELL, {"seed": 1.5}),
        (FLUX_3, {"seed": 7}),
        (FLUX_3, {"num_images": 1}),
        (FLUX_3, {"resolution": "512sq"}),
        (IDEOGRAM, {"rendering_speed": "FLASH"}),
        (IDEOGRAM, {"prompt": None}),
        (IDEOGRAM, {"image_url": PICTURE}),
        (f"{IDEOGRAM}/image-to-image", {}),
        (f"{IDEOGRAM}/image-to-image", {"image_url": "data:image/png;base64,AAAA"}),
        (EDIT, {}),
        (EDIT, {"image_urls": []}),
        (EDIT, {"image_urls": [PICTURE] * 11}),
        (EDIT, {"image_urls": [fal_client.encode(picture(width=255), "image/png")]}),
        (EDIT, {"image_urls": [fal_client.encode(picture(width=4000), "image/png")]}),
    ],
)
async def test_it_rejects_what_the_vendor_rejects(client, model, fields):
    with pytest.raises(fal_client.FalClientHTTPError) as caught:
        await client.submit(model, {"prompt": "a fox", **fields})
    assert caught.value.status_code == 422
    assert caught.value.message[0]["loc"][0] == "body"


@pytest.mark.parametrize(
    ("kind", "status", "error_type"),
    [
        ("unauthorized", 401, None),
        ("no_access", 403, None),
        ("out_of_quota", 403, None),
        ("model_gone", 404, None),
        ("invalid_request", 422, None),
        ("server_error", 500, "internal_error"),
        ("unavailable", 503, "runner_scheduling_failure"),
    ],
)
async def test_errors_have_the_vendors_status_and_type(client, kind, status, error_type):
    with pytest.raises(fal_client.FalClientHTTPError) as caught:
        await client.submit(SCHNELL, {"prompt": f"a fox [[fault:{kind}]]"})
    assert (caught.value.status_code, caught.value.error_type) == (status, error_type)


async def test_too_many_requests_are_tried_again_by_the_client(client):
    handle = await client.submit(SCHNELL, {"prompt": "a fox [[fault:rate_limited*1]]"})
    assert handle.request_id


async def test_unknown_models_and_jobs_are_not_found(client):
    with pytest.raises(fal_client.FalClientHTTPError, match="not found"):
        await client.submit("fal-ai/nothing", {"prompt": "a fox"})
    with pytest.raises(fal_client.FalClientHTTPError, match="not found"):
        await client.status(SCHNELL, "no-such-job")


@pytest.mark.parametrize("key", ["", "Key wrong-key", "Bearer any"])
async def test_without_a_good_key_it_is_401(address, key):
    async with httpx.AsyncClient(headers={"Authorization": key}, verify=False) as client:
        assert (await client.post(f"{address}/fal/{SCHNELL}", json={"prompt": "a fox"})).status_code == 401
