from django.apps import AppConfig


class SpendConfig(AppConfig):
    name = "workspace.spend"

    def ready(self) -> None:
        from workspace.spend import signals  # noqa: F401 (connects)
