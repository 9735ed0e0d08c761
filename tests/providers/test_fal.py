"""fal's queue through captured answers served over real HTTP: submit, look, read, download."""

import json
from base64 import b64decode
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
from tests.providers.samples import captured, encoded, picture

FLUX_3, IDEOGRAM, SCHNELL = "fal/flux-3", "fal/ideogram-4", "fal/flux-schnell"
ASK, FILE = "/fal-ai/flux/schnell", "/files/1"
IDENT = "764cabcf-b745-4b3e-ae38-1200304cf45b"
JOB = f"/fal-ai/flux/requests/{IDENT}"
STATUS = f"{JOB}/status"


def answers(path):
    def with_a_job(vendor, data):
        root = f"{vendor.url}{JOB}"
        vendor.answers(FILE, data, content_type="image/png")
        vendor.answers(path, captured("fal/taken", root=root))
        vendor.answers(STATUS, captured("fal/completed", root=root))
        vendor.answers(JOB, captured("fal/output", url=f"{vendor.url}{FILE}?sig=abcdef"))

    return with_a_job


CASES = (
    Case(SCHNELL, ASK, answers(ASK)),
    Case(FLUX_3, "/blackforestlabs/flux-3/text-to-image", answers("/blackforestlabs/flux-3/text-to-image")),
)


@pytest.fixture
def gives(vendor):
    """Let each question at this path get the next of these (a status, then a captured name, JSON or bytes)."""
    answers(ASK)(vendor, picture())

    def gives(path, *given):
        rest = list(given)

        async def handler(_):
            status, body = rest.pop(0) if len(rest) > 1 else rest[0]
            if isinstance(body, str):
                body = captured(f"fal/{body}", root=f"{vendor.url}{JOB}", url=f"{vendor.url}{FILE}?sig=abcdef")
            return web.Response(status=status, body=body if isinstance(body, bytes) else json.dumps(body).encode())

        vendor.handlers[path] = handler

    return gives


def asked(vendor):
    return [(seen.method, seen.path) for seen in vendor.seen]


def kept(vendor):
    return f"{vendor.url}{JOB} /status /cancel"


async def test_a_job_is_told_before_it_is_looked_at_and_its_picture_fetched_at_once(vendor, ask):
    answers(ASK)(vendor, picture())
    submitted, result = await ask(SCHNELL)
    assert submitted == Submitted(kept(vendor))
    assert result == ImageResult(picture(), "image/png", 1024, 1024, 7, "a cup", request_id=IDENT)
    assert asked(vendor) == [("POST", ASK), ("GET", STATUS), ("GET", JOB), ("GET", FILE)]


async def test_the_key_is_sent_to_the_queue_but_not_with_the_download(vendor, ask):
    answers(ASK)(vendor, picture())
    await ask(SCHNELL)
    *queue, download = vendor.seen
    assert {seen.headers["Authorization"] for seen in queue} == {f"Key {SECRET}"}
    assert SECRET not in str(download.headers)


@pytest.mark.parametrize(
    ("model", "extra", "body"),
    [
        (
            SCHNELL,
            {"seed": 7},
            {"num_images": 1, "output_format": "png", "image_size": {"width": 1344, "height": 768}, "seed": 7},
        ),
        (
            IDEOGRAM,
            {"quality": Quality.HD, "seed": 2**31, "negative_prompt": "handles"},
            {
                "num_images": 1,
                "output_format": "png",
                "enable_prompt_expansion": False,
                "expansion_model": "None",
                "rendering_speed": "QUALITY",
                "image_size": {"width": 1344, "height": 768},
            },
        ),
        (
            FLUX_3,
            {"seed": 7},
            {"resolution": "1k", "output_format": "png", "enable_prompt_expansion": False, "aspect_ratio": "16:9"},
        ),
    ],
)
async def test_only_what_the_model_knows_is_sent(vendor, ask, model, extra, body):
    answers(f"/{catalogue.model(model).wire_name}")(vendor, picture())
    await ask(model, size=Size(1344, 768), **extra)
    assert vendor.seen[0].json == {"prompt": "a cup"} | body


@pytest.mark.parametrize(
    ("model", "endpoint", "field", "as_it_is_sent"),
    [
        (FLUX_3, "/blackforestlabs/flux-3/edit-image", "image_urls", lambda address: [address]),
        (IDEOGRAM, "/ideogram/v4/image-to-image", "image_url", lambda address: address),
    ],
)
async def test_with_a_reference_another_endpoint_is_asked(vendor, ask, model, endpoint, field, as_it_is_sent):
    answers(endpoint)(vendor, picture())
    _, result = await ask(model, reference=Reference(picture("WEBP"), "image/webp"))
    assert vendor.seen[0].json[field] == as_it_is_sent(f"data:image/webp;base64,{encoded(picture('WEBP'))}")
    assert result.notes == ()


@pytest.mark.parametrize(("size", "sent"), [((3000, 2000), (2449, 1632)), ((400, 100), (1024, 256))])
async def test_a_reference_is_brought_into_the_bounds_of_the_model(vendor, ask, size, sent):
    answers("/blackforestlabs/flux-3/edit-image")(vendor, picture())
    await ask(FLUX_3, reference=Reference(picture("PNG", *size), "image/png"))
    [address] = vendor.seen[0].json["image_urls"]
    made = pictures.inspect(b64decode(address.removeprefix("data:image/jpeg;base64,")))
    assert (made.width, made.height) == sent


async def test_each_new_place_in_line_is_told(ask, gives):
    gives(STATUS, (202, "taken"), (202, "taken"), (202, "in_queue"), (202, "in_progress"), (200, "completed"))
    submitted, *progress, result = await ask(SCHNELL)
    assert progress == [Progress(place_in_line=3), Progress(place_in_line=1)]
    assert (type(submitted), type(result)) == (Submitted, ImageResult)


