"""Which providers are reached for real, from the environment; what admins enter is tried in tests of operations."""

import pytest

from providers import catalogue
from providers.errors import NoAccess
from workspace.comparisons import keys

pytestmark = pytest.mark.django_db
OWN = catalogue.provider("a1111")


def test_the_address_of_a_server_of_one_s_own_makes_it_real(monkeypatch):
    monkeypatch.setenv("A1111_BASE_URL", "http://gpu:7860/")
    monkeypatch.setenv("A1111_API_KEY", "user:password")
    found = keys.find(OWN)
    assert (found.base_url, found.api_key, found.simulated) == ("http://gpu:7860", "user:password", False)
    assert not keys.everything_simulated()


def test_without_its_address_it_is_simulated():
    assert keys.find(OWN).simulated
    assert keys.everything_simulated()


def test_with_neither_its_models_are_not_offered(settings):
    settings.SIMULATOR_URL = ""
    assert keys.models() == []
    with pytest.raises(NoAccess, match="no A1111_BASE_URL is set"):
        keys.access(OWN)


def test_a_key_alone_configures_a_provider_that_is_paid(monkeypatch, settings):
    settings.SIMULATOR_URL = ""
    monkeypatch.setenv("IDEOGRAM_API_KEY", "a-key")
    assert {model.provider for model in keys.models()} == {"ideogram"}
