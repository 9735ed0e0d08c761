"""ComfyUI's API of a server of one's own: first by its own words, then through our adapter."""

import asyncio
from contextlib import aclosing
from hashlib import sha256

import httpx
import pytest

from providers import catalogue, errors
from providers.access import access_for
from providers.simulator.config import Config
from providers.simulator.server import serving
from providers.types import ImageRequest, ImageResult, Progress, Quality
from tests.providers.samples import picture
from tests.providers.simulated import asked, until, wait_for_calls

MODEL = "comfyui/sdxl"


def graph(**sampling: object) -> dict:
    """The workflow a fresh ComfyUI opens with, saved for the API."""
    links = {"model": ["4", 0], "positive": ["6", 0], "negative": ["7", 0], "latent_image": ["5", 0]}
    settings = {"seed": 7, "steps": 30, "cfg": 7, "sampler_name": "dpmpp_2m", "scheduler": "karras", "denoise": 1}
    return {
        "3": {"class_type": "KSampler", "inputs": {**links, **settings, **sampling}},
        "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sd_xl_base_1.0.safetensors"}},
        "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 1024, "height": 1024, "batch_size": 1}},
        "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a fox", "clip": ["4", 1]}},
        "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "", "clip": ["4", 1]}},
        "8": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0], "vae": ["4", 2]}},
        "9": {"class_type": "SaveImage", "inputs": {"images": ["8", 0], "filename_prefix": "fox"}},
    }


@pytest.fixture
async def address():
    async with serving(Config(time_scale=0, payload_bytes=30_000)) as address:
        yield address


@pytest.fixture
async def client(address):
    async with httpx.AsyncClient(base_url=f"{address}/comfyui", verify=False) as client:
        yield client


async def finished(client, job: str) -> dict:
    async def told() -> dict:
        return (await client.get(f"/history/{job}")).json()

    return (await until(told))[job]


async def test_a_graph_becomes_a_file(client):
    taken = (await client.post("/prompt", json={"prompt": graph(), "client_id": "me"})).json()
    entry = await finished(client, taken["prompt_id"])
    [image] = entry["outputs"]["9"]["images"]
    file = await client.get("/view", params=image)
    assert (taken["node_errors"], entry["status"]["status_str"], entry["prompt"][1]) == ({}, "success", taken["prompt_id"])
    assert file.content.startswith(b"\x89PNG")
    assert file.headers["x-simulated"] == "true"


async def test_the_caller_may_choose_the_id(client):
    taken = (await client.post("/prompt", json={"prompt": graph(), "prompt_id": "mine"})).json()
    assert taken["prompt_id"] == "mine"
    assert (await finished(client, "mine"))["prompt"][2]["3"]["inputs"]["seed"] == 7


async def test_nobody_knows_another_id(client):
    assert (await client.get("/history/another")).json() == {}


