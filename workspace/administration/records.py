"""What all records have in common: a role reads them, hardly any can be changed, and none can be deleted."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin

from workspace.accounts import roles
from workspace.accounts.roles import Act
from workspace.ledger import people, plans

REFUSALS = (people.Refused, plans.PlanInUse)


class Records(ModelAdmin):
    """To be read. ``title`` names them, ``about`` says in a sentence what they are, ``desk`` is where one works on them.

    ``desk`` is the name of an address, what the link says, and what it takes to do anything there.
    """

    title: ClassVar[str]
    about: ClassVar[str] = ""
    desk: ClassVar[tuple[str, str, Act] | None] = None

    actions = None
    list_per_page = 50
    show_full_result_count = False
    show_add_link = False
    list_fullwidth = True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return roles.may(request.user, Act.SEE)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return roles.may(request.user, Act.SEE)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """By its filters alone. Django lets any column of the table be asked for in an address, and so guessed bit by bit."""
        return lookup.partition("__")[0] in self.list_filter

    @property
    def media(self) -> forms.Media:
        """No script: no record needs one."""
        return forms.Media()

    def get_urls(self) -> list[URLPattern]:
        """Without the history that Django keeps: the log has what was done."""
        return [entry for entry in super().get_urls() if not (entry.name or "").endswith("_history")]

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> None:  # noqa: ANN401
        """The service has written it down, in the same transaction; no second trail beside the log."""

    log_change = log_addition

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": self.title} | self._shown(request) | (extra_context or {}))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A service that refuses has changed nothing, and says why."""
        page = {"show_save_and_continue": False, "show_save_and_add_another": False} | self._shown(request)
        try:
            return super().changeform_view(request, object_id, form_url, page | (extra_context or {}))
        except REFUSALS as refused:
            messages.error(request, refused.public)
            return redirect(request.path)

    def _shown(self, request: HttpRequest) -> dict[str, Any]:
        """What the head of the page says: what these records are, and the desk for those who may work there."""
        address, words, act = self.desk or ("", "", None)
        may = act is not None and roles.may(request.user, act)
        return {"records": self, "records_desk": {"address": reverse(address), "words": words} if may else None}


class Kept(Records):
    """Records that a role which may ``act`` adds and changes. ``save_model`` goes through a service that writes the log."""

    act: ClassVar[Act]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return roles.may(request.user, self.act)


def moment(at: datetime) -> str:
    """To the second, so that lines can be told apart, in the installation's time zone."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}"


def link(address: str, said: str) -> SafeString:
    return format_html('<a class="records__link" href="{}">{}</a>', address, said)
