"""Bring static files and database up to date; ``manage.py up`` runs this, and so does each deployment."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from workspace.accounts import services as accounts


class Command(BaseCommand):
    help = "Collect static files, migrate, and print the owner's one-time link while there is no user."
    requires_system_checks: list[str] = []  # some ask the database, so they run with the migrations

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", default="", help="where the product will answer; without it no link is printed")
        parser.add_argument("--skip-static", action="store_true", help="the collected files are known to be up to date")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Standard output carries the link alone. With a piped input the database is touched only once that is closed."""
        if not options["skip_static"]:
            call_command("collectstatic", interactive=False, verbosity=0)
        if not sys.stdin.isatty():
            sys.stdin.read()
        call_command("migrate", interactive=False, verbosity=0, skip_checks=False)
        link = accounts.owner_link(options["address"]) if options["address"] else None
        if link:
            self.stdout.write(link)
