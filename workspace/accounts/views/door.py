"""Ways in besides a password: the e-mailed link, the owner's link and an invitation.

Opening a link only shows a page; pressing its button uses the link up. So a mail scanner that opens every link burns none.
"""

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_login_redirect_url, get_next_redirect_url, perform_login
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from workspace.accounts import services
from workspace.accounts.forms import InvitationForm, OwnerForm, SignInLinkForm
from workspace.accounts.models import Invitation, SignInLink, User

OVER = {
    "sign_in": "This sign-in link is over. It works once, and for 15 minutes.",
    "invitation": "This invitation is over. It works once, and for 7 days. Ask an admin for a new one.",
    "owner": "This link is over. It made the first account here, or it is more than a day old.",
}


@require_http_methods(["GET", "POST"])
@never_cache
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Answers the same whether or not the address has an account."""
    if request.user.is_authenticated:
        return redirect(get_login_redirect_url(request))
    form = SignInLinkForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/ask_for_link.html", {"form": form, "next": get_next_redirect_url(request)})
    email = form.cleaned_data["login"]
    too_many = ratelimit.consume_or_429(request, action="request_login_code", key=email)
    if too_many:
        return too_many
    _send_link(request, email)
    return redirect("accounts:link_sent")


@require_safe
def link_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/link_sent.html")


@require_http_methods(["GET", "POST"])
@never_cache
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    link = SignInLink.objects.find(token)
    if link is None:
        return _over(request, "sign_in")
    if request.method != "POST":
        return render(request, "accounts/open_link.html", {"email": link.user.email, "next": get_next_redirect_url(request)})
    try:
        user = services.redeem_sign_in_link(token)
    except services.LinkIsOver:
        return _over(request, "sign_in")
    return _let_in(request, user)


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
@never_cache
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    if services.find_owner_link(token) is None:
        return _over(request, "owner")
    form = OwnerForm(request.POST or None)
    if form.is_valid():
        try:
            user = services.create_owner(token, form.cleaned_data["email"], form.cleaned_data["password"])
        except services.LinkIsOver:
            return _over(request, "owner")
        except services.AddressTaken:
            form.add_error("email", "This address has an account already. Choose another one.")
        else:
            return _let_in(request, user)
    return render(request, "accounts/welcome.html", {"form": form})


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    invitation = Invitation.objects.select_related("invited_by").find(token)
    if invitation is None:
        return _over(request, "invitation")
    form = InvitationForm(request.POST or None, email=invitation.email)
    if form.is_valid():
        try:
            user = services.accept_invitation(token, form.cleaned_data["name"], form.cleaned_data["password"])
        except (services.LinkIsOver, services.AddressTaken):
            return _over(request, "invitation")
        return _let_in(request, user)
    return render(request, "accounts/invitation.html", {"form": form, "invitation": invitation})


def _send_link(request: HttpRequest, email: str) -> None:
    token = services.issue_sign_in_link(email)
    if token is None:
        return
    address = request.build_absolute_uri(reverse("accounts:open_link", args=[token]))
    onwards = get_next_redirect_url(request)
    if onwards:
        address = f"{address}?{urlencode({'next': onwards})}"
    get_adapter(request).send_mail("account/email/sign_in_link", email, {"link": address})


def _let_in(request: HttpRequest, user: User) -> HttpResponse:
    return perform_login(request, user, email=user.email, redirect_url=get_next_redirect_url(request))


def _over(request: HttpRequest, kind: str) -> HttpResponse:
    return render(request, "accounts/gone.html", {"kind": kind, "detail": OVER[kind]}, status=410)
