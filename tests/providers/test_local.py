"""Servers that speak OpenAI's images API their own way, through captured answers served over real HTTP."""

import json

import pytest

from providers import errors
from providers.types import ImageResult, Reference, Size
from tests.providers.contract import Case
from tests.providers.multipart import fields, files
from tests.providers.samples import captured, encoded, picture

PATH, EDITS = "/v1/images/generations", "/v1/images/edits"
MODEL = "local/default"


def answer(vendor, data):
    vendor.answers(PATH, captured("local/vllm", picture=encoded(data)))


def answer_with_address(vendor, data):
    vendor.answers("/generated-images/1.png", data)
    vendor.answers(PATH, captured("local/localai", url=f"{vendor.url}/generated-images/1.png"))


CASES = (Case(MODEL, PATH, answer), Case(MODEL, PATH, answer_with_address))


@pytest.mark.parametrize("name", ["vllm", "sdcpp"])
async def test_it_takes_base64(vendor, ask, name):
    vendor.answers(PATH, captured(f"local/{name}", picture=encoded(picture())))
    [result] = await ask(MODEL, seed=7)
    assert result == ImageResult(picture(), "image/png", 1024, 1024, seed=7)


async def test_it_takes_a_path_without_a_host(vendor, ask):
    vendor.answers("/v1/images/img_5d1f/content", picture())
    vendor.answers(PATH, captured("local/sglang"))
    [result] = await ask(MODEL, seed=7)
    assert (result.data, result.final_prompt) == (picture(), "a cup")


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1:1", "0.0.0.0", "[::1]:8080"])
async def test_a_server_that_takes_itself_for_localhost_is_asked_where_it_was_configured(vendor, ask, host):
    vendor.answers("/generated-images/b64.png", picture())
    vendor.answers(PATH, captured("local/localai", url=f"http://{host}/generated-images/b64.png"))
    [result] = await ask(MODEL)
    assert result.data == picture()


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/1.png",
        "http://10.0.0.1/1.png",
        "//elsewhere.example/1.png",
        "file:///etc/passwd",
        "http://localhost.example/1.png",
        "https://[::1",
    ],
)
async def test_a_picture_is_fetched_from_the_configured_server_alone(vendor, ask, url):
    vendor.answers(PATH, captured("local/localai", url=url))
    with pytest.raises(errors.BrokenAnswer):
        await ask(MODEL)
    assert len(vendor.seen) == 1


async def test_a_key_goes_along_to_the_picture_as_well(vendor, ask):
    answer_with_address(vendor, picture())
    await ask(MODEL, key="a-token")
    assert [seen.headers["Authorization"] for seen in vendor.seen] == ["Bearer a-token"] * 2


async def test_it_sends_only_what_all_of_them_take(vendor, ask):
    answer(vendor, picture())
    await ask(MODEL, size=Size(1280, 720), seed=42, negative_prompt="handles")
    wanted = {
        "prompt": "a cup",
        "n": 1,
        "size": "1280x720",
        "response_format": "b64_json",
        "seed": 42,
        "negative_prompt": "handles",
    }
    assert vendor.seen[0].json == wanted


async def test_a_seed_is_always_sent_and_told(vendor, ask):
    """SGLang would draw with 1024 each time."""
    answer(vendor, picture())
    [first], [second] = [await ask(MODEL) for _ in range(2)]
    assert [first.seed, second.seed] == [seen.json["seed"] for seen in vendor.seen]
    assert first.seed != second.seed


async def test_the_address_may_name_a_model_and_its_version(vendor, ask):
    answer(vendor, picture())
    await ask(MODEL, base=f"{vendor.url}/v1?model=flux.1-dev")
    assert (vendor.seen[0].path, vendor.seen[0].json["model"]) == (PATH, "flux.1-dev")


async def test_stable_diffusion_cpp_reads_its_seed_from_the_prompt(vendor, ask):
    """Ours stands first and so counts, whatever the prompt itself brings along."""
    answer(vendor, picture())
    prompt = 'a cup<sd_cpp_extra_args>{"seed": 1}</sd_cpp_extra_args>'
    await ask(MODEL, base=f"{vendor.url}?model=sd-cpp-local", seed=42, negative_prompt="handles", prompt=prompt)
    extra = '{"seed": 42, "negative_prompt": "handles"}'
    assert vendor.seen[0].json["prompt"] == f"<sd_cpp_extra_args>{extra}</sd_cpp_extra_args>{prompt}"


async def test_a_reference_makes_a_form_of_it(vendor, ask):
    vendor.answers(EDITS, captured("local/vllm", picture=encoded(picture())))
    reference = Reference(picture("WEBP"), "image/webp")
    [result] = await ask(MODEL, size=Size(1280, 720), seed=42, negative_prompt="handles", reference=reference)
    common = {"prompt": "a cup", "n": "1", "size": "1280x720", "response_format": "b64_json"}
    assert fields(vendor.seen[0]) == common | {"seed": "42", "negative_prompt": "handles"}
    assert files(vendor.seen[0]) == [("image", "reference.webp", "image/webp", picture("WEBP"))]
    assert result.notes == ("The provider sent 1024×1024 instead of 1280×720.",)


@pytest.mark.parametrize(
    ("status", "body"), [(404, b""), (404, {"detail": "Not Found"}), (405, b""), (404, {"error": {"code": 404, "message": "no"}})]
)
async def test_a_server_without_edits_uses_the_prompt_alone_and_says_so(vendor, ask, status, body):
    answer(vendor, picture())
    vendor.answers(EDITS, body, status=status)
    [result] = await ask(MODEL, seed=7, reference=Reference(picture(), "image/png"))
    assert [seen.path for seen in vendor.seen] == [EDITS, PATH]
    assert vendor.seen[1].json["seed"] == result.seed == 7
    assert result.notes == ("This model does not take references. It used the prompt alone.",)


async def test_a_model_that_is_gone_is_not_asked_again_without_its_reference(vendor, ask):
    vendor.answers(EDITS, captured("local/model_not_found"), status=404)
    with pytest.raises(errors.ModelGone):
        await ask(MODEL, reference=Reference(picture(), "image/png"))
    assert len(vendor.seen) == 1


@pytest.mark.parametrize(
    ("status", "name", "kind", "field"),
    [
        (400, "error_text", errors.InvalidRequest, None),
        (400, "error_detail", errors.InvalidRequest, None),
        (404, "model_not_found", errors.ModelGone, None),
        (422, "validation", errors.InvalidRequest, "size"),
        (500, "error_exception", errors.ProviderDown, None),
        (500, "error_object", errors.ProviderDown, None),
    ],
)
async def test_each_error_has_its_meaning_in_whatever_form(vendor, ask, status, name, kind, field):
    vendor.answers(PATH, captured(f"local/{name}"), status=status)
    with pytest.raises(errors.ProviderError) as caught:
        await ask(MODEL)
    assert isinstance(caught.value, kind)
    assert caught.value.field == field
    assert not caught.value.may_have_billed


@pytest.mark.parametrize(
    "body",
    [
        {"data": []},
        {"data": [{"url": None}]},
        {"data": [{"url": 7}]},
        {"data": [{"file_path": "/etc/passwd"}]},
        {"error": "no"},
        [],
    ],
    ids=json.dumps,
)
async def test_a_success_without_a_picture_is_broken(vendor, ask, body):
    vendor.answers(PATH, body)
    with pytest.raises(errors.BrokenAnswer):
        await ask(MODEL)
