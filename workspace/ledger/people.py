"""What an owner does to people: gives a role, switches somebody off and on again. Each is a line in the log."""

from django.db import transaction

from workspace.accounts import roles
from workspace.accounts.models import User
from workspace.accounts.roles import Role
from workspace.ledger import adjusting


class Refused(Exception):
    """Nothing was changed; ``public`` says why."""

    def __init__(self, public: str) -> None:
        super().__init__(public)
        self.public = public


@transaction.atomic
def give_role(person: User, role: Role | None, by: User) -> None:
    """Raises ``Refused`` for an owner, who is made by the first start or the command line."""
    if person.is_superuser or role == Role.OWNER:
        raise Refused("An owner's role is not changed here.")
    roles.give(person, role)
    adjusting.note(by, f"made {person.email} {f'a {role}' if role else 'no admin'}", person)


@transaction.atomic
def switch(person: User, on: bool, by: User) -> None:
    """Let somebody in, or no longer; their credits, runs and pictures stay. Raises ``Refused`` for oneself.

    Both rows are locked, in one order, so that two owners who switch each other off at once leave one of them.
    """
    rows = {row.pk: row for row in User.objects.select_for_update().filter(pk__in=[person.pk, by.pk]).order_by("pk")}
    if person.pk == by.pk:
        raise Refused("Nobody switches themselves off. Ask another owner.")
    if not rows[by.pk].is_active:
        raise Refused("You have just been switched off.")
    if rows[person.pk].is_active != on:
        User.objects.filter(pk=person.pk).update(is_active=on)
        adjusting.note(by, f"switched {person.email} {'on' if on else 'off'}", person)
