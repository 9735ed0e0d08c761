"""Replicate's predictions through captured answers served over real HTTP: ask, look, download."""

import json
from contextlib import suppress
from dataclasses import replace

import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st

from providers import catalogue, errors, pictures
from providers.transport import Transport
from providers.types import Access, ImageRequest, ImageResult, Progress, Quality, Reference, Size, Submitted
from tests.providers.conftest import PATIENT, SECRET
from tests.providers.contract import Case
from tests.providers.samples import captured, damaged, encoded, noise, picture

SCHNELL, DEV, PRO = "replicate/flux-schnell", "replicate/flux-dev", "replicate/flux-1.1-pro"
ASK, ASK_PRO = "/models/black-forest-labs/flux-schnell/predictions", "/models/black-forest-labs/flux-1.1-pro/predictions"
IDENT = "gm3qorzdhgbfurvjtvhg6dckhu"
ASK_DEV = "/models/black-forest-labs/flux-dev/predictions"
LOOK, FILE = f"/predictions/{IDENT}", "/delivery/1"


def answers(path, name):
    def at_once(vendor, data):
        vendor.answers(FILE, data, content_type="image/png")
        vendor.answers(path, captured(f"replicate/{name}", url=f"{vendor.url}{FILE}?sig=abcdef"), status=201)

    return at_once


CASES = (
    Case(SCHNELL, ASK, answers(ASK, "succeeded"), prompt=lambda seen: seen.json["input"]["prompt"]),
    Case(PRO, ASK_PRO, answers(ASK_PRO, "succeeded_with_one"), prompt=lambda seen: seen.json["input"]["prompt"]),
)


@pytest.fixture
def looks(vendor):
    """Let the first answer be unfinished and each look get the next of these (a status, then a captured name, JSON or bytes)."""
    answers(ASK, "starting")(vendor, picture())

    def looks(*given):
        rest = list(given)

        async def handler(_):
            status, body = rest.pop(0) if len(rest) > 1 else rest[0]
            if isinstance(body, str):
                body = captured(f"replicate/{body}", url=f"{vendor.url}{FILE}?sig=abcdef")
            return web.Response(status=status, body=body if isinstance(body, bytes) else json.dumps(body).encode())

        vendor.handlers[LOOK] = handler

    return looks


def asked(vendor):
    return [(seen.method, seen.path) for seen in vendor.seen]


async def test_a_quick_picture_is_in_the_first_answer(vendor, ask):
    answers(ASK, "succeeded")(vendor, picture())
    submitted, result = await ask(SCHNELL)
    assert submitted == Submitted(IDENT)
    assert result == ImageResult(picture(), "image/png", 1024, 1024, seed=7, request_id=IDENT)
    assert asked(vendor) == [("POST", ASK), ("GET", FILE)]


async def test_the_answer_is_held_and_lost_jobs_end_by_themselves(vendor, ask):
    answers(ASK, "succeeded")(vendor, picture())
    await ask(SCHNELL)
    assert (vendor.seen[0].headers["Prefer"], vendor.seen[0].headers["Cancel-After"]) == ("wait=5", "5m")


async def test_the_key_is_sent_with_question_and_look_but_not_with_the_download(vendor, ask, looks):
    looks((200, "succeeded"))
    await ask(SCHNELL)
    question, look, download = vendor.seen
    assert question.headers["Authorization"] == look.headers["Authorization"] == f"Bearer {SECRET}"
    assert SECRET not in str(download.headers)


@pytest.mark.parametrize(
    ("model", "path", "extra", "body"),
    [
        (SCHNELL, ASK, {}, {"aspect_ratio": "16:9", "num_outputs": 1, "output_format": "png"}),
        (
            SCHNELL,
            ASK,
            {"seed": 7, "negative_prompt": "handles"},
            {"aspect_ratio": "16:9", "num_outputs": 1, "output_format": "png", "seed": 7, "go_fast": False},
        ),
        (SCHNELL, ASK, {"seed": 2**31}, {"aspect_ratio": "16:9", "num_outputs": 1, "output_format": "png"}),
        (
            PRO,
            ASK_PRO,
            {"seed": 7},
            {"aspect_ratio": "custom", "width": 1344, "height": 768, "output_format": "png", "seed": 7},
        ),
    ],
)
async def test_only_what_the_model_knows_is_sent(vendor, ask, model, path, extra, body):
    answers(path, "succeeded")(vendor, picture())
    await ask(model, size=Size(1344, 768), **extra)
    assert vendor.seen[0].json == {"input": {"prompt": "a cup"} | body}


