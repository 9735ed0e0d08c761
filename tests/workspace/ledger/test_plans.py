"""Owners edit plans and prices; other admins read them; every deed is in the log."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from providers.types import Quality
from workspace.accounts import terms
from workspace.accounts.models import Plan, User
from workspace.comparisons import keys
from workspace.credits.models import OwnPrice
from workspace.ledger import plans
from workspace.ledger.models import Deed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("prices_read_again")]
REASON = "A campaign for the spring"
V2A = "ideogram/v_2a_turbo"


@pytest.fixture
def boss(db) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("boss@example.com"))
    return client


@pytest.fixture
def studio(db) -> Plan:
    return Plan.objects.create(name="Studio", monthly_credits=450, carry_over=100, hd_per_month=20)


def whole(plan, **changes) -> dict[str, object]:
    """What the form of a plan posts."""
    names = ("name", "monthly_credits", "carry_over", "hd_per_month", "hd_per_day", "dearest_quality", "most_models", "in_flight")
    facts = {name: getattr(plan, name) for name in names} | {"is_default": "on" if plan.is_default else ""} | changes
    return {name: "" if value is None else value for name, value in facts.items() if (name, value) != ("is_default", "")}


def test_an_owner_makes_a_plan(boss):
    sent = whole(Plan(name="Studio"), monthly_credits="450", carry_over="0", hd_per_month="20", only_providers=["ideogram"])
    assert boss.post(reverse("plan_new"), sent).status_code == 302
    plan = Plan.objects.get(name="Studio")
    assert (plan.monthly_credits, plan.carry_over, plan.hd_per_month, plan.hd_per_day) == (450, 0, 20, None)
    assert (plan.only_providers, plan.only_models, plan.is_default) == (["ideogram"], [], False)
    assert Deed.objects.get().what == "made the plan Studio"


def test_a_new_default_takes_the_place_of_the_old_for_people_who_come(boss, studio, owner):
    boss.post(reverse("plan", args=[studio.pk]), whole(studio, is_default="on"))
    newcomer = User.objects.create_user("newcomer@example.com")
    assert (terms.of(newcomer).plan, terms.of(owner).plan) == ("Studio", "Standard")
    assert Plan.objects.filter(is_default=True).count() == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("monthly_credits", "-1", "greater than or equal to 0"),
        ("monthly_credits", "1.5", "This is a whole number."),
        ("hd_per_month", "99999999999999", "less than or equal to"),
        ("most_models", "0", "greater than or equal to 1"),
        ("only_models", "nobody/nothing", "not one of the available choices"),
        ("name", " ", "required"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_changes(boss, studio, field, value, said):
    answer = boss.post(reverse("plan", args=[studio.pk]), whole(studio, **{field: value}))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Plan.objects.get(pk=studio.pk).monthly_credits == 450


def test_a_plan_with_people_goes_only_when_they_have_moved(boss, studio, owner):
    User.objects.filter(pk=owner.pk).update(plan=studio)
    answer = boss.post(reverse("plan_remove", args=[studio.pk]))
    assert answer.status_code == 422
    assert "1 person is on this plan. Say where to move them." in answer.content.decode()
    assert "Move 1 person and remove the plan" in answer.content.decode()
    default = Plan.objects.get(is_default=True)
    assert boss.post(reverse("plan_remove", args=[studio.pk]), {"plan": default.pk}).status_code == 302
    assert terms.of(owner).plan == "Standard"
    assert not Plan.objects.filter(pk=studio.pk).exists()


def test_a_plan_is_not_moved_to_itself(boss, studio, owner):
    User.objects.filter(pk=owner.pk).update(plan=studio)
    assert boss.post(reverse("plan_remove", args=[studio.pk]), {"plan": studio.pk}).status_code == 422


def test_the_default_stays(boss):
    default = Plan.objects.get(is_default=True)
    answer = boss.post(reverse("plan_remove", args=[default.pk]))
    assert "Make another the default first." in answer.content.decode()
    answer = boss.post(reverse("plan", args=[default.pk]), whole(default, is_default=""))
    assert "Make another one the default instead." in answer.content.decode()


def test_the_database_keeps_a_plan_that_has_people(owner):
    with pytest.raises(IntegrityError, match="foreign key"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; DELETE FROM accounts_plan")


def test_a_person_is_put_on_another_plan(boss, studio, owner):
    boss.post(reverse("plan_person", args=[owner.pk]), {"form": "plan", "plan": studio.pk})
    assert terms.of(owner).plan == "Studio"
    assert Deed.objects.get().holder == owner


def test_a_person_may_differ_for_a_while_and_goes_back(boss, owner):
    page = reverse("plan_person", args=[owner.pk])
    until = timezone.localdate() + timedelta(days=7)
    assert boss.post(page, {"form": "override", "hd_per_month": "5", "until": until, "reason": REASON}).status_code == 302
    assert (terms.of(owner).hd_per_month, terms.of(owner).hd_per_day) == (5, None)
    assert REASON in boss.get(page).content.decode()
    boss.post(page, {"form": "end"})
    assert terms.of(owner).hd_per_month is None


def test_a_limit_is_lifted_for_a_while(boss, owner):
    Plan.objects.filter(is_default=True).update(hd_per_month=20, most_models=2, only_providers=["openai"])
    page, until = reverse("plan_person", args=[owner.pk]), timezone.localdate() + timedelta(days=7)
    sent = {"hd_per_month_free": "on", "most_models_free": "on", "every_model": "on", "until": until, "reason": REASON}
    boss.post(page, {"form": "override", **sent})
    mine = terms.of(owner)
    assert (mine.hd_per_month, mine.most_models, mine.only_providers) == (None, None, frozenset())
    shown = "HD images a month: no limit, models in one run: no limit, every model and provider"
    assert shown in boss.get(page).content.decode()
    assert shown in Deed.objects.get().what
    boss.post(page, {"form": "end"})
    assert terms.of(owner).hd_per_month == 20


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"hd_per_month": "5", "hd_per_month_free": "on", "until": "2999-01-01", "reason": REASON}, "Write a number or lift the"),
        ({"hd_per_month": "5", "until": "2020-01-01", "reason": REASON}, "This day is over."),
        ({"until": "2999-01-01", "reason": REASON}, "Nothing differs from the plan yet."),
        ({"hd_per_month": "5", "until": "2999-01-01", "reason": "          "}, "Write why, in at least 10 characters."),
    ],
)
def test_an_override_says_for_how_long_and_why(boss, owner, sent, said):
    answer = boss.post(reverse("plan_person", args=[owner.pk]), {"form": "override", **sent})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_price_is_set_with_who_and_why(boss):
    today = timezone.localdate()
    sent = {"model": V2A, "quality": "standard", "starts": today, "usd": "0.0701", "reason": REASON}
    assert boss.post(reverse("prices"), sent).status_code == 302
    row = OwnPrice.objects.get()
    assert (row.usd, row.by.email, row.reason) == (Decimal("0.0701"), "boss@example.com", REASON)
    assert keys.rates().own[V2A, Quality.STANDARD].usd == Decimal("0.0701")
    page = boss.get(reverse("prices")).content.decode()
    assert "$0.0701, 8 credits" in page
    assert "in force" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"usd": "0.1", "credits": "5"}, "Write dollars or credits, not both."),
        ({"usd": "-1"}, "greater than or equal to 0"),
        ({"credits": "1.5"}, "This is a whole number."),
        ({"credits": "5", "starts": "2020-01-01"}, "A price begins today or later"),
        ({"credits": "5", "quality": "hd"}, "This model has no such quality."),
        ({"credits": "5", "model": "nobody/nothing"}, "not one of the available choices"),
        ({"credits": "5", "reason": "because"}, "Write why, in at least 10 characters."),
    ],
)
def test_a_price_that_makes_no_sense_is_not_set(boss, changes, said):
    usual = {"model": V2A, "quality": "standard", "starts": timezone.localdate(), "reason": REASON}
    answer = boss.post(reverse("prices"), usual | changes)
    assert answer.status_code == 422
    assert said in answer.content.decode().replace("&#x27;", "'")
    assert not OwnPrice.objects.exists()


@pytest.mark.parametrize("address", ["plan_new", "prices"])
def test_an_admin_who_owns_nothing_reads_and_changes_nothing(staff, address):
    client = Client()
    client.force_login(staff)
    assert client.get(reverse(address)).status_code == 200
    assert client.post(reverse(address), {}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_a_plan_that_is_removed_while_somebody_is_put_on_it_leaves_nobody_without(studio, owner, stranger, at_once):
    """Whoever comes second finds it gone, or has their person moved: nobody is on a plan that is not there."""
    default = Plan.objects.get(is_default=True)
    User.objects.filter(pk=stranger.pk).update(plan=studio)

    def act(number):
        try:
            plans.remove(studio, owner, default) if number % 2 else plans.put_on(owner, studio, owner)
        except (plans.PlanInUse, Plan.DoesNotExist):
            return False
        return True

    assert any(at_once(8, act))
    assert {terms.of(person).plan for person in (owner, stranger)} == {"Standard"}
