"""The desk: how every provider does, its key, and two buttons."""

import logging

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from kombu.exceptions import OperationalError

from providers.base import Answerable, Provider
from providers.self_hosted import SelfHosted
from workspace.accounts.models import User
from workspace.comparisons import keys
from workspace.operations import access, lifetimes, presenting, services, tasks
from workspace.operations.access import admins_only
from workspace.operations.forms import KeyForm, ServerForm
from workspace.operations.models import Change, ProviderSetting

logger = logging.getLogger(__name__)
DESK = "operations/desk.html"
CHANGES = 20  # lines of the trail on a page


@require_GET
@admins_only
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    if request.htmx:
        return _rows(request)
    today = timezone.localdate()
    seen = lifetimes.latest(today)
    page = {
        "section": "operations",
        "rows": presenting.rows(),
        "deaths": [(death, death.days(today)) for death in lifetimes.deaths(seen, today)],
        "differences": lifetimes.differences(seen, today),
        "changes": _changes(),
    }
    return render(request, DESK, _while_asking(page))


@sensitive_post_parameters("key")
@require_http_methods(["GET", "POST"])
@admins_only
@never_cache
def settings_of(request: HttpRequest, provider: str) -> HttpResponse:
    """The key of a provider, or the address of a server of one's own: entered here, and never shown again."""
    found = access.provider(provider)
    entered = ProviderSetting.objects.filter(pk=found.key).first() or ProviderSetting(provider=found.key)
    form = _form(found, entered, request)
    if form.is_valid():
        _enter(found, form, request.user)
        _probe(found, request.user)
        messages.success(request, f"{found.label}: kept, and in use within seconds. It is being probed.")
        return redirect("operations:desk")
    page = {"section": "operations", "provider": found, "entered": entered, "form": form}
    page |= {"key_state": presenting.key_state(found, entered), "changes": _changes(found.key)}
    page |= {"own_server": isinstance(found, SelfHosted)}
    return render(request, "operations/settings.html", page, status=422 if form.errors else 200)


@require_POST
@admins_only
def remove(request: HttpRequest, provider: str) -> HttpResponse:
    found = access.provider(provider)
    (services.remove_server if isinstance(found, SelfHosted) else services.remove_key)(found.key, request.user)
    messages.success(request, f"{found.label}: what was entered here is gone.")
    return redirect("operations:desk")


@require_POST
@admins_only
def pause(request: HttpRequest, provider: str) -> HttpResponse:
    services.pause(access.provider(provider).key, request.user)
    return _rows(request) if request.htmx else redirect("operations:desk")


@require_POST
@admins_only
def resume(request: HttpRequest, provider: str) -> HttpResponse:
    services.resume(access.provider(provider).key, request.user)
    return _rows(request) if request.htmx else redirect("operations:desk")


@require_POST
@admins_only
def probe(request: HttpRequest, provider: str) -> HttpResponse:
    """Ask it in a worker; the table shows the outcome when it is there."""
    _probe(access.provider(provider), request.user)
    return _rows(request) if request.htmx else redirect("operations:desk")


def _rows(request: HttpRequest) -> HttpResponse:
    return render(request, f"{DESK}#provider_rows", _while_asking({"rows": presenting.rows()}))


def _while_asking(page: dict[str, object]) -> dict[str, object]:
    """``every``: how soon the table looks again, in seconds; sooner while a probe is under way."""
    asking = any(row.probe.kind == "asking" for row in page["rows"])
    return page | {"every": 1 if asking else 15}


def _changes(provider: str | None = None) -> list[Change]:
    found = Change.objects.order_by("-at", "-id")
    return list((found.filter(provider=provider) if provider else found)[:CHANGES])


def _form(provider: Provider, entered: ProviderSetting, request: HttpRequest) -> KeyForm | ServerForm:
    data = request.POST if request.method == "POST" else None
    if isinstance(provider, SelfHosted):
        return ServerForm(data, initial={"address": entered.address, "label": entered.label})
    return KeyForm(data)


def _enter(provider: Provider, form: KeyForm | ServerForm, by: User) -> None:
    facts = form.cleaned_data
    if isinstance(form, ServerForm):
        services.set_server(provider.key, address=facts["address"], label=facts["label"], key=form.new_key, by=by)
    else:
        services.set_key(provider.key, facts["key"], by)


def _probe(provider: Provider, by: User) -> None:
    """A lost broker is no harm: the table says after a while that no worker took it."""
    if not isinstance(provider, Answerable) or keys.find(provider) is None:
        return
    asked = services.begin_probe(provider.key, by)
    try:
        tasks.probe.apply_async((asked.pk,), retry=False, expires=services.PATIENCE.total_seconds())
    except OperationalError:
        logger.warning("the broker does not answer, %s is not probed", provider.key)
