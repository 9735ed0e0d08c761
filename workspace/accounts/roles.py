"""What an admin may do. A role is a group of its name; an owner is a superuser; an admin of no group is an operator.

| role           | see | adjust credits | operate | give roles, set plans and prices |
|----------------|-----|----------------|---------|----------------------------------|
| viewer         | yes |                |         |                                  |
| credit manager | yes | yes            |         |                                  |
| operator       | yes |                | yes     |                                  |
| owner          | yes | yes            | yes     | yes                              |
"""

from enum import Enum, StrEnum, auto

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction

from workspace.accounts.models import User


class Role(StrEnum):
    VIEWER = "viewer"
    CREDIT_MANAGER = "credit manager"
    OPERATOR = "operator"
    OWNER = "owner"


class Act(Enum):
    SEE = auto()
    ADJUST = auto()
    OPERATE = auto()
    GIVE_ROLES = auto()
    SET_TERMS = auto()


MAY = {
    Role.VIEWER: {Act.SEE},
    Role.CREDIT_MANAGER: {Act.SEE, Act.ADJUST},
    Role.OPERATOR: {Act.SEE, Act.OPERATE},
    Role.OWNER: set(Act),
}
GIVEN = (Role.VIEWER, Role.CREDIT_MANAGER, Role.OPERATOR)  # an owner is made by the first start or the command line


def role_of(user: User) -> Role | None:
    """None for everybody who is no admin, and for anybody who was switched off."""
    return held_by(user) if user.is_authenticated and user.is_active else None


def held_by(user: User) -> Role | None:
    """The role somebody has, and will have again who is switched off. Asked once for each object."""
    if not user.is_staff:
        return None
    if user.is_superuser:
        return Role.OWNER
    if not hasattr(user, "_groups"):
        user._groups = set(user.groups.values_list("name", flat=True))
    return next((role for role in GIVEN if role in user._groups), Role.OPERATOR)


def may(user: User, act: Act) -> bool:
    return act in MAY.get(role_of(user), set())


def require(user: User, act: Act) -> None:
    """Raise PermissionDenied for an admin whose role does not reach that far."""
    if not may(user, act):
        raise PermissionDenied("Your role does not allow this. An owner can change it.")


def give(user: User, role: Role | None) -> None:
    """Make the person an admin of this role, or no admin at all. Raises ValueError for an owner, whose role is not given here."""
    if user.is_superuser or role == Role.OWNER:
        raise ValueError("The role of an owner is not given or taken here.")
    with transaction.atomic():
        user.groups.remove(*Group.objects.filter(name__in=GIVEN))
        if role is not None:
            user.groups.add(Group.objects.get_or_create(name=role)[0])
        user.is_staff = role is not None
        user.save(update_fields=["is_staff"])
    user.__dict__.pop("_groups", None)
