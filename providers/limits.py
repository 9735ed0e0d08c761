"""What one process allows itself towards the outside world."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds, sizes in bytes or pixels.

    ``read`` is the longest silence between two bytes: a provider says nothing until the picture is drawn. There is no separate
    limit for writing below HTTP, so ``deadline`` covers it: the longest a whole call may take. ``pool`` is the wait for a
    connection, connecting included. ``connections`` must be a number: None would silently leave aiohttp's own limit of 100.
    ``poll_first`` and ``poll_longest`` are the shortest and longest pause before a look at a job, ``poll_seconds`` the most that
    one look may take.
    """

    connections: int = 1_000
    connect: float = 10.0
    read: float = 180.0
    pool: float = 30.0
    deadline: float = 180.0
    body_seconds: float = 60.0
    body_bytes: int = 64 * 1024 * 1024
    error_bytes: int = 64 * 1024
    error_seconds: float = 5.0
    image_bytes: int = 40 * 1024 * 1024
    image_pixels: int = 40_000_000
    bytes_in_flight: int = 256 * 1024 * 1024
    redirects: int = 4
    download_tries: int = 3
    download_pause: float = 0.5
    download_seconds: float = 60.0
    poll_first: float = 0.5
    poll_longest: float = 2.5
    poll_seconds: float = 20.0
