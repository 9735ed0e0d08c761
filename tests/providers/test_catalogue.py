"""The catalogue: every model complete, every death announced with who takes over."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from providers import catalogue
from providers.access import access_for, setting, simulator_base
from providers.self_hosted import SelfHosted
from providers.types import LifecycleStatus, Quality

TODAY = date(2026, 11, 22)
OFFERS = [(model, offer) for model in catalogue.all_models() for offer in model.offers.values()]


def is_own(model) -> bool:
    """A server of one's own bills nothing, and what it was loaded with promises nothing to Auto."""
    return isinstance(catalogue.provider(model.provider), SelfHosted)


def test_every_model_is_complete():
    for model in catalogue.all_models():
        assert all([model.label, model.wire_name, model.family, model.sizes, model.offers]), model
        assert model.strengths or is_own(model), model
        assert catalogue.provider(model.provider).key == model.provider


def test_every_offer_has_a_dated_price_and_a_time():
    for model, offer in OFFERS:
        assert offer.price.usd > 0 or is_own(model), model.id
        assert offer.price.as_of <= TODAY, model.id
        assert offer.price.source, model.id
        assert offer.expected_seconds > 0, model.id


@pytest.mark.parametrize("reference", [False, True])
def test_a_better_quality_never_costs_less(reference):
    for model in catalogue.all_models():
        offers = [model.offers[quality] for quality in Quality if quality in model.offers]
        prices = [offer.price_of(reference=reference).usd for offer in offers]
        assert prices == sorted(prices), model.id


def test_a_reference_has_a_dated_price_of_its_own_only_where_one_is_taken():
    priced = [(model, offer.price, offer.with_reference) for model, offer in OFFERS if offer.with_reference]
    assert priced
    for model, price, dearer in priced:
        assert model.capabilities.reference, model.id
        assert dearer.usd > price.usd, model.id
        assert dearer.as_of <= TODAY, model.id
        assert dearer.source, model.id


@pytest.mark.parametrize(
    ("model_id", "quality", "usd"),
    [
        ("ideogram/4.5", Quality.STANDARD, "0.06"),
        ("ideogram/4.5", Quality.HD, "0.22"),
        ("ideogram/vector-1", Quality.HD, "0.32"),
        ("bfl/flux-2-pro", Quality.STANDARD, "0.045"),
        ("bfl/flux-2-flex", Quality.DRAFT, "0.10"),
        ("bfl/flux-3-image", Quality.STANDARD, "0.048"),
        ("openai/gpt-image-2", Quality.DRAFT, "0.0207"),
        ("openai/gpt-image-2.6-flare", Quality.STANDARD, "0.0306"),
        ("openai/gpt-image-1.5", Quality.HD, "0.2525"),
        ("gemini/3-pro-image", Quality.HD, "0.13624"),
        ("recraft/v3", Quality.STANDARD, "0.04"),
    ],
)
def test_what_an_image_costs_that_goes_by_a_reference(model_id, quality, usd):
    assert catalogue.model(model_id).offers[quality].price_of(reference=True).usd == Decimal(usd)


def test_every_model_that_dies_names_a_living_successor():
    for model in catalogue.all_models():
        if model.lifecycle.status(TODAY) is LifecycleStatus.LIVE:
            assert model.lifecycle.successor is None, model.id
        else:
            taking_over = catalogue.successor(model.id, TODAY)
            assert taking_over is not None, model.id
            assert taking_over.lifecycle.status(TODAY) is LifecycleStatus.LIVE, model.id


def test_dates_of_a_life_are_in_order():
    for model in catalogue.all_models():
        life = model.lifecycle
        dates = [day for day in (life.released, life.notice, life.shutdown) if day is not None]
        assert dates == sorted(dates), model.id


def test_ids_are_unique():
    written = [model.id for provider in catalogue.providers() for model in provider.models]
    assert len(written) == len(set(written)) == len(catalogue.all_models())


def test_the_story_s_pair_keeps_the_times_that_were_measured():
    seconds = {
        name: catalogue.model(f"ideogram/{name}").offers[Quality.DRAFT].expected_seconds for name in ("v_1_turbo", "v_2a_turbo")
    }
    assert seconds == {"v_1_turbo": 4.2, "v_2a_turbo": 2.8}


