"""An owner changes roles, plans and who may sign in, through the services of the desks, and each change is in the log."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from workspace.accounts import roles
from workspace.accounts.models import Plan, User
from workspace.accounts.roles import Role
from workspace.ledger import people, plans
from workspace.ledger.models import Deed

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(chief, signed_in_as):
    """Send a person's form as the page has it, but for some fields; the page that follows."""
    client = signed_in_as(chief)

    def send(person: User, **changes):
        facts = {"role": roles.held_by(person) or "", "plan": person.plan_id, "is_active": "on" if person.is_active else ""}
        address = reverse("admin:accounts_user_change", args=[person.pk])
        sent = {name: value for name, value in (facts | changes).items() if value != ""}
        return client.post(address, sent, follow=True).content.decode()

    return send


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


def deeds() -> list[tuple[str, str]]:
    return list(Deed.objects.order_by("id").values_list("by__email", "what"))


@pytest.mark.parametrize("role", roles.GIVEN)
def test_a_role_is_given(form, owner, chief, role):
    form(owner, role=role)
    assert roles.role_of(fresh(owner)) == role
    assert deeds() == [(chief.email, f"made owner@example.com a {role}")]


def test_a_role_is_taken(form, staff):
    form(staff, role="")
    assert roles.role_of(fresh(staff)) is None


def test_a_plan_is_chosen(form, owner, chief):
    studio = Plan.objects.create(name="Studio")
    form(owner, plan=studio.pk)
    assert fresh(owner).plan == studio
    assert deeds() == [(chief.email, "put owner@example.com on the plan Studio")]


def test_somebody_is_switched_off_and_is_out_at_once(form, owner, signed_in, chief):
    assert signed_in.get("/history/").status_code == 200
    form(owner, is_active="")
    assert signed_in.get("/history/").status_code == 302
    form(fresh(owner), is_active="on")
    assert deeds() == [(chief.email, "switched owner@example.com off"), (chief.email, "switched owner@example.com on")]


def test_an_admin_who_was_switched_off_keeps_the_role(form, manager):
    form(manager, is_active="")
    form(fresh(manager), is_active="on")
    assert roles.role_of(fresh(manager)) == Role.CREDIT_MANAGER


def test_what_was_not_changed_is_not_written(form, owner):
    form(owner)
    assert deeds() == []
    assert not LogEntry.objects.exists()


def test_nobody_is_made_an_owner(form, owner, manager):
    for person in (owner, manager):
        form(person, role="owner", is_superuser="on", is_staff="on", groups="1", user_permissions="1")
        assert not fresh(person).is_superuser
    assert deeds() == []
    with pytest.raises(people.Refused):
        people.give_role(owner, Role.OWNER, manager)


def test_an_owner_s_role_is_not_taken(form, admin):
    other = admin(Role.OWNER, "other@example.com")
    form(other, role="")
    assert roles.role_of(fresh(other)) == Role.OWNER


def test_nobody_switches_themselves_off(form, chief):
    assert "Nobody switches themselves off" in form(chief, is_active="")
    assert fresh(chief).is_active


def test_two_owners_who_switch_each_other_off_leave_one(chief, admin):
    other = admin(Role.OWNER, "other@example.com")
    people.switch(other, False, chief)
    with pytest.raises(people.Refused):
        people.switch(chief, False, other)
    assert fresh(chief).is_active


def test_a_refusal_changes_nothing_of_the_form(form, chief):
    studio = Plan.objects.create(name="Studio")
    form(chief, is_active="", plan=studio.pk)
    assert (fresh(chief).plan.name, deeds()) == ("Standard", [])


def test_e_mail_and_password_cannot_be_sent(form, owner):
    before = User.objects.values().get(pk=owner.pk)
    form(owner, email="mine@example.com", password="secret", name="Somebody else")
    assert User.objects.values().get(pk=owner.pk) == before


def test_a_plan_that_is_gone_is_refused(chief, owner):
    gone = Plan.objects.create(name="Gone")
    Plan.objects.filter(pk=gone.pk).delete()
    with pytest.raises(plans.PlanInUse):
        plans.put_on(owner, gone, chief)
