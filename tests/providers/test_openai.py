"""OpenAI's images API, through captured answers served over real HTTP."""

import json
from decimal import Decimal

import pytest

from providers import catalogue, errors
from providers.adapters import openai
from providers.types import ImageRequest, ImageResult, PartialImage, Quality, Size
from tests.providers.conftest import SECRET
from tests.providers.contract import Case
from tests.providers.samples import captured, encoded, picture, sse

PATH = "/images/generations"
FLARE = "openai/gpt-image-2.6-flare"
PICTURE = encoded(picture())


def answer(vendor, data):
    vendor.answers(PATH, captured("openai/generation", picture=encoded(data)))


CASES = (Case(FLARE, PATH, answer),)


async def test_it_reads_a_draft_from_one_answer(vendor, ask):
    vendor.answers(PATH, captured("openai/generation", picture=PICTURE), **{"x-request-id": "req_1"})
    [result] = await ask(FLARE, quality=Quality.DRAFT)
    assert result == ImageResult(picture(), "image/png", 1024, 1024, request_id="req_1", cost_usd=Decimal("0.00603"))


async def test_a_draft_asks_for_low_quality_and_no_stream(vendor, ask):
    vendor.answers(PATH, captured("openai/generation", picture=PICTURE))
    await ask(FLARE, quality=Quality.DRAFT, prompt='A badge saying "Launch 2024" 🚀')
    [seen] = vendor.seen
    assert seen.headers["Authorization"] == f"Bearer {SECRET}"
    assert seen.json == {
        "model": "gpt-image-2.6-flare",
        "prompt": 'A badge saying "Launch 2024" 🚀',
        "n": 1,
        "size": "1024x1024",
        "quality": "low",
        "output_format": "png",
    }


async def test_it_shows_previews_and_then_the_picture(vendor, ask):
    first, second = (captured("openai/partial_image", picture=PICTURE) | {"partial_image_index": n} for n in (0, 1))
    done = captured("openai/completed", picture=PICTURE)
    vendor.answers(PATH, sse(first, second, done), content_type="text/event-stream; charset=utf-8")
    *previews, result = await ask(FLARE)
    assert previews == [PartialImage(picture(), "image/png", n, 2) for n in (0, 1)]
    assert result.cost_usd == Decimal("0.01332")
    assert vendor.seen[0].json["stream"] is True
    assert vendor.seen[0].json["partial_images"] == 2


async def test_the_picture_may_come_before_the_previews(vendor, ask):
    vendor.answers(PATH, sse(captured("openai/completed", picture=PICTURE)), content_type="text/event-stream")
    assert [type(event) for event in await ask(FLARE)] == [ImageResult]


async def test_a_broken_preview_costs_nothing(vendor, ask):
    broken = captured("openai/partial_image", picture="AAAA")
    events = sse(broken, captured("openai/completed", picture=PICTURE))
    vendor.answers(PATH, events, content_type="text/event-stream")
    assert [type(event) for event in await ask(FLARE)] == [ImageResult]


async def test_a_server_that_ignores_stream_is_understood(vendor, ask):
    vendor.answers(PATH, captured("openai/generation", picture=PICTURE))
    assert [type(event) for event in await ask(FLARE)] == [ImageResult]


@pytest.mark.parametrize("quality", [Quality.DRAFT, Quality.STANDARD, Quality.HD])
def test_gpt_image_models_are_never_sent_what_belongs_to_dall_e(quality):
    for model in openai.MODELS:
        if model.family != "gpt-image" or quality not in model.offers:
            continue
        body = openai.payload(ImageRequest(model, "a cup", model.sizes[0], quality, seed=7, negative_prompt="handles"))
        assert not {"response_format", "style", "seed", "negative_prompt"} & body.keys()


def test_dall_e_3_keeps_its_own_words():
    body = openai.payload(ImageRequest(catalogue.model("openai/dall-e-3"), "a cup", Size(1792, 1024), Quality.HD))
    assert body | {"prompt": "", "model": "", "n": 1} == {
        "prompt": "",
        "model": "",
        "n": 1,
        "size": "1792x1024",
        "quality": "hd",
        "style": "vivid",
        "response_format": "b64_json",
    }


async def test_what_the_model_does_not_take_is_said(vendor, ask):
    vendor.answers(PATH, captured("openai/generation", picture=encoded(picture(width=512, height=512))))
    [result] = await ask(FLARE, quality=Quality.DRAFT, seed=3, negative_prompt="handles")
    assert result.notes == (
        "The provider sent 512×512 instead of 1024×1024.",
        "This model takes no seed.",
        "This model takes no negative prompt. It used the prompt alone.",
    )


