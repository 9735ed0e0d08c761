"""Spend: what providers cost, as page and as file, and a budget for each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from providers import catalogue
from providers.base import Provider
from workspace.accounts import roles
from workspace.accounts.access import for_admins
from workspace.accounts.models import User
from workspace.accounts.roles import Act
from workspace.amounts import usd
from workspace.ledger import drift
from workspace.operations.access import provider as provider_or_404
from workspace.spend import budgets, export, figures, tables, watch
from workspace.spend.budgets import ChangedMeanwhile
from workspace.spend.chart import chart
from workspace.spend.figures import Spend
from workspace.spend.forms import BudgetForm
from workspace.spend.models import Budget
from workspace.spend.periods import Period, PeriodForm

TEMPLATE = "spend/spend.html"


@require_GET
@for_admins(Act.SEE)
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    form = PeriodForm(request.GET)
    period, simulated = form.chosen(), form.looks_at_simulated()
    real, played = figures.between(period.first, period.last)
    shown, other = (played, real) if simulated else (real, played)
    context = {
        "section": "operations",
        "form": form,
        "period": period,
        "simulated": simulated,
        "other": usd(other.total.spent) if other.total.calls else "",
        "query": request.GET.urlencode(),
        **_figures(shown, period, simulated=simulated),
    }
    if request.htmx:
        return render(request, f"{TEMPLATE}#spend_figures", context)
    return render(request, TEMPLATE, context | _budgets(), status=422 if form.errors else 200)


def _figures(spend: Spend, period: Period, *, simulated: bool) -> dict[str, object]:
    total = spend.total
    return {
        "spend": spend,
        "total": total,
        "drift": drift.percent(total.expected_usd, total.told_usd),
        "chart": chart(spend.days, period, simulated=simulated),
        "tables": tables.tables(spend),
    }


def _budgets() -> dict[str, object]:
    """Every provider with its budget, if it has one, and whether that has paused it."""
    standing, paused = {each.budget.provider: each for each in budgets.standings()}, budgets.used_up()
    return {"providers": [(each, standing.get(each.key), each.key in paused) for each in catalogue.providers()]}


@require_GET
@for_admins(Act.SEE)
@never_cache
def download(request: HttpRequest) -> HttpResponse:
    """The figures of the page as CSV."""
    form = PeriodForm(request.GET)
    period, simulated = form.chosen(), form.looks_at_simulated()
    spend = figures.between(period.first, period.last)[simulated]
    name = f"spend-{period.first:%Y-%m-%d}-{period.last:%Y-%m-%d}{'-simulated' if simulated else ''}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(export.text(spend, simulated=simulated), content_type="text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "POST"])
@for_admins(Act.SET_TERMS)
@never_cache
def budget(request: HttpRequest, provider: str) -> HttpResponse:
    """One provider's budget: how far it has come, who set it and why, and the form that sets the next one."""
    found = provider_or_404(provider)
    form = BudgetForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid() and _set(form, found, request.user):
        watch.look()
        messages.success(request, f"{found.label}: kept. It holds from now on.")
        return redirect("spend")
    rows = list(Budget.objects.filter(provider=found.key).select_related("by").order_by("-number"))
    page = {
        "section": "operations",
        "provider": found,
        "rows": rows,
        "form": form or BudgetForm(initial={"after": rows[0].number, "usd": rows[0].usd} if rows else {"after": 0}),
        "standing": next((each for each in budgets.standings() if each.budget.provider == found.key), None),
        "paused": found.key in budgets.used_up(),
        "may": roles.may(request.user, Act.SET_TERMS),
    }
    return render(request, "spend/budget.html", page, status=422 if form and form.errors else 200)


def _set(form: BudgetForm, provider: Provider, by: User) -> bool:
    facts = form.cleaned_data
    try:
        budgets.set_budget(provider.key, by=by, **facts)
    except ChangedMeanwhile as error:
        form.add_error(None, error.public)
        form.data = form.data | {"after": _latest(provider.key)}
    return not form.errors


def _latest(provider: str) -> int:
    return Budget.objects.filter(provider=provider).order_by("-number").values_list("number", flat=True).first() or 0


@require_POST
@for_admins(Act.SET_TERMS)
def lift(request: HttpRequest, provider: str) -> HttpResponse:
    """Ask a provider again whose budget is used up."""
    found = provider_or_404(provider)
    lifted = budgets.lift(found.key, request.user)
    messages.success(request, f"{found.label} is asked again." if lifted else f"{found.label} was not paused by its budget.")
    return redirect("spend")
