"""What an admin sees of the people here."""

from allauth.account.adapter import get_adapter
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from workspace.accounts import services
from workspace.accounts.access import staff_required
from workspace.accounts.forms import InviteForm
from workspace.accounts.models import Invitation, User

MOST = 200  # rows of people on one page; beyond that one searches


@require_http_methods(["GET", "POST"])
@staff_required
@never_cache
def people(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST or None, by=request.user)
    if form.is_valid():
        try:
            token = services.invite(form.cleaned_data["email"], by=request.user, admin=form.cleaned_data.get("admin", False))
        except services.AddressTaken:
            form.add_error("email", "This address has an account already.")
        else:
            _send_invitation(request, form.cleaned_data["email"], token)
            return redirect("accounts:people")
    return render(request, "accounts/people.html", _page(request) | {"form": form})


@require_POST
@staff_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    services.withdraw_invitation(pk)
    return redirect("accounts:people")


def _page(request: HttpRequest) -> dict[str, object]:
    words = request.GET.get("q", "").strip()
    found = _matching(words)
    return {
        "section": "account",
        "words": words,
        "people": found[:MOST],
        "more": max(0, found.count() - MOST),
        "invitations": Invitation.objects.live().select_related("invited_by").order_by("expires"),
        "just_invited": request.session.pop("just_invited", None),
    }


def _matching(words: str) -> QuerySet[User]:
    found = User.objects.order_by("email")
    return found.filter(email__icontains=words) | found.filter(name__icontains=words) if words else found


def _send_invitation(request: HttpRequest, email: str, token: str) -> None:
    """By mail, and once on the admin's next page: mail may not be set up here."""
    link = request.build_absolute_uri(reverse("accounts:invitation", args=[token]))
    get_adapter(request).send_mail("account/email/invitation", email, {"link": link, "by": request.user})
    request.session["just_invited"] = {"email": email, "link": link}
