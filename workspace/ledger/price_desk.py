"""Prices of this installation's own, and how far estimates are from bills."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from providers.types import Quality
from routing import pricing
from workspace.accounts import roles
from workspace.accounts.access import for_admins
from workspace.accounts.models import User
from workspace.accounts.roles import Act
from workspace.comparisons import keys
from workspace.credits import prices
from workspace.credits.models import OwnPrice
from workspace.ledger import adjusting, drift
from workspace.ledger.plan_forms import PriceForm

LINES = 100
DAYS = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One price that was set, in words."""

    row: OwnPrice
    model: str
    quality: str
    price: str
    standing: str


@require_http_methods(["GET", "POST"])
@for_admins(Act.SET_TERMS)
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    form = PriceForm(request.POST or None)
    if form.is_valid():
        _set(form, request.user)
        messages.success(request, "Kept. Whoever has a page open is asked about a price that moved.")
        return redirect("prices")
    page = {"section": "operations", "form": form, "lines": _lines(), "may": roles.may(request.user, Act.SET_TERMS)}
    page |= {"drifts": drift.since(timezone.now() - timedelta(days=DAYS)), "days": DAYS}
    return render(request, "credits/prices.html", page, status=422 if form.errors else 200)


@transaction.atomic
def _set(form: PriceForm, by: User) -> None:
    given = form.cleaned_data | {"quality": Quality(form.cleaned_data["quality"])}
    row = prices.set_price(given.pop("model"), given.pop("quality"), by=by, **given)
    adjusting.note(by, f"set {row.model} in {row.quality} to {_price(row)} from {row.starts:%-d %B %Y}: {row.reason}"[:400], None)


def _lines() -> list[Line]:
    rows = list(OwnPrice.objects.select_related("by").order_by("-id")[:LINES])
    today = timezone.localdate()
    latest = OwnPrice.objects.filter(starts__lte=today).order_by("model", "quality", "-starts", "-id")
    in_force = set(latest.distinct("model", "quality").values_list("pk", flat=True))
    return [_line(row, "in force" if row.pk in in_force else "to come" if row.starts > today else "over") for row in rows]


def _line(row: OwnPrice, standing: str) -> Line:
    return Line(row, keys.model_label(row.model), pricing.QUALITY_LABELS[Quality(row.quality)], _price(row), standing)


def _price(row: OwnPrice) -> str:
    """ "$0.07, 7 credits", "5 credits", "the catalogue's price"."""
    if row.usd is None:
        return "the catalogue's price" if row.credits is None else f"{row.credits} credits"
    rates = keys.rates_of_settings()
    made = pricing.credits(row.usd, credits_per_usd=rates.credits_per_usd, minimum=rates.minimum)
    return f"${row.usd.normalize():f}, {made} credits"
