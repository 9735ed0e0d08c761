"""What every page shows around its own content."""

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, object]:
    return {}
