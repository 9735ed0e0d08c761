"""What to do after a provider call has failed: try again in n seconds, ask another model, or give up.

One picture must never be billed twice, so the same request goes to the same provider again only when the failed one cannot have
been billed; and after an error that leaves this in doubt another model is asked at most once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from providers.errors import ErrorKind

BACKOFF = (1.0, 3.0)  # seconds before the second and the third call to one model
LONGEST_WAIT = 30.0  # seconds; a provider that asks for more is left alone
NOBODY_RESTS: Mapping[str, float] = MappingProxyType({})

# Another model would hear the same prompt or the same mistake: the person has to change something.
FINAL = frozenset({ErrorKind.REFUSED, ErrorKind.INVALID_REQUEST})
# Waiting does not mend these.
HOPELESS_HERE = frozenset({ErrorKind.BAD_KEY, ErrorKind.NO_ACCESS, ErrorKind.OUT_OF_QUOTA, ErrorKind.MODEL_GONE})


@dataclass(frozen=True, slots=True)
class Retry:
    """Ask the same model again."""

    after_seconds: float


@dataclass(frozen=True, slots=True)
class FallBack:
    """Ask this model instead."""

    model_id: str


@dataclass(frozen=True, slots=True)
class GiveUp:
    """The frame fails and its credits come back. ``reason`` is for the log."""

    reason: str


type Step = Retry | FallBack | GiveUp


def next_step(
    kind: ErrorKind,
    *,
    may_have_billed: bool,
    retryable: bool,
    retry_after: float | None,
    tries_here: int,
    doubtful_so_far: int,
    remaining: Sequence[str],
    asked: str = "",
    resting: Mapping[str, float] = NOBODY_RESTS,
) -> Step:
    """Decide after one failed call to ``asked``.

    ``tries_here`` counts the calls made to this model, the failed one included. ``doubtful_so_far`` counts earlier errors of
    this frame that may have billed, on whichever model. ``remaining`` are the fallbacks not asked yet, best first. ``resting``
    says of the models that rest, as they do after this failure, in how many seconds they may be asked again.
    """
    if kind in FINAL:
        return GiveUp(f"{kind} would meet any other model too")
    other = _fall_back(remaining, resting)
    if may_have_billed:
        return other if doubtful_so_far == 0 else GiveUp("a second answer in doubt may already have been billed")
    wait = None if kind in HOPELESS_HERE else _wait(kind, retryable, retry_after, tries_here)
    if wait is None or (asked in resting and isinstance(other, FallBack)):
        return other
    longer = max(wait, resting.get(asked, 0.0))
    return Retry(longer) if longer <= LONGEST_WAIT else other


def instead_of_resting(asked: str, *, remaining: Sequence[str], resting: Mapping[str, float], waited: float) -> Step:
    """Decide before a call to ``asked`` that is not made because it rests; ``waited``: seconds spent on such waits already."""
    other = _fall_back(remaining, resting)
    wait = resting.get(asked, 0.0)
    return other if isinstance(other, FallBack) or waited + wait > LONGEST_WAIT else Retry(wait)


def _wait(kind: ErrorKind, retryable: bool, retry_after: float | None, tries_here: int) -> float | None:
    """Seconds until the same model is asked again, or None when it is not.

    A broken answer that cost nothing is asked for once more; anything retryable twice.
    """
    retries = len(BACKOFF) if retryable else 1 if kind is ErrorKind.BROKEN_ANSWER else 0
    if not 1 <= tries_here <= retries:
        return None
    wait = max(BACKOFF[tries_here - 1], retry_after or 0.0)
    return wait if wait <= LONGEST_WAIT else None


def _fall_back(remaining: Sequence[str], resting: Mapping[str, float]) -> FallBack | GiveUp:
    awake = next((model for model in remaining if model not in resting), None)
    return FallBack(awake) if awake else GiveUp("no other model is left to ask")
