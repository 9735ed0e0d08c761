"""Providers asked about themselves: what came of it is kept as a probe, and what was said of models as observations."""

import asyncio
from collections.abc import Iterable

from django.utils import timezone

from providers import catalogue, probe
from providers.errors import NoAccess
from providers.limits import Limits
from providers.probe import Finding, Outcome
from providers.reports import Told
from providers.transport import Transport
from providers.types import Access
from workspace.comparisons import breakers, keys
from workspace.operations.models import Observation, Probe

SECONDS = 20.0
LIMITS = Limits(connections=20, read=SECONDS, deadline=SECONDS, body_seconds=SECONDS, body_bytes=8 * 1024 * 1024)


def ask(providers: Iterable[str]) -> list[Finding]:
    """Ask these (by key) side by side; one that is neither configured nor simulated is left out."""
    accesses = {key: access for key in providers if (access := keys.find(catalogue.provider(key))) is not None}
    return asyncio.run(_ask(accesses)) if accesses else []


async def _ask(accesses: dict[str, Access]) -> list[Finding]:
    async with Transport(LIMITS) as transport:
        calls = (probe.ask(catalogue.provider(key), access, transport) for key, access in accesses.items())
        return list(await asyncio.gather(*calls))


def unreachable(provider: str) -> Finding:
    """What comes of asking one that has neither a key nor a simulator."""
    return Finding(provider, Outcome.FAILED, NoAccess(f"{provider} is not configured"))


def keep(finding: Finding, asked: Probe) -> None:
    """Write the outcome into the probe, once, and what was learned of models into observations; the breaker hears of it too."""
    error = finding.error
    breakers.questioned(finding.provider, error.kind if error else None)
    facts = {
        "outcome": finding.outcome,
        "error": error.kind if error else "",
        "public": error.public if error else "",
        "log": str(error)[:2000] if error else "",
        "listed": sum(told.listed for told in finding.report.models),
        "notices": [notice[:300] for notice in finding.report.notices],
        "seconds": finding.seconds,
        "simulated": finding.simulated,
        "ended_at": timezone.now(),
    }
    if Probe.objects.filter(pk=asked.pk, ended_at=None).update(**facts) and finding.outcome is Outcome.OK:
        observe(finding)


def observe(finding: Finding) -> None:
    """One row a day for each model: those that were told of, and ours that a whole list leaves out."""
    at = timezone.now()
    rows = [
        Observation(
            model=f"{finding.provider}/{told.wire_name}",
            day=timezone.localdate(at),
            simulated=finding.simulated,
            seen_at=at,
            listed=told.listed,
            shutdown=told.shutdown,
            notice=told.notice[:500],
        )
        for told in _told_and_missed(finding)
    ]
    Observation.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["model", "simulated", "day"],
        update_fields=["seen_at", "listed", "shutdown", "notice"],
    )


def _told_and_missed(finding: Finding) -> list[Told]:
    told = {each.wire_name: each for each in finding.report.models}
    ours = {model.wire_name for model in catalogue.provider(finding.provider).models} if finding.report.complete else set()
    return [*told.values(), *(Told(name, listed=False) for name in sorted(ours - told.keys()))]
