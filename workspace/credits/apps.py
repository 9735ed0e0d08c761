from django.apps import AppConfig


class CreditsConfig(AppConfig):
    name = "workspace.credits"

    def ready(self) -> None:
        from workspace.credits import signals  # noqa: F401 (connects)
