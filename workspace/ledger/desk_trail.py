"""The log of who did what, and who has which role."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from workspace.accounts import roles as role_rules
from workspace.accounts.access import for_admins
from workspace.accounts.models import User
from workspace.accounts.roles import Act, Role
from workspace.ledger import people
from workspace.ledger.forms import RoleForm
from workspace.ledger.models import Deed

LINES = 100  # of the log on a page


@require_GET
@for_admins(Act.SEE)
@never_cache
def log(request: HttpRequest) -> HttpResponse:
    """Who did what to whom, newest first; ``before`` is the id of the last line of the page before."""
    before = request.GET.get("before", "")
    deeds = Deed.objects.select_related("by", "holder").order_by("-id")
    if before.isdecimal() and len(before) < 19:
        deeds = deeds.filter(pk__lt=int(before))
    rows = list(deeds[: LINES + 1])
    older = rows[LINES - 1].pk if len(rows) > LINES else None
    return render(request, "credits/log.html", {"section": "operations", "deeds": rows[:LINES], "older": older})


@require_http_methods(["GET", "POST"])
@for_admins(Act.GIVE_ROLES)
@never_cache
def roles(request: HttpRequest) -> HttpResponse:
    """Every admin's role. Owners give and take them, but not an owner's."""
    form = RoleForm(request.POST or None)
    if form.is_valid() and _given(form, request.user):
        messages.success(request, "Kept.")
        return redirect("credits_roles")
    admins = [(user, role_rules.role_of(user)) for user in User.objects.filter(is_staff=True).order_by("email")]
    page = {"section": "operations", "form": form, "admins": admins, "may": role_rules.may(request.user, Act.GIVE_ROLES)}
    return render(request, "credits/roles.html", page, status=422 if form.errors else 200)


def _given(form: RoleForm, by: User) -> bool:
    person = User.objects.filter(email=form.cleaned_data["person"].lower()).first()
    role = Role(form.cleaned_data["role"]) if form.cleaned_data["role"] else None
    if person is None:
        form.add_error("person", "Nobody here has this address.")
        return False
    try:
        people.give_role(person, role, by)
    except people.Refused as refused:
        form.add_error("person", refused.public)
    return not form.errors
