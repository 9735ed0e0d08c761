"""The decision for a terminal: one prompt as a table or as JSON, or one JSON object a line."""

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import BinaryIO

import orjson
from django.db import Error, connection

from routing import asked, decision, slip, why, wording
from routing.errors import UnreadableBrief
from routing.types import Brief, Plan
from workspace.comparisons import situation
from workspace.comparisons.situation import Situation
from workspace.operations.catalogue_table import table

LONGEST_LINE = 1_000_000  # bytes
FRESH_SECONDS = 1.0  # what was looked up so lately holds for the next prompt too
PATIENCE_SECONDS = 2
INSTALLATION, CODE = "installation", "code"


@dataclass(slots=True)
class Decider:
    """Decides for one caller after the other. ``source`` says what it goes by: this installation, or the code alone."""

    source: str = field(default_factory=lambda: INSTALLATION if _database_is_there() else CODE)
    _situation: Situation = field(default_factory=situation.by_the_code)
    _looked_at: float = float("-inf")

    def plan(self, brief: Brief) -> Plan:
        """Auto chooses, also for an intent that was named."""
        if self.source == INSTALLATION and time.monotonic() - self._looked_at > FRESH_SECONDS:
            self._situation, self._looked_at = situation.now(), time.monotonic()
        return self._situation(brief, fill=True)

    def values(self, brief: Brief) -> dict[str, object]:
        return {"source": self.source, **decision.decision(self.plan(brief), brief)}

    def answers(self, lines: BinaryIO) -> Iterator[str]:
        """One line of JSON for each line read; what cannot be read is answered with an error, and the next line follows."""
        number = 0
        while line := lines.readline(LONGEST_LINE):
            number += 1
            try:
                answer = self.values(asked.brief(_object(line, lines)))
            except UnreadableBrief as error:
                answer = {"error": error.public, "line": number}
            yield orjson.dumps(answer).decode()


def _object(line: bytes, lines: BinaryIO) -> Mapping[str, object]:
    if not line.endswith(b"\n") and len(line) == LONGEST_LINE:
        _skip(lines)
        raise UnreadableBrief(f"This line is longer than {LONGEST_LINE:,} bytes.")
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError:
        raise UnreadableBrief("This line is not JSON." if line.strip() else "This line is empty.") from None
    if not isinstance(found, dict):
        raise UnreadableBrief("This line is no JSON object.")
    return found


def _skip(lines: BinaryIO) -> None:
    """Read on to the end of the line without keeping it."""
    while (rest := lines.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
        pass


def _database_is_there() -> bool:
    """Whether this installation's database answers and has its tables; asked once, without the pool, which would wait."""
    arguments = {key: value for key, value in connection.get_connection_params().items() if key != "pool"}
    with suppress(Error, connection.Database.Error):
        with connection.Database.connect(**arguments | {"connect_timeout": PATIENCE_SECONDS}) as link:
            link.execute("SELECT FROM operations_providersetting LIMIT 1")
        return True
    return False


def page(plan: Plan, brief: Brief, source: str) -> str:
    """The decision for a reader: the slip, the routes, what was read, and who is left out."""
    said, explained = slip.slip(plan), why.why(plan, brief)
    parts = [said.text if plan.auto else f"Asked as {plan.intent.label}."]
    if plan.routes:
        rows = [_row(route, taken) for route, taken in zip(plan.routes, explained.taken, strict=True)]
        parts.append(table(rows, ("model", "quality", "size", "credits", "seconds", "points", "why")))
        steps = [f"{route.model.id}: {', '.join(route.fallbacks) or 'nobody'}" for route in plan.routes]
        parts.append(_section("Steps in if it fails", steps))
        parts.append(_section("Sent", [f"{route.model.id}: {route.prompt}" for route in plan.routes]))
    parts.append(_section("Read", [f"{wording.quoted(one.words)} {one.reason}" for one in explained.stretches]))
    parts.append(_section("Left out", [f"{one.model.id}: {one.reason}" for one in (*explained.missed, *explained.others)]))
    if source == CODE:
        parts.append("Decided by the catalogue in the code: no database of an installation is reachable.")
    return "\n\n".join(part for part in parts if part)


def _row(route: why.Route, taken: why.Taken) -> tuple[str, ...]:
    reasons = " ".join(f"{part.text} {f'({part.weight})' if part.weight else ''}".strip() for part in taken.parts)
    facts = (route.model.id, route.quality.value, f"{route.size.width}x{route.size.height}", str(route.credits))
    return (*facts, f"{route.expected_seconds:g}", taken.score, " ".join([reasons, *taken.notes]))


def _section(head: str, lines: list[str]) -> str:
    return "\n".join([f"{head}:", *(f"  {line}" for line in lines)]) if lines else ""
