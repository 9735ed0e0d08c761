"""Light or dark, and what images sit on, kept in cookies so that the first byte of a page already has it right."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CHOICES = {
    "theme": ("light", "dark"),
    "surround": ("black", "dark", "grey", "light", "white"),
}
YEAR = 365 * 24 * 3600  # seconds


def read(request: HttpRequest) -> dict[str, str]:
    """The choices of this browser; empty where it follows the system or the theme."""
    return {name: _known(name, request.COOKIES.get(name, "")) for name in CHOICES}


def chosen(data: dict[str, str]) -> dict[str, str]:
    """The valid choices in a form; ``system`` and anything unknown become empty."""
    return {name: _known(name, data[name]) for name in CHOICES if name in data}


def remember(response: HttpResponse, choices: dict[str, str]) -> None:
    for name, value in choices.items():
        if value:
            response.set_cookie(name, value, max_age=YEAR, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax")
        else:
            response.delete_cookie(name, samesite="Lax")


def _known(name: str, value: str) -> str:
    return value if value in CHOICES[name] else ""
