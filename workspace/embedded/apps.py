from django.apps import AppConfig


class EmbeddedConfig(AppConfig):
    name = "workspace.embedded"
