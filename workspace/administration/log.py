"""Who did what, and what the clock found."""

from django.contrib import admin
from unfold.paginator import InfinitePaginator

from workspace.accounts.roles import Act
from workspace.administration.records import Records, moment
from workspace.administration.site import site
from workspace.ledger.models import AuditReport, Deed
from workspace.operations.models import Change


@admin.register(Deed, site=site)
class Deeds(Records):
    title, about = "Log", "What admins did to credits, people, plans and prices. It only grows."
    desk = ("credits_log", "Log at its desk", Act.SEE)
    paginator = InfinitePaginator
    list_display = ("moment", "by", "what", "holder")
    list_select_related = ("by", "holder")
    search_fields = ("by__email", "holder__email", "what")
    ordering = ("-id",)

    @admin.display(description="when")
    def moment(self, deed: Deed) -> str:
        return moment(deed.at)


@admin.register(Change, site=site)
class ProviderChanges(Records):
    title, about = "Changes of providers", "Who entered or removed a key, paused or resumed a provider. Never the key."
    desk = ("operations:desk", "Providers at their desk", Act.OPERATE)
    list_display = ("at", "by", "provider", "action")
    list_filter = ("action",)
    search_fields = ("by", "provider")
    ordering = ("-at",)


@admin.register(AuditReport, site=site)
class AuditReports(Records):
    title, about = "Audits", "What each audit of the ledger found."
    list_display = ("at", "seconds", "sentences")
    ordering = ("-id",)
