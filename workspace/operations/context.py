"""What the top of every page says about providers, and to admins only how to get here."""

from django.http import HttpRequest

from providers import catalogue
from workspace.comparisons import keys
from workspace.comparisons.standing import Health
from workspace.operations import health


def trouble(request: HttpRequest) -> dict[str, object]:
    """``provider_trouble``: "1 provider slow" and its mark, of those a person may use; called by the template."""
    user = getattr(request, "user", None)
    return {"provider_trouble": _trouble} if user is not None and user.is_authenticated else {}


def _trouble() -> dict[str, str] | None:
    troubled = health.troubled()
    if not troubled:
        return None
    usable = {provider.key for provider in catalogue.providers() if keys.find(provider) is not None} - keys.paused().keys()
    found = [troubled[key] for key in usable & troubled.keys()]
    return {"mark": max(found, key=list(Health).index), "words": words(found)} if found else None


def words(found: list[Health]) -> str:
    """ "1 provider slow", "2 providers down", "1 provider down, 2 slow"."""
    counts = [(found.count(each), each.value) for each in (Health.DOWN, Health.SLOW) if each in found]
    first, rest = counts[0], counts[1:]
    said = f"{first[0]} provider{'' if first[0] == 1 else 's'} {first[1]}"
    return ", ".join([said, *(f"{count} {state}" for count, state in rest)])
