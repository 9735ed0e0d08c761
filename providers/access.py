"""How to reach a provider: for real where it is configured, else through the simulator."""

from urllib.parse import urlsplit

from providers.base import Provider
from providers.self_hosted import SelfHosted
from providers.types import Access

SIMULATED_KEY = "simulated-key"


def simulator_base(provider: Provider, simulator_url: str) -> str:
    """Where the simulator speaks this provider's format: ``/<key>`` and the path of the real base address behind it."""
    return f"{simulator_url.rstrip('/')}/{provider.key}{urlsplit(provider.default_base_url).path}"


def setting(provider: Provider) -> str:
    """The environment variable that configures the provider: its key, or the address of a server of one's own."""
    return address_setting(provider) if isinstance(provider, SelfHosted) else provider.key_name


def address_setting(provider: Provider) -> str:
    """The environment variable that holds another base address."""
    return f"{provider.key.upper()}_BASE_URL"


def access_for(provider: Provider, *, api_key: str, base_url: str | None, simulator_url: str) -> Access | None:
    """A configured provider is reached for real, any other through the simulator when one runs; None is neither.

    A key configures a provider, and ``base_url`` may send it elsewhere; a server of one's own is configured by ``base_url``
    alone, and a key without one goes nowhere.
    """
    if base_url if isinstance(provider, SelfHosted) else api_key:
        return Access((base_url or provider.default_base_url).rstrip("/"), api_key)
    if simulator_url:
        return Access(simulator_base(provider, simulator_url), SIMULATED_KEY, simulated=True)
    return None
