"""The light table: compose on the left, the sheet on the right. Thin entrances: access, form, service, answer.

Every address answers a plain request with a page or a redirect, and htmx with the fragments that changed.
"""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import reswap, trigger_client_event

from providers.catalogue import UnknownModel
from routing.runbar import State
from workspace.accounts import services as accounts
from workspace.accounts import terms
from workspace.comparisons import adding, allowances, compose, drafts, responses, selectors, services, skipping
from workspace.comparisons.models import Comparison, Generation

TOO_LATE = "It finished as you cancelled, so it was kept and charged."


@require_GET
@login_required
def compare(request: HttpRequest) -> HttpResponse:
    """An empty sheet; a prompt may come along in the address."""
    return responses.page(request, drafts.read(request.GET, request.user))


@require_GET
@login_required
def run(request: HttpRequest, number: int) -> HttpResponse:
    """A run as it stands, its prompt and settings ready to be run again; the address may name another reference."""
    return responses.run_page(request, selectors.comparison(request.user, number))


@require_GET
@login_required
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """The sheet alone, for a page that has no stream or has lost it; 204 when ``?seen=`` is all there is."""
    comparison = selectors.comparison(request.user, number)
    if request.GET.get("seen") == selectors.seen(comparison):
        return HttpResponse(status=204)
    return responses.fragments(request, {"sheet": selectors.sheet(comparison)}, ["sheet"])


@require_POST
@login_required
def route_preview(request: HttpRequest) -> HttpResponse:
    """What Auto makes of the draft and what it will cost; 204 when the page already says so."""
    draft = drafts.read(request.POST, request.user)
    accounts.choose_wording(request.user, draft.wording, was=request.POST.get("wording_was"))
    money = selectors.money(request.user.pk)
    rail = responses.rail_of(replace(draft, price=None), money, explained=draft.asks_why)
    wordings = responses.reworded(request, rail)
    if request.POST.get("decision") != rail.decision:
        answer = responses.fragments(
            request, {"rail": rail}, ["route"], oob=[*responses.changed(request, rail), *wordings], money=money
        )
    elif wordings:  # the slip is not read out again
        answer = reswap(responses.fragments(request, {"rail": rail}, [], oob=wordings, money=money), "none")
    else:
        answer = HttpResponse(status=204)
    return trigger_client_event(answer, "reading", {"underlines": rail.underlines})


@require_POST
@login_required
def start_run(request: HttpRequest) -> HttpResponse:
    """Run the draft for the price that was shown. A price that moved, or a mistake, comes back with everything kept."""
    draft = drafts.read(request.POST, request.user, submitted=True)
    accounts.choose_wording(request.user, draft.wording, was=request.POST.get("wording_was"))
    if existing := Comparison.objects.filter(user=request.user, key=draft.key).first():
        return responses.started(request, existing)
    try:
        plan = compose.plan(draft)
    except UnknownModel as error:
        draft.errors["models"] = f"{error} Choose from the list."
        return responses.refused(request, draft)
    button = compose.button(draft, plan, selectors.money(request.user.pk).balance)
    if draft.errors or not button.enabled or button.state is State.PRICE_MOVED:
        return responses.refused(request, draft)
    affordable = tuple(route for route in plan.routes if route.model.id in button.runs)
    decided, mine = replace(plan, routes=affordable), terms.known(request.user)
    out = skipping.of(plan, button.runs)
    order = services.Order(draft.brief, decided, draft.shape, draft.key, draft.reference, mine, out)
    try:
        started = services.start(request.user, order)
    except services.REFUSALS as error:
        draft.errors["credits"] = error.public
        return responses.refused(request, replace(draft, allowance=allowances.of(request.user)))
    following = drafts.again(draft, request.user)
    return responses.begun(
        request, started, following, plan if following.allowance == draft.allowance else compose.plan(following)
    )


@require_POST
@login_required
def cancel_run(request: HttpRequest, number: int) -> HttpResponse:
    comparison = selectors.comparison(request.user, number)
    services.cancel_all(comparison)
    return responses.sheet_or_back(request, comparison)


@require_POST
@login_required
def cancel_frame(request: HttpRequest, name: tuple[int, int]) -> HttpResponse:
    frame = services.cancel(selectors.generation(request.user, name))
    return responses.frame_or_back(request, frame, TOO_LATE if frame.state == Generation.State.DONE else "")


@require_POST
@login_required
def favourite_frame(request: HttpRequest, name: tuple[int, int]) -> HttpResponse:
    generation = selectors.generation(request.user, name)
    wanted = request.POST.get("favourite", "" if generation.favourite else "1") == "1"
    return responses.frame_or_back(request, services.set_favourite(generation, wanted))


@require_POST
@login_required
def retry_frame(request: HttpRequest, name: tuple[int, int]) -> HttpResponse:
    """The same model again, or the one that is named in its place."""
    generation = selectors.generation(request.user, name)
    try:
        if model := request.POST.get("model"):
            adding.swap(generation, request.user, model, drafts.whole(request.POST.get(model)))
        else:
            services.retry(generation, request.user)
    except (*services.REFUSALS, services.NotAllowed, adding.NotOffered) as error:
        return responses.banner(request, generation.comparison, error.public)
    except UnknownModel as error:
        return responses.banner(request, generation.comparison, f"{error} Choose from the list.")
    return responses.sheet_or_back(request, generation.comparison)


@require_POST
@login_required
def take_up(request: HttpRequest, number: int) -> HttpResponse:
    """Run a model after all that was left out when the run started."""
    comparison = selectors.comparison(request.user, number)
    try:
        adding.take_up(comparison, request.user, request.POST.get("model", ""))
    except (*services.REFUSALS, adding.NotOffered) as error:
        return responses.banner(request, comparison, error.public)
    comparison.refresh_from_db()
    return responses.sheet_or_back(request, comparison)


@require_GET
@login_required
def swap_frame(request: HttpRequest, name: tuple[int, int]) -> HttpResponse:
    """The models that could draw in place of a frame that failed."""
    generation = selectors.generation(request.user, name)
    offers = adding.offers(generation, request.user)
    if not request.htmx:
        return responses.run_page(request, generation.comparison, offers=offers)
    return responses.fragments(request, {"offers": offers}, ["swap"])
