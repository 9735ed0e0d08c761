"""Everybody has an account with the starting grant, however they were made, and keeps it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from workspace.accounts.models import User
from workspace.credits import selectors, services
from workspace.credits.errors import KeyAlreadyUsed
from workspace.credits.models import Account, Entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "make",
    [
        lambda: User.objects.create_user("new@example.com"),
        lambda: User.objects.create_superuser("new@example.com", "a long secret"),
        lambda: User.objects.create(email="new@example.com"),
        lambda: User(email="new@example.com").save(),
        lambda: User.objects.get_or_create(email="new@example.com"),
    ],
)
def test_a_new_user_has_an_account_with_the_starting_grant_at_once(make):
    make()
    account = Account.objects.get(user__email="new@example.com")
    assert account.balance == 250
    assert [(entry.kind, entry.amount, entry.balance_after) for entry in account.entries.all()] == [("grant", 250, 250)]


def insert_behind_djangos_back() -> User:
    return User.objects.bulk_create([User(email="bulk@example.com")])[0]


def test_a_user_who_was_bulk_inserted_gets_the_account_on_the_first_look():
    assert selectors.balance(insert_behind_djangos_back()) == 250


def test_a_user_who_was_bulk_inserted_can_hold_at_once():
    held = services.hold(insert_behind_djangos_back(), 21, key="form", comparison=1, reason="Run 1")
    assert held.balance == 229


def test_opening_twice_grants_once(owner):
    assert services.open_account(owner) == services.open_account(owner)
    assert selectors.balance(owner) == 250
    assert Entry.objects.filter(account__user=owner).count() == 1


def test_no_starting_grant_is_no_entry(settings):
    settings.STARTING_CREDITS = 0
    user = User.objects.create_user("new@example.com")
    assert user.credits.balance == 0
    assert not user.credits.entries.exists()


def test_a_user_saved_again_is_granted_nothing(owner):
    owner.name = "Another name"
    owner.save()
    assert selectors.balance(owner) == 250


def test_a_grant_tells_who_gave_it_and_why(owner, stranger):
    assert services.grant(owner, 40, reason="For the launch", key="launch", actor=stranger) is True
    entry = Entry.objects.get(key="launch")
    assert (entry.amount, entry.balance_after, entry.reason, entry.actor) == (40, 290, "For the launch", stranger)


def test_the_same_grant_again_adds_nothing(owner):
    services.grant(owner.credits, 40, reason="For the launch", key="launch")
    assert services.grant(owner, 40, reason="For the launch", key="launch") is False
    assert selectors.balance(owner) == 290


def test_a_grant_refuses_the_key_of_somebody_else(owner, stranger):
    services.grant(stranger, 40, reason="For the launch", key="launch")
    with pytest.raises(KeyAlreadyUsed):
        services.grant(owner, 40, reason="For the launch", key="launch")


@pytest.mark.parametrize("amount", [0, -1, 2.5, True, "40", 10**13])
def test_a_grant_is_a_whole_number_of_credits(owner, amount):
    with pytest.raises(ValueError, match="is not a whole number of credits"):
        services.grant(owner, amount, reason="For the launch", key="launch")


def test_a_movement_without_a_reason_is_refused(owner):
    with pytest.raises(ValueError, match="states its reason"):
        services.grant(owner, 40, reason="  ", key="launch")


def test_somebody_with_an_account_cannot_be_deleted(owner):
    with pytest.raises(ProtectedError, match=r"Account\.user"):
        owner.delete()
    assert User.objects.filter(pk=owner.pk).exists()


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("DELETE FROM accounts_user", "foreign key"),
        ("DELETE FROM credits_account", "kept for good"),
        ("UPDATE credits_account SET id = 1000000", "kept for good"),
    ],
)
def test_not_even_by_raw_sql(owner, sql, reason):
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match=reason), transaction.atomic():
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {sql}")
