"""Who may open a page for admins."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

type View = Callable[..., HttpResponse]


def staff_required(view: View) -> View:
    """Anonymous people are asked to sign in, others are told that the page is for admins."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_staff:
            raise PermissionDenied("Only admins can open this page.")
        return view(request, *args, **kwargs)

    return guarded
