"""What the light table answers with: the whole page, or for htmx the fragments that changed, each with the balance after it."""

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django_htmx.http import push_url

from routing.types import Plan
from workspace.comparisons import compose, drafts, selectors, services, sheets
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
    rail = rail_of(draft, money, filled=True, explained=True, thought=thought)
    context = {"rail": rail, "sheet": sheet, "asked": asked, "examples": EXAMPLES, **more}
    return render(request, PAGE, {**context, **money.header()}, status=status)


def run_page(request: HttpRequest, comparison: Comparison, asked: Asked | None = None, **more: object) -> HttpResponse:
    """A run as it stands, with a draft of its settings."""
    draft = drafts.with_reference(drafts.of_run(comparison, request.user), request.GET, request.user)
    return page(request, draft, selectors.sheet(comparison), asked=asked, **more)


def panel(request: HttpRequest, draft: Draft, thought: Thought) -> HttpResponse:
    """The panel of this draft, for htmx."""
    money = selectors.money(request.user.pk)
    return fragments(request, {"rail": rail_of(draft, money, thought=thought)}, [WORDINGS], oob=[WORDED], money=money)


def rail_of(
    draft: Draft,
    money: selectors.Money,
    *,
    filled: bool = False,
    explained: bool = False,
    thought: Thought | None = None,
) -> compose.Rail:
    draft = drafts.as_shown(draft)
    return compose.rail(draft, compose.plan(draft), money.balance, filled=filled, explained=explained, thought=thought)


def reworded(request: HttpRequest, rail: compose.Rail) -> list[str]:
    """The panel of wordings, if it is open and shows others."""
    return [WORDINGS] if rail.thinking and rail.panel and request.POST.get("wordings") != rail.panel.stamp else []


def changed(request: HttpRequest, rail: compose.Rail) -> list[str]:
    """The parts of the rail that the form has to learn about beside its own; the list of models only if it shows another."""
    shown = ["cost"] if request.POST.get("shown") == rail.shown else ["models", "cost"]
    return shown if request.POST.get("hd", "") == rail.hd else [*shown, "qualities"]


def begun(request: HttpRequest, started: services.Started, draft: Draft, plan: Plan) -> HttpResponse:
    """The sheet of a run that has just been sent off, made of the very rows, and the rail for the next one."""
    sheet = sheets.sheet(started.comparison, [(row, row.image) for row in started.frames])
    return _sheet_and_rail(request, sheet, lambda money: compose.rail(draft, plan, money.balance))


def started(request: HttpRequest, comparison: Comparison) -> HttpResponse:
    """The same for a form that comes again: the sheet of its first time, as it stands."""
    return _sheet_and_rail(
        request, selectors.sheet(comparison), lambda money: rail_of(drafts.of_run(comparison, request.user), money)
    )


def _sheet_and_rail(request: HttpRequest, sheet: Sheet, rail: Callable[[selectors.Money], compose.Rail]) -> HttpResponse:
    address = reverse("run", kwargs={"number": sheet.number})
    if not request.htmx:
        return redirect(address)
    money = selectors.money(request.user.pk)
    context = {"sheet": sheet, "rail": rail(money)}
    return push_url(fragments(request, context, ["sheet"], oob=changed(request, context["rail"]), money=money), address)


def refused(request: HttpRequest, draft: Draft) -> HttpResponse:
    """422 with everything the person wrote, and a new price to agree to if it moved."""
    if not request.htmx:
        return page(request, draft, status=422)
    money = selectors.money(request.user.pk)
    rail = rail_of(draft, money, filled=True, explained=draft.asks_why)
    return fragments(request, {"rail": rail}, ["rail"], status=422, money=money)


def frame_or_back(request: HttpRequest, generation: Generation, said: str = "") -> HttpResponse:
    if not request.htmx:
        if said:
            messages.info(request, said)
        return redirect("run", number=generation.comparison.number)
    return fragments(request, {"frame": selectors.view(generation), "said": said}, ["frame"], oob=["toast"] if said else ())


def sheet_or_back(request: HttpRequest, comparison: Comparison) -> HttpResponse:
    if not request.htmx:
        return redirect("run", number=comparison.number)
    return fragments(request, {"sheet": selectors.sheet(comparison)}, ["sheet"])


def banner(request: HttpRequest, comparison: Comparison, sentence: str) -> HttpResponse:
    banner = {"kind": "warn", "sentence": sentence}
    if not request.htmx:
        return page(request, drafts.of_run(comparison, request.user), selectors.sheet(comparison), status=409, banner=banner)
    return fragments(request, {"banner": banner}, ["banner"], status=409)


def fragments(
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
