"""The simulator as a whole: its journal, its load-test options, and the process it runs in."""

import asyncio
import io
import json
import logging
import signal
import socket
import subprocess
import sys
import time
from base64 import b64decode

import httpx
import pytest
from PIL import Image

from providers.simulator.__main__ import arguments, config, main
from providers.simulator.config import Config
from providers.simulator.server import serving
from tests.processes import wait_until
from tests.providers.clock import put_forward
from tests.providers.simulated import wait_for_calls

HEADERS = {"Authorization": "Bearer secret-key-1234", "Api-Key": "secret-key-1234"}
OPENAI = "/openai/v1/images/generations"


def of(address: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=address, headers=HEADERS, timeout=30, verify=False)


def asked(prompt: str = "a fox", **fields) -> dict:
    return {"model": "gpt-image-2", "prompt": prompt, "quality": "low", **fields}


async def test_the_journal_proves_what_was_asked_and_how_it_ended(caplog):
    caplog.set_level(logging.INFO)
    async with serving(Config(time_scale=0, payload_bytes=30_000)) as address, of(address) as client:
        await client.post(OPENAI, json=asked())
        await client.post(OPENAI, json=asked(seed=5))
        await client.post(OPENAI, json=asked("a cat [[fault:server_error]]"))
        await client.get("/openai/v1/nowhere")
        entries = (await client.get("/_control/requests", params={"provider": "openai"})).json()
        assert [entry["outcome"] for entry in entries] == [
            "answered",
            "rejected:unknown_parameter",
            "fault:server_error",
            "rejected:404",
        ]
        assert [entry["status"] for entry in entries] == [200, 400, 500, 404]
        assert (entries[0]["model"], entries[0]["prompt"], entries[0]["method"], entries[0]["path"]) == (
            "gpt-image-2",
            "a fox",
            "POST",
            OPENAI,
        )
        await client.delete("/_control/requests")
        assert (await client.get("/_control/requests")).json() == []
    assert "secret-key" not in json.dumps(entries) + caplog.text


async def test_health_answers():
    async with serving(Config(payload_bytes=30_000)) as address, of(address) as client:
        assert (await client.get("/_control/health")).json() == {"ok": True}


@pytest.mark.parametrize("length", [30_000, 30_001, 1_000_000])
async def test_a_payload_is_a_sound_picture_of_exactly_that_length(length):
    async with serving(Config(time_scale=0, payload_bytes=length)) as address, of(address) as client:
        answers = [(await client.post(OPENAI, json=asked(f"a fox [[bench-{n}]]"))).json() for n in range(2)]
    first, second = (b64decode(answer["data"][0]["b64_json"]) for answer in answers)
    assert len(first) == len(second) == length
    assert first != second
    decoded = Image.open(io.BytesIO(first))
    decoded.load()
    assert decoded.size == (1024, 1024)


async def test_timings_name_the_marker_and_the_moment_of_the_last_byte(tmp_path):
    file = tmp_path / "timings.jsonl"
    async with serving(Config(time_scale=0, payload_bytes=30_000, timings=file)) as address, of(address) as client:
        before = time.time()
        await client.post(OPENAI, json=asked("a fox [[bench-17-3]]", stream=True, partial_images=1))
        made = await client.post("/ideogram/generate", json={"image_request": {"prompt": "a fox [[bench-17-4]]"}})
        await client.get(made.json()["data"][0]["url"])
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    told = [("bench-17-3", "preview"), ("bench-17-3", "answer"), ("bench-17-4", "answer"), ("bench-17-4", "image")]
    assert [(line["marker"], line["what"]) for line in lines] == told
    assert all(before <= line["epoch"] <= time.time() for line in lines)
    assert lines[0]["id"] == lines[1]["id"]


async def test_forty_callers_wait_side_by_side():
    async with serving(Config(latency=(10, 20), payload_bytes=30_000)) as address, of(address) as client:
        answers = asyncio.gather(*(client.post(OPENAI, json=asked(f"fox {n}")) for n in range(40)))
        await wait_for_calls(address, 40)
        put_forward(20)
        assert {answer.status_code for answer in await answers} == {200}


async def pictures_of(seed: int) -> list[bytes]:
    """Two drawn answers to one question."""
    async with serving(Config(time_scale=0, seed=seed, workers=0)) as address, of(address) as client:
        body = {"prompt": 'A badge saying "Launch 2024"', "rendering_speed": "TURBO", "aspect_ratio": "1x1"}
        urls = [(await client.post("/ideogram/v1/ideogram-v3/generate", json=body)).json()["data"][0]["url"] for _ in range(2)]
        return [(await client.get(url)).content for url in urls]


async def test_the_same_start_draws_the_same_pictures():
    first, again, other = await pictures_of(1), await pictures_of(1), await pictures_of(2)
    assert first == again
    assert first != other
    assert first[0] != first[1]


def test_options_become_the_configuration():
    given = [
        "--port",
        "0",
        "--time-scale",
        "0.05",
        "--latency",
        "2-6",
        "--today",
        "2026-12-01",
        "--payload-bytes",
        "5",
        "--in-flight",
        "0",
    ]
    made = config(arguments(given))
    assert (made.time_scale, made.latency, made.payload_bytes, made.in_flight) == (0.05, (2.0, 6.0), 5, 0)
    assert made.today.isoformat() == "2026-12-01"


def test_a_taken_port_is_one_plain_sentence(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["--port", str(taken.getsockname()[1])]) == 1
    assert "cannot listen on port" in capsys.readouterr().err


def request_that_hangs() -> bytes:
    body = json.dumps(asked("x [[fault:hang]]"))
    lines = [f"POST {OPENAI} HTTP/1.1", "Host: x", "Authorization: Bearer any", f"Content-Length: {len(body)}", "", body]
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_process_says_where_it_listens_and_stops_at_once(number):
    command = [sys.executable, "-m", "providers.simulator", "--port", "0", "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        said, _, address = process.stdout.readline().strip().rpartition(" ")
        assert said == "simulator listening on"
        with socket.create_connection(("127.0.0.1", httpx.URL(address).port)) as waiting:
            waiting.sendall(request_that_hangs())
            wait_until(lambda: httpx.get(f"{address}/_control/requests", verify=False).json())
            process.send_signal(number)
            assert process.wait(timeout=60) == 0
