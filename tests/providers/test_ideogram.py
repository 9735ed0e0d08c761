"""Ideogram's three generations of one API, through captured answers served over real HTTP."""

from decimal import Decimal

import pytest

from providers import errors
from providers.adapters import ideogram
from providers.types import ImageResult, Quality, Reference, Size
from tests.providers.conftest import SECRET
from tests.providers.contract import Case
from tests.providers.drawings import svg
from tests.providers.multipart import fields, files
from tests.providers.samples import captured, picture

LEGACY, V3, V45 = "/generate", "/v1/ideogram-v3/generate", "/v2/image/generate/ideogram-4-5"
SVG = "/v2/svg/generate/ideogram-vector-1"
WIDE = Size(1312, 736)


def answer(vendor, data):
    """All three generations answer alike, with an address."""
    vendor.answers("/pictures/1", data)
    for path in (LEGACY, V3, V45):
        vendor.answers(path, captured("ideogram/legacy", url=f"{vendor.url}/pictures/1"))


def draws(vendor, data):
    """A drawing is a job."""
    vendor.answers("/pictures/1", data)
    vendor.answers(SVG, captured("ideogram/submitted"))
    vendor.answers("/v2/generations/gen_v1", captured("ideogram/drawn", url=f"{vendor.url}/pictures/1"))


CASES = (
    Case("ideogram/v_2a_turbo", LEGACY, answer, lambda seen: seen.json["image_request"]["prompt"]),
    Case("ideogram/v3", V3, answer),
    Case("ideogram/4.5", V45, answer),
    Case("ideogram/vector-1", SVG, draws, lambda seen: seen.body.decode().split("\r\n")[3]),
)


@pytest.fixture
def hosted(vendor):
    """The address of a picture on the vendor's own host."""
    vendor.answers("/pictures/1", picture(width=1312, height=736), content_type="text/plain")
    return f"{vendor.url}/pictures/1?exp=1&sig=abcdef"


async def test_it_downloads_the_picture_at_once(vendor, ask, hosted):
    vendor.answers(LEGACY, captured("ideogram/legacy", url=hosted))
    [result] = await ask("ideogram/v_2a_turbo", size=WIDE)
    wanted = ImageResult(picture(width=1312, height=736), "image/png", 1312, 736, seed=7, final_prompt="final prompt")
    assert result == wanted


async def test_the_key_is_sent_with_the_question_but_not_with_the_download(vendor, ask, hosted):
    vendor.answers(LEGACY, captured("ideogram/legacy", url=hosted))
    await ask("ideogram/v_2a_turbo", size=WIDE)
    question, download = vendor.seen
    assert question.headers["Api-Key"] == SECRET
    assert SECRET not in str(download.headers)


@pytest.mark.parametrize(
    ("model", "extra", "body"),
    [
        (
            "ideogram/v_1_turbo",
            {"seed": 7, "negative_prompt": "handles"},
            {"model": "V_1_TURBO", "seed": 7, "negative_prompt": "handles"},
        ),
        ("ideogram/v_2a_turbo", {"seed": 7, "negative_prompt": "handles"}, {"model": "V_2A_TURBO", "seed": 7}),
        ("ideogram/v_2a", {"seed": 2**31}, {"model": "V_2A"}),
    ],
)
async def test_legacy_models_are_asked_inside_image_request(vendor, ask, hosted, model, extra, body):
    vendor.answers(LEGACY, captured("ideogram/legacy", url=hosted))
    await ask(model, size=WIDE, **extra)
    common = {"prompt": "a cup", "aspect_ratio": "ASPECT_16_9", "magic_prompt_option": "OFF", "num_images": 1}
    assert vendor.seen[0].json == {"image_request": common | body}


@pytest.mark.parametrize(("quality", "speed"), [(Quality.DRAFT, "TURBO"), (Quality.STANDARD, "DEFAULT"), (Quality.HD, "QUALITY")])
async def test_version_3_turns_quality_into_rendering_speed(vendor, ask, hosted, quality, speed):
    vendor.answers(V3, captured("ideogram/legacy", url=hosted))
    await ask("ideogram/v3", size=WIDE, quality=quality)
    wanted = {"prompt": "a cup", "aspect_ratio": "16x9", "magic_prompt": "OFF", "num_images": 1, "rendering_speed": speed}
    assert vendor.seen[0].json == wanted


async def test_version_4_5_asks_for_pixels_and_says_what_it_cost(vendor, ask):
    vendor.answers("/pictures/2", picture("WEBP", 2048, 2048))
    vendor.answers(V45, captured("ideogram/v2", url=f"{vendor.url}/pictures/2"))
    [result] = await ask("ideogram/4.5", size=Size(2048, 2048), quality=Quality.STANDARD)
    assert (result.media_type, result.request_id, result.seed) == ("image/webp", "gen_8x4", 12)
    assert result.cost_usd == Decimal("0.06")
    wanted = {"prompt": "a cup", "size": "2048x2048", "magic_prompt": "off", "num_images": 1, "quality": "medium"}
    assert vendor.seen[0].json == wanted


