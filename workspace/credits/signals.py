"""Every new user gets an account at once, whichever way they were made: sign-up, invitation, command, admin, shell.

A signal, because ``accounts`` lies below and may not import ``credits``. Bulk inserts and fixtures send none (or a raw one):
``services.account_of`` opens those accounts on first use.
"""

from typing import Any

from django.conf import settings
from django.db.models.signals import post_save
from django.dispatch import receiver

from workspace.accounts.models import User
from workspace.credits import services


@receiver(post_save, sender=settings.AUTH_USER_MODEL, dispatch_uid="open_account")
def open_account(instance: User, created: bool, raw: bool, **_: Any) -> None:  # noqa: ANN401
    if created and not raw:
        services.open_account(instance)
