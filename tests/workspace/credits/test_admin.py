"""The ledger in the admin: to be read, by staff, and by nothing else."""

import pytest

from workspace.accounts.models import User
from workspace.credits import services
from workspace.credits.models import Account, Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_as_they_lie(settings, tmp_path):
    """Static files need not be collected to try the pages."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def staff_client(client):
    client.force_login(User.objects.create_superuser("staff@example.com"))
    return client


@pytest.fixture
def entry(owner) -> Entry:
    services.grant(owner, 40, reason="For the launch", key="launch")
    return Entry.objects.get(key="launch")


def test_staff_reads_and_searches_the_ledger(staff_client, entry):
    page = staff_client.get("/admin/credits/entry/", {"q": "owner@example.com"}).content.decode()
    assert "For the launch" in page
    assert "staff@example.com</td>" not in page


def test_staff_opens_an_entry_to_read_it(staff_client, entry):
    response = staff_client.get(f"/admin/credits/entry/{entry.pk}/change/")
    assert response.status_code == 200
    assert b'name="_save"' not in response.content


def test_staff_reads_balances(staff_client, entry):
    assert b"290" in staff_client.get("/admin/credits/account/").content


@pytest.mark.parametrize("model", [Entry, Account])
@pytest.mark.parametrize("action", ["add/", "{pk}/delete/"])
def test_nobody_adds_or_deletes(staff_client, entry, model, action):
    pk = model.objects.first().pk
    assert staff_client.post(f"/admin/credits/{model._meta.model_name}/{action.format(pk=pk)}").status_code == 403


def test_nobody_changes_a_balance(staff_client, account):
    assert staff_client.post(f"/admin/credits/account/{account.pk}/change/", {"balance": 1000}).status_code == 403
    account.refresh_from_db()
    assert account.balance == 250


def test_a_designer_does_not_see_it(client, owner):
    client.force_login(owner)
    assert client.get("/admin/credits/entry/").status_code == 302
