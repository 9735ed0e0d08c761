"""The ledger in Django's admin, to be read: balances move through services only."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from workspace.credits.models import Account, Entry


class ReadOnly(admin.ModelAdmin):
    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, *_: Any) -> bool:  # noqa: ANN401
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Account)
class AccountAdmin(ReadOnly):
    list_display = ("user", "balance")
    list_select_related = ("user",)
    search_fields = ("user__email",)
    ordering = ("user__email",)


@admin.register(Entry)
class EntryAdmin(ReadOnly):
    list_display = ("created", "account_holder", "kind", "amount", "held", "balance_after", "reason", "comparison", "generation")
    list_select_related = ("account__user", "actor")
    list_filter = ("kind",)
    search_fields = ("account__user__email", "reason", "key")
    ordering = ("-created", "-id")

    @admin.display(description="account holder", ordering="account__user__email")
    def account_holder(self, entry: Entry) -> str:
        return entry.account.user.email
