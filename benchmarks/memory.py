"""How much memory processes take over time."""

import statistics
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from benchmarks.product import Product


class MemoryLog:
    """Bytes that are each process's own (PSS, with its children), every two seconds while the block runs."""

    def __init__(self, watched: Product, names: Sequence[str]) -> None:
        self.samples: dict[str, list[int]] = {name: [] for name in names}
        self._watched, self._stop = watched, threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def middle(self, name: str, start: float, end: float) -> float:
        """The median between two shares of the time, from 0 to 1."""
        samples = self.samples[name]
        return statistics.median(samples[int(start * len(samples)) : int(end * len(samples)) or None])

    def _run(self) -> None:
        while not self._stop.wait(2):
            for name, samples in self.samples.items():
                samples.append(self._watched.memory(name))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join()
