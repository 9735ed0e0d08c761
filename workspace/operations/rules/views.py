"""The screens of the rules: the list with its trail, one rule to edit and to try, and four buttons."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from routing.rules import Rule
from workspace.operations.access import admins_only
from workspace.operations.models import RoutingRule, RoutingRuleChange
from workspace.operations.rules import presenting, rows, services
from workspace.operations.rules.checks import Refused
from workspace.operations.rules.forms import RuleForm
from workspace.operations.rules.replaying import Replay, replay

LIST = "operations:rules"


@require_GET
@admins_only
@never_cache
def rules(request: HttpRequest) -> HttpResponse:
    page = {"section": "operations", "lines": presenting.lines(), "changes": presenting.changes()}
    return render(request, "operations/rules/list.html", page)


@require_http_methods(["GET", "POST"])
@admins_only
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    return _edited(request, None, None)


@require_http_methods(["GET", "POST"])
@admins_only
@never_cache
def edit(request: HttpRequest, rule: int) -> HttpResponse:
    return _edited(request, rule, _found(rule))


@require_POST
@admins_only
def switch(request: HttpRequest, rule: int) -> HttpResponse:
    on = request.POST.get("on") == "1"
    said = f"“{get_object_or_404(RoutingRule, pk=rule)}” is {'on' if on else 'off'}."
    return _done(request, lambda: services.switch(rule, on, request.user), said)


@require_POST
@admins_only
def remove(request: HttpRequest, rule: int) -> HttpResponse:
    said = f"“{get_object_or_404(RoutingRule, pk=rule)}” is removed. Undo brings it back, under Changes."
    return _done(request, lambda: services.remove(rule, request.user), said)


@require_POST
@admins_only
def undo(request: HttpRequest, change: int) -> HttpResponse:
    line = get_object_or_404(RoutingRuleChange, pk=change)
    return _done(request, lambda: services.undo(line, request.user), "Undone, and written down below.")


def _edited(request: HttpRequest, number: int | None, rule: Rule | None) -> HttpResponse:
    form = RuleForm(request.POST if request.method == "POST" else None, number=number, rule=rule)
    if not form.is_valid():
        return _form(request, form, rule, status=422 if form.is_bound else 200)
    if "try" in request.POST:
        return _form(request, form, rule, replay(rows.standing(), rows.proposed(form.rule, number)))
    try:
        _keep(form.rule, number, request)
    except Refused as refused:  # somebody else was faster
        form.add_error(None, refused.public)
        return _form(request, form, rule, status=422)
    messages.success(request, f"“{form.rule.name}” is kept, and heeded within seconds.")
    return redirect(LIST)


def _form(
    request: HttpRequest, form: RuleForm, rule: Rule | None, tried: Replay | None = None, status: int = 200
) -> HttpResponse:
    page = {"section": "operations", "form": form, "rule": rule, "tried": tried}
    return render(request, "operations/rules/rule.html", page, status=status)


def _keep(rule: Rule, number: int | None, request: HttpRequest) -> None:
    if number is None:
        services.add(rule, request.user)
    else:
        services.change(number, rule, request.user)


def _found(number: int) -> Rule:
    """A rule that is there and can be read; Http404 for any other."""
    try:
        return rows.rule(get_object_or_404(RoutingRule, pk=number))
    except ValueError:
        raise Http404 from None


def _done(request: HttpRequest, write: Callable[[], None], said: str) -> HttpResponse:
    try:
        write()
    except Refused as refused:
        messages.error(request, refused.public)
    else:
        messages.success(request, said)
    return redirect(LIST)
