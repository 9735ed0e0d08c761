"""Measured values beside what they must reach: a table for people, JSON for machines."""

import argparse
import json
import os
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which ``share`` of them lie, by nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def milliseconds(seconds: Iterable[float]) -> list[float]:
    return [1000 * each for each in seconds]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report. ``floor`` is the same thing measured without the product, ``most`` the target or None."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    most: float | None = None

    @property
    def over(self) -> bool:
        return self.most is not None and self.value > self.most

    def line(self) -> str:
        most = "–" if self.most is None else f"≤ {self.most:g}"
        beside = "" if self.floor is None else f"{self.floor:.1f}"
        return f"{self.name:62} {self.value:8.1f} {self.unit:5} {beside:>8} {most:>8}{'  over' if self.over else ''}"


def middle(rounds: Sequence[Sequence[Figure]]) -> list[Figure]:
    """Figure by figure the median of several rounds, of the value and of the floor."""
    return [_middle(same) for same in zip(*rounds, strict=True)]


def _middle(same: Sequence[Figure]) -> Figure:
    floors = [figure.floor for figure in same if figure.floor is not None]
    first = same[0]
    floor = statistics.median(floors) if floors else None
    return Figure(first.name, statistics.median(figure.value for figure in same), first.unit, floor, first.most)


def show_head(what: str) -> None:
    print(f"{what:62} {'':8} {'':5} {'floor':>8} {'target':>8}", flush=True)


def show(figures: Iterable[Figure]) -> None:
    for figure in figures:
        print(figure.line(), flush=True)


def load() -> str:
    return "load average " + " ".join(f"{each:.1f}" for each in os.getloadavg())


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")


def write(path: Path | None, figures: Iterable[Figure]) -> None:
    if path is not None:
        path.write_text(json.dumps([{**asdict(figure), "over": figure.over} for figure in figures], indent=1) + "\n")
