"""The fixed cast of every workspace test, and a database whose ledger lets itself be emptied between tests."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

from tests.workspace.rests import ill, nobody_rests  # noqa: F401 (fixtures)
from workspace.accounts.models import User
from workspace.credits import prices


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests that commit are cleaned up by TRUNCATE, which the ledger refuses: these triggers are switched off for it.

    At the end, connections of threads that asynchronous tests left behind would keep the database from being dropped.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE credits_entry DISABLE TRIGGER entries_are_not_emptied")
        cursor.execute("ALTER TABLE credits_account DISABLE TRIGGER accounts_are_not_emptied")
        cursor.execute("ALTER TABLE credits_hdentry DISABLE TRIGGER hd_entries_are_not_emptied")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def prices_read_again() -> Iterator[None]:
    """The prices that owners set are held in memory for a moment: not from one test to the next."""
    prices.forget()
    yield
    prices.forget()


@pytest.fixture
def owner(db) -> User:
    return User.objects.create_user("owner@example.com")


@pytest.fixture
def stranger(db) -> User:
    return User.objects.create_user("stranger@example.com")


@pytest.fixture
def staff(db) -> User:
    return User.objects.create_user("staff@example.com", is_staff=True)


@pytest.fixture
def signed_in(owner) -> Client:
    client = Client()
    client.force_login(owner)
    return client


@pytest.fixture(autouse=True)
def static_files(settings) -> None:
    """Static files as in development, since none are collected for tests."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
