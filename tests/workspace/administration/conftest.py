from collections.abc import Callable

import pytest
from django.test import Client

from tests.workspace.ledger.conftest import admin, manager, signed_in_as, starting_credits
from workspace.accounts.models import User
from workspace.accounts.roles import Role

__all__ = ["admin", "manager", "signed_in_as", "starting_credits"]


@pytest.fixture
def as_role(admin, signed_in_as) -> Callable[[Role], Client]:
    """A client of an admin of that role."""
    return lambda role: signed_in_as(admin(role))


@pytest.fixture
def chief(admin) -> User:
    return admin(Role.OWNER)
