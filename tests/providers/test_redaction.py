"""No key and no signed address in a log, an error or a repr."""

import traceback

import pytest

from providers import errors
from providers.redaction import redact
from providers.types import Access, Quality
from tests.providers.conftest import SECRET


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("see https://ideogram.ai/a.png?exp=1&sig=abc now", "see https://ideogram.ai/a.png?[hidden] now"),
        ("https://user:pass@host/x", "https://host/x"),
        ("Authorization: Bearer abcdefghijkl", "Authorization: Bearer [hidden]"),
        ("'Api-Key': '0123456789'", "'Api-Key': '[hidden]'"),
        ("Incorrect API key provided: sk-proj-abc123***xyz.", "Incorrect API key provided: [hidden]."),
        ("Invalid size '1000x1000'.", "Invalid size '1000x1000'."),
    ],
)
def test_what_looks_like_a_secret_is_hidden(text, clean):
    assert redact(text) == clean


def test_a_known_key_of_any_shape_is_hidden():
    assert redact("you sent 7f3a-22", "7f3a-22") == "you sent [hidden]"


def test_errors_redact_whatever_they_are_told():
    error = errors.BrokenAnswer("https://host/a?sig=abc")
    assert "abc" not in str(error)
    assert "abc" not in repr(error)


def test_access_never_shows_its_key():
    assert SECRET not in repr(Access("https://host", SECRET))


@pytest.mark.parametrize("status", [200, 400, 401, 500])
async def test_a_provider_that_repeats_the_key_does_not_spread_it(vendor, ask, status):
    body = f"You sent Authorization: {SECRET} and {SECRET[3:]} to https://host/?sig={SECRET}"
    vendor.answers("/images/generations", {"error": {"message": body, "code": body, "type": body}}, status=status)
    with pytest.raises(errors.ProviderError) as caught:
        await ask("openai/gpt-image-2", quality=Quality.DRAFT)
    assert SECRET not in "".join(traceback.format_exception(caught.value))


async def test_a_signed_address_stays_out_of_the_traceback(vendor, ask):
    for url in ("https://localhost:1/a?sig=abcdef", "http://host/a?sig=abcdef"):
        vendor.answers("/generate", {"data": [{"url": url}]})
        with pytest.raises(errors.ProviderError) as caught:
            await ask("ideogram/v_1_turbo")
        assert "abcdef" not in "".join(traceback.format_exception(caught.value))
