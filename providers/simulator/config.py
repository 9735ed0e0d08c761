"""What one simulator is told at its start. Units: seconds and bytes."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Config:
    """``time_scale`` multiplies every sleep; ``seed`` makes two runs alike; ``today`` (default: the real day) decides which
    models live.

    ``payload_bytes`` answers with a ready-made picture of exactly that many bytes and ``latency`` draws the waiting time from a
    uniform range, so that a load test measures its client and not the drawing. ``timings`` is a file for the moments at which
    bodies ended. ``in_flight`` is Ideogram's number of images at once (0: no limit), ``url_seconds`` how long its links live.
    ``workers`` is the number of drawing processes; 0 draws in threads.
    """

    time_scale: float = 1.0
    seed: int = 0
    today: date | None = None
    payload_bytes: int | None = None
    latency: tuple[float, float] | None = None
    timings: Path | None = None
    in_flight: int = 10
    url_seconds: float = 86_400
    workers: int = 2
