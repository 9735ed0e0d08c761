"""Ideogram's three generations of endpoints, its links, its jobs and its places."""

import asyncio
import time
from hashlib import sha256

import httpx
import pytest

from providers.simulator.config import Config
from providers.simulator.server import serving
from tests.providers.clock import put_forward
from tests.providers.samples import picture
from tests.providers.simulated import shown, until, wait_for_calls

LEGACY, V3, V45 = "/ideogram/generate", "/ideogram/v1/ideogram-v3/generate", "/ideogram/v2/image/generate/ideogram-4-5"
REMIX = "/ideogram/v1/ideogram-v3/remix"
PNG = b"\x89PNG\r\n\x1a\n"


def client_of(address: str, key: str = "any") -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=address, headers={"Api-Key": key} if key else {}, timeout=20, verify=False)


@pytest.fixture
async def client():
    async with serving(Config(time_scale=0, payload_bytes=30_000)) as address, client_of(address) as client:
        yield client


def legacy(**fields) -> dict:
    return {"image_request": {"prompt": "a fox", "model": "V_2A_TURBO", **fields}}


async def fetch(url: str) -> httpx.Response:
    async with httpx.AsyncClient(verify=False) as anyone:
        return await anyone.get(url)


async def test_the_legacy_endpoint_answers_with_a_link(client):
    answer = (
        await client.post(LEGACY, json=legacy(aspect_ratio="ASPECT_16_9", magic_prompt_option="OFF", seed=7, num_images=2))
    ).json()
    first, second = answer["data"]
    assert first["resolution"] == "1312x736"
    assert (first["seed"], second["seed"]) == (7, 8)
    assert first["is_image_safe"] is True
    assert first["prompt"] == "a fox"
    assert first["style_type"] == "GENERAL"
    picture = await fetch(first["url"])
    assert picture.content.startswith(PNG)
    assert picture.headers["content-type"] == "image/png"
    assert picture.headers["x-simulated"] == "true"


@pytest.mark.parametrize("as_form", [False, True])
async def test_v3_takes_json_and_forms_alike(client, as_form):
    fields = {"prompt": "a fox", "rendering_speed": "TURBO", "aspect_ratio": "3x2", "num_images": "1", "seed": "5"}
    sent = {"files": {name: (None, value) for name, value in fields.items()}} if as_form else {"json": {**fields, "seed": 5}}
    answer = (await client.post(V3, **sent)).json()
    assert answer["data"][0]["resolution"] == "1248x832"
    assert answer["data"][0]["seed"] == 5


@pytest.mark.parametrize("as_form", [False, True])
async def test_v2_answers_at_once_unless_told_otherwise(client, as_form):
    fields = {"prompt": "a fox", "quality": "low", "size": "1024x1024"}
    answer = (
        await client.post(V45, **({"files": {n: (None, v) for n, v in fields.items()}} if as_form else {"json": fields}))
    ).json()
    assert answer["generation_id"]
    assert answer["data"][0]["resolution"] == "1024x1024"
    assert answer["seed"] == answer["data"][0]["seed"]
    assert (await fetch(answer["data"][0]["url"])).content.startswith(PNG)


CUP = {"name": "cup.jpg", "data": picture("JPEG", 300, 200), "type": "image/jpeg"}


def form(field: str, count: int = 1, file: dict = CUP, **fields: object) -> dict:
    """A form with so many pictures."""
    plain = [(name, (None, str(value))) for name, value in {"prompt": "in blue", **fields}.items()]
    return {"files": plain + [(field, (file["name"], file["data"], file["type"]))] * count}


@pytest.mark.parametrize(
    ("path", "sent", "resolution"),
    [
        (REMIX, form("image", image_weight=70, aspect_ratio="16x9"), "1312x736"),
        (V3, form("style_reference_images", 2, aspect_ratio="3x2"), "1248x832"),
        (V45, form("images", 2, size="1024x1024", quality="low"), "1024x1024"),
    ],
)
async def test_each_way_of_showing_a_picture_is_taken(client, path, sent, resolution):
    answer = (await client.post(path, **sent)).json()
    assert answer["data"][0]["resolution"] == resolution
    [digests] = await shown(str(client.base_url))
    assert set(digests) == {sha256(CUP["data"]).hexdigest()}


