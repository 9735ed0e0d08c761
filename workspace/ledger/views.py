"""A person's own statement: the Credits page, its older lines, its CSV, and the balance in the header."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from workspace.comparisons import selectors
from workspace.ledger import places, quota, spend, statement
from workspace.ledger.export import Export, streamed
from workspace.ledger.forms import FilterForm
from workspace.ledger.places import Newest, Place

TEMPLATE = "credits/statement.html"


@require_GET
@login_required
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """The statement; with ``before`` the lines older than that place, with ``sums`` what all of them add up to."""
    form = FilterForm(request.GET)
    filters, before = form.filters(), _place(request.GET.get("before", ""))
    context: dict[str, object] = {"filters": filters, "first": before is None, "query": _query(request)}
    if "sums" in request.GET:
        context["sums"] = statement.sums(request.user, filters)
        if request.htmx:
            return render(request, f"{TEMPLATE}#ledger_sums", context)
    found = statement.page(request.user, filters, before=before)
    context |= {"lines": found.lines, "older": _cursor(found.older)}
    if request.htmx:
        return render(request, f"{TEMPLATE}#older_lines" if before else f"{TEMPLATE}#ledger_table", context)
    return render(
        request,
        TEMPLATE,
        context | money(request) | {"form": form, "options": statement.options(filters.by), "section": "credits"},
    )


def money(request: HttpRequest) -> dict[str, object]:
    """What the top of the page shows: balance, held, HD images, this month's spend, and whether little is left."""
    account = places.account(request.user)
    now = selectors.money(request.user.pk)
    newest = places.newest(request.user)
    return {
        **now.header(),
        "newest": newest,
        "quotas": [quota.Quota(left) for left in now.hd],
        "spend": spend.this_month(account, newest.credits),
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
    """Balance and HD images for the header of an open page; 204 when it shows them already, or nobody is signed in."""
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    now = selectors.money(request.user.pk)
    if request.GET.get("seen") == now.seen:
        return HttpResponse(status=204)
    balance = render_to_string("comparisons/compare.html#balance", now.header(), request)
    return HttpResponse(balance + render_to_string("comparisons/compare.html#hd_left", {**now.header(), "oob": True}, request))


def _cursor(place: Place | None) -> str:
    return f"{place.created.isoformat()},{place.ledger}{place.entry}" if place else ""


def _place(cursor: str) -> Place | None:
    """A place we gave out; anything else is the start."""
    created, _, name = cursor.partition(",")
    ledger, entry = name[:1], name[1:]
    try:
        when = parse_datetime(created)
    except ValueError:
        return None
    right = when and when.tzinfo and ledger in (places.CREDITS, places.HD) and _is_id(entry)
    return Place(when, ledger, int(entry)) if right else None


def known(said: str) -> Newest:
    """What a page says that it knows; the start, if that makes no sense."""
    ids = said.split(".")
    return Newest(*map(int, ids)) if len(ids) == len(Newest._fields) and all(map(_is_id, ids)) else Newest()


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _query(request: HttpRequest) -> str:
    """The filters of the address, as its query."""
    query = request.GET.copy()
    for name in ("before", "sums"):
        query.pop(name, None)
    return query.urlencode()
