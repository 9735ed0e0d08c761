"""Who may open a page for admins."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from workspace.accounts import roles
from workspace.accounts.roles import Act

type View = Callable[..., HttpResponse]


def staff_required(view: View) -> View:
    """Anonymous people are asked to sign in, others are told that the page is for admins; operators act there."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_staff:
            raise PermissionDenied("Only admins can open this page.")
        if request.method not in ("GET", "HEAD"):
            roles.require(request.user, Act.OPERATE)
        return view(request, *args, **kwargs)

    return guarded
