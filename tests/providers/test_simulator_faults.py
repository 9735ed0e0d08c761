"""Every way to fail, at every vendor it can show at."""

import asyncio
import io
from base64 import b64decode

import httpx
import pytest
from PIL import Image

from providers.simulator.config import Config
from providers.simulator.faults import FaultKind
from providers.simulator.server import serving

OPENAI, IDEOGRAM, A1111 = "/openai/v1/images/generations", "/ideogram/generate", "/a1111/sdapi/v1/txt2img"
HEADERS = {"Authorization": "Bearer any", "Api-Key": "any"}
MEGABYTE = 1024 * 1024


@pytest.fixture
async def client():
    async with (
        serving(Config(time_scale=0, payload_bytes=30_000)) as address,
        httpx.AsyncClient(base_url=address, headers=HEADERS, verify=False) as client,
    ):
        yield client


async def ask(client: httpx.AsyncClient, path: str, prompt: str, **fields) -> httpx.Response:
    body = {"prompt": prompt, **fields}
    if path == OPENAI:
        body = {"model": "gpt-image-2", **body}
    if path == IDEOGRAM:
        body = {"image_request": {"model": "V_2A_TURBO", **body}}
    return await client.post(path, json=body)


async def picture(client: httpx.AsyncClient, path: str, fault: FaultKind | str) -> bytes:
    """The bytes a client would take for the picture."""
    answer = (await ask(client, path, f"a fox [[fault:{fault}]]")).json()
    if path == IDEOGRAM:
        return (await client.get(answer["data"][0]["url"])).content
    return b64decode(answer["data"][0]["b64_json"] if path == OPENAI else answer["images"][0])


STATUSES = [
    # kind, OpenAI, Ideogram, AUTOMATIC1111
    (FaultKind.UNAUTHORIZED, 401, 401, 401),
    (FaultKind.NO_ACCESS, 403, 403, 403),
    (FaultKind.OUT_OF_QUOTA, 429, 402, 500),
    (FaultKind.RATE_LIMITED, 429, 429, 429),
    (FaultKind.SERVER_ERROR, 500, 500, 500),
    (FaultKind.UNAVAILABLE, 503, 503, 503),
    (FaultKind.INVALID_REQUEST, 400, 400, 422),
    (FaultKind.MODEL_GONE, 404, 404, 500),
    (FaultKind.REFUSAL, 400, 422, 403),
]


@pytest.mark.parametrize(
    ("kind", "path", "status"),
    [(kind, *pair) for kind, *s in STATUSES for pair in zip((OPENAI, IDEOGRAM, A1111), s, strict=True)],
)
async def test_errors_have_each_vendors_status(client, kind, path, status):
    answer = await ask(client, path, f"a fox [[fault:{kind}]]")
    assert answer.status_code == status
    assert answer.headers["x-simulated"] == "true"
    assert answer.headers["content-type"].startswith("application/json")


async def test_errors_have_each_vendors_codes(client):
    quota = (await ask(client, OPENAI, "[[fault:out_of_quota]] x")).json()["error"]
    blocked = (await ask(client, OPENAI, "[[fault:refusal]] x")).json()["error"]
    limited = await ask(client, OPENAI, "[[fault:rate_limited=7]] x")
    funds = (await ask(client, IDEOGRAM, "[[fault:out_of_quota]] x")).json()
    assert quota["code"] == "insufficient_quota"
    assert (blocked["code"], blocked["type"]) == ("moderation_blocked", "image_generation_user_error")
    assert (limited.json()["error"]["code"], limited.headers["retry-after"]) == ("rate_limit_exceeded", "7")
    assert funds["reject_reason"] == "insufficient_funds"


@pytest.mark.parametrize("path", [OPENAI, IDEOGRAM, A1111])
async def test_hang_never_answers(client, path):
    client.timeout = httpx.Timeout(30, read=0.2)
    with pytest.raises(httpx.ReadTimeout):
        await ask(client, path, "a fox [[fault:hang]]")


@pytest.mark.parametrize("path", [OPENAI, IDEOGRAM, A1111])
async def test_drop_closes_the_connection(client, path):
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        await ask(client, path, "a fox [[fault:drop]]")


@pytest.mark.parametrize("path", [OPENAI, IDEOGRAM, A1111])
async def test_cut_off_stops_half_way(client, path):
    with pytest.raises(httpx.RemoteProtocolError):
        await ask(client, path, "a fox [[fault:cut_off]]")


@pytest.mark.parametrize("path", [OPENAI, IDEOGRAM, A1111])
async def test_wrong_type_is_a_page_of_html(client, path):
    answer = await ask(client, path, "a fox [[fault:wrong_type]]")
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, "text/html")


@pytest.mark.parametrize("path", [OPENAI, IDEOGRAM, A1111])
async def test_empty_is_a_success_without_a_body(client, path):
    answer = await ask(client, path, "a fox [[fault:empty]]")
    assert (answer.status_code, answer.content) == (200, b"")


async def test_slow_answers_late():
    async with (
        serving(Config(time_scale=0.1, latency=(0, 0), payload_bytes=30_000)) as address,
        httpx.AsyncClient(base_url=address, headers=HEADERS, verify=False) as client,
    ):
        clock = asyncio.get_running_loop().time
        begun = clock()
        assert (await ask(client, OPENAI, "a fox [[fault:slow=4]]")).status_code == 200
        assert 0.4 <= clock() - begun < 4