@pytest.mark.parametrize(
    ("model", "path", "name", "sent"),
    [(DEV, ASK_DEV, "succeeded", "image"), (PRO, ASK_PRO, "succeeded_with_one", "image_prompt")],
)
async def test_a_reference_goes_into_the_input_for_it(vendor, ask, model, path, name, sent):
    answers(path, name)(vendor, picture())
    _, result = await ask(model, reference=Reference(picture("WEBP"), "image/webp"))
    assert vendor.seen[0].json["input"][sent] == f"data:image/webp;base64,{encoded(picture('WEBP'))}"
    assert result.notes == ()


async def test_a_large_reference_is_sent_as_a_small_jpeg(vendor, ask):
    answers(ASK_PRO, "succeeded_with_one")(vendor, picture())
    _, result = await ask(PRO, reference=Reference(noise(), "image/png"))
    sent = vendor.seen[0].json["input"]["image_prompt"]
    assert sent.startswith("data:image/jpeg;base64,")
    assert 100_000 < len(sent) <= 256_000
    assert result.notes == ()


async def test_a_reference_that_cannot_be_made_small_is_left_out_and_said_so(vendor, ask):
    answers(ASK_PRO, "succeeded_with_one")(vendor, picture())
    _, result = await ask(PRO, reference=Reference(damaged(noise()), "image/png"))
    assert "image_prompt" not in vendor.seen[0].json["input"]
    assert result.notes == ("The reference could not be made to fit this model. It used the prompt alone.",)


async def test_a_slow_picture_is_looked_after_and_its_progress_told(vendor, ask, looks):
    looks((200, "starting"), (200, "processing"), (200, "processing"), (200, "succeeded"))
    submitted, progress, result = await ask(SCHNELL)
    assert (submitted, progress) == (Submitted(IDENT), Progress(share=0.5))
    assert isinstance(result, ImageResult)


async def test_an_output_counts_before_the_status_does(vendor, ask):
    answers(ASK, "processing_with_output")(vendor, picture())
    assert isinstance((await ask(SCHNELL))[-1], ImageResult)
    assert asked(vendor) == [("POST", ASK), ("GET", FILE)]


async def test_a_picture_may_come_inside_the_answer(vendor, ask):
    vendor.answers(ASK, captured("replicate/succeeded", url=f"data:image/png;base64,{encoded(picture())}"))
    assert (await ask(SCHNELL))[-1].data == picture()


async def test_looks_that_tell_nothing_are_no_reason_to_give_up(vendor, ask, looks):
    strange = {**captured("replicate/starting"), "status": "something new"}
    looks((503, b""), (429, {}), (500, b"<html>"), (200, b""), (200, strange), (200, "succeeded"))
    assert isinstance((await ask(SCHNELL))[-1], ImageResult)
    assert asked(vendor).count(("POST", ASK)) == 1


async def test_a_prediction_is_resumed_without_asking_again(vendor, ask, looks):
    looks((200, "succeeded"))
    [result] = await ask(SCHNELL, resume_job=IDENT)
    assert result.request_id == IDENT
    assert asked(vendor) == [("GET", LOOK), ("GET", FILE)]


@pytest.mark.parametrize("job", ["", "../account", "a/b", "a?b", "é", "a" * 101, "https://example.com"])
async def test_an_id_that_is_none_is_not_asked_for(vendor, ask, job):
    with pytest.raises(errors.BrokenAnswer):
        await ask(SCHNELL, resume_job=job)
    vendor.answers(ASK, captured("replicate/starting") | {"id": job})
    with pytest.raises(errors.BrokenAnswer):
        await ask(SCHNELL)
    assert asked(vendor) == [("POST", ASK)]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("nsfw", errors.Refused),
        ("flagged", errors.Refused),
        ("failed", errors.ProviderDown),
        ("canceled", errors.ProviderDown),
        ("aborted", errors.ProviderDown),
        ("removed", errors.BrokenAnswer),
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
async def test_each_bad_ending_has_its_meaning(vendor, ask, looks, at_once, name, kind):
    looks((200, name))
    if at_once:
        answers(ASK, name)(vendor, picture())
    with pytest.raises(errors.ProviderError) as caught:
        await ask(SCHNELL)
    assert isinstance(caught.value, kind)
    assert (caught.value.may_have_billed, caught.value.request_id) == (True, IDENT)


