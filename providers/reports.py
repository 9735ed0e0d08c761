"""What a provider tells when it is asked about itself: whether the key opens, which models it lists, what is about to change.

Asking draws nothing and costs nothing.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from providers import reading
from providers.answers import Answer
from providers.errors import BrokenAnswer, InvalidRequest, ModelGone, ProviderError
from providers.transport import Transport

_MOST_MODELS = 2_000


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of one model. ``shutdown`` is the day it stops answering, where the provider told one."""

    wire_name: str
    listed: bool = True
    shutdown: date | None = None
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """``complete``: the list is whole, so a model that is not in it is not offered. ``notices`` are sentences of ours."""

    models: tuple[Told, ...] = ()
    complete: bool = False
    notices: tuple[str, ...] = ()


async def ask(
    transport: Transport,
    url: str,
    *,
    headers: Mapping[str, str],
    secret: str,
    failure: Callable[[Answer], ProviderError] = Answer.error,
) -> Answer:
    """A good answer to GET ``url``. Raises the error tree; ``failure`` reads the adapter's own error bodies."""
    async with transport.get(url, headers=headers, secret=secret) as reply:
        return checked(reply, failure)


def checked(reply: object, failure: Callable[[Answer], ProviderError] = Answer.error) -> Answer:
    """The reply if it is a whole and good one. No model was asked for, so 404 means that nobody answers at this address."""
    if not isinstance(reply, Answer):
        raise BrokenAnswer("a stream of events instead of an answer", may_have_billed=False)
    if reply.failed:
        error = failure(reply)
        raise reply.error(InvalidRequest) if isinstance(error, ModelGone) else error
    return reply


def items(value: object) -> Iterator[Mapping[str, object]]:
    """The objects of a list; whatever else is in it, or is there instead of it, is left out."""
    yield from map(reading.mapping, value[:_MOST_MODELS] if isinstance(value, list) else ())


def array(answer: Answer) -> Iterator[Mapping[str, object]]:
    """The objects of a body that is a list itself. Raises ``BrokenAnswer`` for any other body."""
    try:
        value = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise BrokenAnswer(f"not JSON: {answer.excerpt()}", may_have_billed=False) from None
    if not isinstance(value, list):
        raise BrokenAnswer(f"JSON, but no list: {answer.excerpt()}", may_have_billed=False)
    return items(value)


def name(value: object) -> str:
    """A model's name as it can be kept; empty for anything that is none."""
    return reading.text(value, 120) or ""


def day(value: object) -> date | None:
    """``2026-12-01``, also as the beginning of a longer time."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def left(value: object, unit: str) -> tuple[str, ...]:
    """A sentence about what is left on the account, where the provider says a number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e12:
        return ()
    return (f"{value:,.0f} {unit} left on the account.",) if value > 0 else (f"No {unit} are left on the account.",)
