from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "workspace.ledger"
