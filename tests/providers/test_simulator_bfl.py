"""Black Forest Labs' wire format as its pages describe it (there is no client of theirs), then our adapter with every fault."""

import asyncio
from hashlib import sha256

import httpx
import pytest

from providers import errors
from providers.simulator.config import Config
from providers.simulator.server import serving
from providers.types import ImageResult, Progress, Submitted
from tests.providers.clock import put_forward
from tests.providers.samples import encoded, picture
from tests.providers.simulated import BAD_PICTURES, asked

PNG = b"\x89PNG\r\n\x1a\n"
ULTRA = "flux-pro-1.1-ultra"
PICTURE = encoded(picture())


def client_of(address: str, key: str = "any") -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=f"{address}/bfl/v1/", headers={"x-key": key} if key else {}, timeout=20, verify=False)


@pytest.fixture
async def address():
    async with serving(Config(time_scale=0, payload_bytes=400_000)) as address:
        yield address


@pytest.fixture
async def client(address):
    async with client_of(address) as client:
        yield client


async def finished(client: httpx.AsyncClient, url: str) -> dict:
    """The final state of the job behind this polling address."""
    state = (await client.get(url)).json()
    while state["status"] in ("Pending", "Reasoning", "Generating"):
        await asyncio.sleep(0.02)
        state = (await client.get(url)).json()
    return state


async def test_a_job_is_submitted_polled_and_fetched(client):
    asked = {"prompt": "a fox", "width": 1152, "height": 864, "seed": 7, "output_format": "png"}
    job = (await client.post("flux-2-pro", json=asked)).json()
    assert (job["cost"], job["input_mp"], job["output_mp"]) == (3.0, 0, 1.0)
    state = await finished(client, job["polling_url"])
    assert (state["id"], state["status"], state["result"]["seed"]) == (job["id"], "Ready", 7)
    async with httpx.AsyncClient(verify=False) as anyone:
        assert (await anyone.get(state["result"]["sample"])).content.startswith(PNG)


@pytest.mark.parametrize(
    ("model", "sent", "credits"),
    [
        ("flux-2-pro", {"input_image": PICTURE, "input_image_2": PICTURE}, 3.0 + 2 * 1.5),
        ("flux-2-klein-4b", {"input_image": f"data:image/png;base64,{PICTURE}"}, 1.5),
        ("flux-pro-1.1", {"image_prompt": PICTURE}, 4.0),
        (ULTRA, {"image_prompt": PICTURE}, 6.0),
        ("flux-3-image", {"images": [PICTURE]}, 4.8),
        ("flux-3-image", {"images": PICTURE}, 4.8),
    ],
)
async def test_a_picture_to_go_by_is_noted_and_by_flux_2_billed(client, model, sent, credits):
    size = {} if model in ("flux-3-image", ULTRA) else {"width": 1024, "height": 1024}
    job = (await client.post(model, json={"prompt": "a fox", **size, **sent})).json()
    assert job["cost"] == credits
    [asked] = (await client.get(f"http://{client.base_url.netloc.decode()}/_control/requests?model={model}")).json()
    assert set(asked["references"]) == {sha256(picture()).hexdigest()}


@pytest.mark.parametrize(
    ("model", "sent"),
    [
        ("flux-2-pro", {"input_image": "AAAA"}),
        ("flux-3-image", {"images": [PICTURE] * 11}),
        ("flux-3-image", {"images": [encoded(picture(width=255))]}),
        ("flux-3-image", {"input_image": PICTURE}),
    ],
)
async def test_a_picture_it_cannot_go_by_is_a_422(client, model, sent):
    assert (await client.post(model, json={"prompt": "a fox", **sent})).status_code == 422


async def test_a_job_under_way_tells_how_far_it_is():
    async with serving(Config(latency=(10, 10), payload_bytes=30_000)) as address, client_of(address) as client:
        url = (await client.post("flux-3-image", json={"prompt": "a fox"})).json()["polling_url"]
        first = (await client.get(url)).json()
        put_forward(5)
        second = (await client.get(url)).json()
        assert (first["status"], second["status"]) == ("Reasoning", "Generating")
        assert first["progress"] < second["progress"] < 1
        put_forward(5)
        assert "seed" not in (await finished(client, url))["result"]


@pytest.mark.parametrize(
    ("model", "fields", "cost"),
    [
        ("flux-2-pro", {"width": 1024, "height": 1024}, 3.0),
        ("flux-2-pro", {"width": 2048, "height": 2048}, 7.5),
        ("flux-2-klein-4b", {"width": 2048, "height": 1024}, 1.5),
        ("flux-3-image", {"resolution": "2k"}, 10.0),
        (ULTRA, {"aspect_ratio": "3:4"}, 6.0),
    ],
)
async def test_it_says_what_a_job_costs(client, model, fields, cost):
    assert (await client.post(model, json={"prompt": "a fox", **fields})).json()["cost"] == cost


