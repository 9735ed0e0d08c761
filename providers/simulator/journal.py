"""What was asked of the simulator: the proof that nothing was asked twice. Never holds a key."""

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import count

KEPT = 10_000
CALLED_OFF = "cancelled"


@dataclass(slots=True)
class Entry:
    """One request. ``outcome`` is "answered", "fault:<kind>", "rejected:<code>", "left" (the caller went) or "open"; it becomes
    "cancelled" when the job it began is called off.

    ``references`` has the SHA-256 of each picture it brought along.
    """

    number: int
    method: str
    path: str
    provider: str = ""
    model: str = ""
    prompt: str = ""
    references: list[str] = field(default_factory=list)
    outcome: str = "open"
    status: int | None = None
    seconds: float | None = None
    time: float = field(default_factory=time.time)


class Journal:
    """The latest requests, oldest first."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._numbers = count(1)

    def open(self, method: str, path: str) -> Entry:
        entry = Entry(next(self._numbers), method, path, provider=path.split("/")[1])
        self._entries.append(entry)
        return entry

    def as_json(self, **wanted: str) -> list[dict[str, object]]:
        """Entries whose fields equal what is wanted (a provider, a model, a path, a method, an outcome)."""
        return [asdict(entry) for entry in self if all(getattr(entry, name) == value for name, value in wanted.items())]

    def clear(self) -> None:
        self._entries.clear()

    def __iter__(self) -> Iterator[Entry]:
        return iter(tuple(self._entries))
