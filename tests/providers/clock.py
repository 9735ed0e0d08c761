"""An event loop whose clock leaves out what the machine slept through.

Most tests here have both ends of a call in one loop: a caller with limits, and a server that draws for so many seconds. If
the machine stalls for two of them, all of these run out at once, and which end notices first is luck. On this clock such a
stall takes a twentieth of a second; what is due later still comes later.
"""

import asyncio
import selectors
import time

LOOK = 0.02  # seconds between two looks at the real clock, at most
STALL = 0.05  # the most that counts between two looks


class _Clock(selectors.DefaultSelector):
    """The loop waits nowhere else, so here its time passes."""

    def __init__(self) -> None:
        super().__init__()
        self._looked = time.monotonic()
        self.now = self._looked

    def select(self, timeout: float | None = None):
        ready = super().select(LOOK if timeout is None else min(timeout, LOOK))
        before, self._looked = self._looked, time.monotonic()
        self.now += min(self._looked - before, STALL)
        return ready


class SteadyLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._clock = _Clock()
        super().__init__(self._clock)

    def time(self) -> float:
        return self._clock.now

    def put_forward(self, seconds: float) -> None:
        """Let so much time have passed, for whoever is waiting."""
        self._clock.now += seconds


def put_forward(seconds: float) -> None:
    """On the clock of the running loop."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, SteadyLoop)
    loop.put_forward(seconds)
