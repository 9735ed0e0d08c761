"""People and letters for the tests of accounts."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client

from workspace.accounts import outbox
from workspace.accounts.models import User

PASSWORD = "a long enough phrase"


class QuickArgon2(Argon2PasswordHasher):
    """The product's hasher at its lowest cost: these tests are not about guessing."""

    time_cost, memory_cost, parallelism = 1, 8, 1


@pytest.fixture(autouse=True)
def accounts(db: None, settings) -> Iterator[None]:
    """Quick hashing, fresh limits, and static files as in development, since none are collected here."""
    settings.PASSWORD_HASHERS = [f"{__name__}.QuickArgon2"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    cache.clear()
    yield
    outbox.wait()


@pytest.fixture
def owner() -> User:
    return User.objects.create_superuser("owner@example.com", PASSWORD)


@pytest.fixture
def admin() -> User:
    return User.objects.create_user("admin@example.com", PASSWORD, is_staff=True, name="Ada Admin")


@pytest.fixture
def person() -> User:
    return User.objects.create_user("person@example.com", PASSWORD)


@pytest.fixture
def signed_in(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


@pytest.fixture
def letters() -> Callable[[], list[EmailMessage]]:
    def delivered() -> list[EmailMessage]:
        outbox.wait()
        return list(mail.outbox)

    return delivered


def link_in(letter: EmailMessage) -> str:
    """The path of the first link in a letter."""
    return re.search(r"http://testserver(\S+)", letter.body)[1]


def is_signed_in(client: Client, user: User) -> bool:
    return client.session.get("_auth_user_id") == str(user.pk)
