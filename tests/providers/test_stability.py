"""Stability AI through captured answers served over real HTTP."""

import pytest

from providers import errors, forms
from providers.types import ImageResult, Quality, Reference, Size
from tests.providers.conftest import SECRET
from tests.providers.contract import Case
from tests.providers.multipart import fields, files
from tests.providers.samples import captured, encoded, picture
from tests.providers.vendor import Seen

CORE, ULTRA, SD3 = (f"/stable-image/generate/{name}" for name in ("core", "ultra", "sd3"))
WIDE = Size(1344, 768)


def answers(path):
    def with_bytes(vendor, data):
        vendor.answers(path, data, content_type="image/png", finish_reason="SUCCESS", seed="343940597")

    return with_bytes


def answers_in_json(vendor, data):
    vendor.answers(ULTRA, captured("stability/picture", picture=encoded(data)), content_type="application/json; type=image/png")


def prompt(seen):
    return fields(seen)["prompt"]


CASES = (
    Case("stability/core", CORE, answers(CORE), prompt),
    Case("stability/sd3.5-large", SD3, answers(SD3), prompt),
    Case("stability/ultra", ULTRA, answers_in_json, prompt),
)


async def test_the_bytes_are_the_picture_and_the_headers_tell_the_rest(vendor, ask):
    data = picture(width=1344, height=768)
    names = {"finish-reason": "SUCCESS", "seed": "343940597", "x-request-id": "req_1"}
    vendor.answers(SD3, data, content_type="image/png", **names)
    [result] = await ask("stability/sd3.5-large", size=WIDE)
    assert result == ImageResult(data, "image/png", 1344, 768, seed=343940597, request_id="req_1")
    assert vendor.seen[0].headers["Accept"] == "image/*"
    assert vendor.seen[0].headers["Authorization"] == f"Bearer {SECRET}"


async def test_json_with_base64_is_understood_as_well(vendor, ask):
    answers_in_json(vendor, picture(width=1344, height=768))
    [result] = await ask("stability/ultra", size=WIDE)
    assert (result.data, result.seed) == (picture(width=1344, height=768), 343940597)


@pytest.mark.parametrize(
    ("model", "path", "extra", "body"),
    [
        ("stability/core", CORE, {"seed": 7, "negative_prompt": "handles"}, {"seed": "7", "negative_prompt": "handles"}),
        ("stability/ultra", ULTRA, {"quality": Quality.STANDARD}, {}),
        ("stability/sd3.5-large", SD3, {"seed": 4_294_967_294}, {"model": "sd3.5-large", "seed": "4294967294"}),
        ("stability/sd3.5-large", SD3, {"seed": 4_294_967_295}, {"model": "sd3.5-large"}),
        ("stability/sd3.5-large", SD3, {"seed": 0}, {"model": "sd3.5-large"}),
        ("stability/sd3.5-large-turbo", SD3, {"negative_prompt": "handles"}, {"model": "sd3.5-large-turbo"}),
        ("stability/sd3.5-flash", SD3, {"size": Size(1088, 896)}, {"model": "sd3.5-flash", "aspect_ratio": "5:4"}),
    ],
)
async def test_only_what_the_model_takes_is_sent_and_always_as_a_form(vendor, ask, model, path, extra, body):
    answers(path)(vendor, picture())
    await ask(model, **{"size": WIDE, **extra})
    assert fields(vendor.seen[0]) == {"prompt": "a cup", "aspect_ratio": "16:9", "output_format": "png"} | body


@pytest.mark.parametrize(
    ("model", "path", "body"),
    [
        ("stability/sd3.5-large", SD3, {"model": "sd3.5-large", "mode": "image-to-image", "strength": "0.7"}),
        ("stability/sd3.5-flash", SD3, {"model": "sd3.5-flash", "mode": "image-to-image", "strength": "0.95"}),
        ("stability/ultra", ULTRA, {"aspect_ratio": "16:9", "strength": "0.7"}),
    ],
)
async def test_a_reference_makes_it_start_from_a_picture(vendor, ask, model, path, body):
    answers(path)(vendor, picture())
    await ask(model, size=WIDE, reference=Reference(picture("JPEG"), "image/jpeg"))
    assert fields(vendor.seen[0]) == {"prompt": "a cup", "output_format": "png"} | body
    assert files(vendor.seen[0]) == [("image", "reference.jpg", "image/jpeg", picture("JPEG"))]


