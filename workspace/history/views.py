"""The contact sheet of everything made."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from workspace.history import selectors

TEMPLATE = "history/history.html"


@require_GET
@login_required
def history(request: HttpRequest) -> HttpResponse:
    """A page of runs; with ``before`` the next one, with ``q`` only those whose prompt has these words."""
    query, before = request.GET.get("q", "").strip()[:200], request.GET.get("before", "")
    page = selectors.page(request.user, words=query, before=before)
    part = {"results": "#results", "more": "#more"}.get(request.htmx.target or "", "") if request.htmx else ""
    return render(request, TEMPLATE + part, {"days": page.days, "older": page.older, "query": query, "first": not before})
