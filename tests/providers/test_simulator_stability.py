"""Stability AI's wire format as its pages describe it (there is no client for v2beta), then our adapter with every fault."""

from base64 import b64decode
from hashlib import sha256

import httpx
import pytest

from providers import errors
from providers.simulator.config import Config
from providers.simulator.server import serving
from tests.providers.samples import picture
from tests.providers.simulated import BAD_PICTURES, asked, shown

PNG = b"\x89PNG\r\n\x1a\n"
PATH = "/stability/v2beta/stable-image/generate/"


def client_of(address: str, key: str = "any") -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=address + PATH, headers={"Authorization": f"Bearer {key}"}, timeout=20, verify=False)


@pytest.fixture
async def address():
    async with serving(Config(time_scale=0, payload_bytes=400_000)) as address:
        yield address


@pytest.fixture
async def client(address):
    async with client_of(address) as client:
        yield client


def form(**fields: object) -> dict:
    """A form without files, as httpx is made to send one."""
    return {"files": {name: (None, str(value)) for name, value in {"prompt": "a fox", **fields}.items()}}


async def test_bytes_come_with_headers_that_tell_the_rest(client):
    answer = await client.post("core", **form(seed=7, aspect_ratio="16:9"), headers={"Accept": "image/*"})
    assert answer.content.startswith(PNG)
    assert int.from_bytes(answer.content[16:20]) == 1632
    told = (answer.headers["content-type"], answer.headers["finish-reason"], answer.headers["seed"])
    assert told == ("image/png", "SUCCESS", "7")
    assert answer.headers["x-request-id"]


async def test_json_holds_the_picture_as_base64(client):
    answer = (await client.post("sd3", **form(model="sd3.5-medium"), headers={"Accept": "application/json"})).json()
    assert b64decode(answer["image"]).startswith(PNG)
    assert answer["finish_reason"] == "SUCCESS"
    assert answer["seed"] >= 0


@pytest.mark.parametrize("accept", ["image/*", "application/json"])
async def test_a_filtered_picture_is_a_success_that_only_the_reason_gives_away(client, accept):
    answer = await client.post("ultra", **form(prompt="a fox [[fault:withheld]]"), headers={"Accept": accept})
    assert answer.status_code == 200
    reason = answer.headers.get("finish-reason") or answer.json()["finish_reason"]
    assert reason == "CONTENT_FILTERED"


@pytest.mark.parametrize(
    ("endpoint", "sent"),
    [
        ("core", form(prompt="")),
        ("core", form(prompt="x" * 10_001)),
        ("core", form(aspect_ratio="4:3")),
        ("core", form(seed=-1)),
        ("core", form(seed=4_294_967_295)),
        ("core", form(output_format="gif")),
        ("core", form(model="sd3.5-large")),
        ("sd3", form(model="sd3-large")),
        ("sd3", form(model="sd3.5-large-turbo", negative_prompt="blur")),
        ("core", form() | {"headers": {"Accept": "text/plain"}}),
        ("core", {"json": {"prompt": "a fox"}}),
        ("core", {"data": {"prompt": "a fox"}}),
    ],
    ids=str,
)
async def test_it_rejects_what_the_vendor_rejects(client, endpoint, sent):
    answer = await client.post(endpoint, **sent)
    assert answer.status_code == 400
    assert set(answer.json()) == {"id", "name", "errors"}


CUP = {"image": ("cup.jpg", picture("JPEG", 600, 300), "image/jpeg")}
STARTING = {"mode": "image-to-image", "strength": 0.7}


async def test_3_5_starts_from_a_picture_and_keeps_its_shape(address, client):
    answer = await client.post("sd3", files=form(**STARTING)["files"] | CUP)
    assert (int.from_bytes(answer.content[16:20]), int.from_bytes(answer.content[20:24])) == (1344, 768)
    assert await shown(address) == [[sha256(CUP["image"][1]).hexdigest()]]


async def test_ultra_starts_from_a_picture_and_keeps_the_shape_asked_for(client):
    answer = await client.post("ultra", files=form(strength=0.5, aspect_ratio="1:1")["files"] | CUP)
    assert (int.from_bytes(answer.content[16:20]), int.from_bytes(answer.content[20:24])) == (1024, 1024)


@pytest.mark.parametrize(
    ("endpoint", "fields", "files"),
    [
        ("sd3", STARTING, {}),
        ("sd3", {"mode": "image-to-image"}, CUP),
        ("sd3", {"strength": 0.7}, CUP),
        ("sd3", STARTING | {"strength": 1.5}, CUP),
        ("sd3", STARTING | {"strength": "much"}, CUP),
        ("sd3", STARTING | {"aspect_ratio": "1:1"}, CUP),
        ("sd3", {"mode": "video"}, {}),
        ("sd3", STARTING, {"image": ("cup.png", b"a cup", "image/png")}),
        ("ultra", {}, CUP),
        ("ultra", {"strength": 0.5}, {}),
        ("core", {"strength": 0.5}, CUP),
    ],
    ids=str,
)
async def test_a_picture_goes_with_its_strength_and_mode_alone(client, endpoint, fields, files):
    answer = await client.post(endpoint, files=form(**fields)["files"] | files)
    assert (answer.status_code, answer.json()["name"]) == (400, "bad_request")


async def test_a_wrong_key_and_an_unknown_endpoint_are_told(address, client):
    async with client_of(address, "wrong-key") as other:
        assert (await other.post("core", **form())).status_code == 401
    assert (await client.post("sd4", **form())).status_code == 404


async def test_the_account_can_be_asked(address):
    async with httpx.AsyncClient(base_url=address, headers={"Authorization": "Bearer any"}, verify=False) as client:
        assert (await client.get("/stability/v1/user/balance")).json()["credits"] > 0


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
        ("withheld", errors.Refused),
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
        await asked(address, "stability/sd3.5-large", f"a fox [[fault:{fault}]]")
    assert isinstance(caught.value, kind)


async def test_the_adapter_sends_the_seed_and_reads_it_back(address):
    [result] = await asked(address, "stability/core", "a fox", seed=7)
    assert (result.seed, bool(result.request_id)) == (7, True)
