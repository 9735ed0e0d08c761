"""The desk is for admins, and every action asks what the admin's role allows; for anybody else it does not exist."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from workspace.accounts import roles
from workspace.accounts.roles import Act

type View = Callable[..., HttpResponse]


def for_admins(act: Act) -> Callable[[View], View]:
    """Whoever may see may read; what is sent asks for ``act``."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not roles.may(request.user, Act.SEE):
                raise Http404
            if request.method not in ("GET", "HEAD"):
                roles.require(request.user, act)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
