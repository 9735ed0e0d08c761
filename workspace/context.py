"""What every page shows around its own content."""

from django.conf import settings
from django.http import HttpRequest

from workspace.accounts import appearance


def page(request: HttpRequest) -> dict[str, object]:
    """``theme`` and ``surround`` for ``<html data-theme data-surround>``, from cookies alone: no query, safe in async views."""
    return {**appearance.read(request), "open_signup": settings.OPEN_SIGNUP}
