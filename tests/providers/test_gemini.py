"""Google's Gemini image models through captured answers served over real HTTP."""

from decimal import Decimal

import pytest

from providers import catalogue, errors
from providers.adapters import gemini
from providers.types import ImageRequest, ImageResult, Quality, Reference, Size
from tests.providers.conftest import SECRET
from tests.providers.contract import Case
from tests.providers.samples import captured, encoded, picture

BANANA, PRO, LITE, OLD = "gemini/nano-banana-2.1", "gemini/3-pro-image", "gemini/3.1-flash-lite-image", "gemini/2.5-flash-image"
PATH = "/models/gemini-nano-banana-2.1:generateContent"
PICTURE = encoded(picture())


def answer(vendor, data):
    vendor.answers(PATH, captured("gemini/generated", picture=encoded(data)))


CASES = (Case(BANANA, PATH, answer, prompt=lambda seen: seen.json["contents"][0]["parts"][0]["text"]),)


async def test_one_answer_brings_the_picture_and_what_it_cost(vendor, ask):
    answer(vendor, picture())
    [result] = await ask(BANANA)
    cost = (9 * Decimal("1.50") + 180 * Decimal("7.50") + 1120 * 30) / 1_000_000
    assert result == ImageResult(picture(), "image/png", 1024, 1024, request_id="resp_8x4", cost_usd=cost)


async def test_thoughts_are_not_the_picture(vendor, ask):
    vendor.answers(PATH, captured("gemini/with_thoughts", picture=PICTURE))
    [result] = await ask(BANANA)
    assert result.data == picture()
    assert result.cost_usd == (9 * Decimal("1.50") + 200 * Decimal("7.50") + 1120 * 30) / 1_000_000


async def test_the_key_travels_in_its_header_alone(vendor, ask):
    answer(vendor, picture())
    await ask(BANANA)
    assert vendor.seen[0].headers["x-goog-api-key"] == SECRET
    assert SECRET not in vendor.seen[0].path


@pytest.mark.parametrize(
    ("model", "size", "quality", "config"),
    [
        (BANANA, Size(1024, 1024), Quality.DRAFT, {"ratio": "1:1", "resolution": "1K", "level": "MINIMAL"}),
        (BANANA, Size(1376, 768), Quality.STANDARD, {"ratio": "16:9", "resolution": "1K"}),
        (BANANA, Size(768, 1376), Quality.HD, {"ratio": "9:16", "resolution": "1K", "level": "HIGH"}),
        (PRO, Size(1200, 896), Quality.STANDARD, {"ratio": "4:3", "resolution": "1K"}),
        (PRO, Size(1792, 2400), Quality.HD, {"ratio": "3:4", "resolution": "2K"}),
        (LITE, Size(1264, 848), Quality.DRAFT, {"ratio": "3:2", "resolution": "1K"}),
        (OLD, Size(832, 1248), Quality.DRAFT, {"ratio": "2:3"}),
    ],
)
def test_only_what_the_model_knows_is_sent(model, size, quality, config):
    sent = gemini.payload(ImageRequest(catalogue.model(model), "a cup", size, quality, seed=7, negative_prompt="handles"))
    image = {"aspectRatio": config["ratio"]} | ({"imageSize": config["resolution"]} if "resolution" in config else {})
    wanted = {"responseModalities": ["IMAGE"], "imageConfig": image}
    if "level" in config:
        wanted["thinkingConfig"] = {"thinkingLevel": config["level"]}
    assert sent == {"contents": [{"role": "user", "parts": [{"text": "a cup"}]}], "generationConfig": wanted}


def test_a_reference_stands_before_the_prompt():
    reference = Reference(picture("WEBP"), "image/webp")
    sent = gemini.payload(ImageRequest(catalogue.model(PRO), "a cup", Size(1024, 1024), Quality.HD, reference=reference))
    shown = {"inlineData": {"mimeType": "image/webp", "data": encoded(picture("WEBP"))}}
    assert sent["contents"] == [{"role": "user", "parts": [shown, {"text": "a cup"}]}]


async def test_what_was_left_out_is_said(vendor, ask):
    answer(vendor, picture())
    [result] = await ask(BANANA, seed=7, negative_prompt="handles")
    assert result.notes == ("This model takes no seed.", "This model takes no negative prompt. It used the prompt alone.")


@pytest.mark.parametrize(("name", "billed"), [("prompt_blocked", False), ("withheld", True), ("words_only", True)])
async def test_each_way_of_declining_is_a_refusal(vendor, ask, name, billed):
    vendor.answers(PATH, captured(f"gemini/{name}"))
    with pytest.raises(errors.Refused) as caught:
        await ask(BANANA)
    assert (caught.value.may_have_billed, caught.value.request_id) == (billed, "resp_8x4")


