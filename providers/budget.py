"""How many bytes of bodies one process may hold at once: eight hundred pictures landing together must not fill the memory."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Reservation:
    """A share of the budget. ``settle`` corrects it to what really came, without waiting: a body once begun always finishes."""

    def __init__(self, budget: "ByteBudget", size: int) -> None:
        self._budget = budget
        self.size = size

    def settle(self, size: int) -> None:
        self._budget.give(self.size - size)
        self.size = size


class ByteBudget:
    """A first-come semaphore counted in bytes. Nobody waits while holding more than a settled share, so it cannot deadlock."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.used = 0
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()

    @asynccontextmanager
    async def reserve(self, size: int) -> AsyncIterator[Reservation]:
        """Wait until ``size`` bytes (at most the whole budget) are free and hold them for the block."""
        size = min(size, self.total)
        await self.take(size)
        reservation = Reservation(self, size)
        try:
            yield reservation
        finally:
            reservation.settle(0)

    async def take(self, size: int) -> None:
        if not self._waiting and self.used + size <= self.total:
            self.used += size
            return
        ticket = (size, asyncio.get_running_loop().create_future())
        self._waiting.append(ticket)
        try:
            await ticket[1]
        except asyncio.CancelledError:
            self._abandon(ticket)
            raise

    def give(self, size: int) -> None:
        """Give bytes back; a negative number records bytes that came unannounced."""
        self.used -= size
        self._wake()

    def _abandon(self, ticket: tuple[int, asyncio.Future[None]]) -> None:
        if ticket in self._waiting:
            self._waiting.remove(ticket)
            self._wake()
        else:
            self.give(ticket[0])

    def _wake(self) -> None:
        while self._waiting and self.used + self._waiting[0][0] <= self.total:
            size, future = self._waiting.popleft()
            self.used += size
            if not future.done():
                future.set_result(None)
            else:
                self.used -= size
