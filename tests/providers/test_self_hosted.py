"""Servers of one's own: what their configured address says."""

import pytest

from providers import self_hosted
from providers.errors import BrokenAnswer, ConnectionFailed
from providers.self_hosted import Server
from providers.types import Access


@pytest.mark.parametrize(
    ("address", "base", "model"),
    [
        ("http://gpu:7860", "http://gpu:7860", ""),
        ("http://gpu:7860/?model=a%20b", "http://gpu:7860", "a b"),
        ("https://proxy.example/sd/?model=x#y", "https://proxy.example/sd", "x"),
    ],
)
def test_an_address_may_name_a_model(address, base, model):
    server = Server.of(Access(address, ""))
    assert (server.base_url, server.model) == (base, model)


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("http://gpu:8080", "http://gpu:8080/v1"),
        ("http://gpu:8080/v1", "http://gpu:8080/v1"),
        ("http://gpu/x/v2", "http://gpu/x/v2"),
    ],
)
def test_a_path_is_put_behind_an_address_that_has_none(address, base):
    assert Server.of(Access(address, ""), path="/v1").base_url == base


def test_an_address_that_is_none_is_said():
    with pytest.raises(ConnectionFailed, match="cannot be read"):
        Server.of(Access("http://[::1", ""))


def test_nobody_reads_a_password_from_a_repr():
    assert "dXNlcjpw" not in repr(Server.of(Access("http://gpu:7860", "user:password")))


def test_an_own_address_keeps_its_query():
    assert self_hosted.own_address("http://127.0.0.1:1/a?b=c#d", "http://gpu:8080/v1") == "http://gpu:8080/a?b=c"


def test_an_own_address_stays_on_its_server_however_it_is_written():
    assert self_hosted.own_address("http://localhost:1//elsewhere/a", "http://gpu:8080/v1") == "http://gpu:8080//elsewhere/a"


@pytest.mark.parametrize(
    "url", ["https://gpu:8080/a", "http://gpu:8081/a", "http://user@elsewhere/a", "data:image/png;base64,AA"]
)
def test_another_origin_is_not_its_own(url):
    with pytest.raises(BrokenAnswer):
        self_hosted.own_address(url, "http://gpu:8080/v1")


@pytest.mark.parametrize("detail", [None, "no", [], [7], [{"loc": []}], [{"loc": [1, 2]}]])
def test_odd_details_name_no_field(detail):
    assert self_hosted.rejected_field({"detail": detail}) is None
