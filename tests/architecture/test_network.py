"""No test talks to the outside world: ``tests.network`` stands guard over the whole run."""

import asyncio
import os
import socket

import aiohttp
import httpx
import pytest

from tests import network

ELSEWHERE = "192.0.2.1"  # an address set aside for documentation (RFC 5737)


def test_the_whole_run_is_guarded(request):
    assert request.config.pluginmanager.has_plugin(network.__name__), 'tests/conftest.py needs pytest_plugins = ["tests.network"]'


@pytest.mark.parametrize(("family", "host"), [(socket.AF_INET, ELSEWHERE), (socket.AF_INET6, "2001:db8::1")])
def test_a_connection_to_another_machine_is_refused(family, host):
    with socket.socket(family) as elsewhere, pytest.raises(network.ReachedOut, match=host):
        elsewhere.connect((host, 443))


def test_the_quiet_way_of_connecting_is_refused_too():
    with socket.socket() as elsewhere, pytest.raises(network.ReachedOut):
        elsewhere.connect_ex((ELSEWHERE, 443))


def test_a_datagram_to_another_machine_is_refused():
    with socket.socket(type=socket.SOCK_DGRAM) as elsewhere, pytest.raises(network.ReachedOut):
        elsewhere.sendto(b"hello", (ELSEWHERE, 53))


def test_nobody_is_asked_for_a_name():
    with pytest.raises(network.ReachedOut, match=r"where provider\.example is"):
        socket.getaddrinfo("provider.example", 443)


def test_what_cannot_be_a_name_is_answered_without_asking():
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("a b", 443)


def test_httpx_is_stopped():
    with httpx.Client(trust_env=False) as client, pytest.raises(network.ReachedOut):
        client.get("http://provider.example/")


@pytest.mark.parametrize("host", [ELSEWHERE, "provider.example"])
async def test_aiohttp_is_stopped(host):
    async with aiohttp.ClientSession() as session:
        with pytest.raises(network.ReachedOut):
            await session.get(f"http://{host}/")


async def test_asyncio_is_stopped():
    with pytest.raises(network.ReachedOut):
        await asyncio.open_connection(ELSEWHERE, 443)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_reached(host):
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection((host, server.getsockname()[1])):
        pass


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", "0.0.0.0", "localhost", "", None])
def test_this_machine_has_these_names(host):
    assert network.is_here(host)


@pytest.mark.parametrize("host", [ELSEWHERE, "10.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "fe80::1%eth0", "127.0.0.1.org"])
def test_another_machine_has_these_names(host):
    assert not network.is_here(host)


def test_a_unix_socket_is_no_network(tmp_path):
    path = str(tmp_path / "socket")
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(path)
        server.listen()
        client.connect(path)


def test_no_provider_could_be_billed(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-somebody-s-own")
    monkeypatch.setenv("IDEOGRAM_API_KEY_FILE", "/run/secrets/ideogram")
    monkeypatch.setenv("OPENAI_BASE_URL", "https://proxy.example/v1")
    network.forget_providers()
    assert [name for name in os.environ if name.startswith(("OPENAI", "IDEOGRAM"))] == []
