"""Keys and addresses of the providers as arguments for adapters: from the environment (``OPENAI_API_KEY`` or its ``_FILE``), else
as an admin has entered them.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

import environ
from django.conf import settings
from django.utils import timezone

from providers import catalogue
from providers.access import access_for, address_setting, setting
from providers.base import Provider
from providers.errors import NoAccess, Paused
from providers.self_hosted import SelfHosted
from providers.types import Access, LifecycleStatus, ModelSpec
from routing.pricing import Rates
from routing.ruling import ruling
from routing.types import Intent
from workspace.comparisons import standing
from workspace.credits import prices

env = environ.FileAwareEnv()


class Source(StrEnum):
    """Where the configuration of a provider in use comes from."""

    ENVIRONMENT = "environment"
    ENTERED = "entered"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Configured:
    """What configures one provider, all of it from one source: another's key is never sent to an address."""

    source: Source
    api_key: str = field(default="", repr=False)
    base_url: str | None = None


def configured(provider: Provider) -> Configured:
    """The environment wins as soon as it says what configures the provider: a key, or the address of a server of one's own."""
    key, base_url = _set(provider.key_name), _set(address_setting(provider)) or None
    own = isinstance(provider, SelfHosted)
    if base_url if own else key:
        return Configured(Source.ENVIRONMENT, key, base_url)
    entered = standing.entered()
    key, address = entered.keys.get(provider.key, ""), entered.addresses.get(provider.key)
    if address if own else key:
        return Configured(Source.ENTERED, key, address if own else base_url)
    return Configured(Source.NOBODY, "", base_url)


def _set(name: str) -> str:
    """A setting of the environment or of the file it names; most are unset, and a page asks for all of them."""
    return env.str(name, default="") if name in os.environ or f"{name}_FILE" in os.environ else ""


def find(provider: Provider) -> Access | None:
    """How to reach the provider: as it is configured, else through the simulator, else not at all."""
    found = configured(provider)
    return access_for(provider, api_key=found.api_key, base_url=found.base_url, simulator_url=settings.SIMULATOR_URL)


def access(provider: Provider, *, under_way: bool = False) -> Access:
    """The same for a call that must be made. Raises ``Paused`` where the provider is paused, unless the call is ``under_way`` and
    only has to be ended, and ``NoAccess`` when it is not configured and no simulator runs.
    """
    if not under_way and (why := paused().get(provider.key)):
        raise Paused(f"{provider.key}: {why}")
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
    return [named(model) for model in catalogue.all_models() if model.provider in reachable]


def named(model: ModelSpec) -> ModelSpec:
    """The model under the name that people know it by: a server of one's own has the one that an admin gave it."""
    label = standing.entered().labels.get(model.provider)
    return replace(model, label=label) if label else model


def model_label(model_id: str) -> str:
    """What people call this model; its id, if it has left the catalogue."""
    try:
        return named(catalogue.model(model_id)).label
    except catalogue.UnknownModel:
        return model_id


def provider_label(key: str) -> str:
    """What people call this provider; its key, if it has left the catalogue."""
    try:
        return catalogue.provider(key).label
    except catalogue.UnknownProvider:
        return key


def paused() -> Mapping[str, str]:
    """The providers that are not to be asked for pictures, by their keys, and why."""
    return standing.entered().paused


def forbidden(intent: Intent) -> frozenset[str]:
    """Ids of the models that an admin's rules keep out of this intent."""
    return ruling(standing.entered().rules, intent, known_models(), today()).forbidden


def health(model: ModelSpec, *, rests: bool) -> standing.Health:
    """How the model does right now; ``rests``: the breaker leaves it alone."""
    if rests or model.provider in paused():
        return standing.Health.DOWN
    return standing.troubled().get(model.provider, standing.Health.OK)


def everything_simulated() -> bool:
    """Whether no provider is configured, so that every picture comes from the simulator."""
    found = [find(provider) for provider in catalogue.providers()]
    return all(access is None or access.simulated for access in found)


def simulated() -> list[str]:
    """Keys of the providers that the simulator plays at present."""
    found = ((each.key, find(each)) for each in catalogue.providers())
    return [key for key, access in found if access is not None and access.simulated]


def rates() -> Rates:
    """What a USD is worth in credits, by the settings, and the prices that an owner has set for today."""
    return replace(rates_of_settings(), own=prices.on(today()))


def rates_of_settings() -> Rates:
    """The same without the prices of an owner: where there is no database to ask."""
    return Rates(settings.CREDITS_PER_USD, settings.MINIMUM_CREDITS)
