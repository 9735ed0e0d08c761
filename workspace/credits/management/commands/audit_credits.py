from typing import Any

from django.core.management.base import BaseCommand

from workspace.credits import audit


class Command(BaseCommand):
    help = "Prove that entries, holds and balances agree. Prints one line per disagreement and then exits with 1."

    def handle(self, **_: Any) -> None:  # noqa: ANN401
        found = 0
        for found, sentence in enumerate(audit.disagreements(), start=1):  # noqa: B007
            self.stdout.write(sentence)
        if found:
            raise SystemExit(1)
        self.stdout.write(audit.summary())
