"""Change somebody's HD images: what it does, doing it, undoing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from workspace.accounts.access import for_admins
from workspace.accounts.models import User
from workspace.accounts.roles import Act
from workspace.credits.hd.models import HdEntry
from workspace.ledger import desk, hd_adjusting
from workspace.ledger.adjusting import Outcome
from workspace.ledger.errors import LedgerError
from workspace.ledger.forms import HdForm


@require_POST
@for_admins(Act.ADJUST)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Add or remove HD images of this month."""
    holder = get_object_or_404(User, pk=pk)
    form = HdForm(request.POST, auto_id=HdForm.IDS)
    if form.is_valid() and _changed(request, holder, form):
        return redirect("credits_person", pk=holder.pk)
    return desk.page_of(request, holder, hd_form=form)


@require_GET
@for_admins(Act.SEE)
@never_cache
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the form would do, while it is being written."""
    holder = get_object_or_404(User, pk=pk)
    return render(request, "credits/person.html#hd_before_after", desk.hd_preview(holder, HdForm(request.GET)))


@require_http_methods(["GET", "POST"])
@for_admins(Act.ADJUST)
@never_cache
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Reverse a change by a new entry, for a reason of its own."""
    return desk.undoing(request, HdEntry, pk, hd_adjusting.undo)


def _changed(request: HttpRequest, holder: User, form: HdForm) -> bool:
    facts = form.cleaned_data
    try:
        outcome = hd_adjusting.adjust(holder, form.change(), reason=facts["reason"], key=facts["key"], by=request.user)
    except LedgerError as error:
        form.add_error("images", error.public)
        return False
    [left, _] = hd_adjusting.before_and_after(holder, 0) or (0, 0)
    done = f"Done, and on the statement. {holder.email} now has {left} HD images left."
    messages.success(request, desk.SAID[outcome] if outcome is Outcome.REPEATED else done)
    return True
