"""``manage.py up`` for those who call it through Django; manage.py itself takes the quicker way, before Django is loaded."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from workspace.embedded import up


class Command(BaseCommand):
    help = "Run the whole product: Postgres, Valkey, simulator, workers and web, until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        up.add_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        sys.exit(up.run(up.Options(options["host"], options["port"], options["data_dir"].resolve(), not options["no_simulator"])))
