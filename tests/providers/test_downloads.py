"""Hosted pictures: fetched carefully, because the address comes from outside."""

import gzip
import socket
from dataclasses import replace

import aiohttp
import pytest

from providers import addresses, errors
from providers.budget import ByteBudget
from providers.downloads import Downloader
from providers.exchange import Exchange
from providers.transport import Transport
from tests.providers.conftest import PATIENT
from tests.providers.elsewhere import session_to
from tests.providers.samples import picture

API = "https://api.example.com/v1"


async def fetch(transport, url, base):
    async with transport.download(url, base_url=base) as data:
        return data


async def test_a_picture_on_the_configured_origin_is_fetched(vendor, transport):
    vendor.answers("/1", picture())
    assert await fetch(transport, f"{vendor.url}/1?sig=x", f"{vendor.url}/ideogram") == picture()


async def test_a_relative_address_belongs_to_the_configured_origin(vendor, transport):
    vendor.answers("/files/1", picture())
    assert await fetch(transport, "/files/1", f"{vendor.url}/ideogram") == picture()


async def test_a_redirect_on_the_same_origin_is_followed(vendor, transport):
    vendor.answers("/1", status=302, location="/2")
    vendor.answers("/2", picture())
    assert await fetch(transport, f"{vendor.url}/1", vendor.url) == picture()


async def test_redirects_come_to_an_end(vendor, transport):
    vendor.answers("/1", status=302, location="/1")
    with pytest.raises(errors.BrokenAnswer, match="redirects too often"):
        await fetch(transport, f"{vendor.url}/1", vendor.url)
    assert len(vendor.seen) == PATIENT.redirects + 1


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/1",
        "http://169.254.169.254/latest/meta-data/",
        "https://user:pass@example.com/1",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "gopher://127.0.0.1/",
    ],
)
async def test_an_address_that_is_not_plain_https_is_refused(transport, url):
    with pytest.raises(errors.BrokenAnswer) as caught:
        await fetch(transport, url, API)
    assert caught.value.may_have_billed


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1", "0.0.0.0"])
async def test_a_private_address_is_refused_at_the_connection(transport, host, unused_tcp_port):
    with pytest.raises(errors.BrokenAnswer, match="private network"):
        await fetch(transport, f"https://{host}:{unused_tcp_port}/1", API)


async def test_a_redirect_into_a_private_network_is_refused(vendor, transport, unused_tcp_port):
    vendor.answers("/1", status=302, location=f"https://localhost:{unused_tcp_port}/")
    with pytest.raises(errors.BrokenAnswer, match="private network"):
        await fetch(transport, f"{vendor.url}/1", vendor.url)


async def test_a_redirect_to_another_port_of_our_own_machine_is_refused(vendor, transport, unused_tcp_port):
    vendor.answers("/1", status=302, location=f"http://127.0.0.1:{unused_tcp_port}/")
    with pytest.raises(errors.BrokenAnswer, match="must be https"):
        await fetch(transport, f"{vendor.url}/1", vendor.url)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
async def test_an_expired_address_is_asked_once(vendor, transport, status):
    vendor.answers("/1", status=status)
    with pytest.raises(errors.BrokenAnswer, match="expired"):
        await fetch(transport, f"{vendor.url}/1", vendor.url)
    assert len(vendor.seen) == 1


async def test_a_stumbling_server_is_asked_again(vendor, transport):
    vendor.answers("/1", status=503)
    with pytest.raises(errors.ProviderDown) as caught:
        await fetch(transport, f"{vendor.url}/1", vendor.url)
    assert caught.value.may_have_billed
    assert len(vendor.seen) == PATIENT.download_tries


async def test_a_picture_that_was_cut_off_is_fetched_again(vendor, transport):
    vendor.cuts_off("/1", picture()[:60], announced=1000, content_type="image/png")
    cut_off, tries = vendor.handlers["/1"], []

    async def second_time_whole(request):
        tries.append(request)
        if len(tries) > 1:
            vendor.answers("/1", picture())
            return await vendor.handlers["/1"](request)
        return await cut_off(request)

    vendor.handlers["/1"] = second_time_whole
    assert await fetch(transport, f"{vendor.url}/1", vendor.url) == picture()
    assert len(vendor.seen) == 2


async def test_a_picture_over_the_limit_is_not_read(vendor):
    vendor.answers("/1", picture())
    async with Transport(replace(PATIENT, image_bytes=100)) as transport:
        with pytest.raises(errors.BrokenAnswer, match="over the limit"):
            await fetch(transport, f"{vendor.url}/1", vendor.url)


async def test_a_picture_that_drips_is_given_up(vendor):
    vendor.drips("/1", b"x", 0.05)
    async with Transport(replace(PATIENT, download_seconds=0.3)) as transport:
        with pytest.raises(errors.TimedOut):
            await fetch(transport, f"{vendor.url}/1", vendor.url)


async def test_a_picture_that_breaks_off_is_broken(vendor, transport):
    vendor.cuts_off("/1", picture()[:500], len(picture()), "image/png")
    with pytest.raises(errors.BrokenAnswer, match="cut off"):
        await fetch(transport, f"{vendor.url}/1", vendor.url)


async def test_a_host_that_packs_pictures_unasked_is_unpacked_within_the_limits(vendor):
    vendor.answers("/1", gzip.compress(picture()), content_encoding="gzip")
    vendor.answers("/2", gzip.compress(bytes(10**7)), content_encoding="gzip")
    async with Transport(replace(PATIENT, image_bytes=10**6)) as transport:
        assert await fetch(transport, f"{vendor.url}/1", vendor.url) == picture()
        with pytest.raises(errors.BrokenAnswer, match="over the limit"):
            await fetch(transport, f"{vendor.url}/2", vendor.url)


async def test_the_bytes_are_held_until_the_picture_is_put_away(vendor, transport):
    vendor.answers("/1", picture())
    async with transport.download(f"{vendor.url}/1", base_url=vendor.url) as data:
        assert transport.budget.used == len(data)
    assert transport.budget.used == 0


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("not an address", False),
    ],
)
def test_what_counts_as_public(address, public):
    assert addresses.is_public(address) is public


def test_a_public_address_gets_its_socket():
    with addresses.public_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))) as made:
        assert made.family == socket.AF_INET


async def test_a_key_does_not_follow_a_redirect_to_another_host(vendor, tmp_path):
    vendor.answers("/1", status=302, location="https://files.example.com/2")
    vendor.answers("/2", picture())
    async with session_to(vendor, "files.example.com", tmp_path) as elsewhere, aiohttp.ClientSession() as session:
        exchange, guarded = (Exchange(each, PATIENT, ByteBudget(10**7)) for each in (session, elsewhere))
        own = {"Authorization": "Bearer key"}
        async with Downloader(exchange, guarded).fetch(f"{vendor.url}/1", vendor.url, own) as data:
            assert data == picture()
    assert [(seen.path, seen.headers.get("Authorization")) for seen in vendor.seen] == [("/1", "Bearer key"), ("/2", None)]
