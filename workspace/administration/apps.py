from importlib import import_module

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "workspace.administration"

    def ready(self) -> None:
        for records in ("people", "plans", "routing", "credits", "log"):
            import_module(f"{self.name}.{records}")