@pytest.mark.parametrize(
    ("spoilt", "node", "field"),
    [
        (graph(steps=0), "3", "steps"),
        (graph(seed="seven"), "3", "seed"),
        (graph(sampler_name="guesswork"), "3", "sampler_name"),
        (graph(model=["5", 0]), "5", "model"),
        (graph(positive="a fox"), "3", "positive"),
        (graph() | {"4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "other"}}}, "4", "ckpt_name"),
    ],
    ids=["steps", "seed", "sampler", "model", "link", "checkpoint"],
)
async def test_complaints_stand_under_their_node(client, spoilt, node, field):
    answer = await client.post("/prompt", json={"prompt": spoilt})
    [complaint] = answer.json()["node_errors"][node]["errors"]
    assert (answer.status_code, complaint["extra_info"]["input_name"]) == (400, field)


@pytest.mark.parametrize("body", [{}, {"prompt": {}}, {"prompt": {"1": 7}}, {"prompt": "a fox"}, []])
async def test_what_is_no_graph_is_rejected(client, body):
    answer = await client.post("/prompt", json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]


async def uploaded(client, data: bytes) -> str:
    files = {"image": ("mine.png", data, "image/png")}
    told = (await client.post("/upload/image", files=files, data={"type": "temp", "subfolder": "a/b"})).json()
    assert told == {"name": "mine.png", "subfolder": "a/b", "type": "temp"}
    return f"{told['subfolder']}/{told['name']} [{told['type']}]"


def begun_from(name: str) -> dict:
    scaled = {"image": ["10", 0], "upscale_method": "lanczos", "width": 1152, "height": 896, "crop": "center"}
    return graph(denoise=0.75) | {
        "10": {"class_type": "LoadImage", "inputs": {"image": name}},
        "11": {"class_type": "ImageScale", "inputs": scaled},
        "5": {"class_type": "VAEEncode", "inputs": {"pixels": ["11", 0], "vae": ["4", 2]}},
    }


async def test_a_graph_may_begin_from_an_uploaded_picture(client, address):
    name = await uploaded(client, picture())
    taken = (await client.post("/prompt", json={"prompt": begun_from(name)})).json()
    [image] = (await finished(client, taken["prompt_id"]))["outputs"]["9"]["images"]
    data = (await client.get("/view", params=image)).content
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (1152, 896)
    asked = (await client.get(f"{address}/_control/requests", params={"path": "/comfyui/prompt"})).json()
    assert [entry["references"] for entry in asked] == [[sha256(picture()).hexdigest()]]


async def test_a_picture_that_was_never_uploaded_or_is_none_stops_the_graph(client):
    for name in ("a/b/none.png [temp]", await uploaded(client, b"no picture")):
        answer = await client.post("/prompt", json={"prompt": begun_from(name)})
        [complaint] = answer.json()["node_errors"]["10"]["errors"]
        assert (answer.status_code, complaint["type"]) == (400, "custom_validation_failed")
    assert (await client.post("/upload/image", data={"image": "text"})).status_code == 400


async def test_what_is_drawn_is_interrupted_and_what_waits_deleted():
    async with (
        serving(Config(latency=(60, 60), payload_bytes=30_000)) as address,
        httpx.AsyncClient(base_url=f"{address}/comfyui", verify=False) as client,
    ):

        async def queued() -> dict:
            return (await client.get("/queue")).json()

        async def idents() -> list[list[str]]:
            return [[item[1] for item in items] for items in (await queued()).values()]

        for ident in ("first", "second", "third"):
            await client.post("/prompt", json={"prompt": graph(), "prompt_id": ident})
        await client.post("/queue", json={"delete": ["first", "second", "nobody"]})
        assert await idents() == [["first"], ["third"]]
        await client.post("/interrupt", json={"prompt_id": "third"})
        assert await idents() == [["first"], ["third"]]
        await client.post("/interrupt", json={"prompt_id": "first"})
        status = (await finished(client, "first"))["status"]
        assert (status["status_str"], status["messages"][-1][0]) == ("error", "execution_interrupted")
        assert await idents() == [["third"], []]
        assert (await client.get("/history/second")).json() == {}


async def test_a_wrong_key_opens_nothing(client):
    for path in ("/history/x", "/queue", "/view"):
        assert (await client.get(path, auth=("me", "wrong-key"))).status_code == 401


async def test_graphs_take_turns_and_the_adapter_tells_their_place():
    async with serving(Config(latency=(0.4, 0.4), payload_bytes=30_000)) as address:
        before = asyncio.create_task(asked(address, MODEL, "a fox"))
        await wait_for_calls(address, 1)
        _, *waiting, result = await asked(address, MODEL, "a fox", seed=42)
        await before
    assert set(waiting) == {Progress(place_in_line=1)}
    assert (result.seed, result.simulated) == (42, True)


async def test_a_job_is_taken_up_again_after_its_caller_died(transport):
    model = catalogue.model(MODEL)
    async with serving(Config(latency=(0.3, 0.3), payload_bytes=30_000)) as address, httpx.AsyncClient(verify=False) as client:
        access = access_for(catalogue.provider("comfyui"), api_key="", base_url=None, simulator_url=address)
        request = ImageRequest(model, "a fox", model.sizes[0], Quality.DRAFT, seed=42)
        async with aclosing(catalogue.provider("comfyui").generate(request, access, transport)) as events:
            submitted = await anext(events)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(anext(events), 0.15)
        *_, result = await asked(address, MODEL, "a fox", resume_job=submitted.job_id)
        sent = (await client.get(f"{address}/_control/requests", params={"path": "/comfyui/prompt"})).json()
    assert (result.seed, result.request_id, len(sent)) == (42, submitted.job_id, 1)


@pytest.mark.parametrize("fault", ["empty", "wrong_type", "cut_off"])
async def test_an_answer_that_is_lost_costs_nothing(address, fault):
    [*_, result] = await asked(address, MODEL, f"a fox [[fault:{fault}]]")
    assert isinstance(result, ImageResult)


@pytest.mark.parametrize("fault", ["server_error*2/poll", "unavailable*1/poll", "empty*1/poll"])
async def test_trouble_while_waiting_is_waited_out(address, fault):
    [*_, result] = await asked(address, MODEL, f"a fox [[fault:{fault}]]")
    assert isinstance(result, ImageResult)


@pytest.mark.parametrize(
    ("fault", "kind", "billed"),
    [
        ("unauthorized", errors.BadKey, False),
        ("model_gone", errors.ModelGone, False),
        ("invalid_request", errors.InvalidRequest, False),
        ("rate_limited", errors.RateLimited, False),
        ("drop", errors.ProviderDown, False),
        ("out_of_quota", errors.ProviderDown, True),
        ("no_picture", errors.BrokenAnswer, True),
        ("expired_url", errors.BrokenAnswer, True),
        ("text_as_image", errors.BrokenAnswer, True),
        ("empty/image", errors.BrokenAnswer, True),
    ],
)
async def test_each_fault_has_its_meaning(address, fault, kind, billed):
    with pytest.raises(errors.ProviderError) as caught:
        await asked(address, MODEL, f"a fox [[fault:{fault}]]")
    assert isinstance(caught.value, kind)
    assert caught.value.may_have_billed is billed