@pytest.mark.parametrize(
    ("model", "fields", "field"),
    [
        ("flux-2-pro", {"prompt": None}, "prompt"),
        ("flux-2-pro", {"width": 32}, "width"),
        ("flux-2-pro", {"height": 1000}, "height"),
        ("flux-2-pro", {"seed": -1}, "seed"),
        ("flux-2-pro", {"output_format": "gif"}, "output_format"),
        ("flux-2-flex", {"steps": 51}, "steps"),
        ("flux-pro-1.1", {"width": 1456}, "width"),
        ("flux-pro-1.1", {"width": 1040}, "width"),
        (ULTRA, {"aspect_ratio": "4:1"}, "aspect_ratio"),
        (ULTRA, {"aspect_ratio": "wide"}, "aspect_ratio"),
        ("flux-3-image", {"seed": 7}, "seed"),
        ("flux-3-image", {"output_format": "png"}, "output_format"),
        ("flux-3-image", {"resolution": "8k"}, "resolution"),
    ],
)
async def test_it_rejects_what_the_vendor_rejects(client, model, fields, field):
    answer = await client.post(model, json={"prompt": "a fox", **fields})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", field]


@pytest.mark.parametrize("key", ["", "wrong-key"])
async def test_without_a_good_key_it_is_403(address, key):
    async with client_of(address, key) as other:
        answers = [await other.post("flux-2-pro", json={"prompt": "a fox"}), await other.get("get_result?id=1")]
    assert [answer.status_code for answer in answers] == [403, 403]


async def test_an_unknown_job_and_an_unknown_model_are_not_found(client):
    assert (await client.get("get_result?id=nobody")).json()["status"] == "Task not found"
    assert (await client.post("flux-9", json={"prompt": "a fox"})).status_code == 404


async def test_twenty_four_jobs_run_and_the_twenty_fifth_is_turned_away():
    async with serving(Config(latency=(15, 15), payload_bytes=30_000)) as address, client_of(address) as client:
        answers = await asyncio.gather(*(client.post("flux-2-pro", json={"prompt": "a fox"}) for _ in range(25)))
        assert sorted(answer.status_code for answer in answers) == [200] * 24 + [429]
        put_forward(15)
        urls = [answer.json()["polling_url"] for answer in answers if answer.status_code == 200]
        assert {(await finished(client, url))["status"] for url in urls} == {"Ready"}
        assert (await client.post("flux-2-pro", json={"prompt": "a fox"})).status_code == 200


async def test_the_adapter_submits_polls_and_fetches(address):
    submitted, *rest, result = await asked(address, "bfl/flux-2-pro", "a fox", seed=7)
    assert isinstance(submitted, Submitted)
    assert {type(event) for event in rest} <= {Progress}
    assert (result.seed, result.request_id, str(result.cost_usd)) == (7, submitted.job_id.split("id=")[1].split("#")[0], "0.03")


async def test_the_adapter_resumes_a_job_without_a_second_one(address):
    submitted, *_ = await asked(address, "bfl/flux-2-pro", "a fox")
    *_, result = await asked(address, "bfl/flux-2-pro", "a fox", resume_job=submitted.job_id)
    assert isinstance(result, ImageResult)
    async with httpx.AsyncClient(base_url=address, verify=False) as anyone:
        assert len((await anyone.get("/_control/requests?method=POST")).json()) == 1


@pytest.mark.parametrize(
    ("fault", "kind", "billed"),
    [
        ("unauthorized", errors.BadKey, False),
        ("no_access", errors.NoAccess, False),
        ("out_of_quota", errors.OutOfQuota, False),
        ("rate_limited=7", errors.RateLimited, False),
        ("server_error", errors.ProviderDown, False),
        ("unavailable", errors.ProviderDown, False),
        ("invalid_request", errors.InvalidRequest, False),
        ("model_gone", errors.ModelGone, False),
        ("refusal", errors.Refused, False),
        ("withheld", errors.Refused, True),
        ("drop", errors.ProviderDown, True),
        ("cut_off", errors.BrokenAnswer, True),
        ("wrong_type", errors.BrokenAnswer, True),
        ("empty", errors.BrokenAnswer, True),
        ("no_picture", errors.BrokenAnswer, True),
        ("expired_url", errors.BrokenAnswer, True),
        ("server_error/image", errors.ProviderDown, True),
        ("wrong_type/image", errors.BrokenAnswer, True),
        ("refusal/poll", errors.Refused, False),
        ("withheld/poll", errors.Refused, True),
        ("model_gone/poll", errors.BrokenAnswer, True),
        ("invalid_request/poll", errors.ProviderDown, True),
        ("unauthorized/poll", errors.NoAccess, True),
        *((fault, errors.BrokenAnswer, True) for fault in BAD_PICTURES),
    ],
)
async def test_the_adapter_knows_every_fault(address, fault, kind, billed):
    with pytest.raises(errors.ProviderError) as caught:
        await asked(address, "bfl/flux-2-pro", f"a fox [[fault:{fault}]]")
    assert isinstance(caught.value, kind)
    assert caught.value.may_have_billed == billed


@pytest.mark.parametrize(
    "fault", ["server_error*2/poll", "unavailable*1/poll", "empty*1/poll", "drop*1/poll", "unavailable*1/image"]
)
async def test_the_adapter_gets_over_a_stumble_after_submission(address, fault):
    *_, result = await asked(address, "bfl/flux-2-pro", f"a fox [[fault:{fault}]]")
    assert isinstance(result, ImageResult)
