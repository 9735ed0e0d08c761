"""Limits on processor time that hold on slow machines too."""

import time
from collections.abc import Callable

STATED = 0.0075  # processor seconds of ``_work`` on the machine for which limits are stated


def seconds(work: Callable[[], object]) -> float:
    """The processor time of this thread that ``work`` takes: a busy machine changes little in it."""
    start = time.thread_time()
    work()
    return time.thread_time() - start


def within(limit: float, work: Callable[[], object], tries: int = 7) -> bool:
    """Whether one of some ``tries`` takes ``limit`` processor seconds at most, or as many as this machine needs just then."""
    return any((taken := seconds(work)) <= limit or taken <= limit * _slowness() for _ in range(tries))


def _slowness() -> float:
    """How many times slower than that machine this one is just now: it changes from moment to moment where others are busy."""
    return min(seconds(_work) for _ in range(2)) / STATED


def _work() -> int:
    """Calls, dictionaries and short texts, as in most Python."""
    words: dict[str, int] = {}
    for number in range(40_000):
        word = str(number % 997)
        words[word] = words.get(word, 0) + len(word)
    return max(words.values())
