"""Keys and addresses of the providers, from the environment (``OPENAI_API_KEY`` or its ``_FILE``), as arguments for adapters."""

from datetime import date

import environ
from django.conf import settings
from django.utils import timezone

from providers import catalogue
from providers.access import access_for, address_setting, setting
from providers.base import Provider
from providers.errors import NoAccess
from providers.types import Access, LifecycleStatus, ModelSpec
from routing.pricing import Rates

env = environ.FileAwareEnv()


def find(provider: Provider) -> Access | None:
    """How to reach the provider: as it is configured, else through the simulator, else not at all."""
    return access_for(
        provider,
        api_key=env.str(provider.key_name, default=""),
        base_url=env.str(address_setting(provider), default="") or None,
        simulator_url=settings.SIMULATOR_URL,
    )


def access(provider: Provider) -> Access:
    """The same for a call that must be made. Raises ``NoAccess`` when it is not configured and no simulator runs."""
    found = find(provider)
    if found is None:
        raise NoAccess(f"{provider.key}: no {setting(provider)} is set and no simulator runs")
    return found


def today() -> date:
    return timezone.localdate()


def models() -> list[ModelSpec]:
    """The models a person can choose today: alive (retiring ones too), and their provider reachable."""
    day = today()
    return [model for model in known_models() if model.lifecycle.status(day) is not LifecycleStatus.RETIRED]


def known_models() -> list[ModelSpec]:
    """Those and the retired ones, whose place their successors take."""
    reachable = {provider.key for provider in catalogue.providers() if find(provider) is not None}
    return [model for model in catalogue.all_models() if model.provider in reachable]


def everything_simulated() -> bool:
    """Whether no provider is configured, so that every picture comes from the simulator."""
    found = [find(provider) for provider in catalogue.providers()]
    return all(access is None or access.simulated for access in found)


def rates() -> Rates:
    """What a USD is worth in credits, by the settings."""
    return Rates(credits_per_usd=settings.CREDITS_PER_USD, minimum=settings.MINIMUM_CREDITS)