REASONS = ["SAFETY", "BLOCKLIST", "PROHIBITED_CONTENT", "RECITATION", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT"]
REASONS += ["IMAGE_RECITATION", "IMAGE_OTHER", "NO_IMAGE"]


@pytest.mark.parametrize("reason", REASONS)
async def test_every_reason_for_no_picture_is_a_refusal(vendor, ask, reason):
    vendor.answers(PATH, {"candidates": [{"finishReason": reason}]})
    with pytest.raises(errors.Refused):
        await ask(BANANA)


@pytest.mark.parametrize("reason", ["SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "IMAGE_SAFETY", "something new"])
async def test_every_reason_to_stop_a_prompt_is_a_refusal(vendor, ask, reason):
    vendor.answers(PATH, {"promptFeedback": {"blockReason": reason}})
    with pytest.raises(errors.Refused):
        await ask(BANANA)


@pytest.mark.parametrize(
    "body",
    [
        captured("gemini/nothing"),
        {},
        {"candidates": []},
        {"candidates": [7]},
        {"candidates": [{"finishReason": "MAX_TOKENS", "content": {"parts": [{"text": "a"}]}}]},
        {"candidates": [{"content": {"parts": [{"inlineData": {"data": "§"}}]}}]},
        {"candidates": [{"content": {"parts": [{"inlineData": {"mimeType": "image/png"}}]}}]},
        {"candidates": [{"content": {"parts": {"inlineData": {"data": PICTURE}}}}]},
        b"not json",
    ],
    ids=lambda body: str(body)[:60],
)
async def test_a_success_without_a_picture_and_without_a_reason_is_broken(vendor, ask, body):
    vendor.answers(PATH, body)
    with pytest.raises(errors.BrokenAnswer) as caught:
        await ask(BANANA)
    assert caught.value.may_have_billed


async def test_an_event_stream_is_not_what_was_asked_for(vendor, ask):
    vendor.answers(PATH, b"data: {}\n\n", content_type="text/event-stream")
    with pytest.raises(errors.BrokenAnswer, match="stream"):
        await ask(BANANA)


@pytest.mark.parametrize(
    ("status", "name", "kind", "billed"),
    [
        (400, "invalid", errors.InvalidRequest, False),
        (400, "key_invalid", errors.BadKey, False),
        (400, "precondition", errors.NoAccess, False),
        (403, "denied", errors.NoAccess, False),
        (404, "not_found", errors.ModelGone, False),
        (429, "rate_limited", errors.RateLimited, False),
        (429, "day_used_up", errors.OutOfQuota, False),
        (500, "internal", errors.ProviderDown, False),
        (503, "overloaded", errors.ProviderDown, False),
        (504, "deadline", errors.TimedOut, True),
    ],
)
async def test_each_error_has_its_meaning(vendor, ask, status, name, kind, billed):
    vendor.answers(PATH, captured(f"gemini/{name}"), status=status)
    with pytest.raises(errors.ProviderError) as caught:
        await ask(BANANA)
    assert isinstance(caught.value, kind)
    assert caught.value.may_have_billed is billed


async def test_a_wait_told_in_the_details_is_kept(vendor, ask):
    vendor.answers(PATH, captured("gemini/rate_limited"), status=429)
    with pytest.raises(errors.RateLimited) as caught:
        await ask(BANANA)
    assert caught.value.retry_after == 31.5


async def test_a_rejected_field_is_named(vendor, ask):
    vendor.answers(PATH, captured("gemini/invalid"), status=400)
    with pytest.raises(errors.InvalidRequest) as caught:
        await ask(BANANA)
    assert caught.value.field == "generation_config.image_config.aspect_ratio"


@pytest.mark.parametrize("details", [7, [7], [{"violations": 7}], [{"retryDelay": "soon"}], [{"fieldViolations": [{}]}]])
async def test_odd_details_do_no_harm(vendor, ask, details):
    vendor.answers(PATH, {"error": {"status": "RESOURCE_EXHAUSTED", "details": details}}, status=429)
    with pytest.raises(errors.RateLimited) as caught:
        await ask(BANANA)
    assert caught.value.retry_after is None


@pytest.mark.parametrize(
    ("usage", "cost"),
    [
        (None, None),
        ({}, None),
        ({"candidatesTokenCount": 1120}, Decimal("0.0336")),
        ({"candidatesTokenCount": 1120, "candidatesTokensDetails": 7, "promptTokenCount": "9"}, Decimal("0.0336")),
        ({"candidatesTokenCount": 10**12}, None),
        ({"candidatesTokenCount": True}, None),
    ],
)
def test_cost_follows_the_tokens(usage, cost):
    assert gemini.cost("gemini-nano-banana-2.1", usage) == cost


@pytest.mark.parametrize(
    ("name", "successor"),
    [
        ("imagen-4.0-fast-generate", "nano-banana-2.1"),
        ("imagen-4.0-generate", "nano-banana-2.1"),
        ("imagen-4.0-ultra-generate", "3-pro-image"),
        ("3.1-flash-image", "nano-banana-2.1"),
        ("2.5-flash-image", "nano-banana-2.1"),
    ],
)
def test_each_model_that_goes_names_who_takes_over(name, successor):
    assert catalogue.model(f"gemini/{name}").lifecycle.successor == f"gemini/{successor}"
