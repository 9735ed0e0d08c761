from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from providers import catalogue
from providers.probe import Finding, Outcome
from workspace.comparisons import keys
from workspace.operations import catalogue_table, checking, lifetimes, services


class Command(BaseCommand):
    help = "Print the catalogue of models; with `check`, ask every configured provider what it says about its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", nargs="?", choices=["list", "check"], default="list")

    def handle(self, *, action: str, **_: Any) -> None:  # noqa: ANN401
        self._check() if action == "check" else self._list()

    def _list(self) -> None:
        self.stdout.write(catalogue_table.catalogue(timezone.localdate()))

    def _check(self) -> None:
        """Exit code 1 when a provider failed to answer or a model is about to go."""
        today = timezone.localdate()
        due = [provider.key for provider in catalogue.providers() if keys.find(provider) is not None]
        findings = checking.ask(due)
        for finding in findings:
            checking.keep(finding, services.begin_probe(finding.provider))
        self.stdout.write(catalogue_table.table([_said(finding) for finding in findings], ("provider", "seconds", "said")))
        seen = lifetimes.latest(today)
        if found := lifetimes.differences(seen, today):
            self.stdout.write("\nDifferent from the catalogue:")
            self.stdout.write(catalogue_table.table([(each.model, each.saying) for each in found], ("model", "says")))
        deaths = lifetimes.deaths(seen, today)
        for death in deaths:
            heir = f"{death.successor} takes over" if death.successor else "no successor is named"
            self.stdout.write(f"\n{death.label} goes off on {death.day:%-d %B %Y}, says {death.told_by}; {heir}.")
        if deaths or any(finding.outcome is Outcome.FAILED for finding in findings):
            raise SystemExit(1)


def _said(finding: Finding) -> tuple[str, str, str]:
    if finding.outcome is Outcome.CANNOT_BE_ASKED:
        return finding.provider, "", "cannot be asked without paying"
    if finding.error is not None:
        return finding.provider, f"{finding.seconds:.2f}", f"{finding.error.public} ({finding.error})"
    models = f"{len(finding.report.models)} models told of" if finding.report.models else "no list of models"
    said = [*(["simulated"] if finding.simulated else []), models, *(notice.rstrip(".") for notice in finding.report.notices)]
    return finding.provider, f"{finding.seconds:.2f}", ", ".join(said)
