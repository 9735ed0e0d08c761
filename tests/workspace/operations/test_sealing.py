"""Keys at rest."""

import pytest

from workspace.operations import sealing, services
from workspace.operations.models import ProviderSetting
from workspace.operations.sealing import CannotOpen

OLD, NEW = "an-old-secret-" + "o" * 40, "a-new-secret-" + "n" * 40


def test_what_is_sealed_can_be_opened_and_not_read():
    sealed = sealing.seal("openai", "sk-secret")
    assert "sk-secret" not in sealed
    assert sealing.open_sealed("openai", sealed) == "sk-secret"


def test_it_opens_for_its_own_provider_only():
    with pytest.raises(CannotOpen):
        sealing.open_sealed("fal", sealing.seal("openai", "sk-secret"))


def test_another_secret_key_does_not_open_it(settings):
    sealed = sealing.seal("openai", "sk-secret")
    settings.SECRET_KEY = NEW
    with pytest.raises(CannotOpen):
        sealing.open_sealed("openai", sealed)


def test_the_secret_key_can_be_changed_with_a_fallback_and_then_without(settings, staff):
    settings.SECRET_KEY = OLD
    services.set_key("openai", "sk-secret", staff)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert sealing.open_sealed("openai", ProviderSetting.objects.get().sealed_key) == "sk-secret"
    assert (services.seal_anew(), services.seal_anew()) == (1, 0)
    settings.SECRET_KEY_FALLBACKS = []
    assert sealing.open_sealed("openai", ProviderSetting.objects.get().sealed_key) == "sk-secret"


def test_what_no_secret_opens_is_left_as_it_is(settings, staff):
    services.set_key("openai", "sk-secret", staff)
    settings.SECRET_KEY = NEW
    assert services.seal_anew() == 0
