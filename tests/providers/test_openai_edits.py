"""OpenAI's way with a reference, ``POST /images/edits``, through captured answers served over real HTTP."""

from decimal import Decimal

import pytest

from providers import errors
from providers.types import ImageResult, PartialImage, Quality, Reference
from tests.providers.conftest import SECRET
from tests.providers.multipart import fields, files
from tests.providers.samples import captured, encoded, picture, sse

PATH = "/images/edits"
FLARE = "openai/gpt-image-2.6-flare"
PICTURE = encoded(picture())
REFERENCE = Reference(picture("JPEG"), "image/jpeg")


async def test_a_draft_is_a_form_with_the_same_fields_and_the_picture(vendor, ask):
    vendor.answers(PATH, captured("openai/generation", picture=PICTURE))
    [result] = await ask(FLARE, quality=Quality.DRAFT, prompt="this cup in blue 🚀", reference=REFERENCE)
    [seen] = vendor.seen
    assert seen.headers["Authorization"] == f"Bearer {SECRET}"
    assert fields(seen) == {
        "model": "gpt-image-2.6-flare",
        "prompt": "this cup in blue 🚀",
        "n": "1",
        "size": "1024x1024",
        "quality": "low",
        "output_format": "png",
    }
    assert files(seen) == [("image[]", "reference.jpg", "image/jpeg", picture("JPEG"))]
    assert result == ImageResult(picture(), "image/png", 1024, 1024, cost_usd=Decimal("0.00603"))


async def test_it_shows_previews_and_counts_what_looking_costs(vendor, ask):
    first, second = (captured("openai/image_edit_partial", picture=PICTURE) | {"partial_image_index": n} for n in (0, 1))
    done = captured("openai/image_edit_completed", picture=PICTURE)
    vendor.answers(PATH, sse(first, second, done), content_type="text/event-stream")
    *previews, result = await ask(FLARE, reference=REFERENCE)
    assert previews == [PartialImage(picture(), "image/png", n, 2) for n in (0, 1)]
    assert result.cost_usd == (30 * Decimal(5) + 323 * Decimal(8) + 439 * Decimal(30)) / 1_000_000
    assert (fields(vendor.seen[0])["stream"], fields(vendor.seen[0])["partial_images"]) == ("true", "2")


@pytest.mark.parametrize(
    ("model", "quality", "told"),
    [
        ("openai/gpt-image-1.5", Quality.HD, "high"),
        ("openai/gpt-image-1.5", Quality.STANDARD, None),
        ("openai/gpt-image-1-mini", Quality.STANDARD, None),
        ("openai/gpt-image-2", Quality.HD, None),
        (FLARE, Quality.HD, None),
    ],
)
async def test_only_a_model_that_must_be_told_to_look_closely_is(vendor, ask, model, quality, told):
    vendor.answers(PATH, captured("openai/generation", picture=PICTURE))
    await ask(model, quality=quality, reference=REFERENCE)
    assert fields(vendor.seen[0]).get("input_fidelity") == told


async def test_a_picture_that_is_refused_is_a_refusal(vendor, ask):
    vendor.answers(PATH, captured("openai/moderation_blocked"), status=400)
    with pytest.raises(errors.Refused) as caught:
        await ask(FLARE, reference=REFERENCE)
    assert not caught.value.may_have_billed


async def test_a_model_of_old_is_not_shown_it_and_says_so(vendor, ask):
    vendor.answers("/images/generations", captured("openai/generation", picture=PICTURE))
    [result] = await ask("openai/dall-e-3", reference=REFERENCE)
    assert result.notes == ("This model does not take references. It used the prompt alone.",)


async def test_a_large_one_goes_in_pieces_and_says_how_long_it_is(vendor, ask):
    """Some vendors take no form of unknown length."""
    vendor.answers(PATH, captured("openai/generation", picture=PICTURE))
    large = picture("JPEG", 64, 64) + bytes(3_000_000) + b"\xff\xd9"
    await ask(FLARE, quality=Quality.DRAFT, reference=Reference(large, "image/jpeg"))
    [seen] = vendor.seen
    assert seen.headers["Content-Length"] == str(len(seen.body))
    assert "Transfer-Encoding" not in seen.headers
    assert files(seen)[0][3] == large
