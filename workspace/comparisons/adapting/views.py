"""Prompt thinking over HTTP: what a draft's models would be sent, and what a run's frames were asked."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from workspace.accounts import services as accounts
from workspace.comparisons import drafts, selectors, views
from workspace.comparisons.adapting.asked import asked

PANELS = "comparisons/thinking.html"


@require_GET
@login_required
def run_thinking(request: HttpRequest, number: int) -> HttpResponse:
    """What each frame was asked: for htmx the inside of the panel, else the run's page with the panel open."""
    comparison = selectors.comparison(request.user, number)
    if request.htmx:
        return render(request, f"{PANELS}#asked", {"asked": asked(comparison)})
    return views.run_page(request, comparison, asked(comparison))


@require_POST
@login_required
def prompt_thinking(request: HttpRequest) -> HttpResponse:
    """What each model of the draft would be sent: for htmx the panel, else the whole page with the panel open.

    ``back`` and ``use`` name a model whose wording the person has changed their mind about.
    """
    draft = replace(drafts.read(request.POST, request.user), thinking=True)
    accounts.choose_wording(request.user, draft.wording, was=request.POST.get("wording_was"))
    if not request.htmx:
        return views.page(request, draft)
    return views.panel(request, draft)
