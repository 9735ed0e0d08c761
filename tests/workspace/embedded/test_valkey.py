import socket
import stat
import subprocess
from contextlib import contextmanager

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from tests.processes import wait_until
from workspace.embedded.valkey import Valkey, free_port


@contextmanager
def running(server):
    server.prepare()
    process = subprocess.Popen(server.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        wait_until(server.is_ready)
        with redis.Redis.from_url(server.url) as client:
            yield client
    finally:
        process.terminate()
        process.communicate()


def test_it_keeps_what_it_holds_and_its_port(tmp_path):
    first = Valkey(tmp_path / "valkey")
    with running(first) as client:
        client.set("kept", "yes")
    second = Valkey(tmp_path / "valkey")
    with running(second) as client:
        assert client.get("kept") == b"yes"
        assert second.port == first.port


def test_nobody_comes_in_without_the_password(tmp_path):
    server = Valkey(tmp_path / "valkey")
    with (
        running(server),
        redis.Redis(port=server.port, retry=Retry(NoBackoff(), 0)) as stranger,
        pytest.raises(redis.AuthenticationError),
    ):
        stranger.ping()
    assert stat.S_IMODE((tmp_path / "valkey" / "valkey.conf").stat().st_mode) == 0o600


def test_it_takes_another_port_when_somebody_took_its_own(tmp_path):
    first = Valkey(tmp_path / "valkey")
    first.prepare()
    with socket.create_server(("127.0.0.1", first.port)):
        second = Valkey(tmp_path / "valkey")
        second.prepare()
    assert second.port != first.port


def test_it_never_forgets_by_itself(tmp_path):
    with running(Valkey(tmp_path / "valkey")) as client:
        found = client.config_get("maxmemory-policy") | client.config_get("append*")
    assert (found["maxmemory-policy"], found["appendonly"], found["appendfsync"]) == ("noeviction", "yes", "everysec")


def test_a_server_that_is_not_there_is_not_ready():
    assert not Valkey(folder=None, port=free_port()).is_ready()
