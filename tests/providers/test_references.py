"""A picture to go by: the contract of every adapter, tried on every model the simulator plays.

A reference such as the product hands on (PNG, JPEG or WebP, at most 2048 pixels a side and 4 MB) reaches the provider, as it is
or made to fit, or the frame says that it was left out; and what it shows stays out of the log.
"""

import traceback
from base64 import b64encode
from collections import defaultdict
from datetime import date
from functools import cache
from hashlib import sha256
from io import BytesIO

import pytest
from aiohttp import web
from PIL import Image

from providers import catalogue, errors
from providers.redaction import redact
from providers.simulator.config import Config
from providers.simulator.server import serving
from providers.types import ImageResult, Reference
from tests.providers.samples import picture
from tests.providers.simulated import asked, shown

TODAY = date(2026, 11, 22)
LIVE = (*catalogue.live(TODAY), *catalogue.retiring(TODAY))
TAKING = [model.id for model in LIVE if model.capabilities.reference]
NOT_TAKING = [model.id for model in LIVE if not model.capabilities.reference]
PHOTO = Reference(picture("JPEG", 600, 400), "image/jpeg")
MARK = b"what the designer has drawn"


@pytest.fixture
async def address():
    async with serving(Config(time_scale=0, payload_bytes=400_000, today=TODAY)) as address:
        yield address


@cache
def largest() -> Reference:
    """As much as may come: 2048 pixels square of noise, somewhat under 4 MB."""
    file = BytesIO()
    Image.effect_noise((2048, 2048), 90).convert("RGB").save(file, "JPEG", quality=86, subsampling=0)
    assert 3_000_000 < len(file.getvalue()) < 4_000_000
    return Reference(file.getvalue(), "image/jpeg")


async def sent(address: str) -> list[str]:
    """What all questions so far, in however many requests, brought along."""
    return [digest for request in await shown(address) for digest in request]


def left_out(result: ImageResult) -> bool:
    return any("used the prompt alone" in note for note in result.notes)


@pytest.mark.parametrize("model", TAKING)
async def test_a_model_that_takes_references_is_shown_this_one(address, model):
    [*_, result] = await asked(address, model, "a fox", reference=PHOTO)
    assert await sent(address) == [sha256(PHOTO.data).hexdigest()]
    assert not left_out(result)


@pytest.mark.parametrize("model", NOT_TAKING)
async def test_a_model_that_takes_none_is_shown_none_and_the_frame_says_so(address, model):
    [*_, result] = await asked(address, model, "a fox", reference=PHOTO)
    assert await sent(address) == []
    assert "This model does not take references. It used the prompt alone." in result.notes


@pytest.mark.parametrize("model", TAKING)
async def test_without_a_reference_nothing_is_said_of_it(address, model):
    [*_, result] = await asked(address, model, "a fox")
    assert await sent(address) == []
    assert not left_out(result)


@pytest.mark.parametrize("model", TAKING)
async def test_every_kind_of_file_arrives_and_the_largest(address, model):
    kinds = [Reference(picture(kind, 600, 400), f"image/{kind.lower()}") for kind in ("PNG", "WEBP")]
    for number, reference in enumerate([*kinds, largest()], start=1):
        [*_, result] = await asked(address, model, "a fox", reference=reference)
        assert len(await sent(address)) == number
        assert not left_out(result)


@pytest.mark.parametrize("model", TAKING)
async def test_an_odd_one_arrives_or_is_said_to_be_left_out(address, model):
    arrived = 0
    for size in [(1, 1), (40, 40), (2048, 300), (300, 2048)]:
        [*_, result] = await asked(address, model, "a fox", reference=Reference(picture("PNG", *size), "image/png"))
        arrived += not left_out(result)
        assert len(await sent(address)) == arrived, size


@pytest.mark.parametrize("model", TAKING)
async def test_a_provider_that_sends_it_back_does_not_spread_it(vendor, ask, caplog, model):
    """It comes back within what of an answer is worth a log line: as it lies in the request, in base64 or in bytes."""
    data = picture("JPEG", 600, 400, comment=MARK)
    encoded = b64encode(data)
    for status in (200, 400, 500):
        error = await _echoed(vendor, ask, model, data, status)
        said = caplog.text + "".join(traceback.format_exception(error)) + repr(error)
        assert MARK.decode() not in said
        assert not any(encoded[at : at + 32].decode() in said for at in range(0, len(encoded) - 32, 4))


async def _echoed(vendor, ask, model, data: bytes, status: int) -> errors.ProviderError:
    """What our side makes of a provider that answers with the picture it was sent."""
    encoded, echoed = b64encode(data), []

    async def echo(request: web.Request) -> web.Response:
        body = await request.read()
        if (begun := max(body.find(data[:12]), body.find(encoded[:16]))) >= 0:
            echoed.append(request.path)
        return web.Response(status=status, body=b"no: " + body[max(begun, 0) :])

    vendor.handlers = defaultdict(lambda: echo)
    quality = next(iter(catalogue.model(model).offers))
    with pytest.raises(errors.ProviderError) as caught:
        await ask(model, quality=quality, reference=Reference(data, "image/jpeg"))
    assert echoed
    return caught.value


@pytest.mark.parametrize("alphabet", [b"+/", b"-_"])
def test_base64_in_a_text_is_hidden_and_the_text_is_not(alphabet):
    encoded = b64encode(picture("JPEG", 64, 64), alphabet).decode()
    assert redact(f'bad "image": {encoded}, see the page') == 'bad "image": [hidden], see the page'
    escaped = encoded.replace("/", "\\/")
    assert redact(f"bad {escaped}") == "bad [hidden]"


def test_a_text_ends_where_it_stops_being_one():
    assert redact(f"not an image: {picture('JPEG', 64, 64).decode(errors='replace')}") == "not an image: [hidden]"


def test_a_digest_and_a_path_of_words_stay_readable():
    for text in (
        sha256(b"").hexdigest(),
        "/v2beta/stable-image/generate/sd3 was not found",
        "größer als 4\u202fMB, 画像が大きすぎます",
    ):
        assert redact(text) == text


def test_a_reference_shows_nothing_of_itself():
    assert repr(PHOTO) == "Reference(media_type='image/jpeg')"
