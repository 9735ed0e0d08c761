"""The desk is for admins; for anybody else it does not exist."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from providers import catalogue
from providers.base import Provider

type View = Callable[..., HttpResponse]


def admins_only(view: View) -> View:
    """Anonymous people are asked to sign in, others find nothing."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def provider(key: str) -> Provider:
    """The provider of this key; Http404 for any other."""
    try:
        return catalogue.provider(key)
    except catalogue.UnknownProvider:
        raise Http404 from None