async def test_a_drawing_goes_by_a_picture(client):
    answer = await client.post("/ideogram/v2/svg/generate/ideogram-vector-1", **form("images", aspect_ratio="1x1"))
    assert answer.json()["generation_id"]

    async def looked_at() -> list[str]:
        return (await shown(str(client.base_url)))[0]

    assert await until(looked_at) == [sha256(CUP["data"]).hexdigest()]


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        (REMIX, {"json": {"prompt": "in blue"}}),
        (REMIX, form("image", image_weight=0)),
        (REMIX, form("image", file=CUP | {"data": b"a cup"})),
        (V3, form("image")),
        (V45, form("images", size="1200x1200")),
        (V45, form("images", 11, size="1024x1024")),
    ],
)
async def test_a_picture_that_cannot_be_taken_is_a_bad_request(client, path, sent):
    assert (await client.post(path, **sent)).status_code == 400


async def test_an_asynchronous_generation_is_polled_until_it_is_done():
    async with serving(Config(latency=(10, 10), payload_bytes=30_000)) as address, client_of(address) as client:
        ident = (await client.post(V45, json={"prompt": "a fox", "quality": "low", "size": "1024x1024", "async": True})).json()[
            "generation_id"
        ]
        pending = done = (await client.get(f"/ideogram/v2/generations/{ident}")).json()
        put_forward(10)
        while done["status"] == "pending":
            await asyncio.sleep(0.01)
            done = (await client.get(f"/ideogram/v2/generations/{ident}")).json()
        assert set(pending) == {"generation_id", "status", "created"}
        assert pending["status"] == "pending"
        assert (done["status"], done["data"][0]["object_type"]) == ("completed", "image.generation")
        assert (await fetch(done["data"][0]["url"])).content.startswith(PNG)


async def test_a_declined_background_generation_says_failed(client):
    asked = {"prompt": "a fox [[fault:refusal/poll]]", "async": True}
    ident = (await client.post(V45, json=asked)).json()["generation_id"]
    answer = (await client.get(f"/ideogram/v2/generations/{ident}")).json()
    assert (answer["status"], answer["failure_reason"]) == ("failed", "content_policy_violation")


async def test_an_unknown_generation_is_not_found(client):
    assert (await client.get("/ideogram/v2/generations/nobody")).status_code == 404


async def test_a_dry_run_prices_and_makes_nothing(client):
    quote = (await client.post(f"{V45}?dry_run=true", json={"prompt": "a fox", "quality": "medium", "num_images": 2})).json()
    assert (quote["object"], quote["usd_micros"], quote["quantity"]) == ("price_quote", 120_000, 2)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (LEGACY, {"prompt": "no image_request"}),
        (LEGACY, legacy(prompt="  ")),
        (LEGACY, legacy(prompt="x" * 10_001)),
        (LEGACY, legacy(model="V_9")),
        (LEGACY, legacy(aspect_ratio="ASPECT_7_5")),
        (LEGACY, legacy(num_images=9)),
        (LEGACY, legacy(seed=-1)),
        (LEGACY, legacy(negative_prompt="blur")),
        (LEGACY, legacy(model="V_1_TURBO", style_type="DESIGN")),
        (LEGACY, legacy(resolution="RESOLUTION_1024_1024")),
        (LEGACY, legacy(model="V_2", resolution="RESOLUTION_1_1")),
        (LEGACY, legacy(model="V_2", resolution="RESOLUTION_1024_1024", aspect_ratio="ASPECT_1_1")),
        (LEGACY, legacy(quality="high")),
        (LEGACY, []),
        (V3, {"prompt": "a fox", "rendering_speed": "WARP"}),
        (V3, {"prompt": "a fox", "resolution": "1000x1000"}),
        (V3, {"prompt": "a fox", "resolution": "1024x1024", "aspect_ratio": "1x1"}),
        (V3, {"prompt": "a fox", "magic_prompt_option": "OFF"}),
        (V45, {"prompt": "a fox", "quality": "very_low"}),
        (V45, {"prompt": "a fox", "size": "100x100"}),
        (V45, {"prompt": "a fox", "text_prompt": "a fox"}),
        (V45, {"prompt": "a fox", "num_images": 9}),
    ],
)
async def test_it_rejects_what_the_vendor_rejects(client, path, body):
    answer = await client.post(path, json=body)
    assert answer.status_code == 400
    assert isinstance(answer.json()["error"], str)


