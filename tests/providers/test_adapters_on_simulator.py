"""Every fault the simulator can show, understood by the adapters that answer at once, wait and poll, or queue."""

from contextlib import aclosing
from datetime import date

import pytest

from providers import catalogue, errors
from providers.access import access_for
from providers.simulator.config import Config
from providers.simulator.server import serving
from providers.transport import Transport
from providers.types import ImageRequest, ImageResult, Progress, Submitted
from tests.providers.conftest import PATIENT

MODELS = ["gemini/nano-banana-2.1", "replicate/flux-schnell", "replicate/flux-1.1-pro", "fal/flux-schnell", "fal/flux-3"]
JOBS = [model for model in MODELS if not model.startswith("gemini")]
TODAY = date(2026, 11, 22)
MEANINGS = {
    "unauthorized": errors.BadKey,
    "no_access": errors.NoAccess,
    "out_of_quota": errors.OutOfQuota,
    "rate_limited=7": errors.RateLimited,
    "server_error": errors.ProviderDown,
    "unavailable": errors.ProviderDown,
    "invalid_request": errors.InvalidRequest,
    "model_gone": errors.ModelGone,
    "refusal": errors.Refused,
    "withheld": errors.Refused,
    "drop": errors.ProviderDown,
    "cut_off": errors.BrokenAnswer,
    "wrong_type": errors.BrokenAnswer,
    "empty": errors.BrokenAnswer,
    "no_picture": errors.BrokenAnswer,
    "text_as_image": errors.BrokenAnswer,
    "svg_with_entity": errors.BrokenAnswer,
    "oversized": errors.BrokenAnswer,
}


@pytest.fixture
async def ask():
    """Ask a model of the simulator; gives every event."""
    config = Config(time_scale=0, payload_bytes=30_000, today=TODAY)
    async with serving(config) as address, Transport(PATIENT) as transport:

        async def ask(model_id, prompt, **request):
            model = catalogue.model(model_id)
            provider = catalogue.provider(model.provider)
            access = access_for(provider, api_key="", base_url=None, simulator_url=address)
            wanted = ImageRequest(model, prompt, model.sizes[0], next(iter(model.offers)), **request)
            async with aclosing(provider.generate(wanted, access, transport)) as events:
                return [event async for event in events]

        yield ask


@pytest.mark.parametrize("model", MODELS)
async def test_each_fault_has_its_meaning(ask, model):
    taken_for_another = {}
    for fault, kind in MEANINGS.items():
        with pytest.raises(errors.ProviderError) as caught:
            await ask(model, f"a fox [[fault:{fault}]]")
        if not isinstance(caught.value, kind):
            taken_for_another[fault] = type(caught.value)
        if kind is errors.RateLimited:
            assert caught.value.retry_after == 7
    assert taken_for_another == {}


@pytest.mark.parametrize("model", JOBS)
async def test_an_expired_picture_is_broken(ask, model):
    with pytest.raises(errors.BrokenAnswer, match="expired"):
        await ask(model, "a fox [[fault:expired_url]]")


@pytest.mark.parametrize("model", JOBS)
@pytest.mark.parametrize("fault", ["server_error*2/poll", "wrong_type*1/poll", "empty*1/poll", "unavailable*1/image"])
async def test_a_stumble_on_the_way_to_the_picture_costs_nothing(ask, model, fault):
    first, *_ = await ask(model, "a fox")
    assert isinstance(first, Submitted)
    submitted, *_, result = await ask(model, f"a fox [[fault:{fault}]]")
    [*_, again] = await ask(model, "a fox", resume_job=submitted.job_id)
    assert isinstance(result, ImageResult)
    assert again.data == result.data


async def test_a_queue_tells_the_place_and_a_model_how_far_it_is():
    config = Config(latency=(10, 10), time_scale=0.04, payload_bytes=30_000, today=TODAY)
    async with serving(config) as address, Transport(PATIENT) as transport:
        told = {}
        for model_id in ("replicate/flux-schnell", "fal/flux-schnell"):
            model = catalogue.model(model_id)
            provider = catalogue.provider(model.provider)
            access = access_for(provider, api_key="", base_url=None, simulator_url=address)
            request = ImageRequest(model, "a fox", model.sizes[0], next(iter(model.offers)))
            async with aclosing(provider.generate(request, access, transport)) as events:
                told[model_id] = [event async for event in events if isinstance(event, Progress)]
    assert all(progress.place_in_line is not None for progress in told["fal/flux-schnell"])
    assert [progress.share for progress in told["replicate/flux-schnell"]] == sorted(
        progress.share for progress in told["replicate/flux-schnell"]
    )
    assert all(told.values())
