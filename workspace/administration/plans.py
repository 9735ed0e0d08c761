"""Plans, what one person may otherwise, and prices. A plan is removed at its desk, which moves its people first."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.forms import model_to_dict
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from workspace.accounts import roles
from workspace.accounts.models import Override, Plan
from workspace.accounts.roles import Act
from workspace.administration.dressing import Dressed
from workspace.administration.records import Kept, Records, link
from workspace.administration.site import site
from workspace.credits.models import OwnPrice
from workspace.ledger import plans
from workspace.ledger.plan_forms import PlanForm


class DressedPlanForm(Dressed, PlanForm):
    pass


@admin.register(Plan, site=site)
class Plans(Kept):
    title, about = "Plans", "What everybody on one gets and may use. Limits hold at once, credits from the next month."
    act = Act.SET_TERMS
    desk = ("plans", "Plans at their desk", Act.SET_TERMS)
    form = DressedPlanForm
    fields = PlanForm.Meta.fields
    list_display = (
        "name",
        "new_people",
        "people",
        "monthly_credits",
        "carry_over",
        "hd_a_month",
        "hd_a_day",
        "dearest_quality",
        "most_models",
        "in_flight",
        "work",
    )
    search_fields = ("name",)
    ordering = ("-is_default", "name")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return roles.may(request.user, self.act)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, object]:
        return model_to_dict(Plan(), fields=self.fields)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Plan]:
        return super().get_queryset(request).annotate(heads=Count("people"))

    @admin.display(ordering="heads")
    def people(self, plan: Plan) -> int:
        return plan.heads

    @admin.display(description="new people", boolean=True)
    def new_people(self, plan: Plan) -> bool:
        return plan.is_default

    @admin.display(description="HD a month")
    def hd_a_month(self, plan: Plan) -> int | None:
        return plan.hd_per_month

    @admin.display(description="HD a day")
    def hd_a_day(self, plan: Plan) -> int | None:
        return plan.hd_per_day

    @admin.display(description="move people")
    def work(self, plan: Plan) -> SafeString:
        return link(reverse("plan", args=[plan.pk]), "Desk")

    def save_model(self, request: HttpRequest, obj: Plan, form: DressedPlanForm, change: bool) -> None:
        plans.keep(obj, request.user)


@admin.register(Override, site=site)
class Overrides(Records):
    title, about = "Exceptions", "What one person may otherwise than their plan, until a day."
    list_display = ("user", "changes", "until", "reason", "by", "made", "work")
    list_select_related = ("user", "by")
    search_fields = ("user__email", "reason")
    ordering = ("user__email",)

    @admin.display(description="change it")
    def work(self, override: Override) -> SafeString:
        return link(reverse("plan_person", args=[override.user_id]), "Desk")


@admin.register(OwnPrice, site=site)
class Prices(Records):
    """Dated rows, written once: a price is changed by another one."""

    title, about = "Prices", "Of this installation's own, each from its day on. A price is changed by a later one."
    desk = ("prices", "Set a price", Act.SET_TERMS)
    list_display = ("model", "quality", "starts", "usd", "credits", "reason", "by", "made")
    list_select_related = ("by",)
    list_filter = ("quality",)
    search_fields = ("model", "reason")
    ordering = ("-id",)