@pytest.mark.parametrize(
    ("model", "path", "name", "body"),
    [
        ("ideogram/v3", "/v1/ideogram-v3/remix", "image", {"magic_prompt": "OFF", "rendering_speed": "DEFAULT"}),
        ("ideogram/4.5", V45, "images", {"magic_prompt": "off", "quality": "medium"}),
    ],
)
async def test_a_reference_makes_a_form_of_it(vendor, ask, hosted, model, path, name, body):
    vendor.answers(path, captured("ideogram/legacy", url=hosted))
    await ask(model, seed=7, reference=Reference(picture("JPEG"), "image/jpeg"))
    shape = {"size": "1024x1024"} if name == "images" else {"aspect_ratio": "1x1"}
    assert fields(vendor.seen[0]) == {"prompt": "a cup", "num_images": "1", "seed": "7"} | shape | body
    assert files(vendor.seen[0]) == [(name, "reference.jpg", "image/jpeg", picture("JPEG"))]


async def test_a_drawing_goes_by_a_reference_and_a_job_that_is_resumed_is_not_shown_it_again(vendor, ask):
    draws(vendor, svg())
    reference = Reference(picture(), "image/png")
    submitted, _ = await ask("ideogram/vector-1", reference=reference)
    assert files(vendor.seen[0]) == [("images", "reference.png", "image/png", picture())]
    await ask("ideogram/vector-1", reference=reference, resume_job=submitted.job_id)
    assert [seen.path for seen in vendor.seen].count(SVG) == 1


async def test_legacy_models_take_no_reference(vendor, ask, hosted):
    vendor.answers(LEGACY, captured("ideogram/legacy", url=hosted))
    [result] = await ask("ideogram/v_2a", size=WIDE, reference=Reference(picture(), "image/png"))
    assert vendor.seen[0].headers["Content-Type"] == "application/json"
    assert result.notes == ("This model does not take references. It used the prompt alone.",)


async def test_a_withheld_picture_is_a_refusal_that_was_billed(vendor, ask):
    vendor.answers(LEGACY, captured("ideogram/unsafe"))
    with pytest.raises(errors.Refused) as caught:
        await ask("ideogram/v_1_turbo")
    assert caught.value.may_have_billed


@pytest.mark.parametrize(
    ("status", "name", "kind"),
    [
        (400, "invalid", errors.InvalidRequest),
        (401, "invalid", errors.BadKey),
        (402, "insufficient_funds", errors.OutOfQuota),
        (402, "subscription_required", errors.NoAccess),
        (403, "invalid", errors.NoAccess),
        (404, "invalid", errors.ModelGone),
        (410, "invalid", errors.ModelGone),
        (413, "invalid", errors.InvalidRequest),
        (422, "prompt_unsafe", errors.Refused),
        (429, "inflight_limit", errors.RateLimited),
        (500, "invalid", errors.ProviderDown),
        (503, "invalid", errors.ProviderDown),
    ],
)
async def test_each_error_has_its_meaning(vendor, ask, status, name, kind):
    vendor.answers(LEGACY, captured(f"ideogram/{name}"), status=status)
    with pytest.raises(errors.ProviderError) as caught:
        await ask("ideogram/v_1_turbo")
    assert isinstance(caught.value, kind)
    assert not caught.value.may_have_billed


@pytest.mark.parametrize(
    "body",
    [
        {"data": []},
        {"data": [{"url": None}]},
        {"data": [{"url": ""}]},
        {"data": [{"url": 7}]},
        {"data": "url"},
        {"data": [{"url": "file:///etc/passwd"}]},
        {"data": [{"url": "https://"}]},
        {"data": [{"url": "https://[::1"}]},
        b"not json",
    ],
    ids=str,
)
async def test_a_success_without_an_address_is_broken(vendor, ask, body):
    vendor.answers(LEGACY, body)
    with pytest.raises(errors.BrokenAnswer):
        await ask("ideogram/v_1_turbo")


async def test_an_expired_address_is_said_and_its_signature_is_not(vendor, ask):
    vendor.answers("/pictures/1", b"expired", status=403)
    vendor.answers(LEGACY, captured("ideogram/legacy", url=f"{vendor.url}/pictures/1?sig=abcdef"))
    with pytest.raises(errors.BrokenAnswer, match="expired") as caught:
        await ask("ideogram/v_1_turbo")
    assert caught.value.may_have_billed
    assert "abcdef" not in str(caught.value)


async def test_a_text_file_sent_as_a_picture_is_broken(vendor, ask):
    vendor.answers("/pictures/1", b"hello", content_type="image/png")
    vendor.answers(LEGACY, captured("ideogram/legacy", url=f"{vendor.url}/pictures/1"))
    with pytest.raises(errors.BrokenAnswer, match="not a picture"):
        await ask("ideogram/v_1_turbo")


@pytest.mark.parametrize(
    ("size", "name"),
    [
        (Size(1024, 1024), "1x1"),
        (Size(1312, 736), "16x9"),
        (Size(864, 1152), "3x4"),
        (Size(1248, 832), "3x2"),
        (Size(5, 999), "1x3"),
    ],
)
def test_a_size_becomes_the_nearest_ratio(size, name):
    assert ideogram.ratio(size, "x") == name
