"""The AUTOMATIC1111 API of a server of one's own: first by its own words, then through our adapter."""

import asyncio
import json
from base64 import b64decode
from hashlib import sha256

import httpx
import pytest

from providers import errors
from providers.simulator.config import Config
from providers.simulator.server import serving
from providers.types import PartialImage, Progress
from tests.providers.samples import encoded, picture
from tests.providers.simulated import asked, until

PATH = "/a1111/sdapi/v1/txt2img"
ASKED = {"prompt": "a fox", "width": 1024, "height": 1024, "steps": 30, "seed": 7, "sampler_name": "DPM++ 2M"}


@pytest.fixture
async def client():
    async with (
        serving(Config(time_scale=0, payload_bytes=30_000)) as address,
        httpx.AsyncClient(base_url=address, verify=False) as client,
    ):
        yield client


async def test_it_answers_with_base64_and_the_real_seeds_in_a_string(client):
    answer = (await client.post(PATH, json={**ASKED, "batch_size": 2})).json()
    assert all(b64decode(image).startswith(b"\x89PNG") for image in answer["images"])
    assert answer["parameters"]["steps"] == 30
    info = json.loads(answer["info"])
    assert (info["seed"], info["all_seeds"]) == (7, [7, 8])


async def test_a_seed_of_minus_one_is_chosen(client):
    answer = (await client.post(PATH, json={**ASKED, "seed": -1})).json()
    assert json.loads(answer["info"])["seed"] >= 0


@pytest.mark.parametrize("fields", [{"width": "wide"}, {"height": 9000}, {"steps": 0}])
async def test_it_validates_like_the_server(client, fields):
    answer = await client.post(PATH, json={**ASKED, **fields})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"][0] == "body"


async def test_an_unknown_sampler_is_not_found(client):
    answer = await client.post(PATH, json={**ASKED, "sampler_name": "Guesswork"})
    assert (answer.status_code, answer.json()["detail"]) == (404, "Sampler not found")


async def test_it_needs_no_key_but_refuses_a_wrong_one(client):
    assert (await client.post(PATH, json=ASKED, auth=("me", "any"))).status_code == 200
    assert (await client.post(PATH, json=ASKED, auth=("me", "wrong-key"))).status_code == 401


async def test_it_draws_one_picture_after_the_other_and_tells_how_far_it_is():
    async with (
        serving(Config(latency=(0.4, 0.4), payload_bytes=30_000)) as address,
        httpx.AsyncClient(base_url=address, verify=False) as client,
    ):
        idle = (await client.get("/a1111/sdapi/v1/progress")).json()
        both = asyncio.gather(*(client.post(PATH, json=ASKED) for _ in range(2)))
        begun = asyncio.get_running_loop().time()
        await asyncio.sleep(0.2)
        busy = (await client.get("/a1111/sdapi/v1/progress")).json()
        await both
        assert asyncio.get_running_loop().time() - begun >= 0.75
        assert idle["progress"] == 0
        assert 0 < busy["progress"] <= 1
        assert busy["state"]["sampling_step"] > 0


async def test_it_draws_on_when_its_caller_has_left_until_it_is_interrupted():
    async with (
        serving(Config(latency=(60, 60), payload_bytes=30_000)) as address,
        httpx.AsyncClient(base_url=address, verify=False, timeout=30) as client,
    ):

        async def state() -> dict:
            return (await client.get("/a1111/sdapi/v1/progress")).json()["state"]

        async def task() -> dict:
            return (await client.post("/a1111/internal/progress", json={"id_task": "mine"})).json()

        async def drawing() -> bool:
            return (await task())["active"]

        caller = asyncio.create_task(client.post(PATH, json={**ASKED, "force_task_id": "mine"}))
        await until(drawing)
        caller.cancel()
        await asyncio.gather(caller, return_exceptions=True)
        assert (await state())["job_count"] == 1
        assert (await client.post("/a1111/sdapi/v1/interrupt")).json() == {}
        await until(lambda: over(task))
        assert ((await state())["job_count"], (await state())["interrupted"]) == (0, True)


async def over(task) -> bool:
    return (await task())["completed"]


async def test_a_picture_to_begin_from_is_wanted_and_noted(client):
    path = PATH.replace("txt2img", "img2img")
    answer = await client.post(path, json={**ASKED, "init_images": [encoded(picture())], "denoising_strength": 0.75})
    assert b64decode(answer.json()["images"][0]).startswith(b"\x89PNG")
    [noted] = (await client.get("/_control/requests", params={"path": path})).json()
    assert noted["references"] == [sha256(picture()).hexdigest()]
    statuses = [(await client.post(path, json={**ASKED, **sent})).status_code for sent in ({}, {"init_images": ["AAAA"]})]
    assert statuses == [404, 500]


async def test_it_lists_its_models_and_samplers(client):
    assert (await client.get("/a1111/sdapi/v1/sd-models")).json()[0]["model_name"] == "sd_xl_base_1.0"
    assert "Euler a" in [sampler["name"] for sampler in (await client.get("/a1111/sdapi/v1/samplers")).json()]


@pytest.mark.parametrize("name", ["sd_xl_base_1.0", "sd_xl_base_1.0.safetensors [31e35c80fc]", "31e35c80fc"])
async def test_a_checkpoint_goes_by_several_names(client, name):
    answer = await client.post(PATH, json={**ASKED, "override_settings": {"sd_model_checkpoint": name}})
    assert answer.status_code == 200


async def test_a_checkpoint_it_does_not_have_is_not_found(client):
    answer = await client.post(PATH, json={**ASKED, "override_settings": {"sd_model_checkpoint": "other"}})
    assert (answer.status_code, answer.json()["detail"]) == (404, "Model not found")


async def test_the_adapter_shows_the_picture_on_its_way():
    async with serving(Config(latency=(0.4, 0.4), payload_bytes=30_000)) as address:
        _, *before, result = await asked(address, "a1111/sdxl", "a fox", seed=7)
    shares = [event.share for event in before if isinstance(event, Progress)]
    assert shares == sorted(shares)
    assert [event.index for event in before if isinstance(event, PartialImage)] == [0, 1, 2]
    assert (result.seed, result.final_prompt, result.notes, result.simulated) == (7, "a fox", (), True)


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
        ("oversized", errors.BrokenAnswer),
    ],
)
async def test_each_fault_has_its_meaning(fault, kind):
    async with serving(Config(time_scale=0, payload_bytes=30_000)) as address:
        with pytest.raises(errors.ProviderError) as caught:
            await asked(address, "a1111/sdxl", f"a fox [[fault:{fault}]]")
    assert isinstance(caught.value, kind)