async def test_no_picture_is_a_success_without_one(client):
    assert (await ask(client, OPENAI, "[[fault:no_picture]] x")).json()["data"] == []
    assert (await ask(client, IDEOGRAM, "[[fault:no_picture]] x")).json()["data"][0]["url"] is None
    assert (await ask(client, A1111, "[[fault:no_picture]] x")).json()["images"] == []


async def test_withheld_is_ideograms_unsafe_picture(client):
    item = (await ask(client, IDEOGRAM, "[[fault:withheld]] x")).json()["data"][0]
    assert (item["is_image_safe"], item["url"]) == (False, None)


async def test_an_expired_url_is_dead_on_arrival(client):
    url = (await ask(client, IDEOGRAM, "[[fault:expired_url]] x")).json()["data"][0]["url"]
    assert (await client.get(url)).status_code == 403


@pytest.mark.parametrize("path", [OPENAI, IDEOGRAM, A1111])
async def test_a_text_comes_in_place_of_the_picture(client, path):
    assert (await picture(client, path, FaultKind.TEXT_AS_IMAGE)).decode().startswith("This was meant")


@pytest.mark.parametrize("path", [OPENAI, IDEOGRAM, A1111])
async def test_an_svg_with_a_script_comes_in_place_of_the_picture(client, path):
    assert b"<script>" in await picture(client, path, FaultKind.SVG_WITH_SCRIPT)


async def test_the_bomb_is_sixty_megapixels_in_a_few_kilobytes(client):
    data = await picture(client, IDEOGRAM, FaultKind.OVERSIZED)
    width, height = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    assert len(data) < 20_000
    assert 60_000_000 <= width * height < 60_100_000


async def test_the_huge_body_is_longer_than_any_limit(client):
    assert len(await picture(client, IDEOGRAM, FaultKind.HUGE)) == 48 * MEGABYTE


async def test_the_broken_picture_opens_and_does_not_decode(client):
    data = await picture(client, OPENAI, FaultKind.BROKEN_PICTURE)
    assert data.endswith(b"IEND\xaeB`\x82")
    broken = Image.open(io.BytesIO(data))
    assert broken.size == (1024, 1024)
    with pytest.raises(OSError, match="broken"):
        broken.load()


@pytest.mark.parametrize(
    ("kind", "ending"),
    [(FaultKind.CUT_OFF, None), (FaultKind.NO_PICTURE, ""), (FaultKind.EMPTY, ""), (FaultKind.WRONG_TYPE, "</html>\n")],
)
async def test_a_stream_fails_in_its_own_ways(client, kind, ending):
    asked = ask(client, OPENAI, f"a fox [[fault:{kind}]]", stream=True)
    if ending is None:
        with pytest.raises(httpx.RemoteProtocolError):
            await asked
    else:
        answer = await asked
        assert answer.status_code == 200
        assert "image_generation.completed" not in answer.text
        assert answer.text.endswith(ending)


@pytest.mark.parametrize(("kind", "status"), [("server_error", 500), ("unavailable", 503), ("empty", 200), ("wrong_type", 200)])
async def test_a_fault_can_wait_for_the_download(client, kind, status):
    url = (await ask(client, IDEOGRAM, f"a fox [[fault:{kind}/image]]")).json()["data"][0]["url"]
    answer = await client.get(url)
    assert answer.status_code == status
    assert not answer.content.startswith(b"\x89PNG")


async def test_a_download_can_be_cut_off_once(client):
    url = (await ask(client, IDEOGRAM, "a fox [[fault:cut_off*1/image]]")).json()["data"][0]["url"]
    with pytest.raises(httpx.RemoteProtocolError):
        await client.get(url)
    assert (await client.get(url)).content.startswith(b"\x89PNG")


async def test_a_marker_may_name_one_model_and_a_number_of_times(client):
    prompt = "a fox [[fault:server_error*1@V_2A_TURBO]]"
    statuses = [(await ask(client, IDEOGRAM, prompt)).status_code for _ in range(2)]
    assert statuses == [500, 200]
    assert (await ask(client, OPENAI, prompt)).status_code == 200


async def test_an_unknown_kind_in_a_marker_does_not_pass_unseen(client):
    assert (await ask(client, OPENAI, "a fox [[fault:hiccup]]")).status_code == 500


@pytest.mark.parametrize("model", ["V_2A_TURBO", "ideogram/v2a-turbo", "/generate", "/ideogram/generate", "*"])
async def test_a_fault_is_ordered_by_model_path_or_for_all(client, model):
    told = await client.post(
        "/_control/faults", json={"kind": "server_error", "provider": "ideogram", "model": model, "times": 1}
    )
    assert told.status_code == 201
    assert (await ask(client, OPENAI, "a fox")).status_code == 200
    assert [(await ask(client, IDEOGRAM, "a fox")).status_code for _ in range(2)] == [500, 200]


async def test_faults_are_taken_back(client):
    await client.post("/_control/faults", json={"kind": "server_error"})
    assert (await ask(client, OPENAI, "a fox")).status_code == 500
    await client.delete("/_control/faults")
    assert (await ask(client, OPENAI, "a fox")).status_code == 200


@pytest.mark.parametrize(
    "told", [{}, [], {"kind": "hiccup"}, {"kind": "slow", "seconds": "soon"}, {"kind": "slow", "at": "home"}]
)
async def test_what_is_no_fault_is_not_taken(client, told):
    assert (await client.post("/_control/faults", json=told)).status_code == 400