async def test_looks_that_tell_nothing_are_no_reason_to_give_up(vendor, ask, gives):
    gives(STATUS, (503, b""), (429, {}), (500, b"<html>"), (200, b""), (202, {"status": "RESTING"}), (200, "completed"))
    gives(JOB, (502, b"<html>nginx</html>"), (200, b""), (200, "output"))
    assert isinstance((await ask(SCHNELL))[-1], ImageResult)
    assert asked(vendor).count(("POST", ASK)) == 1


async def test_a_job_is_resumed_without_asking_again(vendor, ask):
    answers(ASK)(vendor, picture())
    [result] = await ask(SCHNELL, resume_job=kept(vendor))
    assert result.request_id == IDENT
    assert asked(vendor) == [("GET", STATUS), ("GET", JOB), ("GET", FILE)]


@pytest.mark.parametrize(
    ("status", "name", "kind", "billed"),
    [
        (422, "declined", errors.Refused, True),
        (422, "no_media", errors.Refused, True),
        (422, "invalid", errors.InvalidRequest, True),
        (500, "internal", errors.ProviderDown, False),
        (503, "no_runner", errors.ProviderDown, False),
        (504, "timed_out", errors.TimedOut, False),
        (404, "not_found", errors.BrokenAnswer, True),
        (404, b"<html>", errors.BrokenAnswer, True),
        (401, b"<html>", errors.BadKey, True),
        (200, "blackened", errors.Refused, True),
        (200, {"images": []}, errors.BrokenAnswer, True),
        (200, {"images": [{"url": "file:///etc/passwd"}]}, errors.BrokenAnswer, True),
    ],
)
async def test_each_bad_answer_of_a_finished_job_has_its_meaning(ask, gives, status, name, kind, billed):
    gives(STATUS, (200, "completed_with_error"))
    gives(JOB, (status, name))
    with pytest.raises(errors.ProviderError) as caught:
        await ask(SCHNELL)
    assert isinstance(caught.value, kind)
    assert caught.value.may_have_billed is billed


async def test_a_failed_job_is_named_in_the_log(ask, gives):
    gives(JOB, (422, "declined"))
    with pytest.raises(errors.Refused) as caught:
        await ask(SCHNELL)
    assert caught.value.request_id == IDENT


async def test_a_job_that_is_never_done_times_out_and_may_have_billed(ask, gives):
    gives(STATUS, (202, "in_progress"))
    async with Transport(replace(PATIENT, deadline=0.2)) as transport:
        with pytest.raises(errors.TimedOut) as caught:
            await ask(SCHNELL, transport=transport)
    assert caught.value.may_have_billed


@pytest.mark.parametrize(
    ("status", "name", "kind"),
    [
        (401, "unauthenticated", errors.BadKey),
        (403, "forbidden", errors.NoAccess),
        (403, "balance", errors.OutOfQuota),
        (404, "not_found", errors.ModelGone),
        (422, "invalid", errors.InvalidRequest),
        (422, "declined", errors.Refused),
        (429, "too_many", errors.RateLimited),
        (500, "internal", errors.ProviderDown),
        (503, "no_runner", errors.ProviderDown),
    ],
)
async def test_each_error_at_submission_has_its_meaning(vendor, ask, status, name, kind):
    vendor.answers(ASK, captured(f"fal/{name}"), status=status)
    with pytest.raises(errors.ProviderError) as caught:
        await ask(SCHNELL)
    assert isinstance(caught.value, kind)
    assert not caught.value.may_have_billed


async def test_the_type_may_stand_in_a_header_alone(vendor, ask):
    vendor.answers(ASK, b"", status=400, **{"x-fal-error-type": "internal_error", "x-fal-request-id": "req_1"})
    with pytest.raises(errors.ProviderDown) as caught:
        await ask(SCHNELL)
    assert caught.value.request_id == "req_1"


async def test_a_rejected_field_is_named(vendor, ask):
    vendor.answers(ASK, captured("fal/invalid"), status=422)
    with pytest.raises(errors.InvalidRequest) as caught:
        await ask(SCHNELL)
    assert caught.value.field == "width"


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["COMPLETED", "IN_QUEUE"])
NAMES = st.sampled_from(
    ["status", "images", "url", "detail", "error_type", "type", "loc", "seed", "has_nsfw_concepts", "queue_position"]
)
BODIES = st.dictionaries(NAMES, LEAVES | st.lists(LEAVES | st.dictionaries(NAMES, LEAVES, max_size=3), max_size=2), max_size=6)


@pytest.fixture
async def hurried():
    async with Transport(replace(PATIENT, deadline=0.05, download_seconds=0.05)) as transport:
        yield transport


@settings(max_examples=60)
@given(state=BODIES, body=BODIES, status=st.sampled_from([200, 200, 400, 404, 422, 500, 504]), done=st.booleans())
async def test_no_answer_about_a_job_however_odd_leaves_the_error_tree(vendor, hurried, state, body, status, done):
    vendor.answers(STATUS, {**state, "status": "COMPLETED"} if done else state)
    vendor.answers(JOB, body, status=status)
    request = ImageRequest(catalogue.model(SCHNELL), "a cup", Size(1024, 1024), Quality.STANDARD, resume_job=kept(vendor))
    with suppress(errors.ProviderError):
        async for event in catalogue.provider("fal").generate(request, Access(vendor.url, SECRET), hurried):
            assert isinstance(event, Progress) or pictures.inspect(event.data)
    assert hurried.budget.used == 0