def test_turbo_models_sell_no_hd():
    assert [model.id for model in catalogue.all_models() if "turbo" in model.id and Quality.HD in model.offers] == []


def test_every_model_is_live_retiring_or_retired():
    parts = catalogue.live(TODAY), catalogue.retiring(TODAY), catalogue.retired(TODAY)
    assert sum(map(len, parts)) == len(catalogue.all_models())
    assert [model.id for model in parts[1]] == ["openai/gpt-image-1.5", "openai/gpt-image-1-mini", "gemini/2.5-flash-image"]
    assert [model.id for model in parts[2]] == [
        "openai/gpt-image-1",
        "openai/dall-e-3",
        "openai/dall-e-2",
        "gemini/3.1-flash-image",
        "gemini/imagen-4.0-fast-generate",
        "gemini/imagen-4.0-generate",
        "gemini/imagen-4.0-ultra-generate",
    ]


def test_a_model_dies_on_its_day_and_not_before():
    day = catalogue.model("openai/gpt-image-1.5").lifecycle.shutdown
    assert catalogue.model("openai/gpt-image-1.5") in catalogue.retiring(day - timedelta(days=1))
    assert catalogue.model("openai/gpt-image-1.5") in catalogue.retired(day)


def test_the_successor_of_dall_e_3_is_named():
    assert catalogue.successor("openai/dall-e-3", TODAY).id == "openai/gpt-image-2.6-sunburst"


def test_a_living_model_has_no_successor():
    assert catalogue.successor("ideogram/4.5", TODAY) is None


def test_an_unknown_model_is_said_plainly():
    with pytest.raises(catalogue.UnknownModel) as caught:
        catalogue.model("openai/nothing")
    assert str(caught.value) == "There is no model named 'openai/nothing'."
    assert isinstance(caught.value, KeyError)


def test_an_unknown_provider_is_said_plainly():
    with pytest.raises(catalogue.UnknownProvider, match=r"^There is no provider named 'acme'\.$"):
        catalogue.provider("acme")


@pytest.mark.parametrize(
    ("key", "base"), [("openai", "http://127.0.0.1:9000/openai/v1"), ("ideogram", "http://127.0.0.1:9000/ideogram")]
)
def test_without_a_key_the_simulator_answers(key, base):
    provider = catalogue.provider(key)
    assert simulator_base(provider, "http://127.0.0.1:9000/") == base
    access = access_for(provider, api_key="", base_url=None, simulator_url="http://127.0.0.1:9000")
    assert (access.base_url, access.simulated) == (base, True)


def test_with_a_key_the_real_service_answers():
    access = access_for(catalogue.provider("openai"), api_key="sk-1", base_url=None, simulator_url="http://127.0.0.1:9000")
    assert (access.base_url, access.api_key, access.simulated) == ("https://api.openai.com/v1", "sk-1", False)


def test_a_key_may_go_to_another_address():
    access = access_for(catalogue.provider("openai"), api_key="sk-1", base_url="https://proxy.example/v1/", simulator_url="")
    assert access.base_url == "https://proxy.example/v1"


def test_without_key_and_simulator_a_provider_is_not_configured():
    assert access_for(catalogue.provider("openai"), api_key="", base_url=None, simulator_url="") is None


OWN = pytest.mark.parametrize("key", ["a1111", "comfyui", "local"])


@OWN
def test_an_address_alone_makes_a_server_of_one_s_own_real(key):
    access = access_for(catalogue.provider(key), api_key="", base_url="http://gpu:7860/", simulator_url="http://127.0.0.1:9000")
    assert (access.base_url, access.api_key, access.simulated) == ("http://gpu:7860", "", False)


@OWN
def test_a_key_without_an_address_goes_nowhere(key):
    provider = catalogue.provider(key)
    assert access_for(provider, api_key="user:password", base_url=None, simulator_url="") is None
    simulated = access_for(provider, api_key="user:password", base_url=None, simulator_url="http://127.0.0.1:9000")
    assert simulated.simulated
    assert "password" not in simulated.api_key


@pytest.mark.parametrize(("key", "name"), [("openai", "OPENAI_API_KEY"), ("comfyui", "COMFYUI_BASE_URL")])
def test_what_configures_a_provider_has_a_name(key, name):
    assert setting(catalogue.provider(key)) == name
