"""The admin's site: who comes in, which addresses it has, and in which order its records are told.

It has no sign-in, password or search of its own: people sign in as everywhere else, and for designers it does not exist. What is
not registered here cannot be reached.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from unfold.sites import UnfoldAdminSite

from workspace.accounts import appearance, roles
from workspace.accounts.access import for_admins
from workspace.accounts.roles import Act

ADDRESSES = {"index", "app_list", "jsi18n", None}  # of the site itself
SECTIONS = {
    "People": ("User", "Invitation"),
    "Plans and prices": ("Plan", "Override", "OwnPrice"),
    "Routing": ("RoutingRule", "RoutingRuleChange"),
    "Ledger": ("Account", "Entry", "HdEntry", "Proposal"),
    "Log": ("Deed", "Change", "AuditReport"),
}


class Site(UnfoldAdminSite):
    index_template = "administration/index.html"
    index_title = "Records"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Those of the records, and few of the site; the nameless one catches what is no address."""
        every = super().get_urls()
        return [entry for entry in every if isinstance(entry, URLResolver) or entry.name in ADDRESSES]

    def has_permission(self, request: HttpRequest) -> bool:
        return roles.may(request.user, Act.SEE)

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable[..., HttpResponse]:
        """Strangers are turned away as at every page for admins; what may be sent, each record says itself."""
        return for_admins(Act.SEE)(super().admin_view(view, cacheable))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """Sections as people think of them, not as tables lie in apps."""
        found = {
            model["object_name"]: (app, model) for app in super().get_app_list(request, app_label) for model in app["models"]
        }
        sections = [(name, [found[each] for each in names if each in found]) for name, names in SECTIONS.items()]
        return [_section(name, held) for name, held in sections if held]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"theme": appearance.read(request)["theme"]}


def _section(name: str, held: list[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, Any]:
    return held[0][0] | {"name": name, "models": [model | _said_of(model["model"]) for _, model in held]}


def _said_of(model: type[Model]) -> dict[str, str]:
    records = site.get_model_admin(model)
    return {"name": records.title, "about": records.about}


site = Site(name="admin")
