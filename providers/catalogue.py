"""Read-only views over every adapter's models. Dates are arguments: the catalogue has no clock."""

from datetime import date
from types import MappingProxyType

from providers import registry
from providers.base import Provider
from providers.types import LifecycleStatus, ModelSpec

PROVIDERS = MappingProxyType({provider.key: provider for provider in registry.PROVIDERS})
MODELS = MappingProxyType({spec.id: spec for provider in registry.PROVIDERS for spec in provider.models})


class UnknownModel(KeyError):
    """No model has this id."""

    def __init__(self, model_id: str) -> None:
        super().__init__(model_id)
        self.model_id = model_id

    def __str__(self) -> str:
        return f"There is no model named {self.model_id[:120]!r}."


class UnknownProvider(KeyError):
    """No provider has this key."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    def __str__(self) -> str:
        return f"There is no provider named {self.key[:120]!r}."


def model(model_id: str) -> ModelSpec:
    """The model of this id, alive or not. Raises ``UnknownModel``."""
    try:
        return MODELS[model_id]
    except KeyError:
        raise UnknownModel(model_id) from None


def provider(key: str) -> Provider:
    """The provider of this key. Raises ``UnknownProvider``."""
    try:
        return PROVIDERS[key]
    except KeyError:
        raise UnknownProvider(key) from None


def providers() -> tuple[Provider, ...]:
    """Every provider, in the order people see them."""
    return tuple(PROVIDERS.values())


def all_models() -> tuple[ModelSpec, ...]:
    return tuple(MODELS.values())


def live(today: date) -> tuple[ModelSpec, ...]:
    """Models that answer and have no date of death. Retiring ones answer too, and have their own list."""
    return _with(LifecycleStatus.LIVE, today)


def retiring(today: date) -> tuple[ModelSpec, ...]:
    return _with(LifecycleStatus.RETIRING, today)


def retired(today: date) -> tuple[ModelSpec, ...]:
    return _with(LifecycleStatus.RETIRED, today)


def successor(model_id: str, today: date) -> ModelSpec | None:
    """The model that takes over, following the chain past those already retired; None when nothing is named or left.

    Raises ``UnknownModel``.
    """
    seen = {model_id}
    following = model(model_id).lifecycle.successor
    while following is not None and following not in seen:
        spec = model(following)
        if spec.lifecycle.status(today) is not LifecycleStatus.RETIRED:
            return spec
        seen.add(following)
        following = spec.lifecycle.successor
    return None


def _with(status: LifecycleStatus, today: date) -> tuple[ModelSpec, ...]:
    return tuple(spec for spec in MODELS.values() if spec.lifecycle.status(today) is status)
