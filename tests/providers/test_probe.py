"""Asking a provider about itself: every one on the simulator, and what each says in its own words."""

from datetime import date

import pytest

from providers import catalogue, errors, probe
from providers.access import SIMULATED_KEY, simulator_base
from providers.base import Answerable
from providers.probe import Finding, Outcome
from providers.reports import Told
from providers.simulator.server import serving
from providers.transport import Transport
from providers.types import Access
from tests.providers.conftest import PATIENT, SECRET

ASKED = [provider for provider in catalogue.providers() if isinstance(provider, Answerable)]
EACH = pytest.mark.parametrize("provider", ASKED, ids=lambda provider: provider.key)
# Where each asks, and a good answer to it.
QUESTIONS = {
    "openai": ("/models", {"data": []}),
    "ideogram": ("/v2/image/generate/ideogram-4-5", {"object": "price_quote"}),
    "recraft": ("/users/me", {"credits": 12}),
    "bfl": ("/credits", {"credits": 12.0}),
    "gemini": ("/models", {"models": []}),
    "stability": ("/v1/user/balance", {"credits": 12.0}),
    "replicate": ("/account", {"username": "a"}),
    "a1111": ("/sdapi/v1/sd-models", []),
    "comfyui": ("/object_info/CheckpointLoaderSimple", {}),
    "local": ("/v1/models", {"data": []}),
}


@pytest.fixture
async def simulator():
    async with serving() as address:
        yield address


async def ask_simulator(provider, address: str, key: str = SIMULATED_KEY) -> Finding:
    async with Transport(PATIENT) as transport:
        return await probe.ask(provider, Access(simulator_base(provider, address), key, simulated=True), transport)


@pytest.fixture
def ask_vendor(vendor, transport):
    async def ask(key: str) -> Finding:
        return await probe.ask(catalogue.provider(key), Access(vendor.url, SECRET), transport)

    return ask


def told(finding: Finding) -> dict[str, Told]:
    return {each.wire_name: each for each in finding.report.models}


@EACH
async def test_a_good_key_is_found_good(simulator, provider):
    finding = await ask_simulator(provider, simulator)
    assert (finding.outcome, finding.error, finding.simulated) == (Outcome.OK, None, True)
    assert finding.seconds > 0


@EACH
async def test_a_wrong_key_is_found_wrong(simulator, provider):
    finding = await ask_simulator(provider, simulator, "wrong-key")
    assert finding.outcome is Outcome.FAILED
    assert isinstance(finding.error, errors.BadKey)
    assert finding.error.public == "The key for this provider does not work. An admin can correct it."
    assert "wrong-key" not in str(finding.error)


@EACH
async def test_a_fault_of_the_whole_provider_strikes_its_questions_too(simulator, provider):
    async with Transport(PATIENT) as transport:
        order = {"provider": provider.key, "model": "*", "kind": "unauthorized"}
        async with transport.post(f"{simulator}/_control/faults", order, headers={}, secret="") as reply:
            assert not reply.failed
    finding = await ask_simulator(provider, simulator)
    assert isinstance(finding.error, errors.BadKey)


@EACH
async def test_no_answer_gets_an_exception_outside_the_tree(vendor, ask_vendor, provider):
    path, _ = QUESTIONS[provider.key]
    for body in (b"", b"<html>", b"[1, 2]", b'{"data": 7, "models": "x", "credits": []}', b"null", b"[" * 9999):
        vendor.answers(path, body)
        vendor.handlers.update({f"/models/{model.wire_name}": vendor.handlers[path] for model in provider.models})
        finding = await ask_vendor(provider.key)
        assert finding.outcome in (Outcome.OK, Outcome.FAILED), body


@EACH
async def test_an_address_where_nobody_answers_is_no_dead_model(vendor, ask_vendor, provider):
    vendor.answers(QUESTIONS[provider.key][0], {}, status=404)
    finding = await ask_vendor(provider.key)
    assert type(finding.error) is errors.InvalidRequest


