"""People and invitations. Nobody is added here (they are invited) or deleted (the ledger names them for good): switched off."""

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from workspace.accounts import roles
from workspace.accounts.models import Invitation, Plan, User
from workspace.accounts.roles import GIVEN, Act, Role
from workspace.administration.dressing import Dressed
from workspace.administration.records import Kept, Records, link
from workspace.administration.site import site
from workspace.ledger import people, plans

ROLES = [("", "No admin"), *((role.value, role.capitalize()) for role in GIVEN)]


class PersonForm(Dressed, forms.ModelForm):
    role = forms.ChoiceField(choices=ROLES, required=False)
    plan = forms.ModelChoiceField(
        Plan.objects.order_by("name"), empty_label=None, help_text="Limits hold at once, credits from the next month."
    )

    class Meta:
        model = User
        fields = ("is_active", "plan")
        labels = {"is_active": "May sign in"}
        help_texts = {"is_active": "Switched off, a person is out at once. Credits, runs and pictures stay."}

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        if "role" not in self.fields:  # only to be read
            return
        self.fields["role"].initial = roles.held_by(self.instance) or ""
        if self.instance.is_superuser:
            self.fields["role"].choices = [(Role.OWNER.value, "Owner")]
            self.fields["role"].disabled = True


@admin.register(User, site=site)
class People(Kept):
    title, about = "People", "Whoever has an account here."
    act = Act.GIVE_ROLES
    desk = ("accounts:people", "Invite somebody", Act.OPERATE)
    form = PersonForm
    list_display = ("email", "name", "role", "plan", "is_active", "last_login", "work")
    list_filter = ("is_active", "plan")
    list_select_related = ("plan",)
    search_fields = ("email", "name")
    ordering = ("email",)
    readonly_fields = ("email", "name", "date_joined", "last_login")
    fieldsets = (
        (None, {"fields": ("email", "name", "date_joined", "last_login")}),
        ("May", {"fields": ("is_active", "role", "plan")}),
    )

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Plans, roles and who may sign in: an owner's, all three."""
        return super().has_change_permission(request, obj) and roles.may(request.user, Act.SET_TERMS)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="role")
    def role(self, person: User) -> str:
        return (roles.held_by(person) or "").capitalize()

    @admin.display(description="credits and plan")
    def work(self, person: User) -> SafeString:
        desks = {"Credits": "credits_person", "Plan": "plan_person"}
        return format_html_join("", "{}", ((link(reverse(name, args=[person.pk]), said),) for said, name in desks.items()))

    def save_model(self, request: HttpRequest, obj: User, form: PersonForm, change: bool) -> None:
        """Each of the three by its service, and only what was changed here: another owner may have changed the rest."""
        person = User.objects.get(pk=obj.pk)
        given = form.cleaned_data
        if "plan" in form.changed_data:
            plans.put_on(person, given["plan"], request.user)
        if "role" in form.changed_data:
            people.give_role(person, Role(given["role"]) if given["role"] else None, request.user)
        if "is_active" in form.changed_data:
            people.switch(person, given["is_active"], request.user)


@admin.register(Invitation, site=site)
class Invitations(Records):
    title, about = "Invitations", "Who invited whom, and when they came."
    desk = ("accounts:people", "Invite somebody", Act.OPERATE)
    list_display = fields = ("email", "invited_by", "admin", "created", "expires", "used")
    list_select_related = ("invited_by",)
    ordering = ("-created",)
