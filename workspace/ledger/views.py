"""A person's own statement: the Credits page, its older lines, its CSV, and the balance in the header."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from workspace.comparisons import selectors
from workspace.ledger import spend, statement
from workspace.ledger.export import Export, streamed
from workspace.ledger.forms import FilterForm
from workspace.ledger.statement import Place

TEMPLATE = "credits/statement.html"


@require_GET
@login_required
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """The statement; with ``before`` the lines older than that place."""
    form = FilterForm(request.GET)
    filters, before = form.filters(), _place(request.GET.get("before", ""))
    found = statement.page(request.user, filters, before=before)
    context = {"lines": found.lines, "older": _cursor(found.older), "filters": filters, "first": before is None}
    context["query"] = _without(request, "before")
    if request.htmx:
        return render(request, f"{TEMPLATE}#older_lines" if before else f"{TEMPLATE}#ledger_table", context)
    return render(
        request, TEMPLATE, context | money(request) | {"form": form, "models": statement.models(), "section": "credits"}
    )


def money(request: HttpRequest) -> dict[str, object]:
    """What the top of the page shows: balance, held, this month's spend, and whether little is left."""
    account = statement.account(request.user)
    now = selectors.money(request.user.pk)
    newest = statement.newest(request.user)
    return {
        "balance": now.balance,
        "held": now.held,
        "newest": newest,
        "spend": spend.this_month(account, newest),
        "low": now.balance < settings.LOW_BALANCE_CREDITS,
    }


@require_GET
@login_required
@never_cache
def download(request: HttpRequest) -> StreamingHttpResponse:
    """The statement as CSV, with the page's filters."""
    chunks = Export(request.user, FilterForm(request.GET).filters()).chunks()
    response = StreamingHttpResponse(streamed(chunks), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="credits.csv"'
    return response


@require_GET
@never_cache
def balance(request: HttpRequest) -> HttpResponse:
    """The balance for the header of an open page; 204 when the page shows it already, or nobody is signed in."""
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    now = selectors.money(request.user.pk)
    if request.GET.get("seen") == f"{now.balance}.{now.held}":
        return HttpResponse(status=204)
    return render(request, "comparisons/compare.html#balance", {"balance": now.balance, "held": now.held})


def _cursor(place: Place | None) -> str:
    return f"{place[0].isoformat()},{place[1]}" if place else ""


def _place(cursor: str) -> Place | None:
    """A place we gave out; anything else is the start."""
    created, _, entry = cursor.partition(",")
    try:
        when = parse_datetime(created)
        return (when, int(entry)) if when and when.tzinfo and 0 < int(entry) < 2**63 else None
    except ValueError:
        return None


def _without(request: HttpRequest, name: str) -> str:
    """The address's own query, one parameter left out."""
    query = request.GET.copy()
    query.pop(name, None)
    return query.urlencode()
