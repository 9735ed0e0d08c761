"""Black Forest Labs through captured answers served over real HTTP: what is sent, what comes of it, and where the key may go."""

from base64 import b64decode
from decimal import Decimal

import pytest

from providers import catalogue, errors, pictures
from providers.adapters.bfl_jobs import Job
from providers.types import Access, ImageResult, Quality, Reference, Size, Submitted
from tests.providers.conftest import SECRET
from tests.providers.contract import Case
from tests.providers.samples import captured, encoded, picture

PRO, FLUX_3, POLL, SAMPLE = "/flux-2-pro", "/flux-3-image", "/get_result", "/delivery/1"
IDENT = "a7f0c2e4-5b1d-4f3e-8c9a-2d6b7e8f9a0b"


def answers(path):
    def with_a_job(vendor, data):
        vendor.answers(SAMPLE, data, content_type="image/jpeg")
        vendor.answers(path, captured("bfl/submitted", url=vendor.url))
        vendor.answers(POLL, captured("bfl/ready", url=f"{vendor.url}{SAMPLE}?sig=abcdef"))

    return with_a_job


CASES = (Case("bfl/flux-2-pro", PRO, answers(PRO)), Case("bfl/flux-3-image", FLUX_3, answers(FLUX_3)))


def asked(vendor):
    return [(seen.method, seen.path) for seen in vendor.seen]


async def test_a_job_is_told_before_it_is_looked_at_and_its_picture_fetched_at_once(vendor, ask):
    answers(PRO)(vendor, picture())
    submitted, result = await ask("bfl/flux-2-pro")
    assert submitted == Submitted(f"{vendor.url}/get_result?id={IDENT}#cost=3.00")
    cost = Decimal("0.03")
    wanted = ImageResult(picture(), "image/png", 1024, 1024, 7, "final prompt", request_id=IDENT, cost_usd=cost)
    assert result == wanted
    assert asked(vendor) == [("POST", PRO), ("GET", POLL), ("GET", SAMPLE)]


async def test_the_key_is_sent_with_question_and_look_but_not_with_the_download(vendor, ask):
    answers(PRO)(vendor, picture())
    await ask("bfl/flux-2-pro")
    question, look, download = vendor.seen
    assert question.headers["x-key"] == look.headers["x-key"] == SECRET
    assert SECRET not in str(download.headers)


@pytest.mark.parametrize(
    ("model", "extra", "body"),
    [
        ("flux-2-pro", {"seed": 7}, {"width": 1280, "height": 720, "output_format": "png", "seed": 7}),
        ("flux-2-max", {"seed": 2**31}, {"width": 1280, "height": 720, "output_format": "png"}),
        ("flux-2-klein-4b", {"negative_prompt": "handles"}, {"width": 1280, "height": 720, "output_format": "png"}),
        (
            "flux-2-flex",
            {},
            {"width": 1280, "height": 720, "output_format": "png", "steps": 50, "prompt_upsampling": False},
        ),
        ("flux-pro-1.1", {"size": Size(1344, 768)}, {"width": 1344, "height": 768, "output_format": "png"}),
        ("flux-pro-1.1-ultra", {"quality": Quality.HD}, {"aspect_ratio": "16:9", "output_format": "png"}),
        ("flux-3-image", {"seed": 7}, {"aspect_ratio": "16:9", "resolution": "1k", "grounding": False}),
        (
            "flux-3-image-2k",
            {"size": Size(1776, 2368), "quality": Quality.HD},
            {"aspect_ratio": "3:4", "resolution": "2k", "grounding": False},
        ),
    ],
)
async def test_only_what_the_model_knows_is_sent(vendor, ask, model, extra, body):
    path = f"/{catalogue.model(f'bfl/{model}').wire_name}"
    answers(path)(vendor, picture())
    await ask(f"bfl/{model}", **{"size": Size(1280, 720), **extra})
    assert vendor.seen[0].path == path
    assert vendor.seen[0].json == {"prompt": "a cup"} | body


async def test_flux_3_says_that_it_takes_no_seed(vendor, ask):
    answers(FLUX_3)(vendor, picture())
    [*_, result] = await ask("bfl/flux-3-image", seed=7)
    assert result.notes == ("This model takes no seed.",)


@pytest.mark.parametrize(
    ("status", "name", "kind"),
    [
        (400, "validation", errors.InvalidRequest),
        (402, "insufficient_credits", errors.OutOfQuota),
        (403, "not_authenticated", errors.BadKey),
        (403, "insufficient_credits", errors.NoAccess),
        (404, "validation", errors.ModelGone),
        (422, "validation", errors.InvalidRequest),
        (429, "rate_limited", errors.RateLimited),
        (500, "validation", errors.ProviderDown),
        (503, "rate_limited", errors.ProviderDown),
    ],
)
async def test_each_error_at_submission_has_its_meaning(vendor, ask, status, name, kind):
    vendor.answers(PRO, captured(f"bfl/{name}"), status=status)
    with pytest.raises(errors.ProviderError) as caught:
        await ask("bfl/flux-2-pro")
    assert isinstance(caught.value, kind)
    assert not caught.value.may_have_billed


