"""Plans are kept as at their desk: the same checks, the same service, the same line in the log."""

import pytest
from django.urls import reverse

from workspace.accounts.models import Plan
from workspace.ledger.models import Deed

pytestmark = pytest.mark.django_db
STUDIO = {"name": "Studio", "monthly_credits": "450", "carry_over": "100", "dearest_quality": "standard", "most_models": "4"}
ADD = "admin:accounts_plan_add"


@pytest.fixture
def client(chief, signed_in_as):
    return signed_in_as(chief)


def change(plan: Plan) -> str:
    return reverse("admin:accounts_plan_change", args=[plan.pk])


def test_a_plan_is_made(client, chief):
    client.post(reverse(ADD), STUDIO | {"only_providers": ["openai", "bfl"]})
    studio = Plan.objects.get(name="Studio")
    assert (studio.monthly_credits, studio.carry_over, studio.hd_per_day) == (450, 100, None)
    assert (studio.only_providers, studio.most_models) == (["openai", "bfl"], 4)
    assert list(Deed.objects.values_list("by", "what")) == [(chief.pk, "made the plan Studio")]


def test_a_plan_is_changed_and_shows_what_it_has(client):
    plan = Plan.objects.create(name="Studio", monthly_credits=450)
    assert 'value="450"' in client.get(change(plan)).content.decode()
    client.post(change(plan), STUDIO | {"monthly_credits": "500"})
    plan.refresh_from_db()
    assert plan.monthly_credits == 500
    assert Deed.objects.get().what == "changed the plan Studio"


def test_a_new_default_takes_the_place_of_the_one_before(client):
    client.post(reverse(ADD), STUDIO | {"is_default": "on"})
    assert [plan.name for plan in Plan.objects.filter(is_default=True)] == ["Studio"]


def test_people_always_have_a_plan_to_come_in_on(client):
    default = Plan.objects.get()
    page = client.post(change(default), STUDIO).content.decode()
    assert "Make another one the default instead" in page
    assert Plan.objects.get().is_default


@pytest.mark.parametrize(
    ("field", "wrong"), [("monthly_credits", "-1"), ("most_models", "0"), ("carry_over", "1.5"), ("only_models", ["none/such"])]
)
def test_the_desk_s_checks_hold(client, field, wrong):
    client.post(reverse(ADD), STUDIO | {field: wrong})
    assert not Plan.objects.filter(name="Studio").exists()
    assert not Deed.objects.exists()


def test_a_plan_that_has_people_stays(client, owner):
    plan = Plan.objects.get()
    assert client.post(reverse("admin:accounts_plan_delete", args=[plan.pk]), {"post": "yes"}).status_code == 403
    assert reverse("plan", args=[plan.pk]) in client.get(reverse("admin:accounts_plan_changelist")).content.decode()
