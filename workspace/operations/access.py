"""The desk is for admins, and what is done there for operators and owners; for anybody else it does not exist."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from providers import catalogue
from providers.base import Provider
from workspace.accounts import roles
from workspace.accounts.roles import Act

type View = Callable[..., HttpResponse]


def admins_only(view: View) -> View:
    """Anonymous people are asked to sign in, others find nothing."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not roles.may(request.user, Act.SEE):
            raise Http404
        if request.method not in ("GET", "HEAD"):
            roles.require(request.user, Act.OPERATE)
        return view(request, *args, **kwargs)

    return guarded


def provider(key: str) -> Provider:
    """The provider of this key; Http404 for any other."""
    try:
        return catalogue.provider(key)
    except catalogue.UnknownProvider:
        raise Http404 from None
