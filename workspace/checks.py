"""System checks for settings that would hurt later; each has an id, so that it can be looked up and silenced knowingly."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 40  # characters


@register(Tags.security)
def secret_key(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401 - Django's signature
    """Without a key nobody can sign in; a short one can be guessed."""
    key = _key()
    if not key:
        hint = "Set SECRET_KEY or SECRET_KEY_FILE. `manage.py up` makes one of its own in the data folder."
        return [Error("There is no SECRET_KEY.", hint=hint, id="proofsheet.E001")]
    if len(key) < SHORTEST_KEY and not settings.DEBUG:
        return [Error(f"SECRET_KEY is shorter than {SHORTEST_KEY} characters.", id="proofsheet.E002")]
    return []


@register(Tags.database)
def addresses(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401 - Django's signature
    """Database and broker are of the one kind that the product is written for."""
    found: list[CheckMessage] = []
    if urlsplit(settings.DATABASE_URL).scheme not in ("postgres", "postgresql", "psql", "pgsql"):
        hint = "It looks like postgresql://user:password@host/name."
        found.append(Error("DATABASE_URL does not lead to Postgres.", hint=hint, id="proofsheet.E003"))
    if urlsplit(settings.REDIS_URL).scheme not in ("redis", "rediss"):
        found.append(
            Error("REDIS_URL does not lead to Redis or Valkey.", hint="It looks like redis://host:6379/0.", id="proofsheet.E004")
        )
    return found


@register(Tags.security, deploy=True)
def simulator(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401 - Django's signature
    """The simulator answers for providers without a key: wanted on a desk, rarely where people pay."""
    if settings.SIMULATOR_URL:
        hint = "Unset SIMULATOR_URL, and models without a key are simply not offered."
        return [Warning("SIMULATOR_URL is set: pictures may be simulated ones.", hint=hint, id="proofsheet.W001")]
    return []


@register(Tags.caches)
def deadlines(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401 - Django's signature
    """One call is a part of its comparison's time."""
    if settings.GENERATION_DEADLINE > settings.COMPARISON_DEADLINE:
        return [Error("GENERATION_DEADLINE must not be longer than COMPARISON_DEADLINE.", id="proofsheet.E006")]
    return []


@register()
def thinking(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:  # noqa: ANN401 - Django's signature
    """A language model is named by where it answers and what it is called there."""
    if not settings.THINKING_BASE_URL:
        return []
    found: list[CheckMessage] = []
    if urlsplit(settings.THINKING_BASE_URL).scheme not in ("http", "https"):
        hint = "It looks like https://host/v1; /chat/completions is added to it."
        found.append(Error("THINKING_BASE_URL is no address of a server.", hint=hint, id="proofsheet.E007"))
    if not settings.THINKING_MODEL:
        found.append(Error("THINKING_BASE_URL is set without a THINKING_MODEL.", id="proofsheet.E008"))
    return found


def _key() -> str:
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:  # Django's way of saying that it is empty
        return ""
