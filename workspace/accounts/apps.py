from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "workspace.accounts"

    def ready(self) -> None:
        post_migrate.connect(keep_a_default_plan, sender=self, dispatch_uid="keep_a_default_plan")


def keep_a_default_plan(using: str, **_: Any) -> None:  # noqa: ANN401
    """After a flush, which empties the table of plans, there is one again: without a default nobody could come in."""
    from workspace.accounts.plan_model import Plan

    Plan.objects.using(using).get_or_create(is_default=True, defaults={"name": "Standard"})
