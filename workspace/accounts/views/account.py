"""One's own account, and how pages look on this browser."""

from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from workspace.accounts import appearance, services
from workspace.accounts.forms import ProfileForm


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("accounts:account")
    return render(request, "accounts/account.html", {"form": form, "section": "account"})


@require_POST
def change_appearance(request: HttpRequest) -> HttpResponse:
    """Open to everybody: signed out, it is a cookie; signed in, the theme is kept with the account as well."""
    choices = appearance.chosen(request.POST)
    if "theme" in choices and request.user.is_authenticated:
        services.choose_theme(request.user, choices["theme"])
    response = HttpResponse(status=204) if request.htmx else redirect(get_next_redirect_url(request) or "accounts:account")
    appearance.remember(response, choices)
    return response