@EACH
async def test_a_provider_that_is_down_is_found_down(vendor, ask_vendor, provider):
    vendor.answers(QUESTIONS[provider.key][0], {}, status=503)
    assert isinstance((await ask_vendor(provider.key)).error, errors.ProviderDown)


def test_every_provider_but_fal_can_be_asked():
    assert {provider.key for provider in catalogue.providers()} - {provider.key for provider in ASKED} == {"fal"}
    assert QUESTIONS.keys() == {provider.key for provider in ASKED}


async def test_one_that_has_no_free_question_says_so(ask_vendor, vendor):
    finding = await ask_vendor("fal")
    assert finding.outcome is Outcome.CANNOT_BE_ASKED
    assert vendor.seen == []


async def test_openai_tells_the_day_its_models_go(vendor, ask_vendor):
    models = [
        {"id": "gpt-image-2", "shutdown_date": None},
        {"id": "gpt-9"},
        {"id": "gpt-image-1.5", "shutdown_date": "2026-12-01"},
    ]
    vendor.answers("/models", {"data": [*models, {"id": 7}, None, {"id": "dall-e-3", "shutdown_date": "soon"}]})
    finding = await ask_vendor("openai")
    assert finding.report.complete
    assert {name: each.shutdown for name, each in told(finding).items()} == {
        "gpt-image-2": None,
        "gpt-image-1.5": date(2026, 12, 1),
        "dall-e-3": None,
    }


async def test_ideogram_tells_in_headers_and_in_a_notice(vendor, ask_vendor):
    headers = {
        "deprecation": "@1790000000",
        "sunset": "Tue, 01 Dec 2026 00:00:00 GMT",
        "link": '</v2/x>; rel="successor-version"',
    }
    vendor.answers(QUESTIONS["ideogram"][0], {"notice": "Use ideogram-5."}, **headers)
    told_of = told(await ask_vendor("ideogram"))["ideogram-4-5"]
    assert told_of.shutdown == date(2026, 12, 1)
    assert told_of.notice == 'Use ideogram-5. Deprecated: @1790000000. Successor: </v2/x>; rel="successor-version".'


async def test_ideogram_is_asked_without_drawing(simulator):
    finding = await ask_simulator(catalogue.provider("ideogram"), simulator)
    assert told(finding) == {"ideogram-4-5": Told("ideogram-4-5")}


async def test_google_lists_what_draws(vendor, ask_vendor):
    names = ("models/gemini-3-pro-image", "models/gemini-nano-banana-2.1", "models/gemini-3-pro")
    vendor.answers("/models", {"models": [{"name": name} for name in names]})
    assert set(told(await ask_vendor("gemini"))) == {"gemini-3-pro-image", "gemini-nano-banana-2.1"}


async def test_replicate_is_asked_for_each_model_of_ours(vendor, ask_vendor):
    first, *others = [model.wire_name for model in catalogue.provider("replicate").models]
    vendor.answers("/account", {})
    vendor.answers(f"/models/{first}", {}, status=404)
    for name in others:
        vendor.answers(f"/models/{name}", {})
    assert {name for name, each in told(await ask_vendor("replicate")).items() if not each.listed} == {first}


@pytest.mark.parametrize(("credits", "said"), [(12, "12 units left on the account."), (0, "No units are left on the account.")])
async def test_recraft_tells_what_is_left(vendor, ask_vendor, credits, said):
    vendor.answers("/users/me", {"credits": credits})
    assert (await ask_vendor("recraft")).report.notices == (said,)


async def test_servers_of_one_s_own_list_their_checkpoints(simulator):
    for key in ("a1111", "comfyui"):
        finding = await ask_simulator(catalogue.provider(key), simulator)
        assert finding.report.complete
        assert catalogue.provider(key).models[0].wire_name in told(finding)
