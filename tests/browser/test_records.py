"""Django's admin in a browser, under the product's own content security policy: the widest lists, and both forms."""

import uuid

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.test_plans import looks_right, page_of  # noqa: F401 (a fixture)
from tests.workspace.conftest import owner, static_files  # noqa: F401 (fixtures)
from workspace.accounts.models import Plan, User
from workspace.credits.models import Entry
from workspace.ledger import adjusting, plans
from workspace.ledger.models import Deed


@pytest.fixture
def page(page_of, transactional_db) -> Page:  # noqa: F811
    """The owner's, some of whose work is on record."""
    chief = User.objects.create_superuser("chief@example.com", name="Chief")
    plans.keep(Plan(name="Studio", monthly_credits=450, hd_per_day=5), chief)
    for number in range(60):
        person = User.objects.create_user(f"designer{number}@example.com", name=f"Designer {number}")
        adjusting.adjust(person, 40, reason="Goodwill for Tuesday's outage", key=uuid.uuid4(), by=chief)
    return page_of(chief)


def test_records_read_well(page: Page):
    page.goto("/admin/")
    looks_right(page)
    for model in (User, Plan, Entry, Deed):
        page.goto(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
        looks_right(page)


def test_an_owner_moves_somebody_to_another_plan(page: Page):
    page.goto("/operations/")
    page.get_by_role("link", name="Records").click()
    page.get_by_role("main").get_by_role("link", name="People", exact=True).click()
    page.fill("#searchbar", "designer7@")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="designer7@example.com").click()
    expect(page.get_by_role("heading", name="designer7@example.com")).to_be_visible()
    looks_right(page)
    page.select_option("#id_plan", label="Studio")
    page.select_option("#id_role", label="Viewer")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("changed")
    assert User.objects.get(email="designer7@example.com").plan.name == "Studio"
    assert set(Deed.objects.filter(holder__email="designer7@example.com").order_by("-id").values_list("what", flat=True)[:2]) == {
        "put designer7@example.com on the plan Studio",
        "made designer7@example.com a viewer",
    }
    page.goto("/admin/accounts/plan/add/")
    looks_right(page)
