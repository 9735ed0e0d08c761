"""Rules of routing and their trail. They are written at their desk, which tries them on the last 200 runs first."""

from django.contrib import admin
from django.urls import reverse
from django.utils.safestring import SafeString

from workspace.accounts.roles import Act
from workspace.administration.records import Records, link
from workspace.administration.site import site
from workspace.operations.models import RoutingRule, RoutingRuleChange

DESK = ("operations:rules", "Rules at their desk", Act.OPERATE)


@admin.register(RoutingRule, site=site)
class Rules(Records):
    title, about, desk = "Routing rules", "What Auto prefers, avoids, never takes, or pays at most.", DESK
    list_display = ("name", "intent", "action", "targets", "cap", "on", "work")
    list_filter = ("action", "on")
    search_fields = ("name",)
    ordering = ("pk",)

    @admin.display(description="change it")
    def work(self, rule: RoutingRule) -> SafeString:
        return link(reverse("operations:rule", args=[rule.pk]), "Desk")


@admin.register(RoutingRuleChange, site=site)
class RuleChanges(Records):
    title, about, desk = "Changes of rules", "What became of each rule, by whom and when. Undone at their desk.", DESK
    list_display = ("at", "by", "rule", "before", "after")
    search_fields = ("by",)
    ordering = ("-id",)