@pytest.mark.parametrize(
    ("status", "name", "kind"),
    [
        (400, "moderation_blocked", errors.Refused),
        (400, "content_policy_violation", errors.Refused),
        (400, "invalid_size", errors.InvalidRequest),
        (401, "invalid_api_key", errors.BadKey),
        (403, "organisation_not_allowed", errors.NoAccess),
        (400, "model_not_found", errors.ModelGone),
        (404, "model_not_found", errors.ModelGone),
        (429, "rate_limit_exceeded", errors.RateLimited),
        (429, "insufficient_quota", errors.OutOfQuota),
        (408, "server_error", errors.ProviderDown),
        (409, "server_error", errors.ProviderDown),
        (500, "server_error", errors.ProviderDown),
        (503, "server_error", errors.ProviderDown),
    ],
)
async def test_each_error_has_its_meaning(vendor, ask, status, name, kind):
    vendor.answers(PATH, captured(f"openai/{name}"), status=status, **{"x-request-id": "req_9"})
    with pytest.raises(errors.ProviderError) as caught:
        await ask(FLARE)
    assert isinstance(caught.value, kind)
    assert caught.value.request_id == "req_9"
    assert not caught.value.may_have_billed
    assert SECRET not in str(caught.value)


async def test_an_invalid_field_is_named(vendor, ask):
    vendor.answers(PATH, captured("openai/invalid_size"), status=400)
    with pytest.raises(errors.InvalidRequest) as caught:
        await ask(FLARE)
    assert caught.value.field == "size"


async def test_a_rate_limit_says_when_to_come_back(vendor, ask):
    body = captured("openai/rate_limit_exceeded")
    vendor.answers(PATH, body, status=429, **{"retry-after-ms": "1500", "retry-after": "2"})
    with pytest.raises(errors.RateLimited) as caught:
        await ask(FLARE)
    assert caught.value.retry_after == 1.5


@pytest.mark.parametrize(
    "event",
    [captured("openai/stream_error"), {"type": "error", "code": "moderation_blocked", "message": "no"}],
    ids=["nested", "flat"],
)
async def test_a_refusal_inside_the_stream_is_a_refusal(vendor, ask, event):
    vendor.answers(PATH, sse(event), content_type="text/event-stream")
    with pytest.raises(errors.Refused) as caught:
        await ask(FLARE)
    assert caught.value.may_have_billed


async def test_an_unknown_error_inside_the_stream_is_the_providers(vendor, ask):
    vendor.answers(PATH, sse({"type": "error", "error": {"message": "oops"}}), content_type="text/event-stream")
    with pytest.raises(errors.ProviderDown):
        await ask(FLARE)


async def test_an_error_as_plain_text_still_counts_by_its_status(vendor, ask):
    vendor.answers(PATH, {"error": "model not loaded"}, status=503)
    with pytest.raises(errors.ProviderDown, match="model not loaded"):
        await ask(FLARE)


async def test_a_stream_without_a_picture_is_broken(vendor, ask):
    vendor.answers(PATH, b"data: [DONE]\n\n", content_type="text/event-stream")
    with pytest.raises(errors.BrokenAnswer, match="ended without a picture"):
        await ask(FLARE)


async def test_a_stream_that_breaks_off_is_broken(vendor, ask):
    event = sse(captured("openai/completed", picture=PICTURE))
    vendor.cuts_off(PATH, event[:900], None, "text/event-stream")
    with pytest.raises(errors.BrokenAnswer, match="cut off"):
        await ask(FLARE)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"data": []},
        {"data": None},
        {"data": [{}]},
        {"data": [{"b64_json": ""}]},
        {"data": [{"b64_json": "****"}]},
        {"data": [{"b64_json": encoded(b"hello")}]},
        {"data": [{"b64_json": encoded(b"<svg onload='x()'/>")}]},
        {"data": [{"b64_json": encoded(picture()[:-20])}]},
        [],
        b"",
        b"<html>hello</html>",
        b"[" * 100_000,
        b"\xff\xfe",
        json.dumps({"data": [{"b64_json": "\ud800"}]}).encode(),
    ],
    ids=str,
)
async def test_a_success_without_a_picture_is_broken(vendor, ask, body):
    vendor.answers(PATH, body)
    with pytest.raises(errors.BrokenAnswer) as caught:
        await ask(FLARE, quality=Quality.DRAFT)
    assert caught.value.may_have_billed


@pytest.mark.parametrize("usage", [None, [], {}, {"output_tokens": "many"}, {"output_tokens": -3}, {"output_tokens": 10**30}])
def test_a_cost_that_cannot_be_read_is_left_open(usage):
    assert openai.cost("gpt-image-2", usage) is None


def test_text_tokens_in_the_output_have_their_own_rate():
    usage = {"input_tokens": 100, "output_tokens": 1100, "output_tokens_details": {"text_tokens": 100, "image_tokens": 1000}}
    assert openai.cost("gpt-image-1.5", usage) == Decimal("0.0335")


async def test_a_quality_the_model_does_not_have_is_not_sent(vendor, ask):
    with pytest.raises(errors.InvalidRequest):
        await ask("openai/gpt-image-1-mini", quality=Quality.HD)
    assert vendor.seen == []
