"""Adjust credits: find a person, see what a change does, make it, undo it, give a frame's credits back, decide what waits."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from workspace.accounts import roles
from workspace.accounts.access import for_admins
from workspace.accounts.models import User
from workspace.accounts.roles import Act
from workspace.credits import selectors
from workspace.credits.errors import CreditsError, NotEnoughCredits
from workspace.credits.hd.models import HdEntry
from workspace.credits.models import Entry
from workspace.ledger import adjusting, hd_adjusting, refunding, statement
from workspace.ledger.adjusting import Outcome
from workspace.ledger.errors import LedgerError
from workspace.ledger.forms import AdjustForm, HdForm, RefundForm, UndoForm
from workspace.ledger.models import Proposal
from workspace.ledger.places import Filters

DESK, PERSON = "credits/desk.html", "credits/person.html"
MOST_PEOPLE = 20
RECENT = 20  # adjustments on a page
SAID = {
    Outcome.DONE: "Done, and in the ledger. {email} now has {balance} credits.",
    Outcome.PROPOSED: "Another admin must approve this, since it is above {limit} credits. Nothing has moved yet.",
    Outcome.REPEATED: "This form had been sent before. It counted once.",
}


@require_GET
@for_admins(Act.SEE)
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    found = _people(words) if words else User.objects.none()
    page = {
        "section": "operations",
        "words": words,
        "people": found[:MOST_PEOPLE],
        "pending": _pending(),
        "recent": _adjustments()[:RECENT],
        "may_adjust": roles.may(request.user, Act.ADJUST),
    }
    return render(request, DESK, page)


@require_http_methods(["GET", "POST"])
@for_admins(Act.ADJUST)
@never_cache
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's credits, and the form that adjusts them."""
    holder = get_object_or_404(User, pk=pk)
    form = AdjustForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _adjusted(request, holder, form):
        return redirect("credits_person", pk=holder.pk)
    return page_of(request, holder, form=form)


@require_GET
@for_admins(Act.SEE)
@never_cache
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the form would do, while it is being written."""
    holder = get_object_or_404(User, pk=pk)
    return render(request, f"{PERSON}#before_after", _preview(holder, AdjustForm(request.GET)))


@require_POST
@for_admins(Act.ADJUST)
def refund(request: HttpRequest, pk: int) -> HttpResponse:
    """Give back what one frame cost."""
    holder = get_object_or_404(User, pk=pk)
    form = RefundForm(request.POST, auto_id="refund_%s")
    if form.is_valid() and _refunded(request, holder, form):
        return redirect("credits_person", pk=holder.pk)
    return page_of(request, holder, refund=form)


@require_http_methods(["GET", "POST"])
@for_admins(Act.ADJUST)
@never_cache
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Reverse an adjustment by a new entry, for a reason of its own."""
    return undoing(request, Entry, pk, adjusting.undo)


def undoing(request: HttpRequest, ledger: type[Entry] | type[HdEntry], pk: int, undo: Callable[..., bool]) -> HttpResponse:
    """The page on which an adjustment in either ledger is undone, and undoing it."""
    entry = get_object_or_404(_adjustments(ledger).filter(refers_to=None), pk=pk)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _undone(request, entry, form, undo):
        return redirect("credits_person", pk=entry.account.user_id)
    page = {"section": "operations", "entry": entry, "form": form, "may_adjust": roles.may(request.user, Act.ADJUST)}
    page |= {"of_hd": ledger is HdEntry}
    return render(request, "credits/undo.html", page, status=422 if form.errors else 200)