async def test_core_takes_no_reference(vendor, ask):
    answers(CORE)(vendor, picture())
    [result] = await ask("stability/core", size=WIDE, reference=Reference(picture(), "image/png"))
    assert files(vendor.seen[0]) == []
    assert "strength" not in fields(vendor.seen[0])
    assert result.notes[-1] == "This model does not take references. It used the prompt alone."


@pytest.mark.parametrize("value", ["", "a\r\nb", '--x\r\nContent-Disposition: form-data; name="seed"\r\n\r\n7', "قطة 🙂", "a\0b"])
def test_a_field_may_hold_anything(value):
    content_type, body = forms.encode({"prompt": value, "output_format": "png"})
    sent = Seen("POST", "/", {"Content-Type": content_type}, body)
    assert fields(sent) == {"prompt": value, "output_format": "png"}


@pytest.mark.parametrize("in_json", [False, True])
async def test_a_blurred_picture_is_a_refusal_that_may_have_billed(vendor, ask, in_json):
    if in_json:
        vendor.answers(CORE, captured("stability/filtered", picture=encoded(picture())))
    else:
        vendor.answers(CORE, picture(), content_type="image/png", finish_reason="CONTENT_FILTERED")
    with pytest.raises(errors.Refused) as caught:
        await ask("stability/core")
    assert caught.value.may_have_billed


@pytest.mark.parametrize(
    ("status", "name", "kind"),
    [
        (400, "bad_request", errors.InvalidRequest),
        (401, "permission_denied", errors.BadKey),
        (402, "payment_required", errors.OutOfQuota),
        (403, "content_moderation", errors.Refused),
        (403, "permission_denied", errors.NoAccess),
        (404, "bad_request", errors.ModelGone),
        (413, "payload_too_large", errors.InvalidRequest),
        (422, "invalid_language", errors.InvalidRequest),
        (422, "public_figure", errors.Refused),
        (429, "rate_limit_exceeded", errors.RateLimited),
        (500, "internal_error", errors.ProviderDown),
        (500, "content_moderation", errors.ProviderDown),
    ],
)
async def test_each_error_has_its_meaning(vendor, ask, status, name, kind):
    vendor.answers(CORE, captured(f"stability/{name}"), status=status)
    with pytest.raises(errors.ProviderError) as caught:
        await ask("stability/core")
    assert isinstance(caught.value, kind)
    assert caught.value.request_id == "4212a4b66fbe1cedca4bf2133d35dca5"
    assert not caught.value.may_have_billed


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "image/png"),
        (b"<html>", "image/png"),
        ({}, "application/json"),
        ({"image": None, "finish_reason": "SUCCESS"}, "application/json"),
        ({"image": "!!!", "finish_reason": 7}, "application/json"),
        ([], "application/json"),
        (b"", "application/json"),
    ],
    ids=str,
)
async def test_a_success_without_a_picture_is_broken(vendor, ask, body, content_type):
    vendor.answers(CORE, body, content_type=content_type, seed="7")
    with pytest.raises(errors.BrokenAnswer) as caught:
        await ask("stability/core")
    assert caught.value.may_have_billed


@pytest.mark.parametrize("seed", ["", "-1", "seven", "7.5", "9" * 30, "٧"])
async def test_a_seed_that_makes_no_sense_is_not_believed(vendor, ask, seed):
    vendor.answers(CORE, picture(), content_type="image/png")
    answer = vendor.handlers[CORE]

    async def with_seed(request):
        response = await answer(request)
        response.headers["seed"] = seed
        return response

    vendor.handlers[CORE] = with_seed
    [result] = await ask("stability/core")
    assert result.seed is None
