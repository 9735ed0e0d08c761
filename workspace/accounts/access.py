"""Who may open a page for admins, and who may act there."""

from collections.abc import Callable
from functools import partial, wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from workspace.accounts import roles
from workspace.accounts.roles import Act

type View = Callable[..., HttpResponse]


def for_admins(act: Act, *, others: Callable[[], Exception] = Http404) -> Callable[[View], View]:
    """Whoever may see may read; what is sent asks for ``act``.

    Anonymous people are asked to sign in. For others the page does not exist, unless they are to be told something else.
    """

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not roles.may(request.user, Act.SEE):
                raise others()
            if request.method not in ("GET", "HEAD"):
                roles.require(request.user, act)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


# Others are told that the page is for admins.
staff_required = for_admins(Act.OPERATE, others=partial(PermissionDenied, "Only admins can open this page."))
