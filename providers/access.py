"""How to reach a provider: with a key the real service, without one the simulator."""

from urllib.parse import urlsplit

from providers.base import Provider
from providers.types import Access

SIMULATED_KEY = "simulated-key"


def simulator_base(provider: Provider, simulator_url: str) -> str:
    """Where the simulator speaks this provider's format: ``/<key>`` and the path of the real base address behind it."""
    return f"{simulator_url.rstrip('/')}/{provider.key}{urlsplit(provider.default_base_url).path}"


def access_for(provider: Provider, *, api_key: str, base_url: str | None, simulator_url: str) -> Access | None:
    """A key reaches the real service (or ``base_url``); no key the simulator, when one runs; neither means not configured."""
    if api_key:
        return Access((base_url or provider.default_base_url).rstrip("/"), api_key)
    if simulator_url:
        return Access(simulator_base(provider, simulator_url), SIMULATED_KEY, simulated=True)
    return None
