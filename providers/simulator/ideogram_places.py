"""Ideogram's places in flight."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from providers.simulator import ideogram_errors


class Places:
    """At most ``limit`` images at once for each key, counting images and not requests; 0 lifts the limit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._taken: Counter[str] = Counter()

    def take(self, key: str, images: int) -> None:
        """Raises the vendor's 429 when the images do not fit in."""
        if self._limit and self._taken[key] + images > self._limit:
            raise ideogram_errors.inflight_limit(self._limit)
        self._taken[key] += images

    def give_back(self, key: str, images: int) -> None:
        self._taken[key] -= images

    @contextmanager
    def taken(self, key: str, images: int) -> Iterator[None]:
        """Places for as long as the block runs."""
        self.take(key, images)
        try:
            yield
        finally:
            self.give_back(key, images)
