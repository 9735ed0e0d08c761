"""How many calls a provider takes at once."""

import pytest

from providers import caps, catalogue


def one_of(provider: str):
    return next(model for model in catalogue.all_models() if model.provider == provider)


@pytest.mark.parametrize(("provider", "most"), [("ideogram", 10), ("bfl", 24), ("a1111", 1)])
def test_a_provider_takes_as_many_calls_as_its_documentation_says(provider, most):
    assert caps.cap(one_of(provider), {}) == caps.Cap(provider, most)


def test_an_account_may_have_more_or_fewer():
    assert caps.cap(one_of("ideogram"), {"ideogram": 20}).most == 20
    assert caps.cap(one_of("openai"), {"openai": 3}) == caps.Cap("openai", 3)
    assert caps.cap(one_of("bfl"), {"bfl": 0}) is None


def test_a_provider_that_limits_by_time_has_no_cap():
    assert caps.cap(one_of("openai"), {}) is None


def test_every_cap_is_of_a_provider_there_is():
    assert set(caps.IN_FLIGHT) <= {provider.key for provider in catalogue.providers()}
