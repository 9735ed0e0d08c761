"""The addresses fal gives for a job: which are trusted with the key, how they are kept, and calling the job off."""

import pytest

from providers import catalogue, errors
from providers.adapters.fal_jobs import Job
from providers.types import Access, ImageResult, Submitted
from tests.providers.conftest import SECRET
from tests.providers.samples import captured, picture
from tests.providers.test_fal import ASK, JOB, SCHNELL, answers, asked

FOREIGN = [
    "http://queue.fal.run/x",
    "https://fal.run.example/x",
    "https://notfal.run/x",
    "https://user@queue.fal.run/x",
    "https://queue.fal.run:8443/x",
    "https://169.254.169.254/latest",
    "file:///etc/passwd",
    "https://[::1",
]
NO_ADDRESS = [None, "", 7, "https://queue.fal.run/ /x"]
TOO_LONG = "https://queue.fal.run/" + "1" * 300


def taken(vendor, **changed):
    """Let fal take the work, and say these addresses about it."""
    answers(ASK)(vendor, picture())
    vendor.answers(ASK, captured("fal/taken", root=f"{vendor.url}{JOB}") | changed)


async def cancelled(vendor, transport, job):
    fal = catalogue.provider("fal")
    await fal.cancel(None, job.format(own=f"{vendor.url}{JOB}"), Access(vendor.url, SECRET), transport)


@pytest.mark.parametrize("url", [*FOREIGN, *NO_ADDRESS, TOO_LONG], ids=lambda url: str(url)[:40])
@pytest.mark.parametrize("name", ["status_url", "response_url"])
async def test_the_key_goes_to_no_address_but_theirs(vendor, ask, name, url):
    taken(vendor, **{name: url})
    with pytest.raises(errors.BrokenAnswer) as caught:
        await ask(SCHNELL)
    assert caught.value.may_have_billed
    assert asked(vendor) == [("POST", ASK)]


@pytest.mark.parametrize("job", [*(f"{{own}} {url}" for url in FOREIGN), *(f"{url} {{own}}" for url in FOREIGN), "{own}", ""])
async def test_an_address_kept_for_a_resumption_is_checked_again(vendor, ask, job):
    with pytest.raises(errors.BrokenAnswer):
        await ask(SCHNELL, resume_job=job.format(own=f"{vendor.url}{JOB}"))
    assert vendor.seen == []


@pytest.mark.parametrize("url", [*FOREIGN, *NO_ADDRESS, TOO_LONG], ids=lambda url: str(url)[:40])
async def test_a_job_that_cannot_be_called_off_is_followed_all_the_same(vendor, ask, transport, url):
    taken(vendor, cancel_url=url)
    submitted, result = await ask(SCHNELL)
    assert submitted == Submitted(f"{vendor.url}{JOB} /status")
    assert isinstance(result, ImageResult)
    vendor.seen.clear()
    await cancelled(vendor, transport, submitted.job_id)
    assert vendor.seen == []


@pytest.mark.parametrize("url", FOREIGN)
async def test_no_job_is_called_off_at_a_foreign_address(vendor, transport, url):
    await cancelled(vendor, transport, f"{{own}} /status {url}")
    assert vendor.seen == []


async def test_a_job_is_called_off_where_fal_said(vendor, ask, transport):
    vendor.answers("/off/42", b"", status=202)
    taken(vendor, cancel_url=f"{vendor.url}/off/42")
    submitted, _ = await ask(SCHNELL)
    vendor.seen.clear()
    await cancelled(vendor, transport, submitted.job_id)
    assert asked(vendor) == [("PUT", "/off/42")]
    assert vendor.seen[0].headers["Authorization"] == f"Key {SECRET}"


async def test_addresses_that_do_not_go_on_from_each_other_are_kept_in_full(vendor):
    access = Access(vendor.url, SECRET)
    addresses = {"status_url": f"{vendor.url}/a", "response_url": f"{vendor.url}/b", "cancel_url": f"{vendor.url}/bc"}
    job = Job.submitted(addresses, access)
    assert job.written == f"{vendor.url}/b {vendor.url}/a {vendor.url}/bc"
    assert Job.kept(job.written, access) == job


def test_the_longest_real_addresses_fit_a_row():
    root = "https://queue.fal.run/blackforestlabs/flux-3/requests/764cabcf-b745-4b3e-ae38-1200304cf45b"
    addresses = {"status_url": f"{root}/status", "response_url": root, "cancel_url": f"{root}/cancel"}
    job = Job.submitted(addresses, Access("https://queue.fal.run", SECRET))
    assert job.written == f"{root} /status /cancel"
    assert job.cancel_url == f"{root}/cancel"
