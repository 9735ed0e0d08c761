"""One question to one provider: does the key open, and what is said of the models. The outcome is data, never an exception."""

import time
from dataclasses import dataclass, field
from enum import StrEnum

from providers.base import Answerable, Provider
from providers.errors import ProviderError
from providers.reports import Report
from providers.transport import Transport
from providers.types import Access


class Outcome(StrEnum):
    OK = "ok"
    FAILED = "failed"
    CANNOT_BE_ASKED = "cannot_be_asked"  # it has no question that is free


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of asking ``provider`` (its key). ``error`` is set when it failed; ``seconds`` is how long the answer took."""

    provider: str
    outcome: Outcome
    error: ProviderError | None = None
    report: Report = field(default_factory=Report)
    seconds: float = 0.0
    simulated: bool = False


async def ask(provider: Provider, access: Access, transport: Transport) -> Finding:
    """Ask it. Anything from the error tree becomes part of the finding."""
    if not isinstance(provider, Answerable):
        return Finding(provider.key, Outcome.CANNOT_BE_ASKED, simulated=access.simulated)
    begun = time.monotonic()
    try:
        report = await provider.check(access, transport)
    except ProviderError as error:
        return Finding(provider.key, Outcome.FAILED, error, seconds=time.monotonic() - begun, simulated=access.simulated)
    return Finding(provider.key, Outcome.OK, report=report, seconds=time.monotonic() - begun, simulated=access.simulated)
