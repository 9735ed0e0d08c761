"""Limits on processor time that hold on slow machines too."""

import time

STATED = 0.0075  # processor seconds of ``_work`` on the machine for which limits are stated


def slowness() -> float:
    """How many times slower than that machine this one is just now; at least 1."""
    return max(1.0, min(_seconds() for _ in range(7)) / STATED)


def _seconds() -> float:
    start = time.thread_time()
    _work()
    return time.thread_time() - start


def _work() -> int:
    """Calls, dictionaries and short texts, as in most Python."""
    words: dict[str, int] = {}
    for number in range(40_000):
        word = str(number % 997)
        words[word] = words.get(word, 0) + len(word)
    return max(words.values())
