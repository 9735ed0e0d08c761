from django.apps import AppConfig


class EmbeddedConfig(AppConfig):
    name = "workspace.embedded"

    def ready(self) -> None:
        """Register the checks of the settings, which belong to no other application either."""
        from workspace import checks  # noqa: F401
