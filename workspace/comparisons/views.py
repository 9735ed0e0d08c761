"""The light table: compose on the left, the sheet on the right. Thin entrances: access, form, service, answer.

Every address answers a plain request with a page or a redirect, and htmx with the fragments that changed.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import push_url, reswap, trigger_client_event

from providers.catalogue import UnknownModel
from routing.runbar import State
from routing.types import Plan
from workspace.accounts import services as accounts
from workspace.accounts import terms
from workspace.comparisons import adding, allowances, compose, drafts, keys, selectors, services, sheets, skipping
from workspace.comparisons.adapting.asked import Asked
from workspace.comparisons.adapting.panel import Thought
from workspace.comparisons.drafts import Draft
from workspace.comparisons.models import Comparison, Generation
from workspace.comparisons.sheets import Sheet

PAGE = "comparisons/compare.html"
WORDINGS, WORDED = "comparisons/thinking.html#wordings", "comparisons/thinking.html#worded_note"
EXAMPLES = (
    "Shop sign reading “OPEN LATE”, rain, 35 mm",
    "Flat fox logo with the word “Foxglove”, two colours",
    "Amber bottle on a plinth, soft north light",
)


@require_GET
@login_required
def compare(request: HttpRequest) -> HttpResponse:
    """An empty sheet; a prompt may come along in the address."""
    return page(request, drafts.read(request.GET, request.user))


@require_GET
@login_required
def run(request: HttpRequest, number: int) -> HttpResponse:
    """A run as it stands, its prompt and settings ready to be run again; the address may name another reference."""
    return run_page(request, selectors.comparison(request.user, number))


@require_GET
@login_required
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """The sheet alone, for a page that has no stream or has lost it; 204 when ``?seen=`` is all there is."""
    comparison = selectors.comparison(request.user, number)
    if request.GET.get("seen") == selectors.seen(comparison):
        return HttpResponse(status=204)
    return _fragments(request, {"sheet": selectors.sheet(comparison)}, ["sheet"])


@require_POST
@login_required
def route_preview(request: HttpRequest) -> HttpResponse:
    """What Auto makes of the draft and what it will cost; 204 when the page already says so."""
    draft = drafts.read(request.POST, request.user)
    accounts.choose_wording(request.user, draft.wording, was=request.POST.get("wording_was"))
    money = selectors.money(request.user.pk)
    rail = _rail(replace(draft, price=None), money, explained=draft.asks_why)
    wordings = _reworded(request, rail)
    if request.POST.get("decision") != rail.decision:
        answer = _fragments(request, {"rail": rail}, ["route"], oob=[*_changed(request, rail), *wordings], money=money)
    elif wordings:  # the slip is not read out again
        answer = reswap(_fragments(request, {"rail": rail}, [], oob=wordings, money=money), "none")
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
        return _started(request, existing)
    try:
        plan = compose.plan(draft)
    except UnknownModel as error:
        draft.errors["models"] = f"{error} Choose from the list."
        return _refused(request, draft)
    button = compose.button(draft, plan, selectors.money(request.user.pk).balance)
    if draft.errors or not button.enabled or button.state is State.PRICE_MOVED:
        return _refused(request, draft)
    affordable = tuple(route for route in plan.routes if route.model.id in button.runs)
    decided, mine = replace(plan, routes=affordable), terms.known(request.user)
    out = skipping.of(plan, button.runs)
    order = services.Order(draft.brief, decided, draft.shape, draft.key, draft.reference, mine, out)
    try:
        started = services.start(request.user, order)
    except services.REFUSALS as error:
        draft.errors["credits"] = error.public
        return _refused(request, replace(draft, allowance=allowances.of(request.user)))
    following = drafts.again(draft, request.user)
    return _begun(request, started, following, plan if following.allowance == draft.allowance else compose.plan(following))


@require_POST
@login_required
def cancel_run(request: HttpRequest, number: int) -> HttpResponse:
    comparison = selectors.comparison(request.user, number)
    services.cancel_all(comparison)
    return _sheet_or_back(request, comparison)


@require_POST
@login_required
def cancel_frame(request: HttpRequest, name: tuple[int, int]) -> HttpResponse:
    return _frame_or_back(request, services.cancel(selectors.generation(request.user, name)))


@require_POST
@login_required
def favourite_frame(request: HttpRequest, name: tuple[int, int]) -> HttpResponse:
    generation = selectors.generation(request.user, name)
    wanted = request.POST.get("favourite", "" if generation.favourite else "1") == "1"
    return _frame_or_back(request, services.set_favourite(generation, wanted))


@require_POST
@login_required
def retry_frame(request: HttpRequest, name: tuple[int, int]) -> HttpResponse:
    """The same model again, or the one that is named in its place."""
    generation = selectors.generation(request.user, name)
    try:
        if model := request.POST.get("model"):
            adding.swap(generation, request.user, model)
        else:
            services.retry(generation, request.user)
    except (*services.REFUSALS, services.NotAllowed, adding.NotOffered) as error:
        return _banner(request, generation.comparison, error.public)
    except UnknownModel as error:
        return _banner(request, generation.comparison, f"{error} Choose from the list.")
    return _sheet_or_back(request, generation.comparison)


@require_POST
@login_required
def take_up(request: HttpRequest, number: int) -> HttpResponse:
    """Run a model after all that was left out when the run started."""
    comparison = selectors.comparison(request.user, number)
    try:
        adding.take_up(comparison, request.user, request.POST.get("model", ""))
    except (*services.REFUSALS, adding.NotOffered) as error:
        return _banner(request, comparison, error.public)
    comparison.refresh_from_db()
    return _sheet_or_back(request, comparison)


@require_GET
@login_required
def swap_frame(request: HttpRequest, name: tuple[int, int]) -> HttpResponse:
    """The models that could draw in place of a frame that failed."""
    generation = selectors.generation(request.user, name)
    offers = adding.offers(generation, request.user)
    if not request.htmx:
        return run_page(request, generation.comparison, offers=offers)
    return _fragments(request, {"offers": offers}, ["swap"])


# --- answers -------------------------------------------------------------------------------------------------------------------
def page(
    request: HttpRequest,
    draft: Draft,
    sheet: Sheet | None = None,
    status: int = 200,
    asked: Asked | None = None,
    thought: Thought | None = None,
    **more: object,
) -> HttpResponse:
    """The whole light table, ready for this draft.

    With ``asked``, what the frames of the sheet were asked is open; ``thought`` is how the language model stands; ``more`` is
    what else the template shows: a ``banner`` above it all, ``offers`` in a frame.
    """
    money = selectors.money(request.user.pk)
    rail = _rail(draft, money, filled=True, explained=True, thought=thought)
    context = {"rail": rail, "sheet": sheet, "asked": asked, "examples": EXAMPLES, **more}
    return render(request, PAGE, {**context, **money.header()}, status=status)


def run_page(request: HttpRequest, comparison: Comparison, asked: Asked | None = None, **more: object) -> HttpResponse:
    """A run as it stands, with a draft of its settings."""
    draft = drafts.with_reference(drafts.of_run(comparison, request.user), request.GET, request.user)
    return page(request, draft, selectors.sheet(comparison), asked=asked, **more)


def panel(request: HttpRequest, draft: Draft, thought: Thought) -> HttpResponse:
    """The panel of this draft, for htmx."""
    money = selectors.money(request.user.pk)
    return _fragments(request, {"rail": _rail(draft, money, thought=thought)}, [WORDINGS], oob=[WORDED], money=money)


def _rail(
    draft: Draft,
    money: selectors.Money,
    *,
    filled: bool = False,
    explained: bool = False,
    thought: Thought | None = None,
) -> compose.Rail:
    draft = drafts.as_shown(draft, {model.id for model in keys.known_models()})
    return compose.rail(draft, compose.plan(draft), money.balance, filled=filled, explained=explained, thought=thought)


def _reworded(request: HttpRequest, rail: compose.Rail) -> list[str]:
    """The panel of wordings, if it is open and shows others."""
    return [WORDINGS] if rail.thinking and rail.panel and request.POST.get("wordings") != rail.panel.stamp else []


def _changed(request: HttpRequest, rail: compose.Rail) -> list[str]:
    """The parts of the rail that the form has to learn about beside its own; the list of models only if it shows another."""
    shown = ["cost"] if request.POST.get("shown") == rail.shown else ["models", "cost"]
    return shown if request.POST.get("hd", "") == rail.hd else [*shown, "qualities"]


def _begun(request: HttpRequest, started: services.Started, draft: Draft, plan: Plan) -> HttpResponse:
    """The sheet of a run that has just been sent off, made of the very rows, and the rail for the next one."""
    sheet = sheets.sheet(started.comparison, [(row, row.image) for row in started.frames])
    return _sheet_and_rail(request, sheet, lambda money: compose.rail(draft, plan, money.balance))


def _started(request: HttpRequest, comparison: Comparison) -> HttpResponse:
    """The same for a form that comes again: the sheet of its first time, as it stands."""
    return _sheet_and_rail(
        request, selectors.sheet(comparison), lambda money: _rail(drafts.of_run(comparison, request.user), money)
    )


def _sheet_and_rail(request: HttpRequest, sheet: Sheet, rail: Callable[[selectors.Money], compose.Rail]) -> HttpResponse:
    address = reverse("run", kwargs={"number": sheet.number})
    if not request.htmx:
        return redirect(address)
    money = selectors.money(request.user.pk)
    context = {"sheet": sheet, "rail": rail(money)}
    return push_url(_fragments(request, context, ["sheet"], oob=_changed(request, context["rail"]), money=money), address)


def _refused(request: HttpRequest, draft: Draft) -> HttpResponse:
    """422 with everything the person wrote, and a new price to agree to if it moved."""
    if not request.htmx:
        return page(request, draft, status=422)
    money = selectors.money(request.user.pk)
    rail = _rail(draft, money, filled=True, explained=draft.asks_why)
    return _fragments(request, {"rail": rail}, ["rail"], status=422, money=money)


def _frame_or_back(request: HttpRequest, generation: Generation) -> HttpResponse:
    if not request.htmx:
        return redirect("run", number=generation.comparison.number)
    return _fragments(request, {"frame": selectors.view(generation)}, ["frame"])


def _sheet_or_back(request: HttpRequest, comparison: Comparison) -> HttpResponse:
    if not request.htmx:
        return redirect("run", number=comparison.number)
    return _fragments(request, {"sheet": selectors.sheet(comparison)}, ["sheet"])


def _banner(request: HttpRequest, comparison: Comparison, sentence: str) -> HttpResponse:
    banner = {"kind": "warn", "sentence": sentence}
    if not request.htmx:
        return page(request, drafts.of_run(comparison, request.user), selectors.sheet(comparison), status=409, banner=banner)
    return _fragments(request, {"banner": banner}, ["banner"], status=409)


def _fragments(
    request: HttpRequest,
    context: dict[str, object],
    names: Iterable[str],
    *,
    oob: Iterable[str] = (),
    status: int = 200,
    money: selectors.Money | None = None,
) -> HttpResponse:
    """Partials of the page, the first in the target's place and ``oob`` ones in their own, with the balance kept up to date.

    Those of another template are named in full.
    """
    money = money or selectors.money(request.user.pk)
    shared = {**context, **money.header()}
    parts = [render_to_string(_named(name), shared, request) for name in names]
    parts += [render_to_string(_named(name), {**shared, "oob": True}, request) for name in (*oob, "balance", "hd_left")]
    return HttpResponse("".join(parts), status=status)


def _named(partial: str) -> str:
    return partial if "#" in partial else f"{PAGE}#{partial}"
