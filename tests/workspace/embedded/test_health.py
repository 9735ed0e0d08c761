import pytest

from workspace.embedded import probe
from workspace.embedded.valkey import free_port

pytestmark = pytest.mark.django_db


def test_it_is_well_while_database_and_cache_answer(client):
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


def test_it_names_what_does_not_answer(client, settings):
    cache = settings.CACHES["default"]
    settings.CACHES = {"default": cache | {"LOCATION": f"redis://127.0.0.1:{free_port()}/0"}}
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (503, b"no answer from: cache\n")


def test_it_changes_nothing(client):
    assert client.post("/health/").status_code == 405


def test_the_probe_asks_over_a_real_connection_by_an_allowed_name(live_server, settings):
    host, port = live_server.thread.host, live_server.thread.port
    assert probe.is_well(host, port, {"ALLOWED_HOSTS": "localhost,other.example"})
    assert not probe.is_well(host, port, {"ALLOWED_HOSTS": "stranger.example"})
    assert not probe.is_well("127.0.0.1", free_port(), {})
