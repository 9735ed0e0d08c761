"""Grants from a file: what every line would do, and then all of them or none."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from workspace.accounts.access import for_admins
from workspace.accounts.roles import Act
from workspace.ledger import bulk
from workspace.ledger.forms import BulkForm


@require_http_methods(["GET", "POST"])
@for_admins(Act.ADJUST)
@never_cache
def bulk_grant(request: HttpRequest) -> HttpResponse:
    """First show what every row does; move all of them when that is confirmed."""
    form = BulkForm(request.POST or None, request.FILES or None)
    shown = bulk.read(form.cleaned_data["text"], request.user) if form.is_valid() else None
    if shown and shown.right and "confirm" in request.POST:
        moved = bulk.grant(shown.rows, key=form.cleaned_data["key"], by=request.user)
        messages.success(request, f"{moved} people got their credits." if moved else "This file had been sent before.")
        return redirect("credits_desk")
    page = {"section": "operations", "form": form, "shown": shown}
    page["text"] = form.cleaned_data["text"] if shown else ""
    return render(request, "credits/bulk.html", page, status=422 if form.errors or (shown and not shown.right) else 200)
