"""Each role sees and does in the admin what its role allows, nobody moves money there, and nothing is deleted."""

from itertools import product

import pytest
from django.urls import URLPattern, reverse

from workspace.accounts.models import Invitation, Plan, User
from workspace.accounts.roles import MAY, Act, Role
from workspace.administration.records import Kept
from workspace.administration.site import SECTIONS, site
from workspace.credits import services
from workspace.credits.models import Account, Entry
from workspace.ledger.models import Deed

pytestmark = pytest.mark.django_db
KINDS = sorted(site._registry, key=lambda model: model._meta.label)
READ_ONLY = [model for model in KINDS if not isinstance(site.get_model_admin(model), Kept)]
every_role = pytest.mark.parametrize("role", list(Role))


def address(model: type, page: str, *parts: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=parts)


@pytest.fixture(autouse=True)
def entry(owner) -> Entry:
    services.grant(owner, 40, reason="For the launch", key="launch")
    return Entry.objects.get(key="launch")


def test_every_kind_of_record_is_in_a_section():
    assert sorted(model.__name__ for model in KINDS) == sorted(name for names in SECTIONS.values() for name in names)


@every_role
def test_every_role_reads_every_record(as_role, role):
    client = as_role(role)
    for model in KINDS:
        page = client.get(address(model, "changelist"))
        assert page.status_code == 200, model
        assert site.get_model_admin(model).title in page.content.decode(), model
        assert "Simulated: no provider keys are set." in page.content.decode(), model


@every_role
def test_the_first_page_leads_to_all_of_them(as_role, role):
    client = as_role(role)
    page = client.get(reverse("admin:index")).content.decode()
    assert [model for model in KINDS if address(model, "changelist") not in page] == []
    assert client.get("/admin/credits/").status_code == 200


def test_designers_find_nothing_and_strangers_are_asked_to_sign_in(client, signed_in):
    for model, (page, *row) in product(KINDS, [("changelist",), ("add",), ("change", 1), ("delete", 1)]):
        path = address(model, page, *row)
        assert [signed_in.get(path).status_code, signed_in.post(path).status_code] == [404, 404], path
        assert client.get(path)["Location"].startswith("/sign-in/"), path


@every_role
def test_what_is_to_be_read_is_changed_by_nobody(as_role, role, owner):
    client = as_role(role)
    for model in READ_ONLY:
        assert client.post(address(model, "add"), {}).status_code == 403, model
        if row := model.objects.first():
            page = address(model, "change", row.pk)
            assert client.post(page, {"balance": 1000, "amount": 1000}).status_code == 403, model
            assert b'name="_save"' not in client.get(page).content, model
        assert Account.objects.get(user=owner).balance == 290, model


@every_role
def test_nothing_is_deleted_by_anybody(as_role, role):
    client = as_role(role)
    for model in KINDS:
        before = model.objects.count()
        if row := model.objects.first():
            assert client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403, model
            answer = client.post(address(model, "changelist"), {"action": "delete_selected", "_selected_action": row.pk})
            assert answer.status_code in (200, 302, 403), model
        assert model.objects.count() == before, model


@pytest.mark.parametrize("role", [role for role in Role if Act.SET_TERMS not in MAY[role]])
def test_plans_and_people_are_changed_by_owners_only(as_role, role, owner):
    client, plan = as_role(role), Plan.objects.get()
    deeds = Deed.objects.count()
    assert client.post(address(Plan, "add"), {"name": "Studio"}).status_code == 403
    assert client.post(address(Plan, "change", plan.pk), {"name": "Studio", "monthly_credits": 9000}).status_code == 403
    assert client.post(address(User, "change", owner.pk), {"role": "operator", "plan": plan.pk}).status_code == 403
    assert b'name="_save"' not in client.get(address(User, "change", owner.pk)).content
    plan.refresh_from_db()
    owner.refresh_from_db()
    assert (plan.name, owner.is_staff, owner.is_active, Deed.objects.count()) == ("Standard", False, True, deeds)


def test_the_site_has_no_address_but_those_of_its_records():
    own = {entry.name for entry in site.get_urls() if isinstance(entry, URLPattern)}
    assert own == {"index", "app_list", "jsi18n", None}
    assert {model.__name__ for model in KINDS}.isdisjoint({"Group", "Permission", "EmailAddress", "LogEntry", "OwnerLink"})


@pytest.mark.parametrize(
    ("model", "lookup"),
    [(User, "password__startswith"), (Invitation, "digest__startswith"), (Account, "user__password__startswith")],
)
def test_nothing_is_guessed_by_asking_for_columns_that_are_not_shown(as_role, model, lookup):
    """A hash could be read by trying its letters one after another."""
    assert as_role(Role.VIEWER).get(address(model, "changelist"), {lookup: "a"}).status_code == 400


def test_a_list_is_filtered(as_role, stranger):
    client = as_role(Role.VIEWER)
    User.objects.filter(pk=stranger.pk).update(is_active=False)
    page = client.get(address(User, "changelist"), {"is_active__exact": "0"}).content.decode()
    assert stranger.email in page
    assert "owner@example.com" not in page


def test_a_desk_is_shown_to_those_who_may_work_there(as_role):
    page = address(Account, "changelist")
    button = f'class="records__button" href="{reverse("credits_desk")}"'.encode()
    assert button in as_role(Role.CREDIT_MANAGER).get(page).content
    assert button not in as_role(Role.VIEWER).get(page).content


def test_entries_are_found_by_their_account_holder_and_their_key(as_role, stranger):
    services.grant(stranger, 30, reason="For another one", key="another")
    client = as_role(Role.VIEWER)
    for words in ("owner@example.com", "launch"):
        page = client.get(address(Entry, "changelist"), {"q": words}).content.decode()
        assert "For the launch" in page
        assert "For another one" not in page
