"""Recraft through captured answers served over real HTTP."""

from decimal import Decimal

import pytest

from providers import errors, pictures
from providers.types import ImageResult, Quality, Reference, Size
from tests.providers.conftest import SECRET
from tests.providers.contract import Case
from tests.providers.drawings import svg
from tests.providers.multipart import fields, files
from tests.providers.samples import captured, encoded, picture

PATH, TRANSFORMATIONS = "/images/generations", "/images/imageToImage"
WIDE = Size(1344, 768)


def answers(vendor, data):
    vendor.answers(PATH, captured("recraft/picture", picture=encoded(data)))


def hosts(vendor, data):
    """Drawings lie behind an address."""
    vendor.answers("/img/1.png", data)
    vendor.answers(PATH, captured("recraft/hosted", url=f"{vendor.url}/img/1.png"))


CASES = (Case("recraft/v4.1", PATH, answers), Case("recraft/v4.1-vector", PATH, hosts))


async def test_the_answer_holds_the_picture_and_what_it_cost(vendor, ask):
    answers(vendor, picture(width=1344, height=768))
    [result] = await ask("recraft/v4.1", size=WIDE)
    wanted = ImageResult(
        picture(width=1344, height=768),
        "image/png",
        1344,
        768,
        final_prompt="final prompt",
        request_id="5e1c2f0a-7d2b-4c55-9a51-0f6f7f0f3c11",
        cost_usd=Decimal("0.035"),
    )
    assert result == wanted


@pytest.mark.parametrize(
    ("model", "extra", "body"),
    [
        ("recraft/v4.1", {"seed": 7, "negative_prompt": "handles"}, {"model": "recraftv4_1", "random_seed": 7}),
        ("recraft/v4.1-flash", {}, {"model": "recraftv4_1_flash"}),
        (
            "recraft/v4.1-pro",
            {"size": Size(2688, 1536), "quality": Quality.HD},
            {"model": "recraftv4_1_pro", "size": "2688x1536"},
        ),
        ("recraft/v4", {"seed": 2**32}, {"model": "recraftv4"}),
        (
            "recraft/v3",
            {"seed": 0, "negative_prompt": "handles"},
            {"model": "recraftv3", "random_seed": 0, "negative_prompt": "handles"},
        ),
    ],
)
async def test_only_what_the_model_takes_is_sent(vendor, ask, model, extra, body):
    answers(vendor, picture())
    await ask(model, **{"size": WIDE, **extra})
    common = {"prompt": "a cup", "n": 1, "size": "1344x768", "response_format": "b64_json", "image_format": "png"}
    assert vendor.seen[0].json == common | body
    assert vendor.seen[0].headers["Authorization"] == f"Bearer {SECRET}"


@pytest.mark.parametrize(
    ("model", "extra", "body"),
    [
        ("recraft/v4.1", {"seed": 7}, {"model": "recraftv4_1", "random_seed": "7"}),
        ("recraft/v3", {"negative_prompt": "handles"}, {"model": "recraftv3", "negative_prompt": "handles"}),
    ],
)
async def test_a_reference_is_transformed_and_gives_its_own_size(vendor, ask, model, extra, body):
    vendor.answers(TRANSFORMATIONS, captured("recraft/picture", picture=encoded(picture(width=300, height=400))))
    [result] = await ask(model, size=WIDE, reference=Reference(picture("WEBP"), "image/webp"), **extra)
    common = {"prompt": "a cup", "n": "1", "response_format": "b64_json", "image_format": "png", "strength": "0.5"}
    assert fields(vendor.seen[0]) == common | body
    assert files(vendor.seen[0]) == [("image", "reference.webp", "image/webp", picture("WEBP"))]
    assert result.notes == ("The provider sent 300×400 instead of 1344×768.",)


async def test_a_model_that_draws_vectors_draws_them_from_a_reference_as_well(vendor, ask):
    vendor.answers("/img/1.png", svg())
    vendor.answers(TRANSFORMATIONS, captured("recraft/hosted", url=f"{vendor.url}/img/1.png"))
    [result] = await ask("recraft/v4-vector", reference=Reference(picture("JPEG"), "image/jpeg"))
    assert fields(vendor.seen[0])["response_format"] == "url"
    assert result.media_type == "image/svg+xml"


async def test_a_reference_below_the_least_size_is_sent_larger(vendor, ask):
    vendor.answers(TRANSFORMATIONS, captured("recraft/picture", picture=encoded(picture())))
    await ask("recraft/v4.1", reference=Reference(picture(width=100, height=200), "image/png"))
    [(_, _, media_type, data)] = files(vendor.seen[0])
    sent = pictures.inspect(data)
    assert (sent.media_type, sent.width, sent.height) == (media_type, 256, 512)


async def test_what_was_dropped_is_said(vendor, ask):
    answers(vendor, picture())
    [result] = await ask("recraft/v4.1", negative_prompt="handles")
    assert result.notes == ("This model takes no negative prompt. It used the prompt alone.",)


@pytest.mark.parametrize("credits", [None, -1, 2.5, "80", True, 10**9])
async def test_a_cost_that_makes_no_sense_is_not_believed(vendor, ask, credits):
    vendor.answers(PATH, captured("recraft/picture", picture=encoded(picture())) | {"credits": credits})
    [result] = await ask("recraft/v4.1")
    assert result.cost_usd is None


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, "invalid", errors.InvalidRequest),
        (400, "moderated", errors.Refused),
        (422, "moderated", errors.Refused),
        (400, "not_enough_credits", errors.OutOfQuota),
        (402, "not_enough_credits", errors.OutOfQuota),
        (403, "invalid", errors.NoAccess),
        (403, "moderated", errors.Refused),
        (429, "invalid", errors.RateLimited),
        (500, "moderated", errors.ProviderDown),
        (401, b"request unauthorized", errors.BadKey),
        (404, b"404 page not found", errors.ModelGone),
        (400, b"your prompt was flagged as NSFW", errors.Refused),
        (400, b"\xff\xfe", errors.InvalidRequest),
        (500, b"internal server error", errors.ProviderDown),
    ],
    ids=str,
)
async def test_each_error_has_its_meaning_in_json_and_in_plain_words(vendor, ask, status, body, kind):
    said = body if isinstance(body, bytes) else captured(f"recraft/{body}")
    vendor.answers(PATH, said, status=status, content_type="text/plain" if isinstance(body, bytes) else "application/json")
    with pytest.raises(errors.ProviderError) as caught:
        await ask("recraft/v4.1")
    assert isinstance(caught.value, kind)
    assert not caught.value.may_have_billed


@pytest.mark.parametrize(
    "body",
    [
        captured("recraft/empty"),
        {"data": [{"image_id": "x"}]},
        {"data": [{"b64_json": ""}]},
        {"data": [{"b64_json": 7}]},
        {"data": [{"b64_json": "!!!"}]},
        captured("recraft/hosted", url=""),
        {},
        b"not json",
        b"",
    ],
    ids=str,
)
async def test_a_success_without_a_picture_is_broken(vendor, ask, body):
    vendor.answers(PATH, body)
    with pytest.raises(errors.BrokenAnswer) as caught:
        await ask("recraft/v4.1")
    assert caught.value.may_have_billed


async def test_a_quality_it_does_not_sell_is_not_asked_for(vendor, ask):
    with pytest.raises(errors.InvalidRequest):
        await ask("recraft/v4.1", quality=Quality.HD)
    assert vendor.seen == []