async def test_a_rejected_field_is_named(vendor, ask):
    vendor.answers(PRO, captured("bfl/validation"), status=422)
    with pytest.raises(errors.InvalidRequest) as caught:
        await ask("bfl/flux-2-pro")
    assert caught.value.field == "width"


async def test_a_wait_told_in_the_body_is_kept(vendor, ask):
    vendor.answers(PRO, captured("bfl/rate_limited"), status=429)
    with pytest.raises(errors.RateLimited) as caught:
        await ask("bfl/flux-2-pro")
    assert caught.value.retry_after == 12


FOREIGN = [
    None,
    7,
    "",
    "http://api.bfl.ai/v1/get_result?id=1",
    "https://bfl.ai.example/v1/get_result?id=1",
    "https://notbfl.ai/v1/get_result?id=1",
    "https://user@api.bfl.ai/v1/get_result?id=1",
    "https://api.bfl.ai:8443/v1/get_result?id=1",
    "https://169.254.169.254/latest",
    "//127.0.0.1:1/get_result",
    "file:///etc/passwd",
    "https://[::1",
    "https://api.bfl.ai/v1/get_result?id=" + "1" * 300,
]


@pytest.mark.parametrize("url", FOREIGN, ids=lambda url: str(url)[:40])
async def test_the_key_goes_to_no_address_but_theirs(vendor, ask, url):
    vendor.answers(PRO, captured("bfl/submitted") | {"polling_url": url})
    with pytest.raises(errors.BrokenAnswer) as caught:
        await ask("bfl/flux-2-pro")
    assert caught.value.may_have_billed
    assert asked(vendor) == [("POST", PRO)]


@pytest.mark.parametrize("url", [url for url in FOREIGN[3:-1] if isinstance(url, str)])
async def test_an_address_kept_for_a_resumption_is_checked_again(vendor, ask, url):
    with pytest.raises(errors.BrokenAnswer):
        await ask("bfl/flux-2-pro", resume_job=url)
    assert vendor.seen == []


@pytest.mark.parametrize(
    ("url", "simulated", "trusted"),
    [
        ("https://api.eu.bfl.ai/v1/get_result?id=1", False, True),
        ("https://api.bfl.ai:443/v1/get_result?id=1", False, True),
        ("https://api.eu.bfl.ai/v1/get_result?id=1", True, False),
        ("/v1/get_result?id=1", False, True),
        ("http://simulator:8900/bfl/v1/get_result?id=1", False, False),
    ],
)
def test_regional_hosts_are_theirs_unless_the_simulator_answers(url, simulated, trusted):
    access = Access("https://api.bfl.ai/v1", SECRET, simulated=simulated)
    if simulated:
        access = Access("http://simulator:8900/bfl/v1", SECRET, simulated=True)
    if not trusted:
        with pytest.raises(errors.BrokenAnswer):
            Job.submitted({"polling_url": url}, access)
        return
    job = Job.submitted({"polling_url": url, "cost": 1.4}, access)
    assert job.address.startswith("https://api.")
    assert Job.kept(job.id, access) == job


@pytest.mark.parametrize("cost", [None, True, -1, "much", float("nan"), float("inf"), 10**9, [], "9" * 400])
def test_a_cost_that_makes_no_sense_is_not_believed(cost):
    access = Access("https://api.bfl.ai/v1", SECRET)
    job = Job.submitted({"polling_url": "https://api.bfl.ai/v1/get_result?id=1", "cost": cost}, access)
    assert (job.cost_usd, job.id) == (None, "https://api.bfl.ai/v1/get_result?id=1")


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("flux-2-pro", "input_image"),
        ("flux-2-klein-4b", "input_image"),
        ("flux-pro-1.1", "image_prompt"),
        ("flux-pro-1.1-ultra", "image_prompt"),
        ("flux-3-image", "images"),
    ],
)
async def test_a_reference_goes_along_under_the_model_s_name_for_it(vendor, ask, model, field):
    answers(f"/{model}")(vendor, picture())
    quality = next(iter(catalogue.model(f"bfl/{model}").offers))
    *_, result = await ask(f"bfl/{model}", quality=quality, reference=Reference(picture("WEBP"), "image/webp"))
    sent = encoded(picture("WEBP"))
    assert vendor.seen[0].json[field] == ([sent] if field == "images" else sent)
    assert result.notes == ()


async def test_a_small_reference_is_made_as_large_as_it_has_to_be(vendor, ask):
    answers(FLUX_3)(vendor, picture())
    await ask("bfl/flux-3-image", reference=Reference(picture("PNG", 200, 100), "image/png"))
    [sent] = vendor.seen[0].json["images"]
    made = pictures.inspect(b64decode(sent))
    assert (made.media_type, made.width, made.height) == ("image/jpeg", 512, 256)