@require_POST
@for_admins(Act.ADJUST)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or decline what another admin proposed."""
    proposal = get_object_or_404(Proposal.objects.select_related("account__user", "proposed_by"), pk=pk)
    act = {"approve": adjusting.approve, "decline": adjusting.decline}.get(request.POST.get("decision", ""))
    if act is None:
        messages.error(request, "Approve it or decline it. Nothing has moved.")
        return redirect("credits_desk")
    try:
        act(proposal, request.user)
        messages.success(request, "Approved, and in the ledger." if act is adjusting.approve else "Declined. Nothing has moved.")
    except NotEnoughCredits as error:
        messages.error(request, f"{_too_little(error)} It still waits.")
    except LedgerError as error:
        messages.error(request, error.public)
    return redirect("credits_desk")


def _adjusted(request: HttpRequest, holder: User, form: AdjustForm) -> bool:
    try:
        key = form.cleaned_data["key"]
        outcome = adjusting.adjust(holder, form.change(), reason=form.why(), key=key, by=request.user)
    except NotEnoughCredits as error:
        form.add_error("amount", _too_little(error))
    except (LedgerError, CreditsError) as error:
        form.add_error(None, error.public)
    else:
        facts = {"email": holder.email, "balance": selectors.balance(holder), "limit": settings.ADJUSTMENT_LIMIT}
        messages.success(request, SAID[outcome].format(**facts))
    return not form.errors


def _refunded(request: HttpRequest, holder: User, form: RefundForm) -> bool:
    facts = form.cleaned_data
    try:
        back = refunding.refund(
            holder, facts["frame"], facts["amount"], reason=facts["reason"], key=facts["key"], by=request.user
        )
    except (LedgerError, CreditsError) as error:
        form.add_error("frame", error.public)
    else:
        said = f"{back} of frame {facts['frame']} came back, and the frame says so." if back else SAID[Outcome.REPEATED]
        messages.success(request, said)
    return not form.errors


def _undone(request: HttpRequest, entry: Entry | HdEntry, form: UndoForm, undo: Callable[..., bool]) -> bool:
    try:
        done = undo(entry, reason=form.cleaned_data["reason"], by=request.user)
    except NotEnoughCredits as error:
        form.add_error(None, _too_little(error))
    except LedgerError as error:
        form.add_error(None, error.public)
    else:
        messages.success(request, "Undone by a new entry." if done else "This had been undone before.")
    return not form.errors


def _too_little(error: NotEnoughCredits) -> str:
    return f"There are only {error.balance} credits to take."


def page_of(
    request: HttpRequest,
    holder: User,
    *,
    form: AdjustForm | None = None,
    refund: RefundForm | None = None,
    hd_form: HdForm | None = None,
) -> HttpResponse:
    """One person's page, with whichever form was sent and is mistaken."""
    mistaken = any(each and each.errors for each in (form, refund, hd_form))
    form, hd_form = form or AdjustForm(), hd_form or HdForm(auto_id=HdForm.IDS)
    page = {
        "section": "operations",
        "holder": holder,
        "form": form,
        "refund": refund or RefundForm(auto_id="refund_%s"),
        "hd_form": hd_form,
        "limit": settings.ADJUSTMENT_LIMIT,
        "lines": statement.page(holder, Filters(), limit=RECENT).lines,
        "recent": _adjustments().filter(account__user=holder)[:RECENT],
        "recent_hd": _adjustments(HdEntry).filter(account__user=holder)[:RECENT],
        "pending": _pending().filter(account__user=holder),
        "may_adjust": roles.may(request.user, Act.ADJUST),
    }
    page |= _preview(holder, form) | hd_preview(holder, hd_form)
    return render(request, PERSON, page, status=422 if mistaken else 200)


def _preview(holder: User, form: AdjustForm) -> dict[str, object]:
    """``before`` and ``after`` in credits, and what stands in the way."""
    form.is_valid()
    facts = getattr(form, "cleaned_data", {})
    amount = form.change() if {"amount", "direction"} <= facts.keys() else 0
    before = selectors.balance(holder)
    return {
        "before": before,
        "after": max(0, before + amount),
        "change": amount,
        "too_much": before + amount < 0,
        "above": abs(amount) > settings.ADJUSTMENT_LIMIT,
        "limit": settings.ADJUSTMENT_LIMIT,
    }


def hd_preview(holder: User, form: HdForm) -> dict[str, object]:
    """``hd_before`` and ``hd_after`` in images left, unless they are not counted, and what stands in the way."""
    form.is_valid()
    facts = getattr(form, "cleaned_data", {})
    images = form.change() if {"images", "direction"} <= facts.keys() else 0
    page: dict[str, object] = {"holder": holder, "hd_change": images, "hd_counted": False}
    if left := hd_adjusting.before_and_after(holder, images):
        page |= {"hd_counted": True, "hd_before": left[0], "hd_after": left[1], "hd_too_much": left[0] + images < 0}
    return page


def _people(words: str) -> QuerySet[User]:
    found = User.objects.filter(email__icontains=words) | User.objects.filter(name__icontains=words)
    return found.select_related("credits").order_by("email")


def _pending() -> QuerySet[Proposal]:
    waiting = Proposal.objects.filter(state=Proposal.State.PENDING)
    return waiting.select_related("account__user", "proposed_by").order_by("proposed_at")


def _adjustments(ledger: type[Entry] | type[HdEntry] = Entry) -> QuerySet:
    """Newest first, each with its undoing, if any, in ``undoings``."""
    undoings = Prefetch("corrections", ledger.objects.filter(kind="adjustment"), to_attr="undoings")
    found = ledger.objects.filter(kind="adjustment").select_related("account__user", "actor")
    return found.prefetch_related(undoings).order_by("-created", "-id")
