"""The fixed cast of every workspace test."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.workspace.rests import ill, nobody_rests  # noqa: F401 (fixtures)
from workspace.accounts.models import User
from workspace.credits import prices


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
