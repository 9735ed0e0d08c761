"""The ledger, to be read: credits move through their services only, and nothing here moves any."""

from typing import ClassVar

from django.contrib import admin
from django.urls import reverse
from django.utils.safestring import SafeString
from unfold.paginator import InfinitePaginator

from workspace.accounts.roles import Act
from workspace.administration.records import Records, link, moment
from workspace.administration.site import site
from workspace.credits.models import Account, Entry, HdEntry
from workspace.ledger.models import Proposal

DESK = ("credits_desk", "Adjust credits", Act.ADJUST)


class Movements(Records):
    """Millions of lines: newest first by their number, a page at a time, never counted."""

    desk = DESK
    paginator = InfinitePaginator
    ordering: ClassVar = ("-id",)
    search_fields: ClassVar = ("account__user__email", "=key")
    search_help_text = "E-mail address or key"

    @admin.display(description="when")
    def moment(self, row: Entry | HdEntry) -> str:
        return moment(row.created)

    @admin.display(description="account holder")
    def holder(self, row: Entry | HdEntry) -> str:
        return row.account.user.email


@admin.register(Account, site=site)
class Accounts(Records):
    title, about, desk = "Balances", "What each person can still spend. Held credits have left it already.", DESK
    list_display = ("user", "balance", "month", "work")
    list_select_related = ("user",)
    search_fields = ("user__email",)
    ordering = ("user__email",)

    @admin.display(description="adjust")
    def work(self, account: Account) -> SafeString:
        return link(reverse("credits_person", args=[account.user_id]), "Desk")


@admin.register(Entry, site=site)
class Entries(Movements):
    title, about = "Entries", "Every movement of credits, written once."
    list_display = ("moment", "holder", "kind", "amount", "held", "balance_after", "reason", "comparison", "generation", "actor")
    list_select_related = ("account__user", "actor")
    list_filter = ("kind",)


@admin.register(HdEntry, site=site)
class HdEntries(Movements):
    title, about = "HD entries", "Every HD image that was taken, came back or was given."
    list_display = ("moment", "holder", "kind", "amount", "day", "reason", "generation", "actor")
    list_select_related = ("account__user", "actor")
    list_filter = ("kind",)


@admin.register(Proposal, site=site)
class Proposals(Records):
    title, about, desk = "Proposals", "Adjustments that wait, or waited, for a second admin.", DESK
    list_display = ("proposed_at", "holder", "amount", "reason", "proposed_by", "state", "decided_by", "decided_at")
    list_select_related = ("account__user", "proposed_by", "decided_by")
    list_filter = ("state",)
    search_fields = ("account__user__email",)
    ordering = ("-id",)

    @admin.display(description="account holder")
    def holder(self, proposal: Proposal) -> str:
        return proposal.account.user.email