@pytest.mark.parametrize("body", [b"{", b""])
async def test_a_body_that_is_not_json_is_a_bad_request(client, body):
    assert (await client.post(LEGACY, content=body, headers={"Content-Type": "application/json"})).status_code == 400


async def test_a_broken_form_is_a_bad_request(client):
    sent = {"content": b"--x\r\nnonsense", "headers": {"Content-Type": "multipart/form-data; boundary=x"}}
    assert (await client.post(V3, **sent)).status_code == 400


@pytest.mark.parametrize("key", ["", "wrong-key"])
@pytest.mark.parametrize("path", [LEGACY, V3, V45])
async def test_without_a_good_key_it_is_401(client, path, key):
    async with client_of(str(client.base_url), key) as other:
        answer = await other.post(path, json={"prompt": "a fox"})
    assert answer.status_code == 401
    assert answer.headers["x-simulated"] == "true"


async def test_ten_images_are_in_flight_and_the_eleventh_is_turned_away():
    async with serving(Config(latency=(10, 10), payload_bytes=30_000)) as address, client_of(address) as client:
        another = {"Api-Key": "another organisation"}
        asked = [client.post(LEGACY, json=legacy(num_images=4)) for _ in range(3)]
        answering = asyncio.gather(*asked, client.post(LEGACY, json=legacy(num_images=8), headers=another))
        await wait_for_calls(address, 4)
        put_forward(10)
        answers = await answering
        assert sorted(answer.status_code for answer in answers[:3]) == [200, 200, 429]
        assert answers[3].status_code == 200
        turned_away = next(answer.json() for answer in answers if answer.status_code == 429)
        assert (turned_away["reject_reason"], turned_away["max_inflight_requests"]) == ("inflight_limit", 10)
        last = asyncio.create_task(client.post(LEGACY, json=legacy(num_images=8)))
        await wait_for_calls(address, 5)
        put_forward(10)
        assert (await last).status_code == 200


async def test_a_caller_who_leaves_gives_the_places_back():
    async with serving(Config(latency=(30, 30), payload_bytes=30_000)) as address, client_of(address) as client:
        with pytest.raises(httpx.ReadTimeout):
            await client.post(LEGACY, json=legacy(num_images=8, prompt="a fox"), timeout=httpx.Timeout(30, read=0.2))

        async def has_left() -> bool:
            return [entry["outcome"] for entry in (await client.get("/_control/requests")).json()] == ["left"]

        await until(has_left)
        with pytest.raises(httpx.ReadTimeout):
            await client.post(LEGACY, json=legacy(num_images=8), timeout=httpx.Timeout(30, read=0.2))


async def test_a_link_dies_at_its_time_and_cannot_be_forged():
    async with (
        serving(Config(time_scale=0, payload_bytes=30_000, url_seconds=60)) as lasting,
        serving(Config(time_scale=0, payload_bytes=30_000, url_seconds=1)) as passing,
        httpx.AsyncClient(headers={"Api-Key": "any"}, timeout=30, verify=False) as client,
    ):
        url, brief = [(await client.post(at + LEGACY, json=legacy())).json()["data"][0]["url"] for at in (lasting, passing)]
        assert (await fetch(url)).status_code == 200
        assert (await fetch(url.replace("exp=", "exp=9"))).status_code == 403
        assert (await fetch(url.split("?")[0])).status_code == 403

        async def refused() -> int | None:
            status = (await fetch(brief)).status_code
            return status if status != 200 else None

        assert await until(refused) == 403
        assert time.time() >= int(httpx.URL(brief).params["exp"])