@pytest.mark.parametrize(("status", "kind"), [(401, errors.BadKey), (404, errors.BrokenAnswer), (422, errors.InvalidRequest)])
async def test_a_look_that_is_turned_away_ends_the_wait_and_may_have_billed(ask, looks, status, kind):
    looks((status, b"<html>"))
    with pytest.raises(errors.ProviderError) as caught:
        await ask(SCHNELL)
    assert isinstance(caught.value, kind)
    assert caught.value.may_have_billed


async def test_a_prediction_that_is_never_done_times_out_and_may_have_billed(ask, looks):
    looks((200, "processing"))
    async with Transport(replace(PATIENT, deadline=0.2)) as transport:
        with pytest.raises(errors.TimedOut) as caught:
            await ask(SCHNELL, transport=transport)
    assert caught.value.may_have_billed


@pytest.mark.parametrize(
    ("status", "name", "kind"),
    [
        (401, "unauthenticated", errors.BadKey),
        (402, "no_credit", errors.OutOfQuota),
        (403, "unauthenticated", errors.NoAccess),
        (404, "not_found", errors.ModelGone),
        (422, "invalid", errors.InvalidRequest),
        (429, "throttled", errors.RateLimited),
        (500, "not_found", errors.ProviderDown),
        (503, "not_found", errors.ProviderDown),
    ],
)
async def test_each_error_has_its_meaning(vendor, ask, status, name, kind):
    vendor.answers(ASK, captured(f"replicate/{name}"), status=status)
    with pytest.raises(errors.ProviderError) as caught:
        await ask(SCHNELL)
    assert isinstance(caught.value, kind)
    assert not caught.value.may_have_billed


async def test_a_wait_told_in_the_text_is_kept(vendor, ask):
    vendor.answers(ASK, captured("replicate/throttled"), status=429)
    with pytest.raises(errors.RateLimited) as caught:
        await ask(SCHNELL)
    assert caught.value.retry_after == 30


async def test_a_rejected_field_is_named(vendor, ask):
    vendor.answers(ASK, captured("replicate/invalid"), status=422)
    with pytest.raises(errors.InvalidRequest) as caught:
        await ask(SCHNELL)
    assert caught.value.field == "input.aspect_ratio"


@pytest.mark.parametrize("output", [[], "", [None], {}, "file:///etc/passwd", ["http://169.254.169.254/latest"], "data:,x"])
async def test_an_output_that_leads_nowhere_is_broken(vendor, ask, output):
    vendor.answers(ASK, captured("replicate/succeeded") | {"output": output})
    with pytest.raises(errors.BrokenAnswer) as caught:
        await ask(SCHNELL)
    assert caught.value.may_have_billed


LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["succeeded", "failed", "starting"])
)
NAMES = st.sampled_from(["id", "status", "output", "error", "input", "logs", "seed", "urls", "data_removed"])
STATES = st.dictionaries(NAMES, LEAVES | st.lists(LEAVES, max_size=2) | st.dictionaries(NAMES, LEAVES, max_size=3), max_size=6)


@pytest.fixture
async def hurried():
    async with Transport(replace(PATIENT, deadline=0.05, download_seconds=0.05)) as transport:
        yield transport


@settings(max_examples=60)
@given(state=STATES, status=st.sampled_from([200, 200, 200, 202, 404, 500]))
async def test_no_state_of_a_prediction_however_odd_leaves_the_error_tree(vendor, hurried, state, status):
    vendor.answers(LOOK, state, status=status)
    request = ImageRequest(catalogue.model(SCHNELL), "a cup", Size(1024, 1024), Quality.STANDARD, resume_job=IDENT)
    with suppress(errors.ProviderError):
        async for event in catalogue.provider("replicate").generate(request, Access(vendor.url, SECRET), hurried):
            assert isinstance(event, Progress) or pictures.inspect(event.data)
    assert hurried.budget.used == 0
