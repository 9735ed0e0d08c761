"""Plans, for owners to edit and for admins to read; and what one person may otherwise."""

from django.contrib import messages
from django.db.models import Count
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from workspace.accounts import roles, terms
from workspace.accounts.access import for_admins
from workspace.accounts.models import Plan, User
from workspace.accounts.roles import Act
from workspace.credits.hd import selectors as hd_selectors
from workspace.credits.services import account_of
from workspace.ledger import plans
from workspace.ledger.plan_forms import OverrideForm, PlanChoice, PlanForm

PEOPLE = 200  # of a plan on its page


@require_GET
@for_admins(Act.SET_TERMS)
@never_cache
def every(request: HttpRequest) -> HttpResponse:
    found = Plan.objects.annotate(heads=Count("people")).order_by("-is_default", "name")
    return render(request, "credits/plans.html", _page(request, plans=found))


@require_http_methods(["GET", "POST"])
@for_admins(Act.SET_TERMS)
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    return _edit(request, Plan())


@require_http_methods(["GET", "POST"])
@for_admins(Act.SET_TERMS)
@never_cache
def one(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Plan, pk=pk))


@require_POST
@for_admins(Act.SET_TERMS)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a plan; its people move to the one that is named."""
    plan = get_object_or_404(Plan, pk=pk)
    choice = PlanChoice(request.POST, besides=plan)
    try:
        moved = plans.remove(plan, request.user, choice.cleaned_data["plan"] if choice.is_valid() else None)
    except plans.PlanInUse as refused:
        return _edit(request, plan, refused=refused.public)
    messages.success(request, f"{plan.name} is gone." + (f" {moved} moved." if moved else ""))
    return redirect("plans")


@require_http_methods(["GET", "POST"])
@for_admins(Act.SET_TERMS)
@never_cache
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's plan, and what they may otherwise. ``form`` says which was sent."""
    holder = get_object_or_404(User.objects.select_related("plan"), pk=pk)
    sent = request.POST.get("form", "")
    sheets = {
        "plan": PlanChoice(request.POST if sent == "plan" else None, initial={"plan": holder.plan_id}),
        "override": OverrideForm(request.POST if sent == "override" else None),
    }
    if (sent == "end" or (sent in sheets and sheets[sent].is_valid())) and _done(sent, holder, request.user, sheets):
        messages.success(request, "Kept.")
        return redirect("plan_person", pk)
    mine = terms.of(holder)
    left = hd_selectors.left(account_of(holder).pk, mine, timezone.localdate())
    page = {"holder": holder, "override": plans.override_of(holder), "terms": mine, "left": left}
    page["differs"] = plans.worded(page["override"].changes) if page["override"] else []
    refused = any(form.errors for form in sheets.values())
    return render(
        request,
        "credits/plan_person.html",
        _page(request, **page, **{f"{name}_form": form for name, form in sheets.items()}),
        status=422 if refused else 200,
    )


def _done(sent: str, holder: User, by: User, sheets: dict[str, Form]) -> bool:
    """Do what was sent; False, with the form saying why, if a plan went meanwhile."""
    try:
        _do(sent, holder, by, sheets)
    except plans.PlanInUse as refused:
        sheets["plan"].add_error("plan", refused.public)
        return False
    return True


def _do(sent: str, holder: User, by: User, sheets: dict[str, Form]) -> None:
    given = sheets[sent].cleaned_data if sent in sheets else {}
    match sent:
        case "plan":
            plans.put_on(holder, given["plan"], by)
        case "override":
            plans.let_differ(holder, sheets[sent].changes(), until=given["until"], reason=given["reason"], by=by)
        case "end":
            plans.let_differ(holder, {}, until=timezone.now(), reason="", by=by)


def _edit(request: HttpRequest, plan: Plan, refused: str = "") -> HttpResponse:
    sent = request.method == "POST" and not refused
    form = PlanForm(request.POST if sent else None, instance=plan)
    if sent and form.is_valid():
        plans.keep(form.instance, request.user)
        messages.success(request, f"{plan.name} is kept. Limits hold from now on, credits from the next month.")
        return redirect("plans")
    people = plan.people.order_by("email") if plan.pk else User.objects.none()
    page = {"plan": plan, "form": form, "refused": refused, "people": people[:PEOPLE], "heads": people.count()}
    page["move"] = PlanChoice(besides=plan) if plan.pk else None
    return render(request, "credits/plan.html", _page(request, **page), status=422 if refused or form.errors else 200)


def _page(request: HttpRequest, **more: object) -> dict[str, object]:
    return {"section": "operations", "may": roles.may(request.user, Act.SET_TERMS), **more}
