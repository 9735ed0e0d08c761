"""``manage.py invite someone@example.com``: make an invitation and print its link."""

from argparse import ArgumentParser

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse

from workspace.accounts import services


class Command(BaseCommand):
    help = "Invite somebody by e-mail address and print the link to hand them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--admin", action="store_true", help="they may invite people and run providers")
        parser.add_argument("--base-url", default="http://localhost:8000", help="where people reach this place")

    def handle(self, *, email: str, admin: bool, base_url: str, **options: object) -> None:
        try:
            validate_email(email)
            token = services.invite(email, by=None, admin=admin)
        except ValidationError as error:
            raise CommandError(f"{email} is not an e-mail address.") from error
        except services.AddressTaken as error:
            raise CommandError(f"{email} has an account already.") from error
        self.stdout.write(base_url.rstrip("/") + reverse("accounts:invitation", args=[token]))
