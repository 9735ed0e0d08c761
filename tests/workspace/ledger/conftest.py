from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from tests.workspace.comparisons.conftest import everything_simulated, picture, run
from tests.workspace.credits.conftest import at_once
from workspace.accounts import roles
from workspace.accounts.models import User
from workspace.accounts.roles import Role
from workspace.comparisons.models import Generation

__all__ = ["at_once", "everything_simulated", "picture", "run"]
REASON = "Goodwill for Tuesday"


@pytest.fixture(autouse=True)
def starting_credits(settings):
    settings.STARTING_CREDITS = 250
    cache.clear()


@pytest.fixture
def admin(db) -> Callable[[Role], User]:
    """An admin of a role, made once."""

    def make(role: Role, email: str = "") -> User:
        email = email or f"{role.replace(' ', '.')}.role@example.com"
        if role == Role.OWNER:
            return User.objects.create_superuser(email)
        user = User.objects.create_user(email)
        roles.give(user, role)
        return user

    return make


@pytest.fixture
def manager(admin) -> User:
    return admin(Role.CREDIT_MANAGER)


@pytest.fixture
def signed_in_as() -> Callable[[User], Client]:
    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return client_of


@pytest.fixture
def paid_frame(run, picture) -> Generation:
    """Frame 1-1 of the owner, drawn and charged."""
    frame = picture(run().generations.get())
    frame.refresh_from_db()
    assert frame.cost
    return frame
