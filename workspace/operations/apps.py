from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "workspace.operations"

    def ready(self) -> None:
        from workspace.comparisons import standing
        from workspace.operations import configuration, health, signals  # noqa: F401 (signals connects)

        standing.told_by(configuration.entered, health.troubled)
